// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/body.hpp"

#include <gtest/gtest.h>

#include "plugins/mapping/arena.hpp"

namespace raccordo::mapping {
namespace {

std::string shown(const Piece& piece) {
  switch (piece.found) {
    case Found::kNothing:
      return "nothing";
    case Found::kText:
      return "text " + std::string(piece.text);
    case Found::kWhole:
      return "whole " + std::string(piece.text);
    case Found::kDecimal:
      return "decimal " + std::string(piece.text);
    case Found::kBoolean:
      return "boolean " + std::string(piece.text);
    case Found::kStructure:
      return "structure";
  }
  return "";
}

class Opened {
 public:
  Opened(bool xml, std::string_view bytes)
      : xml_(xml), body_(xml ? make_xml_body() : make_json_body()), good_(body_->open(bytes)) {}

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] std::string why() const { return std::string(body_->why()); }
  std::string at(std::string_view written) {
    const auto read = path(written);
    return read.trouble.empty() ? shown(body_->find(read.path, arena_)) : read.trouble.en;
  }
  std::vector<std::string> all(std::string_view written) {
    const auto read = path(written);
    std::vector<std::string> out;
    Piece piece;
    body_->open_list(read.path);
    while (body_->next(piece, arena_)) out.push_back(shown(piece));
    return out;
  }

 private:
  PathRead path(std::string_view written) const {
    return xml_ ? read_xml_path(written) : read_json_path(written);
  }

  bool xml_;
  std::unique_ptr<Body> body_;
  bool good_;
  Arena arena_;
};

using Texts = std::vector<std::string>;

TEST(JsonBody, finds_values_at_paths) {
  Opened json(false, R"({"a":{"b":[{"c":"x\"y"},{"c":7}]},"k.l":true,"n":null,"d":1.5,"w":12.0})");
  ASSERT_TRUE(json.good()) << json.why();
  EXPECT_EQ(json.at("a.b[0].c"), "text x\"y");
  EXPECT_EQ(json.at("a.b[1].c"), "whole 7");
  EXPECT_EQ(json.at("'k.l'"), "boolean true");
  EXPECT_EQ(json.at("n"), "nothing");
  EXPECT_EQ(json.at("d"), "decimal 1.5");
  EXPECT_EQ(json.at("w"), "whole 12");
  EXPECT_EQ(json.at("a.b[2].c"), "nothing");
  EXPECT_EQ(json.at("a.b.c"), "nothing");
  EXPECT_EQ(json.at("a"), "structure");
}

TEST(JsonBody, lists_the_items_of_an_array_and_takes_a_single_value_for_a_list_of_one) {
  Opened json(false, R"({"tags":["a",null,2],"one":"x","none":null,"empty":[]})");
  EXPECT_EQ(json.all("tags"), (Texts{"text a", "nothing", "whole 2"}));
  EXPECT_EQ(json.all("one"), Texts{"text x"});
  EXPECT_EQ(json.all("none"), Texts{});
  EXPECT_EQ(json.all("empty"), Texts{});
  EXPECT_EQ(json.all("absent"), Texts{});
}

TEST(JsonBody, refuses_what_is_broken_or_too_deep) {
  for (const auto* text : {"", "{", "{\"a\":}", "nonsense", "{\"a\":\"\xff\"}", "[1,2"})
    EXPECT_FALSE(Opened(false, text).good()) << text;
  EXPECT_FALSE(Opened(false, std::string(100'000, '[')).good());
  EXPECT_FALSE(Opened(false, std::string(70, '[') + std::string(70, ']')).good());
  EXPECT_TRUE(Opened(false, std::string(40, '[') + std::string(40, ']')).good());
}

TEST(JsonBody, is_used_again_after_a_broken_record_and_after_a_longer_one) {
  auto body = make_json_body();
  const auto path = read_json_path("a").path;
  Arena arena;
  EXPECT_FALSE(body->open("{"));
  EXPECT_TRUE(body->open(R"({"a":1})"));
  EXPECT_EQ(shown(body->find(path, arena)), "whole 1");
  EXPECT_TRUE(body->open("{\"a\":\"" + std::string(100'000, 'x') + "\"}"));
  EXPECT_EQ(body->find(path, arena).text.size(), 100'000u);
  EXPECT_FALSE(body->open(std::string(200'000, '[')));
}

TEST(XmlBody, finds_values_at_paths) {
  Opened xml(
      true,
      "<s codice='12'><nome>Caf&#232; &amp; C.</nome><tel>1</tel><tel>2</tel><i><via>Roma</via></i><v/></s>");
  ASSERT_TRUE(xml.good());
  EXPECT_EQ(xml.at("@codice"), "text 12");
  EXPECT_EQ(xml.at("nome"), "text Cafè & C.");
  EXPECT_EQ(xml.at("tel"), "text 1");
  EXPECT_EQ(xml.at("tel[2]"), "text 2");
  EXPECT_EQ(xml.at("tel[3]"), "nothing");
  EXPECT_EQ(xml.at("i/via"), "text Roma");
  EXPECT_EQ(xml.at("i"), "structure");
  EXPECT_EQ(xml.at("v"), "nothing");
  EXPECT_EQ(xml.at("v/@x"), "nothing");
}

TEST(XmlBody, finds_names_with_a_prefix_when_none_is_written) {
  Opened xml(true, "<a:s xmlns:a='u' a:c='7'><a:nome>x</a:nome><b:nome>y</b:nome></a:s>");
  EXPECT_EQ(xml.at("nome"), "text x");
  EXPECT_EQ(xml.at("b:nome"), "text y");
  EXPECT_EQ(xml.at("@c"), "text 7");
}

TEST(XmlBody, puts_text_around_comments_and_cdata_together) {
  Opened xml(true, "<s><n>Casa <!-- vecchia --><![CDATA[<Airone>]]></n></s>");
  EXPECT_EQ(xml.at("n"), "text Casa <Airone>");
}

TEST(XmlBody, reads_the_element_itself) { EXPECT_EQ(Opened(true, "<s>x</s>").at("."), "text x"); }

TEST(XmlBody, lists_repeated_elements) {
  Opened xml(true, "<s><t>1</t><u/><t>2</t><c><t>3</t></c></s>");
  EXPECT_EQ(xml.all("t"), (Texts{"text 1", "text 2"}));
  EXPECT_EQ(xml.all("c/t"), Texts{"text 3"});
  EXPECT_EQ(xml.all("t[2]"), Texts{"text 2"});
  EXPECT_EQ(xml.all("x"), Texts{});
  EXPECT_EQ(xml.all("x/t"), Texts{});
}

TEST(XmlBody, refuses_what_is_broken_or_too_deep) {
  for (const auto* text : {"", "<", "<a>", "<a></b>", "text"})
    EXPECT_FALSE(Opened(true, text).good()) << text;
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  EXPECT_FALSE(Opened(true, deep).good());
}

TEST(XmlBody, never_expands_entities) {
  Opened xml(true,
             "<!DOCTYPE s [<!ENTITY x 'y'><!ENTITY f SYSTEM 'file:///etc/passwd'>]><s><n>&x;&f;</n></s>");
  EXPECT_EQ(xml.at("n"), "text &x;&f;");
}

TEST(Path, says_what_is_wrong_with_it) {
  Opened json(false, "{}");
  EXPECT_EQ(json.at("a..b"), "the path “a..b”: “.b” is not understood");
  EXPECT_EQ(json.at("a[x]"), "the path “a[x]”: “[x]” is not understood");
  EXPECT_EQ(json.at("a."), "the path “a.” is incomplete");
  EXPECT_EQ(json.at("a]b["), "the path “a]b[”: “[” is not understood");
  Opened xml(true, "<s/>");
  EXPECT_EQ(xml.at("a//b"), "the path “a//b” is incomplete");
  EXPECT_EQ(xml.at("@a/b"), "the path “@a/b”: “@a” is not understood");
  EXPECT_EQ(xml.at("a[0]"), "the path “a[0]”: “a[0]” is not understood");
  EXPECT_EQ(xml.at("a/*"), "the path “a/*”: “*” is not understood");
  std::string deep = "a";
  for (int i = 0; i < 40; ++i) deep += ".a";
  EXPECT_NE(json.at(deep).find("more than 32 steps"), std::string::npos);
}

}  // namespace
}  // namespace raccordo::mapping
