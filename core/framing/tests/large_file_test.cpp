// SPDX-License-Identifier: EUPL-1.2
// Memory does not grow with a file. The allocator is counted: what is held at once, not what the system
// shows.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <malloc.h>

#include "core/framing/tests/string_file.hpp"
#include "core/framing/tests/workbook.hpp"

namespace raccordo {
namespace {

#if defined(RACCORDO_SANITIZED)
constexpr bool kCounted = false;  // sanitizers bring their own allocator
#else
constexpr bool kCounted = true;
#endif

constexpr std::uint64_t kSize = 20u << 20;
constexpr std::size_t kAllowed = 12u << 20;

std::size_t allocated() {
  const auto state = mallinfo2();
  return state.uordblks + state.hblkhd;
}

struct Count {
  std::uint64_t records = 0;
  std::vector<std::string> codes;
  std::size_t memory = 0;
};

Count count(Format format, const std::string& path, const ByteFile& file) {
  Framing framing;
  framing.format = format;
  framing.path = path;
  const std::size_t before = allocated();
  Count count;
  InputBatch batch;
  std::vector<Malformed> malformed;
  auto framer = open_framer(framing, file, {});
  EXPECT_TRUE(framer.ok());
  for (bool more = true; more;) {
    batch.clear();
    malformed.clear();
    more = *(*framer)->read(batch, malformed);
    count.records += batch.size();
    for (const auto& one : malformed) count.codes.push_back(one.code);
    const std::size_t now = allocated();
    count.memory = std::max(count.memory, now > before ? now - before : 0);
  }
  if (!kCounted) count.memory = 0;
  return count;
}

TEST(LargeFile, csv_takes_no_more_memory_than_a_small_one) {
  const auto result = count(Format::kCsv, "", RepeatedFile("id,nome\n", "1,\"Casa, Rosa\"\n", kSize));
  EXPECT_GT(result.records, kSize / 15 - 2);
  EXPECT_LT(result.memory, kAllowed);
}

TEST(LargeFile, a_single_line_is_one_malformed_record) {
  for (const auto format : {Format::kCsv, Format::kLines}) {
    const auto result = count(format, "", RepeatedFile("", "x", kSize));
    EXPECT_EQ(result.records, 0u);
    EXPECT_EQ(result.codes.size(), 1u);
    EXPECT_LT(result.memory, kAllowed);
  }
}

TEST(LargeFile, a_single_line_below_a_header_is_one_malformed_record) {
  const auto result = count(Format::kCsv, "", RepeatedFile("a,b\n", "x", kSize));
  EXPECT_THAT(result.codes, ::testing::ElementsAre("record_too_large"));
  EXPECT_LT(result.memory, kAllowed);
}

TEST(LargeFile, json_takes_no_more_memory_than_a_small_one) {
  const auto items = count(Format::kJson, "", RepeatedFile("[1", ",{\"a\":\"Casa\"}", kSize));
  EXPECT_GT(items.records, kSize / 13 - 2);
  EXPECT_LT(items.memory, kAllowed);
  const auto one = count(Format::kJson, "", RepeatedFile("[\"", "x", kSize));
  EXPECT_EQ(one.codes.size(), 2u);  // too large, and the file ends in the middle
  EXPECT_LT(one.memory, kAllowed);
}

TEST(LargeFile, xml_takes_no_more_memory_than_a_small_one) {
  const auto items = count(Format::kXml, "/r/s", RepeatedFile("<r>", "<s a=\"1\">Casa</s>", kSize));
  EXPECT_GT(items.records, kSize / 17 - 2);
  EXPECT_LT(items.memory, kAllowed);
  const auto one = count(Format::kXml, "/r/s", RepeatedFile("<r><s>", "x", kSize));
  EXPECT_FALSE(one.codes.empty());
  EXPECT_LT(one.memory, kAllowed);
}

// One std::string for each would take three times as much.
TEST(LargeFile, texts_that_cells_share_take_little_more_memory_than_their_bytes) {
  constexpr std::size_t kTexts = 600'000, kSizeOfText = 12;
  auto parts = workbook("<row><c t=\"s\"><v>0</v></c></row><row><c t=\"s\"><v>599999</v></c></row>");
  std::string list = "<sst>";
  for (std::size_t i = 0; i < kTexts; ++i) list += fmt::format("<si><t>voce {:07}</t></si>", i);
  parts["xl/sharedStrings.xml"] = list + "</sst>";
  const auto result = count(Format::kXlsx, "", StringFile(zipped(parts)));
  EXPECT_EQ(result.records, 1u);
  EXPECT_LT(result.memory, kTexts * (kSizeOfText + sizeof(std::uint32_t)) * 9 / 8 + (3u << 20));
}

}  // namespace
}  // namespace raccordo
