// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "core/engine/delivery/tests/api_territory.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class Requests : public ::testing::Test {
 protected:
  // The partner answers so to what goes to this path.
  void answers(const std::string& path, int status, const std::string& body = "") {
    statuses[path] = {status, body};
    a.partner.answers = [this](const WebRequest& request) {
      const auto found = statuses.find(request.path);
      return found == statuses.end() ? says(200) : says(found->second.first, found->second.second);
    };
  }
  void works_again(const std::string& path) { statuses.erase(path); }

  ApiTerritory a;
  std::map<std::string, std::pair<int, std::string>> statuses;
};

TEST_F(Requests, bring_each_change_once) {
  a.state({"A,Airone", "B,Brezza"});
  EXPECT_EQ(a.deliver().counts, (Counts{.received = 2, .delivered = 2, .requests = 2, .attempts = 2}));
  EXPECT_FALSE(a.failure);
  EXPECT_THAT(a.partner.lines(), UnorderedElementsAre("PUT /services/A", "PUT /services/B"));
  EXPECT_EQ(a.deliver().counts, Counts{});
  a.restart();
  EXPECT_EQ(a.deliver().counts, Counts{});
  EXPECT_EQ(a.partner.got.size(), 2u);
  EXPECT_TRUE(adds_up(a.ledger(), a.flow().in_flight()));
}

TEST_F(Requests, carry_a_key_of_their_own_and_what_the_plugin_wrote) {
  a.state({"A,two"});
  a.deliver();
  ASSERT_THAT(a.partner.got, SizeIs(2));
  EXPECT_EQ(a.partner.got[0].request.path, "/services/A");
  EXPECT_THAT(a.partner.got[0].request.body, HasSubstr("\"two\""));
  EXPECT_EQ(a.partner.got[0].request.headers.front(), (WebHeader{"Content-Type", "application/json"}));
  EXPECT_EQ(a.partner.got[1].request.path, "/services/A/places");
  EXPECT_EQ(a.partner.got[0].key.size(), 36u);
  EXPECT_NE(a.partner.got[0].key, a.partner.got[1].key);
}

TEST_F(Requests, bring_deletions) {
  a.state({"A,Airone", "B,Brezza"});
  a.deliver();
  a.state({"B,Brezza"});
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  EXPECT_EQ(a.partner.lines().back(), "DELETE /services/A");
  a.state({"A,Airone", "B,Brezza"});
  a.deliver();
  EXPECT_EQ(a.partner.lines().back(), "PUT /services/A");
  EXPECT_EQ(a.keys(), 4u) << "made, deleted and made again are three events of A";
}

TEST_F(Requests, count_what_the_plugin_leaves_out_as_filtered_and_keep_what_it_found) {
  a.state({"A,left out", "B,lossy"});
  const auto pass = a.deliver();
  EXPECT_EQ(pass.counts.filtered, 1);
  EXPECT_EQ(pass.counts.delivered, 1);
  EXPECT_EQ(pass.findings, 1);
  const auto findings = *a.t.store_in_memory.findings("portale", 10);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].code, "field_lost");
}

TEST_F(Requests, park_what_the_partner_refuses_with_its_words_and_go_on_with_the_rest) {
  answers("/services/A", 422, "no phone");
  a.state({"A,Airone", "B,Brezza"});
  const auto pass = a.deliver();
  EXPECT_FALSE(a.failure);
  EXPECT_EQ(pass.counts.parked, 1);
  EXPECT_EQ(pass.newly_parked, 1);
  EXPECT_EQ(pass.counts.delivered, 1);
  const auto parked = a.parked();
  ASSERT_THAT(parked, SizeIs(1));
  EXPECT_EQ(parked[0].reason, "partner_refused");
  EXPECT_EQ(parked[0].stage, "delivery");
  EXPECT_EQ(parked[0].place, "welfare.services:0:0");
  EXPECT_EQ(parked[0].text.en, "PUT /services/A: the partner answered 422: no phone");
  EXPECT_THAT(parked[0].original.bytes, HasSubstr("Airone"));
  EXPECT_TRUE(adds_up(a.ledger(), 0));
}

TEST_F(Requests, say_no_word_of_the_partners_in_the_log) {
  answers("/services/A", 422, "phone 0123456 of Rossi");
  a.state({"A,Airone"});
  a.deliver();
  a.restart_for_one_run(6);
  answers("/services/B", 401, "no key for Rossi");
  a.state({"A,Airone", "B,Brezza"});
  a.deliver();
  ASSERT_TRUE(a.failure);
  EXPECT_THAT(a.failure->message.en, Not(HasSubstr("Rossi")));
  EXPECT_THAT(a.t.log.lines(),
              Contains(::testing::Field(&RecordingLog::Line::message, HasSubstr("answered 401"))));
  for (const auto& line : a.t.log.lines()) {
    EXPECT_THAT(line.message, Not(HasSubstr("Rossi")));
    EXPECT_THAT(line.message, Not(HasSubstr("/services/"))) << "a path is made of what a record says";
  }
}

TEST_F(Requests, park_what_the_plugin_rejects_or_what_no_delivery_by_requests_does) {
  a.state({"A,unwanted", "B,file"});
  EXPECT_EQ(a.deliver().counts.parked, 2);
  EXPECT_THAT(a.partner.got, IsEmpty());
  EXPECT_EQ(a.parked()[0].reason, "no");
  EXPECT_EQ(a.parked()[1].reason, "unexpected_effect");
}

TEST_F(Requests, of_one_entity_stay_in_order_while_those_of_others_go_on) {
  a.settings.sender.parallel = 8;
  a.restart();
  answers("/services/A", 503);
  a.state({"A,first"});
  a.state({"A,second", "B,Brezza", "C,Cicogna"});
  a.follow(5s);
  EXPECT_THAT(a.partner.lines(), Contains("PUT /services/B"));
  EXPECT_THAT(a.partner.lines(), Contains("PUT /services/C"));
  for (const auto& got : a.partner.got) EXPECT_THAT(got.request.body, Not(HasSubstr("second")));
  EXPECT_EQ(a.ledger().delivered, 2);
  EXPECT_EQ(a.flow().in_flight(), 2);
  works_again("/services/A");
  a.follow(1min);
  EXPECT_THAT(a.partner.got.back().request.body, HasSubstr("second"));
  EXPECT_EQ(a.ledger().delivered, 4);
  EXPECT_EQ(a.flow().in_flight(), 0);
}

TEST_F(Requests, of_an_entity_whose_event_was_parked_go_on_with_the_newest) {
  answers("/services/A", 400);
  a.state({"A,first"});
  a.deliver();
  works_again("/services/A");
  a.state({"A,second"});
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  const auto replayed = a.replay(a.parked().front().id);
  ASSERT_TRUE(replayed.ok());
  EXPECT_TRUE(replayed->refused) << "what came later is there: the older one must not take its place";
  EXPECT_EQ(a.partner.got.size(), 2u);
}

TEST_F(Requests, of_one_entity_bring_every_state_in_order) {
  answers("/services/A", 503);
  a.state({"A,first"});
  a.state({"A,second"});
  a.state({"A,first"});
  a.follow(2s);
  works_again("/services/A");
  a.follow(1min);
  EXPECT_EQ(a.ledger().delivered, 3);
  EXPECT_THAT(a.partner.got.back().request.body, HasSubstr("first"));
  EXPECT_EQ(a.keys(), 3u);
}

TEST_F(Requests, that_wait_end_a_single_run_which_says_so_and_the_next_goes_on) {
  a.restart_for_one_run(4);
  answers("/services/A", 503, "maintenance");
  a.state({"A,Airone", "B,Brezza"});
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  ASSERT_TRUE(a.failure);
  EXPECT_TRUE(a.failure->retryable());
  EXPECT_EQ(a.failure->message.en, "1 event waits for the partner: PUT: the partner answered 503");
  EXPECT_EQ(a.partner.got.size(), 5u);
  EXPECT_EQ(a.flow().in_flight(), 1);
  works_again("/services/A");
  a.restart();
  const auto pass = a.deliver();
  EXPECT_FALSE(a.failure);
  EXPECT_EQ(pass.counts.delivered, 1);
  EXPECT_EQ(pass.counts.received, 1) << "what ended ahead of it is not received again";
  EXPECT_EQ(a.ledger().received, 2);
  EXPECT_EQ(a.keys(), 2u);
}

TEST_F(Requests, wait_in_a_single_run_for_nobody_who_asks_for_long) {
  a.restart_for_one_run(6);
  a.partner.answers = [](const WebRequest&) { return says(429, "", 1h); };
  a.state({"A,Airone"});
  a.deliver();
  EXPECT_TRUE(a.failure);
  EXPECT_EQ(a.partner.got.size(), 1u);
  EXPECT_LT(a.t.clock.monotonic(), 1min);
}

TEST_F(Requests, to_a_partner_that_does_not_let_us_in_park_nothing) {
  a.restart_for_one_run(6);
  a.partner.answers = [](const WebRequest&) { return says(401); };
  a.state({"A,Airone", "B,Brezza"});
  a.deliver();
  ASSERT_TRUE(a.failure);
  EXPECT_EQ(a.failure->code, ErrorCode::kDenied);
  EXPECT_THAT(a.failure->hint.en, HasSubstr("to.http.auth"));
  EXPECT_THAT(a.parked(), IsEmpty());
  EXPECT_EQ(a.ledger().received, 0);
}

TEST_F(Requests, tell_when_the_partner_is_away_and_when_it_is_back) {
  std::vector<std::string> told;
  a.patience.tell = [&](const Error* why) { told.push_back(why == nullptr ? "back" : why->message.en); };
  a.settings.sender.breaker.failures = 2;
  a.restart();
  bool away = true;
  a.partner.answers = [&](const WebRequest&) {
    return away ? PartnerSays{error(ErrorCode::kUnavailable, as_is("no answer")), 1ms} : says(200);
  };
  a.state({"A,Airone", "B,Brezza", "C,Cicogna"});
  a.follow(1h);
  EXPECT_THAT(told, ElementsAre("no answer"));
  EXPECT_EQ(a.ledger().delivered, 0);
  EXPECT_THAT(a.parked(), IsEmpty());
  away = false;
  a.follow(6min);
  EXPECT_THAT(told, ElementsAre("no answer", "back"));
  EXPECT_EQ(a.ledger().delivered, 3);
}

TEST_F(Requests, hold_no_more_in_memory_than_they_are_allowed_while_the_partner_is_away) {
  a.settings.held_events = 10;
  a.sink.batch = 7;
  a.restart();
  a.partner.answers = [](const WebRequest&) { return says(503); };
  std::vector<std::string> rows;
  for (int i = 0; i < 100; ++i) rows.push_back(fmt::format("{},name", i));
  a.state(rows);
  a.follow(10min);
  EXPECT_EQ(a.flow().in_flight(), 10);
  a.partner.answers = [](const WebRequest&) { return says(200); };
  a.follow(1h);
  EXPECT_EQ(a.ledger().delivered, 100);
}

TEST_F(Requests, that_are_tried_again_later_hold_nobody_up_until_then) {
  a.partner.answers = [](const WebRequest&) { return says(503); };
  a.state({"A,Airone"});
  Result<Duration> next = Duration::zero();
  while (next.ok() && *next == Duration::zero()) next = a.flow().follow({});
  ASSERT_TRUE(next.ok());
  EXPECT_LE(*next, a.sink.look) << "others may say something";
  const auto before = a.t.clock.monotonic();
  ASSERT_TRUE(a.flow().follow({}).ok());
  EXPECT_EQ(a.t.clock.monotonic(), before);
  EXPECT_EQ(a.flow().in_flight(), 1);
}

TEST_F(Requests, under_way_are_waited_for_a_moment_at_a_time) {
  a.partner.answers = [](const WebRequest&) {
    auto slow = says(200);
    slow.takes = 30s;
    return slow;
  };
  a.state({"A,Airone"});
  ASSERT_TRUE(a.flow().follow({}).ok());
  const auto before = a.t.clock.monotonic();
  EXPECT_EQ(a.flow().follow({}).value(), Duration::zero());
  EXPECT_EQ(a.t.clock.monotonic() - before, 200ms);
}

TEST_F(Requests, know_after_a_rest_what_their_partner_has) {
  a.state({"A,Airone", "B,Brezza"});
  a.follow(5s);
  a.flow().rest();
  a.state({"A,Airone", "B,Bora"});
  a.state({"A,Airone", "B,Brezza"});
  ASSERT_TRUE(a.t.backbone_in_memory.compact(1h).ok());
  a.follow(5s);
  EXPECT_EQ(a.ledger(),
            (Counts{.received = 3, .delivered = 2, .unchanged = 1, .requests = 2, .attempts = 2}));
  a.flow().rest();
  a.state({"B,Brezza"});
  ASSERT_TRUE(a.t.backbone_in_memory.compact(1h).ok());
  a.follow(5s);
  EXPECT_EQ(a.partner.got.size(), 3u);
  EXPECT_EQ(a.partner.got.back().request.method, "DELETE");
}

TEST_F(Requests, do_not_rest_while_something_waits_for_its_next_try) {
  a.partner.answers = [](const WebRequest&) { return says(503); };
  a.state({"A,Airone"});
  a.follow(2s);
  a.flow().rest();
  a.partner.answers = [](const WebRequest&) { return says(200); };
  a.follow(5min);
  a.state({"A,Allodola"});
  a.state({"A,Airone"});
  a.follow(1min);
  EXPECT_EQ(a.ledger().delivered, 3);
}

TEST_F(Requests, after_a_rest_delete_what_another_log_no_longer_holds) {
  a.state({"A,Airone", "B,Brezza"});
  a.follow(5s);
  a.flow().rest();
  a.t.backbone_in_memory.make_anew();
  ASSERT_TRUE(a.t.source().recover({}).ok());
  a.state({"B,Brezza"});
  a.follow(5s);
  EXPECT_EQ(a.partner.got.size(), 3u);
  EXPECT_EQ(a.partner.got.back().request.method, "DELETE");
}

TEST_F(Requests, after_a_rest_replay_what_was_parked) {
  a.state({"A,unwanted"});
  a.follow(1s);
  a.flow().rest();
  a.caller.accepts_unwanted = true;
  const auto replayed = a.replay(a.parked().front().id);
  ASSERT_TRUE(replayed.ok()) << replayed.error().message.en;
  EXPECT_EQ(replayed->end, End::kDelivered);
}

TEST_F(Requests, whose_answer_the_plugin_wants_lead_to_the_next) {
  answers("/services", 201, "77");
  a.state({"A,made"});
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  EXPECT_THAT(a.partner.lines(), ElementsAre("POST /services", "PUT /by-id/77"));
  EXPECT_THAT(a.caller.responses, ElementsAre("201 made A"));
}

TEST_F(Requests, refused_may_be_dealt_with_by_the_plugin) {
  answers("/services/A", 404);
  a.state({"A,upsert"});
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  EXPECT_THAT(a.partner.lines(), ElementsAre("PATCH /services/A", "POST /services"));
}

TEST_F(Requests, refused_stay_so_where_the_plugin_has_nothing_to_say) {
  answers("/services/A", 409, "busy");
  a.state({"A,upsert"});
  EXPECT_EQ(a.deliver().counts.parked, 1);
  EXPECT_EQ(a.parked().front().text.en, "PATCH /services/A: the partner answered 409: busy");
}

TEST_F(Requests, go_unheard_where_the_plugin_takes_no_answers) {
  a.sink.wants_answers = false;
  a.restart();
  a.state({"A,made"});
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  EXPECT_THAT(a.caller.responses, IsEmpty());
}

TEST_F(Requests, without_end_are_parked) {
  a.state({"A,endless"});
  EXPECT_EQ(a.deliver().counts.parked, 1);
  EXPECT_EQ(a.parked().front().reason, "too_many_requests");
  EXPECT_LE(a.partner.got.size(), 1'000u);
}

TEST_F(Requests, of_parked_events_are_made_again_when_they_are_replayed_with_the_same_key) {
  answers("/services/A", 422);
  a.state({"A,Airone"});
  a.deliver();
  const auto id = a.parked().front().id;
  EXPECT_EQ(a.replay(id)->end, End::kParked);
  works_again("/services/A");
  EXPECT_EQ(a.replay(id)->end, End::kDelivered);
  EXPECT_THAT(a.parked(), IsEmpty());
  EXPECT_EQ(a.ledger().delivered, 1);
  EXPECT_EQ(a.ledger().received, 1);
  EXPECT_EQ(a.keys(), 1u);
  EXPECT_TRUE(adds_up(a.ledger(), a.flow().in_flight()));
}

TEST_F(Requests, that_were_accepted_before_their_event_was_parked_are_not_made_again) {
  answers("/services/A/places", 422);
  a.state({"A,two"});
  a.deliver();
  ASSERT_THAT(a.parked(), SizeIs(1));
  works_again("/services/A/places");
  a.restart();
  EXPECT_EQ(a.replay(a.parked().front().id)->end, End::kDelivered);
  EXPECT_THAT(a.partner.lines(),
              ElementsAre("PUT /services/A", "PUT /services/A/places", "PUT /services/A/places"));
  EXPECT_THAT(*a.t.store_in_memory.accepted("portale"), IsEmpty());
}

TEST_F(Requests, of_a_replay_that_finds_the_partner_away_leave_everything_as_it_is) {
  answers("/services/A", 422);
  a.state({"A,Airone"});
  a.deliver();
  answers("/services/A", 503);
  const auto before = a.ledger();
  EXPECT_FALSE(a.replay(a.parked().front().id).ok());
  EXPECT_EQ(a.parked().size(), 1u);
  EXPECT_EQ(a.ledger().parked, before.parked);
  EXPECT_EQ(a.ledger().received, before.received);
  a.restart();
  works_again("/services/A");
  EXPECT_EQ(a.replay(a.parked().front().id)->end, End::kDelivered);
}

TEST_F(Requests, tell_of_what_vanished_while_the_hub_was_away_for_long) {
  a.state({"A,Airone", "B,Brezza"});
  a.deliver();
  a.state({"B,Brezza"});
  a.state({"B,Brezza", "C,Cicogna"});
  a.t.clock.advance(std::chrono::hours(24 * 8));
  ASSERT_TRUE(a.t.backbone_in_memory.compact(std::chrono::hours(24 * 7)).ok());
  a.restart();
  a.deliver();
  ASSERT_THAT(a.partner.got, SizeIs(4));
  EXPECT_EQ(a.partner.got[2].request.method, "PUT");
  EXPECT_THAT(a.partner.lines().back(), HasSubstr("DELETE /services/"));
  EXPECT_EQ(a.deliver().counts, Counts{});
}

TEST_F(Requests, tell_a_deletion_once_however_it_is_told) {
  a.state({"A,Airone", "B,Brezza"});
  a.deliver();
  answers("/services/A", 403);
  a.state({"B,Brezza"});
  const auto pass = a.deliver();
  EXPECT_EQ(pass.counts.parked, 1);
  EXPECT_EQ(pass.counts.received, 1) << "the tombstone behind it tells nothing more";
}

TEST_F(Requests, are_made_again_from_a_log_that_was_made_anew_for_the_difference_only) {
  a.state({"A,Airone", "B,Brezza"});
  a.deliver();
  a.t.backbone.faults.fail("read", 1, error(ErrorCode::kConflict, as_is("behind the end")));
  a.state({"A,Airone", "B,Bora"});
  a.deliver();
  EXPECT_FALSE(a.failure);
  EXPECT_EQ(a.partner.got.size(), 3u);
  EXPECT_THAT(a.partner.got.back().request.body, HasSubstr("Bora"));
}

TEST_F(Requests, under_way_go_on_while_brokers_are_away) {
  a.partner.answers = [](const WebRequest&) {
    auto said = says(200);
    said.takes = 2s;
    return said;
  };
  a.state({"A,Airone"});
  a.follow(1s);
  a.t.backbone.faults.fail("read", 1, away(), When::kBefore, 15);
  a.follow(3s);
  EXPECT_FALSE(a.failure);
  EXPECT_EQ(a.ledger().delivered, 1);
}

TEST_F(Requests, take_nothing_for_gone_while_brokers_are_away) {
  answers("/services/A", 400);
  a.state({"A,Airone", "B,Brezza", "C,Cicogna"});
  a.deliver();
  a.sink.batch = 1;
  a.restart();
  a.partner.answers = [](const WebRequest&) {
    auto said = says(200);
    said.takes = 2s;
    return said;
  };
  // All is read again: A is on its way when the brokers go, and nothing else was read yet.
  a.t.backbone.faults.fail("read", 1, error(ErrorCode::kConflict, as_is("behind the end")));
  a.t.backbone.faults.fail("read", 3, away(), When::kBefore, 15);
  a.follow(1min);
  EXPECT_THAT(a.partner.lines().back(), "PUT /services/A");
  EXPECT_EQ(a.partner.got.size(), 4u) << "B and C are there";
  EXPECT_EQ(a.ledger().delivered, 3);
}

TEST_F(Requests, delete_nothing_that_came_back_while_what_vanished_was_told) {
  std::vector<std::string> rows;
  for (const char* id : {"A", "B", "C", "D", "E", "F"}) rows.push_back(std::string(id) + ",there");
  a.state(rows);
  a.deliver();
  a.state({"Z,Zefiro"});
  a.t.clock.advance(std::chrono::hours(24 * 8));
  ASSERT_TRUE(a.t.backbone_in_memory.compact(std::chrono::hours(24 * 7)).ok());
  a.settings.held_events = 2;
  a.restart();
  a.partner.answers = [](const WebRequest&) {
    auto said = says(200);
    said.takes = 1s;
    return said;
  };
  a.follow(2s);
  rows.emplace_back("Z,Zefiro");
  a.state(rows);
  a.follow(1min);
  std::string methods;
  for (const auto& got : a.partner.got) methods += got.request.method.front();
  EXPECT_EQ(methods, "PPPPPPPDDDPPP")
      << "three were told of as gone before they came back; the others are there";
}

TEST_F(Requests, are_measured_by_how_they_came_out) {
  answers("/services/A", 422);
  a.state({"A,Airone", "B,Brezza"});
  a.deliver();
  EXPECT_EQ(a.metrics.sum("asked", "portale", "4xx"), 1);
  EXPECT_EQ(a.metrics.sum("asked", "portale", "2xx"), 1);
  EXPECT_EQ(a.metrics.depths("portale", "partner").back(), 0);
}

TEST_F(Requests, are_reached_by_a_plugin_that_comes_back) {
  a.state({"A,Airone"});
  a.caller.fails = 1;
  a.deliver();
  EXPECT_TRUE(a.failure);
  a.restart();
  EXPECT_EQ(a.deliver().counts.delivered, 1);
}

}  // namespace
}  // namespace raccordo::testing
