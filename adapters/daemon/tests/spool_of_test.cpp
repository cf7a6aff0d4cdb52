// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/spool_of.hpp"

#include <gtest/gtest.h>

#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::testing {
namespace {

class Spools : public ::testing::Test {
 protected:
  Spools() { configuration.hub.data = folder.path().string(); }

  ConnectorConfiguration& connector(const std::string& id, const std::string& was = "") {
    auto& made = configuration.connectors.emplace_back();
    made.id = id;
    made.was = was;
    return made;
  }

  void fetch(const ConnectorConfiguration& whose) {
    const auto writer = spool_of(whose, configuration).value()->write("document").value();
    ASSERT_TRUE(writer->append("bytes").ok());
    ASSERT_TRUE(writer->keep("").ok());
  }

  bool has_it(const ConnectorConfiguration& whose) {
    return spool_of(whose, configuration).value()->find("document").value().has_value();
  }

  // Those that are configured now.
  [[nodiscard]] ReadyConfiguration ready() const {
    ReadyConfiguration ready{configuration, {}, {}, {}, {}};
    for (const auto& each : configuration.connectors) ready.connectors.push_back({each, {}, {}});
    return ready;
  }

  TempFolder folder;
  Configuration configuration;
};

TEST_F(Spools, stay_with_a_connector_that_was_given_another_id) {
  fetch(connector("albo"));
  configuration.connectors.clear();
  const auto& renamed = connector("registro", "albo");
  ASSERT_TRUE(drop_spools(ready()).ok());
  EXPECT_TRUE(has_it(renamed));
}

TEST_F(Spools, of_connectors_that_are_configured_no_more_are_dropped) {
  const auto albo = connector("albo");
  fetch(albo);
  configuration.connectors.clear();
  ASSERT_TRUE(drop_spools(ready()).ok());
  EXPECT_FALSE(has_it(albo));
}

}  // namespace
}  // namespace raccordo::testing
