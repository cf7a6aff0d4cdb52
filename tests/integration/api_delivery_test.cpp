// SPDX-License-Identifier: EUPL-1.2
// A partner whose system is called for each change.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "tests/faults/fault_proxy.hpp"
#include "tests/integration/hub_folder.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::testing {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A partner's API that does the same key once, as it should. [any]
class Api {
 public:
  Reply answer(const Asked& asked) {
    const std::lock_guard lock(mutex_);
    ++tries_;
    const auto key = asked.headers.find("idempotency-key");
    if (key == asked.headers.end()) return {400, {}, "no key"};
    const auto [done, is_new] =
        done_.emplace(key->second, asked.method + " " + asked.target + " " + asked.body);
    if (!is_new && done->second != asked.method + " " + asked.target + " " + asked.body)
      return {422, {}, "another request under the same key"};
    if (is_new) {
      ++effects_[asked.target];
      state_[asked.target] = asked.method == "DELETE" ? "" : asked.body;
    }
    return {200, {}, "{}"};
  }

  [[nodiscard]] std::map<std::string, std::string> state() const {
    const std::lock_guard lock(mutex_);
    return state_;
  }
  [[nodiscard]] std::size_t effects() const {
    const std::lock_guard lock(mutex_);
    return done_.size();
  }
  [[nodiscard]] int tries() const {
    const std::lock_guard lock(mutex_);
    return tries_;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> done_;  // what was asked, by key
  std::map<std::string, std::string> state_;
  std::map<std::string, int> effects_;
  int tries_ = 0;
};

std::string id_of(int service) { return fmt::format("9e4d3a52-07c5-4a1e-b1c8-{:012}", service); }

// Where the partner has the service of this name; the hub's own ids are not told before.
std::string place_of(const std::string& name, const std::map<std::string, std::string>& state) {
  for (const auto& [place, object] : state)
    if (!object.empty() && Json::parse(object).at("name") == name) return place;
  return "nowhere";
}

// Of a child of ours that nobody has waited for yet; of nobody else.
void end_process(pid_t child, int signal) {
  if (child > 0) ::kill(child, signal);
}

class ApiDelivery : public ::testing::Test {
 protected:
  ApiDelivery() {
    hub.write(
        "map.yaml",
        "mapping: 1\ninput: {format: csv}\nentities:\n  - service:\n      id: {column: ID}\n      name: "
        "{column: NOME}\n");
    hub.write("secrets/portale", "token-segreto");
    std::filesystem::permissions(hub.path("secrets/portale"),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }

  // Services 1 to `count`, named so.
  void state(int count, const std::string& name) const {
    std::string rows = "ID,NOME\n";
    for (int i = 1; i <= count; ++i) rows += id_of(i) + "," + name + " " + std::to_string(i) + "\n";
    hub.write("in/nidi.csv", rows);
  }

  // A source `albo` and a delivery `portale` to this address; `more` are further lines of `http`.
  void configure(const std::string& base_url, const std::string& more = "") const {
    hub.configure(
        "  - id: albo\n    plugin: mapping\n    options: {mapping: map.yaml}\n    from:\n      files: {path: "
        "\"in/*.csv\", snapshot: complete, max_deletions: 100%, poll: 1s}\n"
        "  - id: portale\n    plugin: hsds\n    options: {out_layout: requests}\n    subscribe: {topics: "
        "[services]}\n    to:\n      http:\n        base_url: \"" +
            base_url + "\"\n        networks: [127.0.0.1]\n        retry: {first: 10ms, longest: 100ms}\n" +
            more,
        "secrets: {folder: secrets}\n");
  }

  HubFolder hub;
  Api api;
  WebPartner web{[this](const Asked& asked) { return api.answer(asked); }};
};

TEST_F(ApiDelivery, brings_each_change_once_and_deletions) {
  configure(web.url("/api"));
  state(20, "Nido");
  EXPECT_EQ(told(hub.once(), "portale"), "received 20 delivered 20");
  EXPECT_EQ(api.state().size(), 20u);
  EXPECT_THAT(place_of("Nido 7", api.state()), ::testing::StartsWith("/api/services/"));
  const auto last = place_of("Nido 20", api.state());
  EXPECT_EQ(web.asked().front().headers.at("content-type"), "application/json");
  EXPECT_EQ(told(hub.once(), "portale"), "nothing");
  state(19, "Nido");
  EXPECT_EQ(told(hub.once(), "portale"), "received 1 delivered 1");
  EXPECT_EQ(web.asked().back().method, "DELETE");
  EXPECT_EQ(web.asked().back().target, last);
  EXPECT_LE(web.connections(), 12);
}

TEST_F(ApiDelivery, parks_what_the_partner_refuses_and_replays_it) {
  configure(web.url("/api"));
  bool refuses = true;
  web.answer_with([&](const Asked& asked) {
    return refuses && asked.body.find("\"Nido 2\"") != std::string::npos ? Reply{422, {}, "telefono mancante"}
                                                                         : api.answer(asked);
  });
  state(3, "Nido");
  EXPECT_EQ(told(hub.once(3), "portale"), "received 3 delivered 2 parked 1");
  const auto parked = hub.parked();
  ASSERT_EQ(parked.size(), 1u);
  EXPECT_THAT(parked[0].dump(), HasSubstr("the partner answered 422: telefono mancante"));
  refuses = false;
  const auto replayed = hub.raccordo({"parked", "replay", "--all", "--config", "hub.yaml"});
  EXPECT_EQ(replayed.exit, 0) << replayed.err;
  EXPECT_EQ(api.state().size(), 3u);
  EXPECT_THAT(hub.parked(), IsEmpty());
  EXPECT_THAT(told(hub.ledger(), "portale"), HasSubstr("received 3 delivered 3"));
}

TEST_F(ApiDelivery, goes_on_where_it_stood_once_the_partner_is_back) {
  configure(web.url("/api"));
  bool away = true;
  web.answer_with([&](const Asked& asked) {
    return away ? Reply{503, {}, "manutenzione"} : api.answer(asked);
  });
  state(5, "Nido");
  const auto waits = hub.raccordo({"run", "hub.yaml", "--once"});
  EXPECT_EQ(waits.exit, 75) << waits.err;
  EXPECT_THAT(waits.err, HasSubstr("wait for the partner"));
  EXPECT_THAT(waits.err, HasSubstr("the partner answered 503"));
  EXPECT_THAT(waits.err, Not(HasSubstr("manutenzione")));
  away = false;
  EXPECT_THAT(told(hub.once(), "portale"), HasSubstr("received 5 delivered 5"));
}

TEST_F(ApiDelivery, parks_nothing_because_of_a_wrong_key) {
  web.answer_with([](const Asked&) { return Reply{401, {}, ""}; });
  configure(web.url("/api"), "        headers: {X-Api-Key: vecchia}\n");
  state(3, "Nido");
  const auto refused = hub.raccordo({"run", "hub.yaml", "--once"});
  EXPECT_EQ(refused.exit, 74) << refused.err;
  EXPECT_THAT(refused.err, HasSubstr("check to.http.auth and its secret with the partner"));
  EXPECT_THAT(hub.parked(), IsEmpty());
}

TEST_F(ApiDelivery, gives_the_partner_the_same_key_again_behind_a_kill) {
  configure(web.url("/api"), "        parallel: 2\n");
  std::atomic<pid_t> victim = 0;
  std::set<std::string> killed_at;
  web.answer_with([&](const Asked& asked) {
    const auto answer = api.answer(asked);
    // The work is done, and whoever asked for it is gone before it hears of it.
    if (victim > 0 && killed_at.insert(asked.target).second) end_process(victim.exchange(0), SIGKILL);
    return answer;
  });
  state(12, "Nido");
  for (int kills = 0; kills < 4; ++kills) {
    auto daemon = hub.start({"run", "hub.yaml"});
    victim = daemon.pid();
    EXPECT_EQ(daemon.wait(), 128 + SIGKILL);
    victim = 0;
  }
  (void)hub.once();
  EXPECT_EQ(api.effects(), 12u) << "an effect under two keys";
  EXPECT_EQ(api.state().size(), 12u);
  EXPECT_GE(api.tries(), 16);
  EXPECT_THAT(told(hub.ledger(), "portale"), HasSubstr("received 12 delivered 12"));
}

TEST_F(ApiDelivery, hears_of_what_is_under_way_before_it_stops) {
  configure(web.url("/api"));
  std::atomic<pid_t> asking = 0;
  web.answer_with([&](const Asked& asked) {
    asking.wait(0);
    end_process(asking.exchange(-1), SIGTERM);
    return api.answer(asked);
  });
  state(1, "Nido");
  auto daemon = hub.start({"run", "hub.yaml"});
  asking = daemon.pid();
  asking.notify_all();
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_THAT(told(hub.ledger(), "portale"), HasSubstr("received 1 delivered 1"));
}

TEST_F(ApiDelivery, doubles_no_effect_and_loses_none_over_a_network_that_cuts_delays_repeats_and_lies) {
  FaultProxy proxy(Carries::kHttp, web.port(),
                   FaultPlan(20'261'123, {.kinds = {FaultKind::kCut, FaultKind::kDelay, FaultKind::kTrickle,
                                                    FaultKind::kSendTwice, FaultKind::kWrongLength,
                                                    FaultKind::kFailAfterwards},
                                          .one_in = 4,
                                          .most_bytes = 400,
                                          .longest = std::chrono::milliseconds(3)}));
  configure("http://" + proxy.address() + "/api",
            "        timeout: 2s\n        parallel: 8\n        breaker: {failures: 100, rest: 10ms}\n");
  constexpr int kServices = 40;
  constexpr int kVersions = 3;
  for (int version = 1; version <= kVersions; ++version) {
    state(kServices, "Nido v" + std::to_string(version));
    int exit = 75;
    while (exit == 75) exit = hub.raccordo({"run", "hub.yaml", "--once"}).exit;
    ASSERT_EQ(exit, 0);
  }
  EXPECT_GT(proxy.struck(), 20);
  EXPECT_EQ(api.effects(), std::size_t{kServices * kVersions});
  EXPECT_EQ(api.state().size(), std::size_t{kServices});
  for (int i = 1; i <= kServices; ++i)
    EXPECT_NE(place_of(fmt::format("Nido v3 {}", i), api.state()), "nowhere") << i;
  EXPECT_THAT(told(hub.ledger(), "portale"), HasSubstr("received 120 delivered 120"));
}

TEST_F(ApiDelivery, is_checked_before_anything_is_asked) {
  configure("https://portale.example/api?key=1",
            "        rate: fast\n        auth: {bearer: {secret: manca}}\n");
  const auto checked = hub.raccordo({"check", "hub.yaml"});
  EXPECT_EQ(checked.exit, 78);
  EXPECT_THAT(checked.out + checked.err, HasSubstr("has no ? and no #"));
  EXPECT_THAT(checked.out + checked.err, HasSubstr("fast"));
  EXPECT_THAT(checked.out + checked.err, HasSubstr("manca"));
}

TEST_F(ApiDelivery, begins_with_the_connector_that_the_tree_brings) {
  configure(web.url("/api"));
  hub.copy(std::filesystem::path(RACCORDO_SOURCE) / "config/connectors/portale-hsds.yaml",
           "connectors.d/portale.yaml");
  hub.write("secrets/portale-token", "token-segreto");
  std::filesystem::permissions(hub.path("secrets/portale-token"),
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  hub.write("hub.yaml", hub.read("hub.yaml") + "\ninclude: connectors.d/*.yaml\n");
  const auto checked = hub.raccordo({"check", "hub.yaml"});
  EXPECT_EQ(checked.exit, 0) << checked.out << checked.err;
}

TEST_F(ApiDelivery, is_examined_by_the_doctor) {
  configure(web.url("/api"));
  web.answer_with([](const Asked&) { return Reply{404, {}, ""}; });
  const auto well = hub.raccordo({"doctor", "hub.yaml"});
  EXPECT_THAT(well.out, HasSubstr("portale")) << well.err;
  EXPECT_THAT(well.out, HasSubstr(web.url("/api") + ": it answers 404"));
  configure("http://127.0.0.1:1/api");
  const auto ill = hub.raccordo({"doctor", "hub.yaml"});
  EXPECT_EQ(ill.exit, 1);
  EXPECT_THAT(ill.out, HasSubstr("does not answer"));
}

}  // namespace
}  // namespace raccordo::testing
