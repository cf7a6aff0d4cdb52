// SPDX-License-Identifier: EUPL-1.2
// A source that asks its partner for pages.
#pragma once

#include <gmock/gmock.h>

#include "core/engine/flow/poll_flow.hpp"
#include "core/engine/flow/testing/paged_partner.hpp"
#include "core/engine/ledger/ends.hpp"

namespace raccordo::testing {

class PagedSource : public ::testing::Test {
 protected:
  void expect_adds_up() { EXPECT_TRUE(adds_up(t.ledger(), t.flow->in_flight())); }

  PagedPartner t;
};

}  // namespace raccordo::testing
