// SPDX-License-Identifier: EUPL-1.2
// What holds for every framer: it does not matter in which pieces a file comes, where a batch ends, or what
// is in it.
#include <gmock/gmock.h>

#include <random>

#include "core/framing/tests/string_file.hpp"
#include "core/framing/tests/workbook.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Sample {
  const char* name;
  Framing framing;
  std::string bytes;
};

Framing framing(Format format, std::string path = "") {
  Framing framing;
  framing.format = format;
  framing.path = std::move(path);
  return framing;
}

std::string repeated(const std::string& pattern, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) {
    out += pattern;
    out += std::to_string(i);
  }
  return out;
}

std::vector<Sample> samples() {
  std::string wide;
  for (const char c : std::string_view("nome;x\nè;\"a\nb\"\nc;d;e\n")) wide += {c, '\0'};
  std::string rows;
  for (int i = 1; i < 300; ++i)
    rows += "<row><c t=\"inlineStr\"><is><t>" + std::to_string(i % 50) + "</t></is></c><c><v>" +
            std::to_string(i) + "</v></c></row>";
  return {
      {"csv", framing(Format::kCsv),
       "id;nome\r\n" + repeated("\"a\r\n\"\"b\"\"\";è\r\n1;2;3\r\n;\r\n\"x\" y;3\r\n\r\nz", 80) + ";\"open"},
      {"csv in windows-1252", framing(Format::kCsv), "id,nome\n" + repeated("citt\xE0,\"x\n\x80\"\n", 200)},
      {"csv in utf-16", framing(Format::kCsv), "\xFF\xFE" + wide + wide},
      {"csv of an old macintosh", framing(Format::kCsv), "id,nome\r" + repeated("a,\"b\rc\"\r", 100)},
      {"lines", framing(Format::kLines), repeated("{\"a\":[1,\"è\"]}\r\n{\"a\":tru}\n\n\"citt\xE0\"\n", 100)},
      {"json", framing(Format::kJson, "d.items"),
       "{\"x\":[{\"y\":\"]}\"}],\"d\":{\"items\":[1" +
           repeated(",\n{\"a\":\"\\\"è\",\"b\":[{}]},{\"a\":1,\"a\":2},tru,", 100) + "],\"z\":{}}}"},
      {"truncated json", framing(Format::kJson), "[1" + repeated(",{\"a\":[", 50)},
      {"xml", framing(Format::kXml, "/r/s"),
       "<?xml version='1.0'?><r>" +
           repeated("<!-- <s> --><s a='è'>&amp;<![CDATA[</s>]]></s>\n<s><b></s><x><s/></x><s a='1' a='2'/>",
                    80) +
           "</r>"},
      {"truncated xml", framing(Format::kXml, "/r/s"), "<r><s>1</s><s a='"},
      {"xlsx", framing(Format::kXlsx), zipped(workbook(rows))},
      {"document", framing(Format::kDocument), repeated("citt\xE0 \xA4 ", 100)},
  };
}

void expect_same(const Yield& a, const Yield& b, const std::string& what) {
  EXPECT_EQ(a.columns, b.columns) << what;
  EXPECT_EQ(a.records, b.records) << what;
  EXPECT_EQ(a.context, b.context) << what;
  EXPECT_EQ(a.error, b.error) << what;
  EXPECT_EQ(a.finding_codes(), b.finding_codes()) << what;
  ASSERT_EQ(a.codes(), b.codes()) << what;
  for (std::size_t i = 0; i < a.malformed.size(); ++i) {
    EXPECT_EQ(a.malformed[i].text, b.malformed[i].text) << what;
    EXPECT_EQ(a.malformed[i].original, b.malformed[i].original) << what;
    EXPECT_EQ(a.malformed[i].place.offset, b.malformed[i].place.offset) << what;
  }
}

TEST(AnyFramer, yields_the_same_in_whatever_pieces_a_file_comes) {
  for (const auto& sample : samples()) {
    const auto whole = read_all(sample.framing, StringFile(sample.bytes));
    EXPECT_FALSE(whole.records.empty()) << sample.name;
    for (const std::size_t piece : {1u, 2u, 3u, 7u, 64u, 4096u})
      expect_same(whole, read_all(sample.framing, StringFile(sample.bytes, piece)),
                  std::string(sample.name) + " in pieces of " + std::to_string(piece));
  }
}

TEST(AnyFramer, yields_the_same_wherever_a_batch_ends) {
  for (const auto& sample : samples()) {
    const auto whole = read_all(sample.framing, StringFile(sample.bytes));
    FramingLimits limits;
    limits.batch_records = 3;
    expect_same(whole, read_all(sample.framing, StringFile(sample.bytes), limits), sample.name);
    limits.batch_records = 1'000;
    limits.batch_bytes = 20;
    expect_same(whole, read_all(sample.framing, StringFile(sample.bytes), limits), sample.name);
  }
}

TEST(AnyFramer, goes_on_at_every_mark) {
  for (const auto& sample : samples()) {
    const StringFile file(sample.bytes);
    const auto whole = read_all(sample.framing, file);
    FramingLimits limits;
    limits.batch_records = 7;
    auto first = open_framer(sample.framing, file, limits);
    ASSERT_TRUE(first.ok());
    Yield before;
    for (bool more = true; more;) {
      const auto mark = (*first)->mark();
      auto second = open_framer(sample.framing, file, {});
      ASSERT_TRUE((*second)->resume(mark).ok()) << sample.name;
      const auto after = read_all(**second);
      ASSERT_EQ(before.records.size() + after.records.size(), whole.records.size()) << sample.name;
      ASSERT_EQ(before.malformed.size() + after.malformed.size(), whole.malformed.size()) << sample.name;
      ASSERT_EQ(mark.records, before.records.size() + before.malformed.size()) << sample.name;
      if (!after.records.empty()) {
        ASSERT_EQ(after.records.back(), whole.records.back()) << sample.name;
      }
      InputBatch batch;
      more = *(*first)->read(batch, before.malformed);
      add_records(batch, before);
    }
  }
}

TEST(AnyFramer, frames_every_record_again_from_its_original) {
  for (const auto& sample : samples()) {
    const auto whole = read_all(sample.framing, StringFile(sample.bytes));
    for (const auto& record : whole.records) {
      InputBatch batch;
      ASSERT_TRUE(reframe(whole.context, record.original, "file.test", record.place, batch).ok())
          << sample.name;
      Yield again;
      add_records(batch, again);
      ASSERT_EQ(again.records.at(0), record) << sample.name;
      ASSERT_EQ(batch.format, sample.framing.format);
      ASSERT_EQ(batch.columns, whole.columns);
    }
  }
}

// Each malformed one says where and in both languages, and keeps no more than it may.
TEST(AnyFramer, survives_mutilated_files) {
  std::mt19937 random(11);
  FramingLimits limits;
  limits.max_record_bytes = 400;
  limits.max_original_bytes = 50;
  for (const auto& sample : samples()) {
    for (int round = 0; round < 60; ++round) {
      auto bytes = sample.bytes;
      for (std::size_t n = 1 + random() % 8; n > 0; --n) {
        const std::size_t at = random() % bytes.size();
        if (random() % 3 == 0)
          bytes.erase(at, 1 + random() % 100);
        else
          bytes[at] = random() % 2 == 0 ? "\"<>[]{},;\n\r&"[random() % 12] : static_cast<char>(random());
        if (bytes.empty()) bytes = "x";
      }
      const auto yield = read_all(sample.framing, StringFile(bytes, 1'000), limits);
      ASSERT_EQ(yield.error, "") << sample.name;
      for (const auto& one : yield.malformed) {
        ASSERT_FALSE(one.code.empty() || one.text.it.empty() || one.text.en.empty());
        ASSERT_GE(one.line, one.place.line) << sample.name << ' ' << one.text.en;
        ASSERT_GE(one.column, 1u);
        ASSERT_LE(one.original.size(), 50u);
      }
    }
  }
}

TEST(AnyFramer, refuses_to_read_no_format) {
  EXPECT_EQ(read_all(framing(Format::kNone), StringFile("x")).error, "no format to read");
}

TEST(DocumentFramer, hands_on_a_whole_file_as_text) {
  const auto yield = read_all(framing(Format::kDocument), StringFile("\xEF\xBB\xBF"
                                                                     "a\nè"));
  EXPECT_THAT(yield.bodies(), ElementsAre("a\nè"));
  EXPECT_EQ(yield.records[0].original,
            "\xEF\xBB\xBF"
            "a\nè");
  EXPECT_THAT(read_all(framing(Format::kDocument), StringFile("citt\xE0")).bodies(), ElementsAre("città"));
  EXPECT_THAT(read_all(framing(Format::kDocument), StringFile("\xFE\xFF\x01\x05")).bodies(),
              ElementsAre("ą"));
  EXPECT_THAT(read_all(framing(Format::kDocument),
                       StringFile("<?xml version='1.0' encoding='ISO-8859-15'?><a>\xA4</a>"))
                  .bodies(),
              ElementsAre(HasSubstr("<a>€</a>")));
}

TEST(DocumentFramer, hands_on_what_is_no_text_as_it_is) {
  const std::string binary("\x89PNG\0\xFF\xE0", 7);
  EXPECT_THAT(read_all(framing(Format::kDocument), StringFile(binary)).bodies(), ElementsAre(binary));
}

TEST(DocumentFramer, parks_what_is_too_large_or_only_zeros) {
  FramingLimits limits;
  limits.max_document_bytes = 1'000;
  const auto yield = read_all(framing(Format::kDocument), StringFile(std::string(300'000, 'x')), limits);
  EXPECT_THAT(yield.codes(), ElementsAre("document_too_large"));
  EXPECT_TRUE(yield.malformed[0].original_cut);
  EXPECT_THAT(read_all(framing(Format::kDocument), StringFile(std::string(300, '\0'))).codes(),
              ElementsAre("zeros"));
  EXPECT_THAT(read_all(framing(Format::kDocument), StringFile("")).finding_codes(),
              ElementsAre("empty_file"));
}

TEST(AnyFramer, keeps_the_first_bytes_of_a_file_of_zeros) {
  FramingLimits limits;
  limits.max_original_bytes = 1'000;
  for (const auto format :
       {Format::kCsv, Format::kXlsx, Format::kLines, Format::kJson, Format::kXml, Format::kDocument})
    for (const std::size_t size : {std::size_t{10}, std::size_t{300'000}, std::size_t{5'000'000}}) {
      const auto yield = read_all(framing(format, format == Format::kXml ? "/r/s" : ""),
                                  StringFile(std::string(size, '\0')), limits);
      ASSERT_EQ(yield.malformed.size(), 1u) << static_cast<int>(format);
      EXPECT_EQ(yield.malformed[0].code, "zeros");
      EXPECT_EQ(yield.malformed[0].original, std::string(std::min(size, limits.max_original_bytes), '\0'))
          << static_cast<int>(format) << " " << size;
    }
}

TEST(DeclaredEncoding, is_believed_where_the_configuration_says_nothing) {
  Framing framing;
  framing.format = Format::kCsv;
  StringFile file("nome\nPerch\xE9 \xA4\n");  // A4: the euro of ISO-8859-15, the currency sign elsewhere
  file.declared = "ISO-8859-15";
  EXPECT_EQ(read_all(framing, file, {}).rows(), (std::vector<std::vector<std::string>>{{"Perché €"}}));
  framing.encoding = "windows-1252";
  EXPECT_EQ(read_all(framing, file, {}).rows(), (std::vector<std::vector<std::string>>{{"Perché ¤"}}));
  framing.encoding = "";
  file.declared = "x-unknown";
  EXPECT_EQ(read_all(framing, file, {}).rows(), (std::vector<std::vector<std::string>>{{"Perché ¤"}}));
}

TEST(DeclaredEncoding, stands_before_what_an_xml_document_says_of_itself) {
  Framing framing;
  framing.format = Format::kXml;
  framing.path = "/a/b";
  StringFile file("<?xml version=\"1.0\" encoding=\"utf-8\"?><a><b>\xE9</b></a>");
  EXPECT_TRUE(read_all(framing, file, {}).records.empty());
  file.declared = "windows-1252";
  EXPECT_EQ(read_all(framing, file, {}).records.size(), 1u);
}

TEST(Reframe, keeps_a_carriage_return_at_the_end_of_the_last_cell) {
  Framing framing;
  framing.format = Format::kCsv;
  const auto yield = read_all(framing, StringFile("a,b\r\n1,2\r\r\n"), {});
  ASSERT_EQ(yield.rows(), (std::vector<std::vector<std::string>>{{"1", "2\r"}}));
  InputBatch batch;
  ASSERT_TRUE(
      reframe(yield.context, yield.records[0].original, "file.test", yield.records[0].place, batch).ok());
  Yield again;
  add_records(batch, again);
  EXPECT_EQ(again.records[0], yield.records[0]);
}

class ReframedRow : public ::testing::Test {
 protected:
  // What is said of a row that was put through again, or nothing.
  std::string fault_of(const std::string& row, const FramingLimits& limits = {}) {
    InputBatch batch;
    const auto status = reframe(context_, row, "in.csv", {0, 3}, batch, limits);
    EXPECT_EQ(batch.size(), status.ok() ? 1u : 0u);
    return status.ok() ? "" : status.error().message.en;
  }

  std::string context_ =
      R"({"format":"csv","encoding":"utf-8","separator":",","line_break":"\n","columns":["a","b"]})";
};

TEST_F(ReframedRow, is_held_to_what_a_file_is_held_to) {
  EXPECT_EQ(fault_of("1,2"), "");
  EXPECT_EQ(fault_of("1"), "") << "a short row is a row, as in a file";
  EXPECT_EQ(fault_of("1,\xFF"), "in.csv:3: not valid UTF-8");
  EXPECT_EQ(fault_of(std::string("1,\0", 3)), "in.csv:3: a zero byte in the text");
  EXPECT_EQ(fault_of("1,2,3"), "in.csv:3: 3 cells where the header has 2");
  EXPECT_EQ(fault_of("1,\"2"), "in.csv:3: the record is still malformed");
  FramingLimits small;
  small.max_record_bytes = 3;
  EXPECT_EQ(fault_of("1,2", small), "");
  EXPECT_EQ(fault_of("1,23", small), "in.csv:3: the record is larger than 3 bytes");
}

TEST_F(ReframedRow, is_none_without_a_header) {
  context_ = R"({"format":"csv","encoding":"utf-8","columns":[]})";
  EXPECT_EQ(fault_of("1,2"), "in.csv:3: the record is still malformed");
}

TEST(Reframe, holds_bodies_and_documents_to_their_limits_and_their_encoding) {
  FramingLimits small;
  small.max_record_bytes = small.max_document_bytes = 10;
  for (const auto& [format, body] : {std::pair{"json", R"({"a":"è"})"}, std::pair{"lines", R"({"a":"è"})"},
                                     std::pair{"xml", "<a>è</a>"}, std::pair{"document", "<a>è</a>"}}) {
    const std::string context = fmt::format(R"({{"format":"{}","encoding":"utf-8"}})", format);
    const auto again = [&](const std::string& bytes) {
      InputBatch batch;
      return reframe(context, bytes, "in", {0, 1}, batch, small).ok();
    };
    EXPECT_TRUE(again(body)) << format;
    std::string broken = body;
    broken.replace(broken.find("è"), 2, "\xFF");
    EXPECT_FALSE(again(broken)) << format;
    std::string large = body;
    large.replace(large.find("è"), 2, "èèèè");
    EXPECT_FALSE(again(large)) << format;
  }
}

}  // namespace
}  // namespace raccordo
