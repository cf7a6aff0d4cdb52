// SPDX-License-Identifier: EUPL-1.2
// The official examples: in through the plugin, validated as the hub does, out through the plugin.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/model/tests/schema_check.hpp"
#include "raccordo/model/validate.hpp"
#include "raccordo/sdk/plugin.hpp"
#include "raccordo/sdk/testing.hpp"

extern "C" const raccordo_plugin* raccordo_plugin_entry(void);

namespace hsds {
namespace {

using namespace raccordo;
using Json = nlohmann::json;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

// Every value that is no object or list, with its field: "number=+39 ...". Codes may change their case.
void collect(const Json& value, const std::string& field, std::set<std::string>& leaves) {
  if (value.is_array())
    for (const auto& item : value) collect(item, field, leaves);
  else if (value.is_object())
    for (const auto& [name, member] : value.items()) collect(member, name, leaves);
  else
    leaves.insert(field + "=" + (field == "currency" ? "GBP" : value.dump()));
}

bool is_id(const std::string& leaf) {
  const auto field = leaf.substr(0, leaf.find('='));
  return field == "id" || field.ends_with("_id");
}

struct RoundTrip : testing::Test {
  static std::filesystem::path examples() { return vectors() / "hsds-3.0" / "examples"; }
  static std::filesystem::path schema(const std::string& kind) {
    return vectors() / "hsds-3.0" / "schema" / (kind + ".json");
  }

  void travel(const std::string& name) {
    std::ifstream file(examples() / name, std::ios::binary);
    if (!file) GTEST_SKIP() << "hsds-3.0/examples/" << name << " is not in " << vectors();
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    collect(Json::parse(text), {}, before);
    FakeHost in(raccordo_plugin_entry(), {{"layout", "object"}});
    const auto answer = in.document(text);
    ASSERT_TRUE(answer.accepted()) << answer;
    for (const auto& finding : answer.findings) lost.push_back(finding.field);
    for (const auto& statement : answer.published) deliver(statement);
    for (const auto& [kind, lines] : written)
      for (const auto& line : lines) collect(Json::parse(line), {}, after);
  }

  void deliver(const Published& statement) {
    std::string published;
    std::vector<DroppedField> dropped;
    const auto entity = validator.validate(statement.kind, statement.json, keys, published, dropped);
    ASSERT_TRUE(entity.has_value()) << statement.kind << ' ' << validator.refusal().path << ' '
                                    << validator.refusal().text.en;
    for (const auto& field : dropped)
      if (field.path != "price.unit") lost.push_back(field.path);  // HSDS never says it
    auto event = Sample::event(statement.kind, entity->key.text(), std::string(entity->data));
    event.source_id = entity->source_id;
    const auto answer = out.handle(event);
    ASSERT_TRUE(answer.accepted()) << answer;
    for (const auto& finding : answer.findings) lost.push_back(finding.field);
    for (const auto& file : answer.written)
      written[statement.kind].push_back(file.bytes.substr(0, file.bytes.size() - 1));
  }

  // What went in and did not come out.
  std::vector<std::string> missing() const {
    std::vector<std::string> leaves;
    std::ranges::set_difference(before, after, std::back_inserter(leaves));
    return leaves;
  }

  void expect_valid() {
    for (const auto& [kind, lines] : written) {
      const auto check =
          check_against(schema(kind == "offer" ? "cost_option" : kind), lines, testing::TempDir());
      if (!check.possible) GTEST_SKIP() << "python3-jsonschema is missing";
      EXPECT_EQ(check.problems, "") << kind;
    }
  }

  // The examples stand at latitude 100, which no place has: the hub drops it, and says so.
  void expect_a_whole_journey(const std::string& name) {
    travel(name);
    if (IsSkipped() || HasFatalFailure()) return;
    EXPECT_EQ(written["service"].size(), 1u);
    EXPECT_EQ(written["organization"].size(), 1u);
    EXPECT_THAT(missing(), ElementsAre("latitude=100"));
    EXPECT_EQ(std::ranges::count_if(missing(), is_id), 0);
    EXPECT_THAT(lost, UnorderedElementsAre("locations[0].latitude", "locations[0].location.latitude"));
    expect_valid();
  }

  StatementKeys keys{statement_space("valle-demo", "hsds")};
  Validator validator;
  FakeHost out{raccordo_plugin_entry()};
  std::map<std::string, std::vector<std::string>> written;
  std::set<std::string> before, after;
  std::vector<std::string> lost;
};

TEST_F(RoundTrip, of_a_full_service_loses_no_id_and_lists_every_field_it_loses) {
  expect_a_whole_journey("service_full.json");
}

TEST_F(RoundTrip, of_a_full_organization_loses_no_id_and_lists_every_field_it_loses) {
  expect_a_whole_journey("organization_full.json");
}

}  // namespace
}  // namespace hsds
