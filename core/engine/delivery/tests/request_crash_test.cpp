// SPDX-License-Identifier: EUPL-1.2
// What a crash between any two steps leaves behind: the partner is given the same key again, never another
// for the same effect, and what it has accepted and we have kept is not sent again.
#include <gmock/gmock.h>

#include <map>
#include <random>
#include <set>

#include "core/engine/delivery/tests/api_territory.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Crashes : public ::testing::Test {
 protected:
  // What the partner did: each key once, as partners do that know the header.
  PartnerSays done_once(const WebRequest& request) {
    std::string key;
    for (const auto& header : request.headers)
      if (header.name == "Idempotency-Key") key = header.value;
    if (done.insert(key).second) effects.push_back(request.method + " " + request.path + " " + request.body);
    return says(200, "77");
  }

  ApiTerritory a;
  std::set<std::string> done;
  std::vector<std::string> effects;
};

TEST_F(Crashes, between_acceptance_and_commit_give_the_partner_the_same_key) {
  a.state({"A,Airone"});
  a.t.store.faults.fail("commit", 1, away(), When::kBefore);
  a.patience.tries = 1;
  a.restart();
  a.deliver();
  ASSERT_TRUE(a.failure);
  a.restart();
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  ASSERT_EQ(a.partner.got.size(), 2u);
  EXPECT_EQ(a.partner.got[0].key, a.partner.got[1].key);
  EXPECT_EQ(a.ledger(), (Counts{.received = 1, .delivered = 1, .requests = 1, .attempts = 1}));
}

TEST_F(Crashes, behind_the_commit_of_one_request_send_only_the_others) {
  a.partner.answers = [](const WebRequest& request) {
    auto said = says(200);
    if (request.path.ends_with("/places")) said.takes = 1h;
    return said;
  };
  a.state({"A,two"});
  a.follow(5s);
  a.restart();
  a.partner.answers = [](const WebRequest&) { return says(200); };
  a.deliver();
  EXPECT_THAT(a.partner.lines(),
              ElementsAre("PUT /services/A", "PUT /services/A/places", "PUT /services/A/places"));
  EXPECT_EQ(a.keys(), 2u);
}

TEST_F(Crashes, do_not_ask_again_for_an_answer_that_was_kept) {
  a.partner.answers = [](const WebRequest& request) {
    auto said = request.method == "POST" ? says(201, "77") : says(200);
    if (request.path == "/by-id/77") said.takes = 1h;
    return said;
  };
  a.state({"A,made"});
  a.follow(5s);
  a.restart();
  a.partner.answers = [](const WebRequest&) { return says(200); };
  a.deliver();
  EXPECT_THAT(a.partner.lines(), ElementsAre("POST /services", "PUT /by-id/77", "PUT /by-id/77"));
  EXPECT_EQ(a.keys(), 2u);
  EXPECT_THAT(*a.t.store_in_memory.accepted("portale"), IsEmpty());
}

TEST_F(Crashes, ask_again_under_the_same_key_for_answers_that_were_too_much_to_keep) {
  a.settings.held_bytes = 4'000;
  a.restart();
  a.partner.answers = [](const WebRequest& request) {
    auto said = request.method == "POST" ? says(201, "77" + std::string(5'000, 'x')) : says(200);
    if (request.path.starts_with("/by-id/")) said.takes = 1h;
    return said;
  };
  a.state({"A,made"});
  a.follow(5s);
  ASSERT_EQ(a.partner.got.size(), 2u);
  EXPECT_THAT(*a.t.store_in_memory.accepted("portale"), IsEmpty());
  a.restart();
  a.partner.answers = [](const WebRequest& request) {
    return says(request.method == "POST" ? 201 : 200, "77");
  };
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  ASSERT_EQ(a.partner.got.size(), 4u);
  EXPECT_EQ(a.partner.got[2].key, a.partner.got[0].key);
}

TEST_F(Crashes, while_what_vanished_is_told_repeat_the_keys_of_its_deletions) {
  a.state({"A,Airone", "B,Brezza", "C,Cicogna"});
  a.deliver();
  a.state({"Z,Zefiro"});
  a.t.clock.advance(std::chrono::hours(24 * 8));
  ASSERT_TRUE(a.t.backbone_in_memory.compact(std::chrono::hours(24 * 7)).ok());
  a.partner.answers = [](const WebRequest&) {
    auto said = says(200);
    said.takes = 1h;
    return said;
  };
  a.restart();
  a.follow(5s);
  ASSERT_EQ(a.partner.got.size(), 7u);
  a.t.clock.advance(1h);
  a.partner.answers = [](const WebRequest&) { return says(200); };
  a.restart();
  a.deliver();
  EXPECT_EQ(a.keys(), 7u) << "each of the four asked for again is known";
  EXPECT_EQ(a.partner.got.size(), 11u);
}

TEST_F(Crashes, do_not_take_a_partner_that_is_still_at_work_under_the_key_for_one_that_refuses) {
  a.partner.answers = [](const WebRequest&) {
    auto said = says(200);
    said.takes = 1h;
    return said;
  };
  a.state({"A,Airone"});
  a.follow(5s);
  a.restart();
  int at_work = 2;
  a.partner.answers = [&](const WebRequest&) { return at_work-- > 0 ? says(409) : says(200); };
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  EXPECT_THAT(a.parked(), IsEmpty());
  EXPECT_EQ(a.keys(), 1u);
  a.state({"A,Aquila"});
  at_work = 9;
  EXPECT_EQ(a.deliver().counts.parked, 1) << "nobody asked before: this is the request's own";
  EXPECT_EQ(a.partner.got.size(), 5u);
}

TEST_F(Crashes, of_the_partners_answer_alone_repeat_the_key) {
  a.client->faults.fail("begin", 1, away(), When::kAfter, 3);
  a.partner.answers = [this](const WebRequest& request) { return done_once(request); };
  a.state({"A,Airone"});
  a.follow(1min);
  EXPECT_EQ(a.ledger().delivered, 1);
  EXPECT_EQ(a.partner.got.size(), 4u);
  EXPECT_EQ(effects.size(), 1u);
}

TEST_F(Crashes, asked_to_stop_lets_what_is_under_way_come_to_its_end_within_a_bound) {
  a.partner.answers = [](const WebRequest& request) {
    auto said = says(200);
    said.takes = request.path == "/services/A" ? Duration(3s) : Duration(1h);
    return said;
  };
  a.state({"A,Airone", "B,Brezza"});
  a.follow(1s);
  const auto asked_at = a.t.clock.monotonic();
  a.stop();
  EXPECT_EQ(a.t.clock.monotonic() - asked_at, a.settings.drain);
  EXPECT_EQ(a.ledger().delivered, 1);
  a.partner.answers = [](const WebRequest&) { return says(200); };
  a.restart();
  a.deliver();
  EXPECT_THAT(a.partner.lines(), ElementsAre("PUT /services/A", "PUT /services/B", "PUT /services/B"));
  EXPECT_EQ(a.keys(), 2u);
  EXPECT_EQ(a.ledger().received, 2);
}

// Seeded crashes at any time over a partner that fails in every way: every effect once, in the order of its
// entity, and a ledger that adds up.
TEST_F(Crashes, at_any_time_double_no_effect_and_lose_none) {
  std::mt19937 random(20'260'115);
  const auto one_in = [&](unsigned n) { return random() % n == 0; };
  a.patience.tries = 1;  // a commit that fails is a crash: what was in memory is lost
  a.settings.sender.parallel = 5;
  a.settings.held_events = 40;
  a.sink.batch = 9;
  a.restart();
  a.partner.answers = [&](const WebRequest& request) {
    if (one_in(6)) return says(503);
    auto said = done_once(request);
    if (one_in(8)) said.answer = error(ErrorCode::kTimeout, as_is("lost"));
    if (one_in(8)) said.answer = WebAnswer{{.status = 500}, BodyEnd::kWhole};
    said.takes = std::chrono::milliseconds(random() % 700);
    return said;
  };
  std::map<int, int> version;
  for (int round = 0; round < 60; ++round) {
    std::vector<std::string> rows;
    for (int id = 0; id < 12; ++id) {
      if (one_in(3)) ++version[id];
      rows.push_back(fmt::format("{},{}{}", id, id % 3 == 0 ? "two " : "v", version[id]));
    }
    a.state(rows);
    a.follow(std::chrono::milliseconds(random() % 3'000));
    if (one_in(3)) a.t.store.faults.fail("commit", 1, away(), one_in(2) ? When::kBefore : When::kAfter);
    if (one_in(2)) a.restart();
    ASSERT_TRUE(adds_up(a.ledger(), 0));
  }
  a.restart();
  a.follow(3h);
  const auto stated = *a.t.backbone_in_memory.end("welfare.services")->next.begin();
  EXPECT_EQ(a.ledger().received, stated) << "no event is received twice, whatever ended ahead of it";
  EXPECT_EQ(a.ledger().delivered, stated);
  EXPECT_THAT(a.parked(), IsEmpty());
  std::set<std::string> seen;
  std::map<std::string, int> last;  // version by path
  for (const auto& effect : effects) {
    EXPECT_TRUE(seen.insert(effect).second) << "doubled: " << effect;
    const auto path = effect.substr(0, effect.find(' ', effect.find(' ') + 1));
    const auto name = effect.find("\"name\":\"");
    const int written = std::stoi(effect.substr(effect.find_first_of("0123456789", name)));
    EXPECT_GT(written, last.contains(path) ? last[path] : -1) << "out of order: " << effect;
    last[path] = written;
  }
}

}  // namespace
}  // namespace raccordo::testing
