// SPDX-License-Identifier: EUPL-1.2
// Two daemons of one hub share its work; one is killed, or stands still and goes on.
#include <signal.h>

#include <cstdlib>
#include <set>

#include "tests/booking/booking.hpp"

namespace raccordo::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr auto kPatience = std::chrono::seconds(120);

class SeveralDaemons : public Booking {
 protected:
  SeveralDaemons() { hub.write("in/orari.csv", "id;nome;posti\nora;Assistenza domiciliare;1000\n"); }

  void SetUp() override {
    if (std::getenv("RACCORDO_TEST_KAFKA") == nullptr || std::getenv("RACCORDO_TEST_POSTGRESQL") == nullptr)
      GTEST_SKIP() << "several daemons need Kafka and PostgreSQL";
    Booking::SetUp();
    const auto alone = hub.read("hub.yaml");
    for (const char* name :
         {"plugins/counter.so", "plugins/cooperative.so", "map.yaml", "people.key", "secrets/portale"})
      other.copy(hub.path(name), name);
    for (const char* secret : {"people.key", "secrets/portale"})
      fs::permissions(other.path(secret), fs::perms::owner_read | fs::perms::owner_write);
    hub.write("hub.yaml", named(alone, "nodo-a"));
    other.write("hub.yaml", named(alone, "nodo-b"));
  }

  // The same configuration, with a name of its own; the partners' files are where both see them.
  std::string named(std::string text, const std::string& name) const {
    const auto put = [&](const std::string& before, const std::string& after) {
      text.replace(text.find(before), before.size(), after);
    };
    put("data: var", "data: var, instance: " + name + ", lease: 4s");
    put("in/*.csv", (hub.path("in") / "*.csv").string());
    return text;
  }

  void start_both() {
    a.emplace(start(hub, port_a));
    await_status(hub, [](const Json& status) {
      return held_by(status, "nodo-a") == 3 && status.value("cases_held_by", "") == "nodo-a";
    });
    b.emplace(start(other, port_b));
    await_status(other, [](const Json& status) {
      return held_by(status, "nodo-a") == 2 && held_by(status, "nodo-b") == 1 &&
             status.value("daemons", Json()).size() == 2;
    });
  }

  static std::size_t held_by(const Json& status, const std::string& daemon) {
    const auto all = status.value("connectors", Json::array());
    return static_cast<std::size_t>(std::ranges::count_if(
        all, [&](const Json& connector) { return connector.value("held_by", "") == daemon; }));
  }
  static Json status_of(const HubFolder& folder) {
    return Json::parse(folder.raccordo({"status", "hub.yaml", "--json"}).out, nullptr, false);
  }
  static void await_status(const HubFolder& folder, const std::function<bool(const Json&)>& holds) {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    Json status = status_of(folder);
    while (!(status.is_object() && holds(status)) && std::chrono::steady_clock::now() < until)
      status = status_of(folder);
    EXPECT_TRUE(status.is_object() && holds(status)) << status;
  }

  void book_through(std::uint16_t port, const std::string& id) {
    port_ = port;
    EXPECT_THAT(book(id), HasSubstr(" 201 "));
  }
  void expect_confirmed(const std::string& id) {
    EXPECT_TRUE(at_portal.await("confirmed", "\"" + id + "\"").is_object()) << id << "\n"
                                                                            << a->log() << "\n"
                                                                            << b->log();
  }
  // The same words to the same partner come under one key, however often they come.
  static void expect_one_key_each(const WebPartner& partner) {
    std::map<std::string, std::set<std::string>> keys;
    for (const auto& asked : partner.asked())
      keys[asked.method + " " + asked.target + "\n" + asked.body].insert(asked.headers.at("idempotency-key"));
    for (const auto& [what, under] : keys) EXPECT_THAT(under, SizeIs(1)) << what;
  }

  HubFolder other;
  std::optional<Running> a;
  std::optional<Running> b;
  std::uint16_t port_a = 0;
  std::uint16_t port_b = 0;
};

TEST_F(SeveralDaemons, share_the_work_and_take_calls_both) {
  start_both();
  for (int i = 0; i < 4; ++i) {
    book_through(port_a, "a" + std::to_string(i));
    book_through(port_b, "b" + std::to_string(i));
  }
  for (int i = 0; i < 4; ++i) {
    expect_confirmed("a" + std::to_string(i));
    expect_confirmed("b" + std::to_string(i));
  }
  const auto shown = other.raccordo({"status", "hub.yaml", "--lang", "en"}).out;
  EXPECT_THAT(shown, HasSubstr("nodo-a works at it"));
  EXPECT_THAT(shown, HasSubstr("daemon nodo-b (this one)"));
  expect_one_key_each(cooperative);
  expect_one_key_each(portal);
  stop(*a);
  await_status(other, [](const Json& status) { return held_by(status, "nodo-b") == 3; });
  stop(*b);
  EXPECT_EQ(told(hub.ledger(), "portale"), "received 8 delivered 8");
}

TEST_F(SeveralDaemons, take_over_from_one_that_is_killed) {
  start_both();
  book_through(port_a, "p1");
  a->signal(SIGKILL);
  EXPECT_NE(a->wait(), 0);
  book_through(port_b, "p2");
  expect_confirmed("p1");
  expect_confirmed("p2");
  await_status(other, [](const Json& status) {
    return held_by(status, "nodo-b") == 3 && status.value("cases_held_by", "") == "nodo-b" &&
           status.value("daemons", Json()).size() == 1;
  });
  expect_one_key_each(cooperative);
  expect_one_key_each(portal);
  a.emplace(start(hub, port_a));
  await_status(hub, [](const Json& status) { return held_by(status, "nodo-a") == 1; });
  book_through(port_a, "p3");
  expect_confirmed("p3");
  stop(*a);
  stop(*b);
  EXPECT_EQ(told(hub.ledger(), "portale"), "received 3 delivered 3");
}

TEST_F(SeveralDaemons, let_one_that_stood_still_change_nothing_of_what_was_taken_over) {
  start_both();
  book_through(port_a, "p1");
  a->signal(SIGSTOP);
  book_through(port_b, "p2");
  await_status(other, [](const Json& status) {
    return held_by(status, "nodo-b") == 3 && status.value("cases_held_by", "") == "nodo-b";
  });
  expect_confirmed("p1");
  expect_confirmed("p2");
  a->signal(SIGCONT);
  await_status(hub, [](const Json& status) {
    return status.value("daemons", Json()).size() == 2 && held_by(status, "nodo-a") == 1;
  });
  book_through(port_a, "p3");
  expect_confirmed("p3");
  EXPECT_THAT(a->log(), HasSubstr("nodo-b works at it"));
  expect_one_key_each(cooperative);
  expect_one_key_each(portal);
  stop(*a);
  stop(*b);
  EXPECT_EQ(told(hub.ledger(), "portale"), "received 3 delivered 3");
  for (const auto& line : hub.ledger().at("connectors")) EXPECT_EQ(line.at("parked"), 0) << line;
}

}  // namespace
}  // namespace raccordo::testing
