// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include <pugixml.hpp>
#include <random>

#include "core/framing/tests/string_file.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Yield read_xml(std::string bytes, std::string path = "/r/s", const FramingLimits& limits = {}) {
  Framing framing;
  framing.format = Format::kXml;
  framing.path = std::move(path);
  return read_all(framing, StringFile(std::move(bytes)), limits);
}

TEST(XmlFramer, reads_the_elements_at_a_path) {
  const auto yield = read_xml(
      "<?xml version=\"1.0\"?>\n<!-- <s>no</s> -->\n<r a='>'><x><s>no</s></x>\n"
      " <s id=\"1\"><n>Caff&#xE8; &amp; più</n></s><s/>\n <s><s>in</s><![CDATA[</s>]]><!-- </s> "
      "--></s>\n</r>\n");
  EXPECT_THAT(yield.bodies(), ElementsAre("<s id=\"1\"><n>Caff&#xE8; &amp; più</n></s>", "<s/>",
                                          "<s><s>in</s><![CDATA[</s>]]><!-- </s> --></s>"));
  EXPECT_THAT(yield.malformed, IsEmpty());
  EXPECT_EQ(yield.records[0].place.line, 4u);
  EXPECT_EQ(yield.records[2].place.line, 5u);
  EXPECT_EQ(yield.records[0].place.offset, 68u);
}

TEST(XmlFramer, matches_by_local_name_unless_a_prefix_is_asked_for) {
  const auto* text = "<a:r xmlns:a='x'><a:s/><b:s/><s/></a:r>";
  EXPECT_THAT(read_xml(text).records, SizeIs(3));
  EXPECT_THAT(read_xml(text, "r/b:s").bodies(), ElementsAre("<b:s/>"));
  EXPECT_THAT(read_xml(text, "/*/s").records, SizeIs(3));
}

TEST(XmlFramer, takes_the_root_when_there_is_no_path) {
  EXPECT_THAT(read_xml("<r><s/></r>\n", "").bodies(), ElementsAre("<r><s/></r>"));
  EXPECT_THAT(read_xml("<r><s/></r>\n", "/r").bodies(), ElementsAre("<r><s/></r>"));
}

TEST(XmlFramer, reads_the_encoding_that_the_file_declares) {
  const auto yield = read_xml("<?xml version='1.0' encoding='Windows-1252'?><r><s>Citt\xE0 \x80</s></r>");
  EXPECT_THAT(yield.bodies(), ElementsAre("<s>Città €</s>"));
  EXPECT_EQ(yield.records[0].original, "<s>Citt\xE0 \x80</s>");
  EXPECT_THAT(yield.context, HasSubstr("windows-1252"));
  EXPECT_THAT(read_xml("<?xml version='1.0' encoding=\"ISO-8859-15\"?><r><s>\xA4</s></r>").bodies(),
              ElementsAre("<s>€</s>"));
  EXPECT_THAT(read_xml("\xEF\xBB\xBF<r><s>è</s></r>").bodies(), ElementsAre("<s>è</s>"));
}

TEST(XmlFramer, reads_utf_16) {
  std::string little;
  std::string big;
  for (const char c : std::string_view("<r>\n<s>a</s></r>")) {
    little += c;
    little += '\0';
    big += '\0';
    big += c;
  }
  for (const auto& bytes : {"\xFF\xFE" + little, "\xFE\xFF" + big}) {
    const auto yield = read_xml(bytes);
    EXPECT_THAT(yield.bodies(), ElementsAre("<s>a</s>"));
    EXPECT_EQ(yield.records[0].place.offset, 10u);
    EXPECT_EQ(yield.records[0].place.line, 2u);
  }
  std::string declared;
  for (const char c : std::string_view("<?xml version='1.0' encoding='UTF-16'?><r><s>a</s></r>"))
    declared += {c, '\0'};
  EXPECT_THAT(read_xml(declared).bodies(), ElementsAre("<s>a</s>"));
}

TEST(XmlFramer, says_that_it_cannot_read_an_encoding) {
  const auto yield = read_xml("<?xml version='1.0' encoding='EBCDIC'?><r><s/></r>");
  ASSERT_THAT(yield.codes(), ElementsAre("invalid_encoding"));
  EXPECT_THAT(yield.malformed[0].text.en, HasSubstr("\"EBCDIC\""));
}

TEST(XmlFramer, parks_an_element_that_is_not_what_it_declares) {
  const auto yield = read_xml("<r><s>citt\xE0</s><s>è</s></r>");
  EXPECT_THAT(yield.bodies(), ElementsAre("<s>è</s>"));
  EXPECT_THAT(yield.codes(), ElementsAre("invalid_encoding"));
}

TEST(XmlFramer, goes_on_behind_an_element_with_a_fault) {
  const auto yield = read_xml(
      "<r>\n<s><n>1</s>\n<s a='1' a='2'/>\n<s>&nbsp;</s><s>2</s><s><sx></sx><b></c></s><s a=1/>"
      "<s>a\x01</s><s><1/></s><s>3</s></r>");
  EXPECT_THAT(yield.bodies(), ElementsAre("<s>2</s>", "<s>3</s>"));
  ASSERT_THAT(yield.codes(),
              ElementsAre("syntax", "repeated_attribute", "syntax", "syntax", "syntax", "syntax", "syntax"));
  EXPECT_EQ(yield.malformed[0].text.en, "line 2, column 8: invalid XML: </s> where </n> was expected");
  EXPECT_EQ(yield.malformed[0].original, "<s><n>1</s>");
  EXPECT_EQ(yield.malformed[1].text.en, "line 3, column 10: a repeated attribute");
}

TEST(XmlFramer, says_where_a_file_ends_in_the_middle) {
  const std::string whole = "<r><!-- c --><x/><s a='b'>t<n/></s>\n</r>";
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto yield = read_xml(whole.substr(0, size));
    ASSERT_THAT(yield.codes(), ElementsAre("truncated")) << size;
    EXPECT_EQ(yield.malformed[0].line, size >= 36 ? 2u : 1u) << size;
  }
  EXPECT_EQ(read_xml("<r>\n<s>a").malformed[0].text.en, "line 2, column 5: the file ends in the middle");
}

TEST(XmlFramer, refuses_doctype) {
  const auto yield = read_xml("<!DOCTYPE r [<!ENTITY a \"b\">]><r><s>&a;</s></r>");
  EXPECT_THAT(yield.records, IsEmpty());
  EXPECT_THAT(yield.codes(), ElementsAre("doctype"));
  EXPECT_THAT(read_xml("<r><s><!DOCTYPE x></s><s/></r>").codes(), ElementsAre("doctype"));
}

TEST(XmlFramer, refuses_several_roots_and_text_outside) {
  EXPECT_THAT(read_xml("<r><s/></r><r/>").codes(), ElementsAre("several_roots"));
  EXPECT_THAT(read_xml("id,nome\n1,2\n").codes(), ElementsAre("structure_lost"));
  EXPECT_THAT(read_xml("<r><s/></r> x").codes(), ElementsAre("structure_lost"));
  EXPECT_THAT(read_xml("<r><s/></q>").codes(), ElementsAre("syntax"));
}

TEST(XmlFramer, says_that_nothing_stands_at_the_path) {
  EXPECT_THAT(read_xml("<r><x/></r>", "/r/a/b").codes(), ElementsAre("not_found"));
  EXPECT_THAT(read_xml("<x/>", "/r/s").codes(), ElementsAre("not_found"));
  const auto none = read_xml("<r></r>");
  EXPECT_THAT(none.malformed, IsEmpty());
  EXPECT_THAT(none.finding_codes(), ElementsAre("empty_file"));
  EXPECT_THAT(read_xml("").finding_codes(), ElementsAre("empty_file"));
}

TEST(XmlFramer, is_not_impressed_by_depth_or_attributes) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  FramingLimits limits;
  const auto yield = read_xml("<r><s>" + deep + "</s><s/></r>");
  EXPECT_THAT(yield.bodies(), ElementsAre("<s/>"));
  EXPECT_THAT(yield.codes(), ElementsAre("too_deep"));
  EXPECT_THAT(read_xml(deep).codes(), ElementsAre("too_deep"));
  std::string wide = "<s";
  for (int i = 0; i < 300; ++i) wide += " a" + std::to_string(i) + "=''";
  EXPECT_THAT(read_xml("<r>" + wide + "></s><s/></r>").codes(), ElementsAre("too_many_attributes"));
}

TEST(XmlFramer, parks_an_element_larger_than_the_limit_and_goes_on) {
  FramingLimits limits;
  limits.max_record_bytes = 200;
  const std::string large(2'000'000, 'x');
  const auto yield = read_xml(
      "<r><s>1</s><!--" + large + "--><s>" + large + "</sx></s><s>2</s>" + large + "</r>", "/r/s", limits);
  EXPECT_THAT(yield.bodies(), ElementsAre("<s>1</s>", "<s>2</s>"));
  EXPECT_THAT(yield.codes(), ElementsAre("record_too_large"));
}

TEST(XmlFramer, reads_utf16_without_a_mark_and_without_a_declaration) {
  std::string wide;
  for (const char c : std::string_view("<r><s>1</s></r>")) wide += {c, '\0'};
  EXPECT_THAT(read_xml(wide).records, SizeIs(1));
}

TEST(XmlFramer, says_that_a_file_is_only_zeros) {
  EXPECT_THAT(read_xml(std::string(3'000'000, '\0')).codes(), ElementsAre("zeros"));
}

TEST(XmlFramer, refuses_a_path_that_is_none) {
  EXPECT_THAT(read_xml("<r/>", "/r//s").error, HasSubstr("is no XML path"));
}

TEST(XmlReframe, takes_the_original_bytes_again) {
  const auto yield = read_xml("<?xml version='1.0' encoding='Windows-1252'?><r><s>Citt\xE0</s></r>");
  InputBatch batch;
  ASSERT_TRUE(reframe(yield.context, yield.records[0].original, "file.test", {1, 1}, batch).ok());
  EXPECT_EQ(batch.bytes, "<s>Città</s>");
  EXPECT_FALSE(reframe(yield.context, "<s>", "file.test", {2, 1}, batch).ok());
}

// What is handed on, pugixml understands; what it refuses, is parked here too.
TEST(XmlProperty, agrees_with_pugixml_on_mutilated_elements) {
  const std::string good =
      "<s a=\"1\" b='x &amp; y'><n>Caff&#233;</n><![CDATA[<&]]><!-- c --><e/><?p i?> </s>";
  std::mt19937 random(7);
  int handed_on = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = good;
    for (std::size_t n = random() % 3; n > 0; --n) {
      const std::size_t at = 1 + random() % (text.size() - 1);
      if (random() % 2 == 0)
        text.erase(at, 1);
      else
        text[at] = "<>/'\"&;! =a"[random() % 11];
    }
    const auto yield = read_xml("<r>" + text + "</r>");
    for (const auto& body : yield.bodies()) {
      pugi::xml_document document;
      ASSERT_TRUE(document.load_buffer(body.data(), body.size())) << body;
      ASSERT_EQ(document.first_child().next_sibling(), pugi::xml_node()) << body;
      ++handed_on;
    }
  }
  EXPECT_GT(handed_on, 6'000);
}

}  // namespace
}  // namespace raccordo
