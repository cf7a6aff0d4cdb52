// SPDX-License-Identifier: EUPL-1.2
// What `check` says of a hub before it runs.
#include <gmock/gmock.h>

#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* kTwoSources = R"(
  - id: albo
    plugin: mapping
    options: {mapping: maps/albo.yaml}
    from: {files: {path: "in/albo-*.csv", pol: 1s}}
  - id: rsa
    plugin: mapping
    options: {mapping: maps/rsa.yaml}
    from: {files: {path: "in/rsa-*.csv"}}
  - id: portale
    plugin: hsds
    options: {mapping: maps/rsa.yaml}
    subscribe: {topics: [services]}
    to: {files: {folder: out}}
)";

TEST(Check, says_every_mistake_of_the_configuration_and_of_its_mapping_files_in_one_pass) {
  const HubFolder hub;
  hub.configure(kTwoSources);
  hub.write("maps/albo.yaml",
            "mapping: 1\ninput: {format: csw}\nentities:\n- service: {id: {column: id}, nam: {column: n}}\n");
  hub.write(
      "maps/rsa.yaml",
      "mapping: 2\ninput: {format: csv}\nentities:\n- servize: {id: {column: id}, name: {column: n}}\n");
  const auto checked = hub.raccordo({"check", "hub.yaml", "--lang", "en"});
  EXPECT_EQ(checked.exit, 78);
  EXPECT_EQ(
      checked.out,
      "hub.yaml:9:43: unknown option in from.files: pol: did you mean poll?\n"
      "hub.yaml:16:15: unknown option of plugin hsds: mapping: known: layout, entity, embedded, currency, "
      "out_layout\n"
      "maps/albo.yaml:2:17: “csw” is not a format: did you mean “csv”?\n"
      "maps/albo.yaml:4:31: service has no field “nam”: did you mean “name”?\n"
      "maps/rsa.yaml:1:10: mapping: 2 is not known: this hub reads mapping: 1\n"
      "maps/rsa.yaml:4:3: “servize” is not a kind of entity: did you mean “service”?\n");
  EXPECT_EQ(checked.err, "mistakes: 6\n");
}

TEST(HubIdentity, data_of_another_hub_are_not_touched_at_a_start) {
  const HubFolder hub;
  hub.write("hub.yaml", "config: 1\nhub: {id: prova, data: var}\n");
  ASSERT_EQ(hub.raccordo({"run", "hub.yaml", "--once", "--lang", "en"}).exit, 0);
  hub.write("hub.yaml", "config: 1\nhub: {id: altra, data: var}\n");
  for (const std::vector<std::string>& run :
       {std::vector<std::string>{"run", "hub.yaml", "--once", "--lang", "en"},
        std::vector<std::string>{"run", "hub.yaml", "--lang", "en"}}) {
    const auto refused = hub.raccordo(run);
    EXPECT_EQ(refused.exit, 78);
    EXPECT_THAT(refused.err, HasSubstr("hub.id is \"altra\", but the data in "));
    EXPECT_THAT(refused.err,
                HasSubstr("are of hub \"prova\": put back hub.id: prova, or name another folder with "
                          "hub.data\n"));
  }
  hub.write("hub.yaml", "config: 1\nhub: {id: prova, data: var}\n");
  EXPECT_EQ(hub.raccordo({"run", "hub.yaml", "--once", "--lang", "en"}).exit, 0);
}

}  // namespace
}  // namespace raccordo::testing
