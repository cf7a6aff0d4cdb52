// SPDX-License-Identifier: EUPL-1.2
// HSDS in, HSDS out, through the whole hub: no id is lost on the way.
#include <gmock/gmock.h>

#include <set>

#include "raccordo/model/uuid.hpp"
#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {
namespace {

using Json = nlohmann::json;

void collect_ids(const Json& json, std::set<std::string>& ids) {
  if (json.is_string() && Uuid::parse(json.get<std::string>())) ids.insert(json.get<std::string>());
  if (json.is_structured())
    for (const auto& each : json) collect_ids(each, ids);
}

TEST(Hsds, goes_in_and_comes_out_without_losing_an_id) {
  RACCORDO_NEEDS_VECTORS();
  HubFolder hub;
  hub.configure(R"(
  - id: consorzio
    plugin: hsds
    options: {layout: object}
    from: {files: {path: "in/*.json"}}
  - id: portale
    plugin: hsds
    subscribe: {topics: [organizations, services]}
    to: {files: {folder: out, name: "{file}-{seq}.ndjson"}}
)");
  for (const char* name : {"organization_full.json", "service_full.json"})
    hub.copy(vectors() / "hsds-3.0/examples" / name, std::string("in/") + name);
  const auto ledger = hub.once();
  EXPECT_EQ(ledger.at("connectors")[0].at("parked"), 0) << ledger;
  std::set<std::string> in;
  std::set<std::string> out;
  for (const char* name : {"in/organization_full.json", "in/service_full.json"})
    collect_ids(Json::parse(hub.read(name)), in);
  for (const auto& line : hub.lines_in("out")) collect_ids(Json::parse(line), out);
  std::vector<std::string> lost;
  std::ranges::set_difference(in, out, std::back_inserter(lost));
  EXPECT_THAT(lost, ::testing::IsEmpty());
  EXPECT_GT(in.size(), 20u);
}

// A mapping knows nothing of HSDS: it says who provides a service, in the words of the partner.
TEST(Hsds, calls_what_a_service_refers_to_by_the_id_that_its_source_gave_it) {
  const std::string provider = "3c1fb8b6-44f1-4f7c-8d0e-5a2f6d1b9a01";
  const std::string service = "9e4d3a52-07c5-4a1e-b1c8-2f7e6c5d4b02";
  HubFolder hub;
  hub.write("map.yaml", R"(mapping: 1
input: {format: csv}
entities:
  - organization: {id: {column: COOP}, name: {column: NOME}}
  - service: {id: {column: ID}, name: {column: NOME}, organization: {id_of: organization}}
  - offer: {id: {parts: [{column: ID}, pay]}, channel: pay, service: {id_of: service}}
)");
  hub.write("in/nidi.csv", "ID,NOME,COOP\n" + service + ",Nido Girasole," + provider + "\n");
  hub.configure(R"(
  - id: girasole
    plugin: mapping
    options: {mapping: map.yaml}
    from: {files: {path: "in/*.csv"}}
  - id: portale
    plugin: hsds
    subscribe: {topics: [organizations, services, offers]}
    to: {files: {folder: out, name: "{file}.ndjson"}}
)");
  (void)hub.once();
  EXPECT_EQ(Json::parse(hub.read("out/organizations.ndjson")).at("id"), provider);
  EXPECT_EQ(Json::parse(hub.read("out/services.ndjson")).at("id"), service);
  EXPECT_EQ(Json::parse(hub.read("out/services.ndjson")).at("organization_id"), provider);
  EXPECT_EQ(Json::parse(hub.read("out/cost_options.ndjson")).at("service_id"), service);
}

}  // namespace
}  // namespace raccordo::testing
