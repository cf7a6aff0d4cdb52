// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include <algorithm>

#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Replay, makes_a_corrected_mappings_records_pass) {
  Territory t;
  t.yields({"A,garbage"});
  ASSERT_TRUE(t.pass().ok());
  const auto id = t.parked().front().id;
  EXPECT_EQ(t.replay(id)->end, End::kParked);
  EXPECT_EQ(t.parked().front().attempts, 2);
  t.translator.accept_garbage();
  EXPECT_EQ(t.replay(id)->end, End::kDelivered);
  EXPECT_THAT(t.parked(), IsEmpty());
  EXPECT_EQ(t.ledger(), (Counts{.received = 1, .delivered = 1, .entities = 1}));
}

TEST(Replay, of_what_was_stated_meanwhile_counts_nothing_twice) {
  Territory t;
  t.yields({"A,Airone", "A,garbage"});
  ASSERT_TRUE(t.pass().ok());
  t.restart();
  t.translator.accept_garbage();
  EXPECT_EQ(t.replay(t.parked().front().id)->end, End::kDelivered);
  EXPECT_EQ(t.ledger(), (Counts{.received = 2, .delivered = 2, .entities = 2}));
}

TEST(Replay, does_not_let_an_old_record_overwrite_a_newer_one) {
  Territory t;
  t.yields({"A,garbage"}, "monday.csv");
  ASSERT_TRUE(t.pass().ok());
  t.yields({"A,Airone"}, "tuesday.csv");
  ASSERT_TRUE(t.pass().ok());
  t.translator.accept_garbage();
  const auto id = t.parked().front().id;
  EXPECT_EQ(t.replay(id)->why.reason, "newer_stated");
  EXPECT_EQ(t.published().size(), 1u);
  EXPECT_EQ(t.replay(id, true)->end, End::kDelivered);
  EXPECT_EQ(t.published().back(), "service A changed 3");
  EXPECT_TRUE(adds_up(t.ledger(), 0));
}

// Airone was said before the record that was parked, and is said again after it.
class SaidAgain : public ::testing::Test {
 protected:
  SaidAgain() {
    t.yields({"A,Airone"}, "monday.csv");
    (void)t.pass();
    t.yields({"A,garbage"}, "tuesday.csv");
    (void)t.pass();
    t.yields({"A,Airone"}, "wednesday.csv");
    (void)t.pass();
    t.translator.accept_garbage();
  }
  Territory t;
};

TEST_F(SaidAgain, is_newer_than_what_was_parked_between) {
  EXPECT_EQ(t.replay(t.parked().front().id)->why.reason, "newer_stated");
  EXPECT_EQ(t.published().size(), 1u);
}

TEST_F(SaidAgain, is_still_newer_after_a_restart) {
  t.restart();
  EXPECT_EQ(t.replay(t.parked().front().id)->why.reason, "newer_stated");
  EXPECT_EQ(t.replay(t.parked().front().id, true)->end, End::kDelivered);
}

TEST(Replay, does_not_bring_back_what_was_said_to_be_gone_again) {
  Territory t;
  t.yields({"A,garbage"}, "monday.csv");
  ASSERT_TRUE(t.pass().ok());
  t.yields({"A,gone"}, "tuesday.csv");
  ASSERT_TRUE(t.pass().ok());
  t.translator.accept_garbage();
  t.restart();
  EXPECT_EQ(t.replay(t.parked().front().id)->why.reason, "newer_stated");
  EXPECT_THAT(t.published(), IsEmpty());
}

TEST(Replay, keeps_the_findings_and_the_words_of_what_was_too_strict_before) {
  Territory t;
  t.translator.reject_mail();
  t.yields({"A,mail"});
  ASSERT_TRUE(t.pass().ok());
  ASSERT_THAT(t.findings(), IsEmpty());
  t.translator.accept_garbage();
  EXPECT_EQ(t.replay(t.parked().front().id)->end, End::kDelivered);
  const auto findings = *t.store_in_memory.findings("albo", 10);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].place, "albo.csv:2");
  EXPECT_EQ(findings[0].field, "email");
  const auto lines = t.log.lines();
  const auto said = std::ranges::find(lines, "translated at last", &RecordingLog::Line::message);
  ASSERT_NE(said, lines.end());
  EXPECT_EQ(said->record, "albo.csv:2");
}

TEST(Replay, in_vain_keeps_no_findings) {
  Territory t;
  t.translator.reject_mail();
  t.yields({"A,mail"});
  ASSERT_TRUE(t.pass().ok());
  EXPECT_EQ(t.replay(t.parked().front().id)->end, End::kParked);
  EXPECT_THAT(t.findings(), IsEmpty());
}

// A file of which something cannot be read, and the code that says why.
struct Unreadable {
  const char* code;
  Framing framing;
  std::string content;
};

Framing framing(Format format, std::string path = "") {
  Framing framing;
  framing.format = format;
  framing.path = std::move(path);
  if (format == Format::kCsv) framing.separator = ",";
  return framing;
}

std::vector<Unreadable> unreadable() {
  const auto csv = framing(Format::kCsv);
  const auto json = framing(Format::kJson, "items");
  const auto xml = framing(Format::kXml, "/r/s");
  const std::string mark = "\xEF\xBB\xBF";
  const std::string row = "id,name\nA,";
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += '[';
  return {
      {"record_too_large", csv, row + std::string(3'000, 'x') + "\n"},
      {"record_too_large", csv, row + std::string(100'000, 'x') + "\n"},
      {"invalid_encoding", csv, mark + row + "\xFF\n"},
      {"nul_byte", csv, row + std::string("x\0y\n", 4)},
      {"zeros", csv, std::string(5'000, '\0')},
      {"unclosed_quote", csv, row + "\"x\n"},
      {"text_behind_quote", csv, row + "\"x\" y\n"},
      {"too_many_cells", csv, row + "x,y\n"},
      {"too_many_columns", csv, row + std::string(5'000, ',') + "\n"},
      {"row_behind_broken_one", framing(Format::kCsv), "id,name,more\n\"A,x\nthe rest,of it\n"},
      {"header", csv, "id,\"name\" x\nA,Airone\n"},
      {"syntax", json, R"({"items":[{"id":tru}]})"},
      {"too_deep", json, R"({"items":[)" + deep},
      {"repeated_key", json, R"({"items":[{"id":1,"id":2}]})"},
      {"truncated", json, R"({"items":[{"id":)"},
      {"structure_lost", xml, "no XML at all"},
      {"not_found", json, R"({"others":[]})"},
      {"repeated_attribute", xml, "<r><s a='1' a='2'/></r>"},
      {"doctype", xml, "<!DOCTYPE r><r><s/></r>"},
      {"several_roots", xml, "<r></r><r><s/></r>"},
      {"not_a_workbook", framing(Format::kXlsx), "<html><table>"},
      {"document_too_large", framing(Format::kDocument), std::string(9'000, 'x')},
  };
}

TEST(Replay, hands_over_nothing_that_could_not_be_read) {
  for (auto& [code, framing, content] : unreadable()) {
    SCOPED_TRACE(code);
    Territory t;
    SourceSettings settings;
    settings.limits.max_record_bytes = 2'000;
    settings.limits.max_document_bytes = 8'000;
    if (std::string_view(code) == "too_many_columns") settings.limits.max_record_bytes = 1u << 20;
    t.translator.read_as(framing);
    t.set_source(settings);
    t.folder.put("albo.csv", content);
    ASSERT_TRUE(t.pass().ok());
    const auto before = t.ledger();
    const auto parked = t.parked();
    ASSERT_TRUE(std::ranges::any_of(parked, [&](const auto& record) { return record.reason == code; }))
        << (parked.empty() ? "nothing" : parked.front().reason);
    settings.limits = {};  // nor once limits were raised
    t.set_source(settings);
    for (const auto& record : parked) {
      const auto decision = t.replay(record.id, true);
      EXPECT_TRUE(decision->refused);
      EXPECT_EQ(decision->why.reason, record.reason);
      EXPECT_THAT(decision->why.text.en, HasSubstr("have it read again"));
    }
    EXPECT_EQ(t.ledger(), before);
    EXPECT_EQ(t.parked().front().attempts, 1);
    EXPECT_EQ(t.parked().front().text, parked.front().text) << "why it was parked stays to be read";
  }
}

TEST(Replay, says_how_much_of_a_record_was_kept_and_which_limit_it_was_over) {
  Territory t;
  SourceSettings settings;
  settings.limits.max_record_bytes = 100'000;
  t.set_source(settings);
  t.yields({"A," + std::string(200'000, 'x')});
  ASSERT_TRUE(t.pass().ok());
  const auto record = t.parked().front();
  EXPECT_TRUE(record.original_cut);
  const auto decision = t.replay(record.id);
  EXPECT_EQ(decision->why.text.en,
            "only its first 65536 bytes were kept: have the partner correct the file, or raise "
            "limits.record_size, and have it read again");
  EXPECT_EQ(
      decision->why.text.it,
      "ne sono stati conservati solo i primi 65536 byte: far correggere il file a chi lo manda, o alzare "
      "limits.record_size, e farlo leggere di nuovo");
}

TEST(Replay, has_all_of_a_large_record_that_was_read_whole) {
  Territory t;
  SourceSettings settings;
  settings.limits.max_record_bytes = 8u << 20;
  t.set_source(settings);
  const std::string large(3u << 20, 'x');
  t.folder.put("albo.csv", "id,name,more\nA,garbage," + large + "\n");
  ASSERT_TRUE(t.pass().ok());
  const auto record = t.parked().front();
  EXPECT_FALSE(record.original_cut);
  EXPECT_EQ(record.original.bytes, "A,garbage," + large);
  t.translator.accept_garbage();
  EXPECT_EQ(t.replay(record.id)->end, End::kDelivered);
}

TEST(Replay, keeps_to_the_limits_of_today) {
  Territory t;
  t.yields({"A,garbage"});
  ASSERT_TRUE(t.pass().ok());
  SourceSettings settings;
  settings.limits.max_record_bytes = 5;
  t.set_source(settings);
  t.translator.accept_garbage();
  const auto decision = t.replay(t.parked().front().id);
  EXPECT_TRUE(decision->refused);
  EXPECT_EQ(decision->why.text.en, "albo.csv:2: the record is larger than 5 bytes");
  EXPECT_EQ(t.parked().front().reason, "garbage");
}

}  // namespace
}  // namespace raccordo::testing
