// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "raccordo/sdk/testing.hpp"

namespace raccordo {
namespace {

constexpr auto kFirst = R"(
mapping: 1
input: {format: csv, separator: ";"}
entities:
  - service:
      id: {parts: [{column: ASL}, {column: id}]}
      name: {column: NOME, trim: true}
      status: active
      address: {city: {column: COMUNE}, country: IT}
  - capacity:
      id: {parts: [{id_of: service}, tutti]}
      service: {id_of: service}
      total: {column: POSTI, number: it}
)";

TEST(Mapping, makes_several_entities_of_one_row) {
  FakeHost host(raccordo_plugin_entry(), {{"mapping", kFirst}});
  ASSERT_TRUE(host.created()) << host.words();
  const auto answer = host.row(
      {{"id", "7"}, {"ASL", "BG"}, {"NOME", "CASA\n  \"Airone\""}, {"COMUNE", "Albino"}, {"POSTI", "1.234"}});
  ASSERT_TRUE(answer.accepted()) << answer;
  ASSERT_EQ(answer.published.size(), 2u);
  EXPECT_EQ(
      answer.published[0].json,
      R"({"address":{"city":"Albino","country":"IT"},"id":"BG:7","name":"CASA \"Airone\"","status":"active"})");
  EXPECT_EQ(answer.published[1].json, R"({"id":"BG:7:tutti","service":"BG:7","total":1234})");
}

}  // namespace
}  // namespace raccordo
