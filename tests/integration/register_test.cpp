// SPDX-License-Identifier: EUPL-1.2
// A real register of a region, 650 homes for the elderly, through a mapping file and the whole hub.
#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <sstream>

#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kRegister = R"(
  - id: albo
    plugin: mapping
    options: {mapping: rsa.yaml}
    from: {files: {path: "in/rsa-*.csv", snapshot: complete}}
)";

class Register : public ::testing::Test {
 protected:
  void SetUp() override {
    RACCORDO_NEEDS_VECTORS();
    hub.configure(std::string(kRegister) + kPortale);
    hub.copy(std::filesystem::path(RACCORDO_SOURCE) / "config/mappings/rsa-lombardia.yaml", "rsa.yaml");
    hub.copy(vectors() / "lombardia-rsa/rsa-accreditate.csv", "in/rsa-accreditate.csv");
    (void)hub.once();
    // The last record: its row stands on lines of its own.
    content = hub.read("in/rsa-accreditate.csv");
    const auto last = content.find("\n650,") + 1;
    last_row = content.substr(last);
    without_last = content.substr(0, last);
  }

  void rewrite(const std::string& text) { hub.write("in/rsa-accreditate.csv", text); }
  // How many of them there are in the list.
  int findings(const std::string& code) {
    std::istringstream lines(hub.raccordo({"findings", "hub.yaml", "--limit", "10000", "--json"}).out);
    int found = 0;
    for (std::string line; std::getline(lines, line);)
      found += nlohmann::json::parse(line).at("code") == code;
    return found;
  }

  HubFolder hub;
  std::string content;
  std::string last_row;
  std::string without_last;
};

TEST_F(Register, is_found_again_in_the_events_whole) {
  EXPECT_EQ(told(hub.ledger(), "albo"), "received 650 delivered 650 entities 1379");
  const auto services = hub.events("services");
  EXPECT_EQ(services.size(), 650u);
  int of_cremona = 0;
  for (const auto& event : services)
    for (const auto& attribute : event.at("data").at("attributes"))
      of_cremona += attribute.at("link_type") == "asl" && attribute.at("value") == "CR";
  EXPECT_EQ(of_cremona, 29);
  int places = 0;
  int alzheimer = 0;
  for (const auto& event : hub.events("offers"))
    (event.at("data").contains("kind") ? alzheimer : places) += event.at("data").at("total").get<int>();
  EXPECT_EQ(places, 58'300);
  EXPECT_EQ(alzheimer, 1'634);
  EXPECT_EQ(hub.lines_in("out").size(), 650u);
}

TEST_F(Register, keeps_only_addresses_that_are_addresses) {
  int with_mail = 0;
  for (const auto& event : hub.events("services")) with_mail += event.at("data").contains("email");
  EXPECT_EQ(with_mail, 19);
  EXPECT_EQ(findings("invalid_email"), 587);
  const auto again = hub.raccordo({"run", "hub.yaml", "--once", "--json", "--lang", "en"});
  EXPECT_THAT(again.err, HasSubstr("albo: 587 findings (raccordo findings hub.yaml)"));
}

TEST_F(Register, read_again_publishes_nothing) {
  EXPECT_EQ(told(hub.once(), "albo"), "received 650 unchanged 650");
  EXPECT_EQ(hub.events("services").size(), 650u);
  EXPECT_EQ(hub.lines_in("out").size(), 650u);
}

TEST_F(Register, without_one_row_deletes_what_that_row_made_and_nothing_else) {
  const auto before = hub.events("services").size() + hub.events("offers").size();
  rewrite(without_last);
  const auto ledger = hub.once();
  EXPECT_THAT(told(ledger, "albo"), HasSubstr("received 649 unchanged 649 deleted "));
  std::set<std::string> gone;
  int tombstones = 0;
  for (const auto* topic : {"services", "offers"})
    for (const auto& event : hub.events(topic)) {
      if (event.is_null())
        ++tombstones;
      else if (event.at("type").get<std::string>().find(".deleted.") != std::string::npos)
        gone.insert(event.at("data").at("source_id"));
    }
  EXPECT_EQ(ledger.at("connectors")[0].at("deleted").get<std::size_t>(), gone.size());
  EXPECT_EQ(static_cast<std::size_t>(tombstones), gone.size());
  for (const auto& id : gone) EXPECT_THAT(id, HasSubstr(":650"));
  EXPECT_GE(gone.size(), 2u);
  EXPECT_EQ(hub.events("services").size() + hub.events("offers").size(), before + 2 * gone.size());
  EXPECT_EQ(told(ledger, "portale"), "received 1 delivered 1");
}

TEST_F(Register, with_one_cell_changed_publishes_that_records_entities_only) {
  std::string changed = content;
  const auto at = changed.find("CASA ALBERGO HONEGGER");
  ASSERT_NE(at, std::string::npos);
  changed.replace(at, 4, "VILLA");
  rewrite(changed);
  EXPECT_EQ(told(hub.once(), "albo"), "received 650 delivered 1 unchanged 649 entities 1");
  EXPECT_EQ(hub.events("services").back().at("data").at("source_id"), "BG:1");
}

TEST_F(Register, emptied_cut_in_half_or_missing_deletes_nothing_and_says_why) {
  rewrite("");
  auto ran = hub.raccordo({"run", "hub.yaml", "--once", "--json", "--lang", "en"});
  EXPECT_THAT(ran.err, HasSubstr("deletions held: no record arrived"));
  rewrite(content.substr(0, content.find("\n325,") + 1));
  ran = hub.raccordo({"run", "hub.yaml", "--once", "--json", "--lang", "en"});
  EXPECT_THAT(ran.err, HasSubstr("deletions held: more than 137 of 1379 (max_deletions)"));
  std::filesystem::remove(hub.path("in/rsa-accreditate.csv"));
  ran = hub.raccordo({"run", "hub.yaml", "--once", "--json", "--lang", "en"});
  EXPECT_THAT(ran.err, HasSubstr("no file matches: nothing was deleted"));
  EXPECT_EQ(hub.ledger().at("connectors")[0].at("deleted"), 0);
}

}  // namespace
}  // namespace raccordo::testing
