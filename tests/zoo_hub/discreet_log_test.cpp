// SPDX-License-Identifier: EUPL-1.2
// What records say stands in no line of the log, whatever becomes of them.
#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>

#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Each cell of each record holds the word; nothing else does.
constexpr const char* kWord = "zibibbo";

std::string in_lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

class DiscreetLog : public ::testing::Test {
 protected:
  DiscreetLog() {
    hub.copy(RACCORDO_ZOO "/zoo_segfaults.so", "plugins/zoo_segfaults.so");
    hub.configure(
        "  - id: animale\n    plugin: segfaults\n    from: {files: {path: in/crash.ndjson, poll: 1s}}\n"
        "    limits: {record: 1m}\n"
        "  - id: albo\n    plugin: mapping\n    options: {mapping: albo.yaml}\n"
        "    from: {files: {path: in/albo.csv, poll: 1s}}\n"
        "  - id: portale\n    plugin: hsds\n    subscribe: {topics: [organizations, services]}\n"
        "    to: {files: {folder: out, name: \"{file}-{seq}.ndjson\", roll: each}}\n");
    hub.write("albo.yaml",
              "mapping: 1\ninput: {format: csv, separator: \";\"}\nentities:\n"
              "  - organization:\n      id: {column: id}\n      name: {column: nome}\n"
              "      kind: social_cooperative_a\n      email: {column: posta}\n"
              "  - capacity:\n      id: {column: id}\n      service: {column: id}\n"
              "      total: {column: posti, number: plain, required: true}\n");
    hub.write("in/albo.csv",
              "id;nome;posta;posti\n"
              "zibibbo-1;Zibibbo Uno;zibibbo(at)posta;10\n"  // published, with a finding
              "zibibbo-2;Zibibbo Due;due@zibibbo.example;tanti zibibbo\n"
              "zibibbo-3;\"Zibibbo Tre;tre@zibibbo.example;3\n");  // its quotes do not end
    hub.write("in/crash.ndjson",
              R"({"id":"zibibbo-4","name":"Zibibbo Quattro","organization":"zibibbo","status":"active"})"
              "\n"
              R"({"id":"zibibbo-5","name":"Zibibbo bad","organization":"zibibbo","status":"active"})"
              "\n");
  }

  HubFolder hub;
};

TEST_F(DiscreetLog, names_no_content_of_what_is_published_parked_found_delivered_or_deadly) {
  auto daemon = hub.start({"run", "hub.yaml", "--lang", "en"});
  ASSERT_TRUE(daemon.says("parked: plugin_crashed")) << daemon.log();
  const auto settled = [&] {
    const auto ledger = hub.ledger();
    return told(ledger, "animale") == "received 2 delivered 1 parked 1 entities 1" &&
           told(ledger, "albo") == "received 3 delivered 1 parked 2 entities 2" &&
           told(ledger, "portale") == "received 2 delivered 2";
  };
  while (!settled() && !daemon.ends_within(std::chrono::milliseconds(100))) {
  }
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);

  const auto log = in_lower_case(daemon.log());
  EXPECT_THAT(log, HasSubstr("albo.csv:3")) << "where a record stood is no content";
  EXPECT_THAT(log, HasSubstr("delivered organization"));
  EXPECT_THAT(log, Not(HasSubstr(kWord)));

  // It could have: all of it is known elsewhere.
  EXPECT_THAT(hub.raccordo({"findings", "hub.yaml"}).out, HasSubstr("email"));
  ASSERT_EQ(hub.parked().size(), 3u);
  for (const auto& record : hub.parked())
    EXPECT_THAT(
        in_lower_case(hub.raccordo({"parked", "show", record.at("id").dump(), "--config", "hub.yaml"}).out),
        HasSubstr(kWord));
}

}  // namespace
}  // namespace raccordo::testing
