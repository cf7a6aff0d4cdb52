// SPDX-License-Identifier: EUPL-1.2
// A connector gets another name. What was said under its old one stays its own only if it says so (`was`).
#include <gmock/gmock.h>

#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;

class Renamed : public ::testing::TestWithParam<const char*> {
 protected:
  Renamed() {
    hub.write("albo.yaml",
              "mapping: 1\ninput: {format: csv, separator: \";\"}\nentities:\n  - service:\n"
              "      id: {column: id}\n      name: {column: nome, required: true}\n");
    hub.write("in/a.csv", "id;nome\n1;Airone\n2;Brezza\n");
    configure("albo", "", "portale", "");
    EXPECT_EQ(told(hub.once(), "albo"), "received 2 delivered 2 entities 2");
    // Another file that says the same: it is read whole, in either kind of snapshot.
    hub.write("in/a.csv", "id;nome;note\n1;Airone;\n2;Brezza;\n");
  }

  void configure(const std::string& source, const std::string& source_was, const std::string& delivery,
                 const std::string& delivery_was) const {
    const auto was = [](const std::string& name) { return name.empty() ? "" : "    was: " + name + "\n"; };
    hub.configure("  - id: " + source + "\n" + was(source_was) +
                  "    plugin: mapping\n    options: {mapping: albo.yaml}\n    from: {files: {path: "
                  "in/*.csv, snapshot: " +
                  GetParam() + "}}\n  - id: " + delivery + "\n" + was(delivery_was) +
                  "    plugin: hsds\n    subscribe: {topics: [services]}\n"
                  "    to: {files: {folder: out, name: \"{file}-{seq}.ndjson\"}}\n");
  }

  HubFolder hub;
};

TEST_P(Renamed, sources_and_deliveries_that_say_so_have_said_and_brought_all_of_it_already) {
  const auto said = hub.messages("services");
  configure("registro", "albo", "sportello", "portale");
  const auto again = hub.once();
  EXPECT_EQ(told(again, "registro"), "received 2 unchanged 2");
  EXPECT_EQ(told(again, "sportello"), "nothing");
  EXPECT_EQ(hub.messages("services"), said);
  EXPECT_EQ(hub.lines_in("out").size(), 2u);
  EXPECT_EQ(told(hub.ledger(), "registro"), "received 4 delivered 2 unchanged 2 entities 2");
  EXPECT_EQ(told(hub.ledger(), "sportello"), "received 2 delivered 2");

  // What changes from now on keeps its key.
  hub.write("in/a.csv", "id;nome\n1;Airone e Alba\n2;Brezza\n");
  const auto changed = hub.once();
  EXPECT_EQ(told(changed, "registro"), "received 2 delivered 1 unchanged 1 entities 1");
  EXPECT_EQ(told(changed, "sportello"), "received 1 delivered 1");
  EXPECT_EQ(hub.messages("services").back().at("key"), said.front().at("key"));
}

TEST_P(Renamed, sources_that_say_so_keep_what_is_parked) {
  hub.write("in/b.csv", "id;nome\n3;\n");
  (void)hub.once(3);
  configure("registro", "albo", "portale", "");
  ASSERT_EQ(hub.parked().size(), 1u);
  EXPECT_EQ(hub.parked()[0].at("connector"), "registro");
  auto mapping = hub.read("albo.yaml");
  mapping.replace(mapping.find("{column: nome, required: true}"), std::string::npos, "{constant: Cicogna}\n");
  hub.write("albo.yaml", mapping);
  const auto ran = hub.raccordo({"parked", "replay", "--connector", "registro", "--config", "hub.yaml"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(told(hub.ledger(), "registro"), "received 5 delivered 3 unchanged 2 entities 3");
  EXPECT_TRUE(hub.parked().empty());
}

TEST_P(Renamed, sources_that_do_not_say_so_are_new_and_what_the_old_one_said_stays) {
  configure("registro", "", "portale", "");
  const auto again = hub.once();
  EXPECT_EQ(told(again, "registro"), "received 2 delivered 2 entities 2");
  EXPECT_EQ(told(again, "portale"), "received 2 delivered 2");
  const auto said = hub.messages("services");
  ASSERT_EQ(said.size(), 4u);
  for (const auto& message : said) {
    EXPECT_FALSE(message.at("event").is_null());
    EXPECT_THAT(message.at("event").at("type"), HasSubstr("changed")) << "none is deleted";
  }
  EXPECT_NE(said[0].at("key"), said[2].at("key"));
}

TEST_P(Renamed, deliveries_that_do_not_say_so_bring_everything_again) {
  configure("albo", "", "sportello", "");
  EXPECT_EQ(told(hub.once(), "sportello"), "received 2 delivered 2");
  EXPECT_EQ(hub.lines_in("out").size(), 4u);
}

INSTANTIATE_TEST_SUITE_P(Snapshots, Renamed, ::testing::Values("partial", "complete"),
                         [](const auto& snapshot) { return std::string(snapshot.param); });

}  // namespace
}  // namespace raccordo::testing
