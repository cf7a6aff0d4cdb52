// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <gmock/gmock.h>

#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {

// The delivery of a territory whose source is a complete one.
class Deliveries : public ::testing::Test {
 protected:
  Deliveries() {
    SourceSettings complete;
    complete.complete = true;
    complete.max_deletions = 1.0;
    t.set_source(complete);
  }

  void state(const std::vector<std::string>& rows) {
    t.yields(rows);
    ASSERT_TRUE(t.pass().ok());
  }

  void follow(int times) {
    for (int i = 0; i < times; ++i) ASSERT_TRUE(t.sink().follow({}).ok());
  }

  Territory t;
};

}  // namespace raccordo::testing
