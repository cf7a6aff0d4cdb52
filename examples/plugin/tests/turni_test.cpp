// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <raccordo/sdk/testing.hpp>

namespace {

using namespace raccordo;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Pairs row(std::string total, std::string free) {
  return {{"SERVIZIO", "G1"},
          {"NOME", "Girasole mattina"},
          {"POSTI", std::move(total)},
          {"POSTI LIBERI", std::move(free)},
          {"AGGIORNATO", "2026-11-22"}};
}

class Turni : public ::testing::Test {
 protected:
  FakeHost host_{raccordo_plugin_entry(), {{"centre", "girasole"}}};
};

TEST_F(Turni, states_a_service_and_its_places) {
  EXPECT_THAT(
      host_.row(row("20", "3")).published,
      ElementsAre(
          Published{"service", R"({"id":"girasole:G1","name":"Girasole mattina"})"},
          Published{"capacity", R"({"available":3,"id":"girasole:G1","service":"girasole:G1","total":20})"}));
}

TEST_F(Turni, parks_a_row_whose_places_are_a_word) {
  const auto answer = host_.row(row("12", "dodici"));

  EXPECT_THAT(answer.published, IsEmpty());
  ASSERT_EQ(answer.rejected.size(), 1u);
  EXPECT_EQ(answer.rejected[0].field, "POSTI LIBERI");
  EXPECT_EQ(
      answer.rejected[0].text,
      "«POSTI LIBERI»: «dodici» non è un numero intero ⁄ “POSTI LIBERI”: “dodici” is not a whole number");
}

TEST_F(Turni, parks_more_places_than_the_centre_can_have) {
  ASSERT_EQ(host_.row(row("2000", "3")).rejected.size(), 1u);
}

TEST_F(Turni, leaves_out_a_closed_service) {
  EXPECT_THAT(host_.row(row("0", "0")).filtered, ElementsAre("servizio chiuso ⁄ closed service"));
}

RACCORDO_CONFORMANCE({raccordo_plugin_entry(),
                      {{"centre", "girasole"}},
                      {Sample::row(row("20", "3")), Sample::row(row("12", "dodici")),
                       Sample::row(row("0", "0"))}});

}  // namespace
