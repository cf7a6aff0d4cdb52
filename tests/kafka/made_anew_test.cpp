// SPDX-License-Identifier: EUPL-1.2
// A topic that somebody deleted, and that others made anew and filled before the hub comes back; at the real
// broker that with_broker starts.
#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/integration/hub_folder.hpp"
#include "tests/kafka/topic_tool.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr int kOthers = 60;  // far more in each partition than there was before

constexpr const char* kAlbo = R"(
  - id: albo
    plugin: mapping
    options: {mapping: albo.yaml}
    from: {files: {path: "in/*.csv", snapshot: complete, max_deletions: 100%}}
)";

class TopicMadeAnew : public ::testing::Test {
 protected:
  void SetUp() override {
    hub_.configure(std::string(kAlbo) + kPortale);
    other_.configure(kAlbo);
    rewrite(other_, "id: prova", "id: altro");
    rewrite(other_, "topic_prefix: " + prefix(other_), "topic_prefix: " + prefix(hub_));
    for (const auto* hub : {&hub_, &other_})
      hub->write("albo.yaml",
                 "mapping: 1\ninput: {format: csv, separator: \";\"}\nentities:\n"
                 "  - service:\n      id: {column: id}\n      name: {column: nome}\n");
  }

  static std::string prefix(const HubFolder& hub) {
    return hub.path("hub.yaml").parent_path().filename().string() + ".";
  }
  static void rewrite(const HubFolder& hub, const std::string& from, const std::string& to) {
    auto text = hub.read("hub.yaml");
    hub.write("hub.yaml", text.replace(text.find(from), from.size(), to));
  }

  HubFolder hub_;
  HubFolder other_;  // of the same topics
};

TEST_F(TopicMadeAnew, and_grown_past_what_the_hub_remembers_is_filled_and_delivered_again) {
  hub_.write("in/albo.csv", "id;nome\n1;Mensa\n2;Trasporto\n3;Doposcuola\n");
  (void)hub_.once();
  ASSERT_THAT(hub_.lines_in("out"), SizeIs(3));

  TopicTool(std::getenv("RACCORDO_TEST_KAFKA")).remove(prefix(hub_) + "welfare.services");
  std::string rows = "id;nome\n";
  for (int i = 0; i < kOthers; ++i) rows += std::to_string(i) + ";Altrove " + std::to_string(i) + '\n';
  other_.write("in/albo.csv", rows);
  (void)other_.once();

  (void)hub_.once();
  EXPECT_THAT(hub_.events("services"), SizeIs(kOthers + 3)) << "what the hub had said is said again";
  EXPECT_THAT(hub_.lines_in("out"), SizeIs(3 + kOthers)) << "the others' are delivered, its own not twice";
  const auto findings = hub_.raccordo({"findings", "hub.yaml", "--lang", "en"}).out;
  for (const auto* connector : {"albo", "portale"}) EXPECT_THAT(findings, HasSubstr(connector));
  EXPECT_THAT(findings, HasSubstr("the message log was made anew or restored"));

  const auto again = hub_.once();
  EXPECT_EQ(told(again, "portale"), "nothing");
}

}  // namespace
}  // namespace raccordo::testing
