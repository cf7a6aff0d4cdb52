// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "core/framing/tests/string_file.hpp"

namespace raccordo {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Framing framing(Format format, std::string path = "") {
  Framing framing;
  framing.format = format;
  framing.path = std::move(path);
  return framing;
}

Yield read_json(std::string bytes, std::string path = "", const FramingLimits& limits = {}) {
  return read_all(framing(Format::kJson, std::move(path)), StringFile(std::move(bytes)), limits);
}

Yield read_lines(std::string bytes, const FramingLimits& limits = {}) {
  return read_all(framing(Format::kLines), StringFile(std::move(bytes)), limits);
}

TEST(LinesFramer, reads_one_value_a_line) {
  const auto yield = read_lines("{\"a\":1}\r\n\n  [2, 3] \n\"x\"");
  EXPECT_EQ(yield.error, "");
  EXPECT_THAT(yield.bodies(), ElementsAre("{\"a\":1}", "[2, 3]", "\"x\""));
  EXPECT_EQ(yield.records[1].place.line, 3u);
  EXPECT_EQ(yield.records[1].place.offset, 12u);
}

TEST(LinesFramer, parks_a_line_that_is_no_json_and_goes_on) {
  const auto yield = read_lines("{\"a\":1}\n{\"à\":tru}\n{\"a\":2}\n{\"a\":3} {}\n{\"a\":\n");
  EXPECT_THAT(yield.bodies(), ElementsAre("{\"a\":1}", "{\"a\":2}"));
  ASSERT_THAT(yield.codes(), ElementsAre("syntax", "syntax", "truncated"));
  EXPECT_EQ(yield.malformed[0].text.en, "line 2, column 6: invalid JSON: unexpected \"t\"");
  EXPECT_EQ(yield.malformed[1].text.en, "line 4, column 8: invalid JSON: more text behind the value");
}

TEST(LinesFramer, parks_each_line_that_is_not_utf_8) {
  const auto yield = read_lines("\"citt\xE0\"\n\"città\"\n");
  EXPECT_THAT(yield.bodies(), ElementsAre("\"città\""));
  EXPECT_THAT(yield.codes(), ElementsAre("invalid_encoding"));
}

TEST(LinesFramer, parks_a_line_larger_than_the_limit_and_goes_on) {
  FramingLimits limits;
  limits.max_record_bytes = 50;
  const auto yield = read_lines("1\n\"" + std::string(2'000'000, 'x') + "\"\n2\n", limits);
  EXPECT_THAT(yield.bodies(), ElementsAre("1", "2"));
  EXPECT_THAT(yield.codes(), ElementsAre("record_too_large"));
  EXPECT_EQ(yield.records[1].place.line, 3u);
}

TEST(LinesFramer, says_that_a_file_is_empty_or_only_zeros) {
  EXPECT_THAT(read_lines("\n \n").finding_codes(), ElementsAre("empty_file"));
  EXPECT_THAT(read_lines(std::string(3'000'000, '\0')).codes(), ElementsAre("zeros"));
}

TEST(LinesFramer, goes_on_where_a_mark_was_taken) {
  std::string bytes;
  for (int i = 0; i < 500; ++i) bytes += std::to_string(i) + "\n";
  const StringFile file(bytes);
  FramingLimits limits;
  limits.batch_records = 200;
  auto first = open_framer(framing(Format::kLines), file, limits);
  ASSERT_TRUE(first.ok());
  InputBatch batch;
  std::vector<Malformed> malformed;
  ASSERT_TRUE((*first)->read(batch, malformed).ok());
  auto second = open_framer(framing(Format::kLines), file, limits);
  ASSERT_TRUE((*second)->resume((*first)->mark()).ok());
  const auto rest = read_all(**second);
  ASSERT_THAT(rest.records, SizeIs(300));
  EXPECT_EQ(rest.records[0].fields[0], "200");
  EXPECT_EQ(rest.records[0].place.line, 201u);
}

TEST(JsonFramer, reads_the_items_of_an_array) {
  const auto yield = read_json("[{\"a\":1},\n {\"b\":[1,{}]}, 3 ]\n");
  EXPECT_THAT(yield.bodies(), ElementsAre("{\"a\":1}", "{\"b\":[1,{}]}", "3"));
  EXPECT_THAT(yield.malformed, IsEmpty());
  EXPECT_EQ(yield.records[1].place.line, 2u);
  EXPECT_EQ(yield.records[1].place.offset, 11u);
}

TEST(JsonFramer, finds_the_array_at_a_path) {
  const auto* text =
      R"({"meta":{"contents":[9]},"x":"]}","data":{"n":[[1,2],"a\"]"],"items":[1,2]},"tail":[3]})";
  EXPECT_THAT(read_json(text, "data.items").bodies(), ElementsAre("1", "2"));
  EXPECT_THAT(read_json(text, "meta.contents").bodies(), ElementsAre("9"));
  EXPECT_THAT(read_json("{\"v\\u006f\":[1]}", "vo").bodies(), ElementsAre("1"));
}

TEST(JsonFramer, takes_an_object_in_the_place_of_the_array_as_one_record) {
  EXPECT_THAT(read_json(" {\"a\":1} ").bodies(), ElementsAre("{\"a\":1}"));
  EXPECT_THAT(read_json("{\"x\":{\"a\":1},\"y\":2}", "x").bodies(), ElementsAre("{\"a\":1}"));
  EXPECT_THAT(read_json("{\"x\":null}", "x").malformed, IsEmpty());
}

TEST(JsonFramer, says_that_nothing_stands_at_the_path) {
  for (const auto* text : {"{\"a\":1}", "{}", "[1]", "{\"contents\":3}"}) {
    const auto yield = read_json(text, "contents");
    EXPECT_THAT(yield.records, IsEmpty());
    EXPECT_THAT(yield.codes(), ElementsAre("not_found")) << text;
  }
}

TEST(JsonFramer, goes_on_behind_an_item_with_a_fault) {
  const auto yield =
      read_json("[{\"a\":1},{\"a\":tru},{\"a\":1,\"a\":2},{\"b\":\"x\ny\"},{\"c\":01},{\"d\":2}]");
  EXPECT_THAT(yield.bodies(), ElementsAre("{\"a\":1}", "{\"d\":2}"));
  ASSERT_THAT(yield.codes(), ElementsAre("syntax", "repeated_key", "syntax", "syntax"));
  EXPECT_EQ(yield.malformed[0].original, "{\"a\":tru}");
  EXPECT_EQ(yield.malformed[0].text.en, "line 1, column 15: invalid JSON: unexpected \"t\"");
  EXPECT_EQ(yield.malformed[1].text.en, "line 1, column 27: a key repeated in the same object");
  EXPECT_EQ(yield.malformed[3].line, 2u);
}

TEST(JsonFramer, finds_a_repeated_key_among_many_and_behind_escapes) {
  std::string object = "{";
  for (int i = 0; i < 100; ++i) object += "\"k" + std::to_string(i) + "\":{\"k\":1},";
  EXPECT_THAT(read_json("[" + object + "\"z\":1}]").malformed, IsEmpty());
  EXPECT_THAT(read_json("[" + object + "\"\\u006b7\":1}]").codes(), ElementsAre("repeated_key"));
}

TEST(JsonFramer, is_not_impressed_by_depth) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  const auto yield = read_json("[1," + deep + ",2]");
  EXPECT_THAT(yield.bodies(), ElementsAre("1", "2"));
  EXPECT_THAT(yield.codes(), ElementsAre("too_deep"));
  EXPECT_THAT(read_json(deep).codes(), ElementsAre("too_deep"));
  EXPECT_THAT(read_json(std::string(100'000, '[')).codes(), ElementsAre("too_deep", "truncated"));
}

TEST(JsonFramer, says_that_a_file_ends_in_the_middle) {
  for (const auto* text :
       {"[", "[1", "[1,", "[1,{\"a\"", "[{\"a\":1}", "{\"contents\":[1]", "{\"contents\":[1],\"x\":"}) {
    const auto yield = read_json(text, text[0] == '{' ? "contents" : "");
    ASSERT_THAT(yield.codes(), ElementsAre("truncated")) << text;
  }
  const auto yield = read_json("[1,\n{\"a\": \"bc");
  EXPECT_EQ(yield.malformed[0].line, 2u);
  EXPECT_EQ(yield.malformed[0].original, "{\"a\": \"bc");
}

TEST(JsonFramer, says_where_the_structure_is_lost) {
  const auto yield = read_json("[1,\n 2 3, 4]");
  EXPECT_THAT(yield.bodies(), ElementsAre("1", "2"));
  ASSERT_THAT(yield.codes(), ElementsAre("structure_lost"));
  EXPECT_EQ(yield.malformed[0].text.en,
            "line 2, column 4: the JSON structure is lost here: what follows was not read");
  EXPECT_THAT(read_json("[1] x").codes(), ElementsAre("structure_lost"));
  EXPECT_THAT(read_json("[1,]").codes(), ElementsAre("structure_lost"));
  EXPECT_THAT(read_json("{\"contents\" [1]}", "contents").codes(), ElementsAre("structure_lost"));
}

TEST(JsonFramer, parks_an_item_larger_than_the_limit_and_goes_on) {
  FramingLimits limits;
  limits.max_record_bytes = 100;
  const auto yield = read_json("[1,{\"a\":\"" + std::string(3'000'000, 'x') + "\"},2]", "", limits);
  EXPECT_THAT(yield.bodies(), ElementsAre("1", "2"));
  EXPECT_THAT(yield.codes(), ElementsAre("record_too_large"));
}

TEST(JsonFramer, skips_what_is_large_beside_the_path) {
  FramingLimits limits;
  limits.max_record_bytes = 100;
  const std::string large = "{\"a\":[\"" + std::string(3'000'000, 'x') + "\"]}";
  EXPECT_THAT(read_json("{\"x\":" + large + ",\"items\":[1],\"y\":" + large + "}", "items", limits).bodies(),
              ElementsAre("1"));
}

TEST(JsonFramer, reads_windows_1252_when_told) {
  auto told = framing(Format::kJson);
  told.encoding = "windows-1252";
  const auto yield = read_all(told, StringFile("[\"citt\xE0\"]"));
  EXPECT_THAT(yield.bodies(), ElementsAre("\"città\""));
  EXPECT_EQ(yield.records[0].original, "\"citt\xE0\"");
}

TEST(JsonFramer, tells_of_utf16_without_a_mark_what_to_write) {
  std::string wide;
  for (const char c : std::string_view("[{\"a\":1}]")) wide += {c, '\0'};
  for (const auto& yield : {read_json(wide), read_lines(wide)}) {
    ASSERT_THAT(yield.codes(), ElementsAre("nul_byte"));
    EXPECT_THAT(yield.malformed[0].text.en, HasSubstr("write encoding: utf-16le"));
  }
}

TEST(JsonFramer, says_that_a_file_is_empty_or_only_zeros) {
  EXPECT_THAT(read_json("").finding_codes(), ElementsAre("empty_file"));
  EXPECT_THAT(read_json("[]").finding_codes(), ElementsAre("empty_file"));
  EXPECT_THAT(read_json(std::string(300'000, '\0')).codes(), ElementsAre("zeros"));
}

TEST(JsonFramer, refuses_a_path_that_is_none) {
  EXPECT_THAT(read_json("[]", "a..b").error, HasSubstr("is no JSON path"));
}

TEST(JsonFramer, goes_on_where_a_mark_was_taken) {
  std::string bytes = "[0";
  for (int i = 1; i < 500; ++i) bytes += ",\n" + std::string(i == 100 ? "x" : std::to_string(i));
  const StringFile file(bytes + "]");
  FramingLimits limits;
  limits.batch_records = 200;
  auto first = open_framer(framing(Format::kJson), file, limits);
  InputBatch batch;
  std::vector<Malformed> malformed;
  ASSERT_TRUE((*first)->read(batch, malformed).ok());
  auto second = open_framer(framing(Format::kJson), file, limits);
  ASSERT_TRUE((*second)->resume((*first)->mark()).ok());
  const auto rest = read_all(**second);
  ASSERT_THAT(rest.records, SizeIs(300));
  EXPECT_EQ(rest.records[0].fields[0], "200");
}

TEST(JsonFramer, accepts_what_the_standard_allows) {
  for (const auto* text :
       {"[-0]", "[1.5e-3]", "[true,false,null]", "[\"\\u00e8\\n\\/\"]", "[{\"\":[]}]", "[0.10E+2]"})
    EXPECT_THAT(read_json(text).malformed, IsEmpty()) << text;
  for (const auto* text : {"[-]", "[1.]", "[.5]", "[1e]", "[+1]", "['a']", "[\"\\x\"]", "[\"\\u12g4\"]",
                           "[nul]", "[{a:1}]", "[{\"a\":1,}]", "[NaN]", "[\"\t\"]"})
    EXPECT_THAT(read_json(text).codes(), ElementsAre("syntax")) << text;
}

TEST(JsonReframe, takes_the_original_bytes_again) {
  const auto yield = read_json("[{\"a\":1}]");
  InputBatch batch;
  ASSERT_TRUE(reframe(yield.context, yield.records[0].original, "file.test", {1, 1}, batch).ok());
  EXPECT_EQ(batch.bytes, "{\"a\":1}");
  EXPECT_EQ(batch.format, Format::kJson);
  EXPECT_FALSE(reframe(yield.context, "{\"a\":tru}", "file.test", {9, 1}, batch).ok());
  EXPECT_FALSE(reframe("{}", "{}", "file.test", {9, 1}, batch).ok());
}

}  // namespace
}  // namespace raccordo
