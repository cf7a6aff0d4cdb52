// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/provider_identities.hpp"

#include <gmock/gmock.h>

namespace raccordo::cases {
namespace {

using ::testing::ElementsAre;

TEST(ProviderIdentities, join_those_with_a_tax_number_in_common) {
  ProviderIdentities known;
  known.take("of the cooperative", {{"fiscal_code", "01234567897"}, {"vat_number", "IT01234567897"}});
  known.take("of the municipality", {{"vat_number", "01234567897"}});
  known.take("another's", {{"fiscal_code", "76543210984"}});
  EXPECT_THAT(known.same("of the cooperative"), ElementsAre("of the cooperative", "of the municipality"));
  EXPECT_THAT(known.same("of the municipality"), ElementsAre("of the municipality", "of the cooperative"));
  EXPECT_THAT(known.same("another's"), ElementsAre("another's"));
}

TEST(ProviderIdentities, leave_alone_who_states_no_number) {
  ProviderIdentities known;
  known.take("a", {{"name", "Airone"}});
  known.take("b", {{"name", "Airone"}});
  EXPECT_THAT(known.same("a"), ElementsAre("a")) << "a name is no identity";
  EXPECT_THAT(known.same("unheard of"), ElementsAre("unheard of"));
}

TEST(ProviderIdentities, forget_what_is_no_longer_said) {
  ProviderIdentities known;
  known.take("a", {{"fiscal_code", "01234567897"}});
  known.take("b", {{"fiscal_code", "01234567897"}});
  known.take("b", {{"fiscal_code", "76543210984"}});
  EXPECT_THAT(known.same("a"), ElementsAre("a"));
  known.take("b", {{"fiscal_code", "01234567897"}});
  known.forget("b");
  EXPECT_THAT(known.same("a"), ElementsAre("a"));
  EXPECT_THAT(known.same("b"), ElementsAre("b"));
}

}  // namespace
}  // namespace raccordo::cases
