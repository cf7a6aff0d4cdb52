// SPDX-License-Identifier: EUPL-1.2
// Every finding of the compiler, word for word, in both languages: golden/findings.txt holds mapping files
// and what is said of them. RACCORDO_UPDATE_GOLDEN=1 writes it anew; read the difference before keeping it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "plugins/mapping/compile.hpp"

namespace raccordo::mapping {
namespace {

struct Case {
  std::string title, mapping, said;
};

constexpr std::string_view kTitle = "## ";
constexpr std::string_view kSaid = "--\n";
const std::string kGolden = std::string(RACCORDO_GOLDEN) + "/findings.txt";

std::vector<Case> cases() {
  std::ifstream in(kGolden);
  std::vector<Case> out;
  bool said = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(kTitle)) {
      out.push_back({line.substr(kTitle.size()), {}, {}});
      said = false;
    } else if (line == "--") {
      said = true;
    } else if (!out.empty()) {
      (said ? out.back().said : out.back().mapping) += line + "\n";
    }
  }
  return out;
}

std::string said_of(const std::string& mapping) {
  Findings findings;
  const auto program = compile(mapping, findings);
  if (program) return "nothing\n";
  return findings.in(Language::kItalian) + "\n" + findings.in(Language::kEnglish) + "\n";
}

TEST(Findings, are_what_the_golden_file_says) {
  auto all = cases();
  ASSERT_GT(all.size(), 40u);
  const bool update = std::getenv("RACCORDO_UPDATE_GOLDEN") != nullptr;
  std::ostringstream anew;
  for (const auto& one : all) {
    const auto said = said_of(one.mapping);
    if (!update) {
      EXPECT_EQ(said, one.said) << one.title;
    }
    EXPECT_NE(said, "nothing\n") << one.title;
    anew << kTitle << one.title << '\n' << one.mapping << kSaid << said;
  }
  if (update) std::ofstream(kGolden) << anew.str();
}

TEST(Findings, come_all_in_one_pass_in_the_order_of_the_file) {
  const std::string mapping =
      "mapping: 2\ninput: {format: csw}\nentities:\n- servce: {}\n- service: {id: {colum: A}, nme: x}\n";
  Findings findings;
  EXPECT_FALSE(compile(mapping, findings));
  std::vector<int> lines;
  for (const auto& finding : findings.list()) lines.push_back(finding.at.line);
  EXPECT_EQ(lines, (std::vector<int>{1, 2, 4, 4, 4, 5, 5, 5}));
}

TEST(Findings, say_one_slip_once_and_look_below_the_misspelt_key) {
  const auto said = [](const std::string& entities) {
    Findings findings;
    EXPECT_FALSE(compile("mapping: 1\ninput: {format: csv}\n" + entities, findings));
    return findings.in(Language::kEnglish);
  };
  EXPECT_EQ(said("entities: [{service: {id: a, nme: {column: B}}}]\n"),
            "3:30: service has no field “nme”: did you mean “name”?");
  EXPECT_EQ(said("entities: [{service: {id: a, name: {colum: B}}}]\n"),
            "3:37: there is no “colum” in a value: did you mean “column”?");
  EXPECT_EQ(said("entities: [{service: {id: a, nme: {colum: [B]}, name: b}}]\n"),
            "3:30: service has no field “nme”: did you mean “name”?")
      << "what is written rightly counts";
  EXPECT_EQ(said("entities: [{service: {id: a, nme: {column: [B]}}}]\n"),
            "3:30: service has no field “nme”: did you mean “name”?\n3:44: column wants a text");
}

TEST(Findings, stop_at_a_hundred) {
  std::string mapping = "mapping: 1\ninput: {format: csv}\nentities:\n- service:\n    id: a\n    name: b\n";
  for (int i = 0; i < 500; ++i) mapping += "    zz" + std::to_string(i) + ": x\n";
  Findings findings;
  EXPECT_FALSE(compile(mapping, findings));
  EXPECT_EQ(findings.size(), Findings::kMost);
}

TEST(Compiling, survives_hostile_files) {
  std::string aliases = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c < 'l'; ++c)
    aliases += fmt::format("{0}: &{0} [*{1}, *{1}, *{1}, *{1}, *{1}, *{1}, *{1}, *{1}, *{1}, *{1}]\n", c,
                           static_cast<char>(c - 1));
  std::string deep = "mapping: 1\nentities:\n";
  for (const auto& text :
       {std::string(), std::string(4096, '\0'), std::string(2u << 20, 'a'), std::string(100'000, '['),
        std::string(100'000, '{'), aliases, std::string("- "), std::string("\xff\xfe"),
        std::string("mapping: &a [*a]"), std::string(50'000, '\t'), std::string("? [a]\n: b\n"),
        std::string("mapping: 1\ninput: {format: csv}\nentities: {}\n"), std::string("%YAML 9.9\n---\n"),
        deep + std::string(3'000, ' ') + "- x"}) {
    Findings findings;
    EXPECT_FALSE(compile(text, findings));
    EXPECT_FALSE(findings.empty());
  }
}

}  // namespace
}  // namespace raccordo::mapping
