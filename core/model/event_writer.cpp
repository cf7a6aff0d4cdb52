// SPDX-License-Identifier: Apache-2.0
#include <xxhash.h>

#include <charconv>
#include <chrono>

#include "raccordo/model/envelope.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kUuidSize = 36;

std::string prefix(std::string_view kind, std::string_view verb, std::string_view source) {
  std::string out = R"({"specversion":"1.0","type":)";
  json::append_string(fmt::format("it.raccordo.{}.{}.v1", kind, verb), out);
  out += R"(,"source":)";
  json::append_string(source, out);
  return out += R"(,"datacontenttype":"application/json","id":")";
}

void append_uuid(const Uuid& id, std::string& out) {
  char text[kUuidSize];
  id.write(text);
  out.append(text, sizeof text);
}

void append_number(std::uint64_t value, std::string& out) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

Uuid event_id(const Uuid& key, std::uint64_t revision, std::uint64_t hash) {
  char name[48];
  char* at = std::to_chars(name, name + 24, revision).ptr;
  *at++ = ':';
  for (int shift = 60; shift >= 0; shift -= 4) *at++ = "0123456789abcdef"[hash >> shift & 0x0f];
  return uuid_v5(key, {name, at});
}

}  // namespace

std::string utc_text(std::int64_t unix_ms) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds(unix_ms)};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

EventWriter::EventWriter(std::string_view hub, std::string_view connector) {
  const auto source = fmt::format("urn:raccordo:{}:{}", hub, connector);
  for (const auto* schema : catalogue_kinds())
    prefixes_.push_back(
        {schema, prefix(schema->kind, "changed", source), prefix(schema->kind, "deleted", source)});
  set_time(0);
}

void EventWriter::set_time(std::int64_t now_ms) { time_ = utc_text(now_ms); }

const EventWriter::Prefix& EventWriter::prefix_of(const Schema& schema) const {
  for (const auto& known : prefixes_)
    if (known.schema == &schema) return known;
  return prefixes_.front();
}

void EventWriter::changed(const ValidEntity& entity, std::uint64_t revision, std::string_view traceparent,
                          std::string& out) {
  write(prefix_of(*entity.schema).changed, entity.key, entity.hash, revision, traceparent, entity.data, out);
}

void EventWriter::deleted(const Schema& schema, const Uuid& key, std::string_view source_id,
                          std::uint64_t revision, std::string_view traceparent, std::string& out) {
  data_ = R"({"id":")";
  append_uuid(key, data_);
  data_ += '"';
  if (!source_id.empty()) {
    data_ += R"(,"source_id":)";
    json::append_string(source_id, data_);
  }
  data_ += '}';
  write(prefix_of(schema).deleted, key, XXH3_64bits(data_.data(), data_.size()), revision, traceparent, data_,
        out);
}

void EventWriter::write(std::string_view prefix, const Uuid& key, std::uint64_t hash, std::uint64_t revision,
                        std::string_view traceparent, std::string_view data, std::string& out) const {
  out += prefix;
  append_uuid(event_id(key, revision, hash), out);
  out += R"(","subject":")";
  append_uuid(key, out);
  out += R"(","time":")";
  out += time_;
  out += R"(","revision":)";
  append_number(revision, out);
  if (!traceparent.empty()) {
    out += R"(,"traceparent":")";
    out += traceparent;
    out += '"';
  }
  out += R"(,"data":)";
  out += data;
  out += '}';
}

}  // namespace raccordo
