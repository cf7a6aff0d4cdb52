// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/tuir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace raccordo::wallets {
namespace {

using ::testing::ElementsAre;

std::string text_of(const std::string& path) {
  std::stringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

const Tuir& law() {
  static const Tuir tuir = [] {
    ConfigurationFindings findings;
    const auto read =
        read_tuir("article-51.yaml", text_of(RACCORDO_SOURCE_DIR "/config/tuir/article-51.yaml"), findings);
    for (const auto& finding : findings) ADD_FAILURE() << finding.line(Language::kEnglish);
    return read.value_or(Tuir{});
  }();
  return tuir;
}

std::vector<std::string> wrong_in(const std::string& text) {
  ConfigurationFindings findings;
  EXPECT_FALSE(read_tuir("t.yaml", text, findings).has_value());
  std::vector<std::string> lines;
  for (const auto& finding : findings) lines.push_back(finding.line(Language::kEnglish));
  return lines;
}

std::int64_t ceiling(std::string_view date, bool children) {
  const auto* const found = ceiling_on(law(), "c3", date);
  if (found == nullptr) return -1;
  return children ? found->with_children.value_or(found->cents) : found->cents;
}

std::string why(const Status& status) { return status.ok() ? "yes" : status.error().message.en; }

TEST(Tuir, is_known_to_a_hub_that_names_no_file) {
  EXPECT_EQ(built_in_tuir().letters.size(), law().letters.size());
  EXPECT_EQ(built_in_tuir().ceilings.size(), law().ceilings.size());
  EXPECT_FALSE(built_in_tuir().ceilings.empty());
}

TEST(Ceiling, of_paragraph_3_is_the_one_of_the_day) {
  EXPECT_EQ(ceiling("2019-12-31", false), 25'823);
  EXPECT_EQ(ceiling("2020-01-01", true), 51'646);
  EXPECT_EQ(ceiling("2021-12-31", false), 51'646);
  EXPECT_EQ(ceiling("2022-09-01", false), 60'000);
  EXPECT_EQ(ceiling("2022-12-01", false), 300'000);
  EXPECT_EQ(ceiling("2023-06-01", false), 25'823);
  EXPECT_EQ(ceiling("2023-06-01", true), 300'000);
  EXPECT_EQ(ceiling("2026-03-02", false), 100'000);
  EXPECT_EQ(ceiling("2027-12-31", true), 200'000);
  EXPECT_EQ(ceiling("2028-01-01", true), 25'823);
  EXPECT_EQ(ceiling_on(law(), "f_ter", "2026-03-02"), nullptr);
}

TEST(CeilingWarning, comes_before_the_ceiling_is_passed) {
  const Use use{"c3", "2026-05-04", 93'000, 7'000, false};
  EXPECT_EQ(before_passing(law(), use), std::nullopt);
  auto more = use;
  more.amount = 12'000;
  const auto warning = before_passing(law(), more);
  ASSERT_TRUE(warning.has_value());
  EXPECT_EQ(warning->ceiling, 100'000);
  EXPECT_EQ(warning->used, 93'000);
  EXPECT_EQ(warning->would_be, 105'000);
  EXPECT_EQ(warning->taxable_from, "2026-05-04");
  EXPECT_EQ(warning->text.en,
            "paragraph 3: €930.00 used in 2026, €1,050.00 with this; the ceiling is €1,000.00 (L. 207/2024 "
            "art. 1 c. 390): from 2026-05-04 on "
            "all of the €1,050.00 is taxable, not only what is above");
  EXPECT_EQ(warning->text.it,
            "comma 3: nel 2026 usati 930,00 €, con questo 1.050,00 €; la soglia è 1.000,00 € (L. 207/2024 "
            "art. 1 c. 390): dal 2026-05-04 sono "
            "imponibili tutti i 1.050,00 €, non solo la parte oltre soglia");
  more.children = true;
  EXPECT_EQ(before_passing(law(), more), std::nullopt);
}

WalletMovement moved_on(const std::string& kind, std::int64_t amount, const std::string& date,
                        const std::string& letter = "c3") {
  return {{}, {}, kind, amount, {}, letter, date, 0};
}

TEST(CeilingUse, counts_what_was_spent_in_the_year_and_what_is_reserved) {
  const std::vector<WalletMovement> movements{
      moved_on("credit", 200'000, "2025-01-01"), moved_on("reserve", 10'000, "2025-12-20"),
      moved_on("reserve", 3'000, "2026-01-05"),  moved_on("capture", 9'000, "2026-01-02"),
      moved_on("give_back", 500, "2026-01-03"),  moved_on("reimburse", 100, "2026-01-04"),
      moved_on("capture", 1'000, "2025-12-30"),  moved_on("capture", 700, "2026-02-01", "f")};
  EXPECT_EQ(used_in_year("c3", "2026-06-01", movements), 9'000 - 500 + 100 + 3'000);
  EXPECT_EQ(used_in_year("c3", "2025-06-01", movements), 1'000 + 3'000);
}

TEST(CeilingUse, makes_no_room_of_what_was_spent_in_another_year) {
  const std::vector<WalletMovement> movements{moved_on("reserve", 900, "2025-12-20"),
                                              moved_on("capture", 900, "2025-12-20"),
                                              moved_on("give_back", 900, "2026-01-03")};
  EXPECT_EQ(used_in_year("c3", "2026-06-01", movements), 0);
}

TEST(Relation, decides_for_whom_a_letter_may_be_spent) {
  EXPECT_EQ(why(may_be_for(law(), "f_ter", {"parent_in_law", false})), "yes");
  EXPECT_EQ(why(may_be_for(law(), "f_ter", {"aunt_uncle", false})),
            "letter f-ter, beneficiary \"Aunt or uncle\": is not among the relatives that it is for (TUIR "
            "art. 51 c. 2 lett. f-ter)");
  EXPECT_NE(why(may_be_for(law(), "f_ter", {"self", false})), "yes");
  EXPECT_EQ(why(may_be_for(law(), "f", {"self", false})), "yes");
  EXPECT_EQ(why(may_be_for(law(), "", {"self", false})),
            "no letter of the TUIR: it is not known for whom it is");
}

TEST(Relation, must_be_dependent_for_transport_only) {
  EXPECT_EQ(why(may_be_for(law(), "d_bis", {"child", true})), "yes");
  EXPECT_EQ(why(may_be_for(law(), "d_bis", {"self", false})), "yes");
  EXPECT_EQ(why(may_be_for(law(), "d_bis", {"parent", false})),
            "letter d-bis, beneficiary \"Parent\": is not known to be fiscally dependent (TUIR art. 51 c. 2 "
            "lett. d-bis)");
  for (const auto* letter : {"f", "f_bis", "f_ter"})
    EXPECT_EQ(why(may_be_for(law(), letter, {"parent", false})), "yes") << letter;
}

TEST(Reimbursement, follows_the_letter_and_its_relations) {
  EXPECT_EQ(why(may_reimburse(law(), "f_bis", {"child", false})), "yes");
  EXPECT_EQ(why(may_reimburse(law(), "d_bis", {"child", true})), "yes");
  EXPECT_NE(why(may_reimburse(law(), "d_bis", {"child", false})), "yes");
  EXPECT_EQ(why(may_reimburse(law(), "f", {"child", false})),
            "letter f: the TUIR knows no reimbursement of the worker");
  EXPECT_NE(why(may_reimburse(law(), "c3", {"self", false})), "yes");
}

constexpr const char* kHead = "tuir: 1\nletters: {}\nceilings:\n";

TEST(TuirFile, says_where_days_stand_twice_or_nowhere) {
  EXPECT_THAT(wrong_in(std::string(kHead) +
                       "  - {letter: c3, from: 2020-01-01, to: 2020-12-31, euro: 1.00, source: a}\n"
                       "  - {letter: c3, from: 2020-12-31, to: 2021-12-31, euro: 1.00, source: a}\n"
                       "  - {letter: c3, from: 2022-01-02, euro: 1.00, source: a}\n"),
              ElementsAre("t.yaml:5:5: on 2020-12-31 the ceiling of line 4 holds already",
                          "t.yaml:6:5: between 2021-12-31 and 2022-01-02 there is no ceiling for c3"));
  EXPECT_THAT(wrong_in(std::string(kHead) +
                       "  - {letter: c3, from: 2020-01-01, to: 2020-02-29, euro: 1.00, source: a}\n"),
              ElementsAre("t.yaml:4:5: behind 2020-02-29 there is no ceiling for c3: leave out `to` in the "
                          "last row, or add the one that follows"));
  EXPECT_THAT(wrong_in(std::string(kHead) + "  - {letter: c3, from: 2020-03-01, euro: 1.00, source: a}\n"
                                            "  - {letter: c3, from: 2019-01-01, euro: 1.00, source: a}\n"),
              ElementsAre("t.yaml:4:5: on 2020-03-01 the ceiling of line 5 holds already"));
}

TEST(TuirFile, knows_leap_years_and_needs_no_order) {
  ConfigurationFindings findings;
  EXPECT_TRUE(read_tuir("t.yaml",
                        std::string(kHead) +
                            "  - {letter: c3, from: 2020-03-01, euro: 1.00, source: a}\n"
                            "  - {letter: c3, from: 2019-01-01, to: 2020-02-29, euro: 1.00, source: a}\n",
                        findings)
                  .has_value());
  EXPECT_THAT(findings, ElementsAre());
}

TEST(TuirFile, says_everything_that_is_wrong_in_one_pass) {
  EXPECT_THAT(
      wrong_in("tuir: 2\n"
               "letters:\n"
               "  f_terr: {relations: [parent], source: a}\n"
               "  f: {relations: [uncle], dependent: maybe, source: a}\n"
               "ceilings:\n"
               "  - {letter: c3, from: 2020-13-01, euro: 1, sorce: a}\n"),
      ElementsAre("t.yaml:1:7: tuir: 1 is missing",
                  "t.yaml:3:3: \"f_terr\" is no code of tuir_letter: did you mean f_ter?",
                  ::testing::StartsWith("t.yaml:4:19: \"uncle\" is no code of relation"),
                  "t.yaml:4:38: dependent is true or false", "t.yaml:6:5: \"source\" is missing, or no text",
                  "t.yaml:6:24: \"2020-13-01\" is no date yyyy-mm-dd",
                  "t.yaml:6:42: \"1\" is no amount in euro and cents: write 258.23, for instance",
                  "t.yaml:6:45: \"sorce\" is not known: did you mean source?"));
  EXPECT_THAT(wrong_in("tuir: [\n").size(), 1U);
}

}  // namespace
}  // namespace raccordo::wallets
