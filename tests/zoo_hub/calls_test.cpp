// SPDX-License-Identifier: EUPL-1.2
// Plugins that are wrong when a partner calls: the call is kept and answered, those behind it and the
// neighbour's are answered as ever.
#include <gmock/gmock.h>
#include <signal.h>

#include "adapters/http_server/tests/visitor.hpp"
#include "tests/integration/hub_folder.hpp"
#include "tests/partner/patient_call.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;

class ZooCalled : public ::testing::Test {
 protected:
  Running start(const std::string& animal, const std::string& translate) {
    hub.copy(RACCORDO_ZOO "/zoo_" + animal + ".so", "plugins/zoo_" + animal + ".so");
    hub.copy(RACCORDO_ZOO "/zoo_answers_twice.so", "plugins/zoo_answers_twice.so");
    hub.write("secrets/token", "gettone");
    std::filesystem::permissions(hub.path("secrets/token"),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    hub.configure("  - id: animale\n    plugin: " + animal +
                      "\n    from: {webhook: {auth: {bearer: {secret: token}}, translate: " + translate +
                      "}}\n"
                      "  - id: vicino\n    plugin: answers_twice\n"
                      "    from: {webhook: {auth: {bearer: {secret: token}}, translate: 8s}}\n",
                  "http: {ingress: \"127.0.0.1:0\"}\nsecrets: {folder: secrets}\n");
    auto daemon = hub.start({"run", "hub.yaml", "--lang", "en"});
    EXPECT_TRUE(daemon.says("partners' calls on port")) << daemon.log();
    const std::string words = "partners' calls on port ";
    const auto log = daemon.log();
    port_ = static_cast<std::uint16_t>(std::stoi(log.substr(log.find(words) + words.size())));
    return daemon;
  }

  [[nodiscard]] std::string call(const std::string& connector, const std::string& body) const {
    Visitor visitor(port_);
    visitor.send("POST /in/" + connector +
                 " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nAuthorization: Bearer gettone\r\n"
                 "Content-Type: application/json\r\nContent-Length: " +
                 std::to_string(body.size()) + "\r\n\r\n" + body);
    return visitor.all();
  }
  // Until its worker is there.
  [[nodiscard]] std::string answer(const std::string& connector, const std::string& body) const {
    return patient_call([&] { return call(connector, body); });
  }

  void expect_one_parked(const std::string& reason) {
    const auto parked = hub.parked();
    ASSERT_EQ(parked.size(), 1u);
    EXPECT_EQ(parked[0].at("reason"), reason);
    EXPECT_EQ(told(hub.ledger(), "animale"), "received 3 filtered 2 parked 1");
    EXPECT_EQ(told(hub.ledger(), "vicino"), "received 1 filtered 1");
  }

  HubFolder hub;

 private:
  std::uint16_t port_ = 0;
};

TEST_F(ZooCalled, answers_twice_is_answered_for_and_its_call_parked) {
  auto daemon = start("answers_twice", "8s");
  EXPECT_THAT(answer("animale", "{}"), HasSubstr(" 200 "));
  EXPECT_THAT(answer("animale", R"({"is":"bad"})"), HasSubstr("a second answer to the same request"));
  EXPECT_THAT(answer("animale", "{}"), HasSubstr(" 200 "));
  EXPECT_THAT(answer("vicino", "{}"), HasSubstr(" 200 "));
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0) << daemon.log();
  expect_one_parked("plugin_broke_contract");
}

TEST_F(ZooCalled, answers_never_is_answered_for_and_its_call_parked) {
  auto daemon = start("answers_never", "2s");
  EXPECT_THAT(answer("animale", "{}"), HasSubstr(" 200 "));
  EXPECT_THAT(answer("animale", R"({"is":"bad"})"), HasSubstr(" 400 "));
  EXPECT_THAT(answer("animale", "{}"), HasSubstr(" 200 "));
  EXPECT_THAT(answer("vicino", "{}"), HasSubstr(" 200 "));
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0) << daemon.log();
  expect_one_parked("plugin_timed_out");
}

}  // namespace
}  // namespace raccordo::testing
