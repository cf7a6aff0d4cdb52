// SPDX-License-Identifier: EUPL-1.2
#include "tests/fuzz/framing_checks.hpp"

#include "core/framing/tests/string_file.hpp"
#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {
namespace {

constexpr std::size_t kMostRecordsAgain = 3;

FramingLimits small_limits() {
  FramingLimits limits;
  limits.max_record_bytes = 2'000;
  limits.max_document_bytes = 4'000;
  limits.max_original_bytes = 100;
  limits.max_columns = 50;
  limits.max_depth = 12;
  limits.max_attributes = 8;
  limits.max_inflated_bytes = 4u << 20;
  limits.max_shared_strings_bytes = 64u << 10;
  return limits;
}

void check_malformed(const Yield& yield, const FramingLimits& limits) {
  for (const auto& one : yield.malformed) {
    must(!one.code.empty() && !one.text.it.empty() && !one.text.en.empty(), "a fault without words");
    must(one.line >= one.place.line && one.column >= 1, "a fault before its record");
    must(one.original.size() <= limits.max_original_bytes, "an original over its limit");
  }
  for (const auto& finding : yield.findings)
    must(!finding.code.empty() && !finding.text.it.empty(), "a finding without words");
}

void must_be_same(const Yield& one, const Yield& other) {
  must(one.error.empty() && other.error.empty(), "a file in memory cannot fail");
  must(one.records == other.records, "pieces change records");
  must(one.codes() == other.codes(), "pieces change faults");
  must(one.columns == other.columns && one.context == other.context, "pieces change columns");
}

void check_reframing(const Yield& yield) {
  for (std::size_t i = 0; i < std::min(yield.records.size(), kMostRecordsAgain); ++i) {
    const auto& record = yield.records[i];
    InputBatch batch;
    must(reframe(yield.context, record.original, "file.test", record.place, batch).ok(),
         "a record cannot be framed again");
    Yield again;
    add_records(batch, again);
    must(again.records.size() == 1 && again.records[0] == record, "framed again it is another record");
  }
}

// Reads a few records, marks, and goes on with another framer.
void check_mark(const Framing& framing, const StringFile& file, const Yield& whole, FramingLimits limits) {
  limits.batch_records = 2;
  auto first = open_framer(framing, file, limits);
  must(first.ok(), "a framing that was accepted is refused");
  Yield yield;
  InputBatch batch;
  const auto more = (*first)->read(batch, yield.malformed);
  must(more.ok(), "a file in memory cannot fail");
  add_records(batch, yield);
  auto second = open_framer(framing, file, limits);
  must(second.ok() && (*second)->resume((*first)->mark()).ok(), "its own mark is refused");
  const auto rest = read_all(**second);
  yield.records.insert(yield.records.end(), rest.records.begin(), rest.records.end());
  must(yield.records == whole.records, "going on at a mark changes records");
}

Framing framing_of(Format format, std::string path = "") {
  Framing framing;
  framing.format = format;
  framing.path = std::move(path);
  return framing;
}

}  // namespace

void check_framing(const Framing& framing, const std::string& bytes) {
  const auto limits = small_limits();
  const StringFile file(bytes);
  const auto whole = read_all(framing, file, limits);
  check_malformed(whole, limits);
  auto pieces = limits;
  pieces.batch_records = 3;
  must_be_same(whole, read_all(framing, StringFile(bytes, 7), pieces));
  check_reframing(whole);
  check_mark(framing, file, whole, limits);
}

void csv(std::string_view bytes) {
  check_framing(framing_of(Format::kCsv), std::string(bytes));
  auto other = framing_of(Format::kCsv);
  other.header_row = 2;
  other.header_rows = 2;
  check_framing(other, std::string(bytes));
  other.header_row = 0;
  other.separator = "|";
  check_framing(other, std::string(bytes));
}

void lines(std::string_view bytes) { check_framing(framing_of(Format::kLines), std::string(bytes)); }

void json_items(std::string_view bytes) {
  check_framing(framing_of(Format::kJson), std::string(bytes));
  check_framing(framing_of(Format::kJson, "data.items"), std::string(bytes));
}

void xml(std::string_view bytes) {
  check_framing(framing_of(Format::kXml, "/register/service"), std::string(bytes));
  check_framing(framing_of(Format::kXml, "/*/*"), std::string(bytes));
}

void document(std::string_view bytes) { check_framing(framing_of(Format::kDocument), std::string(bytes)); }

// A parked record may have been corrected by hand.
void reframing(std::string_view bytes) {
  const auto [context, original] = cut_at(bytes, kNextPart);
  InputBatch batch;
  if (!reframe(context, original, "file.test", {0, 1}, batch).ok()) return;
  must(batch.size() == 1, "one record that is not one");
  Yield yield;
  add_records(batch, yield);
  must(!is_rows(batch.format) || yield.records[0].fields.size() == batch.columns.size(), "cells and columns");
}

}  // namespace raccordo::fuzz
