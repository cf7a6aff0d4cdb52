// SPDX-License-Identifier: EUPL-1.2
// Whatever a record holds: what is stated is canonical JSON, sorted, UTF-8, or the record is rejected.
#include <gtest/gtest.h>

#include <random>

#include "raccordo/model/json.hpp"
#include "said.hpp"

namespace raccordo::mapping {
namespace {

constexpr auto kEverything = R"(
mapping: 1
input: {format: csv}
empty: ["-"]
entities:
- organization: {id: {column: A}, name: {column: B, trim: true, default: senza nome}, year_incorporated: {column: C, number: {format: it, round: true}}}
- service:
    when: {column: D, is_not: [no, mai]}
    id: {parts: [{column: A}, {column: B}]}
    name: {join: [{column: B, trim: all}, {column: C}, {column: D}], with: " \"\\ "}
    maximum_age: {column: C, number: {format: plain, times: 3}}
    minimum_age: {column: D, number: en}
    assured_date: {column: C, date: [gg/mm/aaaa, iso, excel, d mmmm yyyy]}
    last_modified: {column: D, date: iso}
    need_areas: {column: B, split: ",", table: {a: elderly, b: family_minors}, default: "a,b"}
    phones: [{number: {column: C}, type: {column: D, default: sede}}, {number: {column: D}}]
    address: {city: {column: D, trim: ends}, country: IT}
    organization: {id_of: organization}
    status: {column: D, table: {"": active, si: active}, else: inactive}
)";

class Cell {
 public:
  explicit Cell(std::uint64_t seed) : random_(seed) {}

  std::string next() {
    static const std::vector<std::string> kPieces{
        "",     " ",        "\n",   "a",        "B", "è",          "\"",       "\\",      ",",     ";",
        "1",    "23",       ".",    "-",        "/", "2026-03-05", "5/3/2026", "1.234,5", "E+2",   "\x01",
        "\x7f", "\xc2\xa0", "\xff", "\xe2\x80", "𝄞", "no",         "si",       "T10:00Z", "marzo", ":"};
    std::string out;
    for (auto left = random_() % 6; left > 0; --left) out += kPieces[random_() % kPieces.size()];
    if (random_() % 200 == 0) out.append(random_() % 100'000, 'x');
    return out;
  }

 private:
  std::mt19937_64 random_;
};

TEST(Property, what_is_stated_is_canonical_json) {
  Execution execution(compiled(kEverything));
  Cell cell(20260305);
  std::size_t stated = 0;
  for (int i = 0; i < 20'000; ++i) {
    const RowOf row({{"A", cell.next()}, {"B", cell.next()}, {"C", cell.next()}, {"D", cell.next()}});
    Said said;
    execution.run(row.record(), said);
    ASSERT_FALSE(said.lines.empty());
    for (const auto& line : said.lines) {
      if (line.starts_with("reject") || line.starts_with("finding") || line.starts_with("filter")) {
        continue;
      }
      const auto json = line.substr(line.find(' ') + 1);
      const auto canonical = json::canonical(json);
      ASSERT_TRUE(canonical.ok()) << canonical.error().in(Language::kEnglish) << json;
      ASSERT_EQ(*canonical, json);
      ++stated;
    }
  }
  EXPECT_GT(stated, 10'000u);
}

TEST(Property, bodies_of_any_bytes_are_answered) {
  Execution json(
      compiled("mapping: 1\ninput: {format: lines}\nentities:\n- service: {id: {path: \"a[0].b\"}, name: "
               "{path: c, trim: all}, need_areas: {path: d}}\n"));
  Execution xml(
      compiled("mapping: 1\ninput: {format: xml, path: /a/b}\nentities:\n- service: {id: {path: \"@b\"}, "
               "name: {path: c/d, trim: all}, need_areas: {path: d}}\n"));
  std::mt19937_64 random(7);
  const std::string good_json = R"({"a":[{"b":"1"}],"c":"x y","d":["elderly",null,{"e":1}]})";
  const std::string good_xml = "<b b='1'><c><d>x &amp; y</d></c><d>elderly</d><d><e/></d></b>";
  for (int i = 0; i < 20'000; ++i) {
    std::string j = good_json, x = good_xml;
    for (auto changes = random() % 4; changes > 0; --changes) {
      j[random() % j.size()] = static_cast<char>(random());
      x[random() % x.size()] = static_cast<char>(random());
    }
    j.resize(random() % 10 == 0 ? random() % j.size() : j.size());
    x.resize(random() % 10 == 0 ? random() % x.size() : x.size());
    Said said;
    json.run({{}, {}, j}, said);
    xml.run({{}, {}, x}, said);
    ASSERT_GE(said.lines.size(), 2u);
    for (const auto& line : said.lines)
      if (line.starts_with("service ")) {
        ASSERT_EQ(*json::canonical(line.substr(8)), line.substr(8));
      }
  }
}

}  // namespace
}  // namespace raccordo::mapping
