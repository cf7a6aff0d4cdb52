// SPDX-License-Identifier: Apache-2.0
// The plugin of the first page, whole: what an author writes, and what a host then sees.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "raccordo/sdk/borrowed.hpp"
#include "raccordo/sdk/testing.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Turni, states_the_free_places_of_a_service) {
  FakeHost host(raccordo_plugin_entry(), {{"centre", "cdd-1"}});

  const auto answer = host.row({{"SERVIZIO", "12"}, {"POSTI LIBERI", " 4 "}});

  EXPECT_THAT(answer.published,
              ElementsAre(Published{"capacity", R"({"available":4,"id":"cdd-1:12","service":"12"})"}));
  EXPECT_TRUE(answer.accepted());
}

TEST(Turni, rejects_places_that_are_no_number_with_the_column_and_the_value) {
  FakeHost host(raccordo_plugin_entry(), {{"centre", "cdd-1"}});

  const auto answer = host.row({{"SERVIZIO", "12"}, {"POSTI LIBERI", "due"}});

  EXPECT_THAT(answer.published, IsEmpty());
  EXPECT_THAT(answer.rejected, ElementsAre(Remark{"invalid_field", "POSTI LIBERI",
                                                  "«POSTI LIBERI»: «due» non è un numero intero \u2044 "
                                                  "“POSTI LIBERI”: “due” is not a whole number"}));
}

TEST(Turni, refuses_to_be_built_without_its_centre) {
  FakeHost host(raccordo_plugin_entry());

  EXPECT_FALSE(host.created());
  EXPECT_EQ(host.words(), "manca l'opzione «centre» \u2044 option “centre” is missing");
}

TEST(Turni, is_described_by_its_declaration_and_its_handlers) {
  const auto& turni = *raccordo_plugin_entry();

  EXPECT_EQ(view(turni.name), "turni");
  EXPECT_EQ(turni.inputs, 1u << RACCORDO_INPUT_RECORD);
  ASSERT_NE(turni.framing, nullptr);
  EXPECT_EQ(turni.framing->format, static_cast<unsigned>(RACCORDO_FORMAT_CSV));
  ASSERT_EQ(turni.publishes.size, 1u);
  EXPECT_EQ(view(turni.publishes.items[0]), "capacity");
  ASSERT_EQ(turni.option_count, 2u);
  EXPECT_EQ(view(turni.options[1].default_value), "200");
  EXPECT_EQ(turni.options[1].min, 1);
}

}  // namespace
}  // namespace raccordo
