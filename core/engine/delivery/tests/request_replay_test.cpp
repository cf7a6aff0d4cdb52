// SPDX-License-Identifier: EUPL-1.2
// Requests of events that are replayed.
#include "core/engine/delivery/tests/requests.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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

TEST_F(Requests, after_a_rest_replay_what_was_parked) {
  a.state({"A,unwanted"});
  a.follow(1s);
  a.flow().rest();
  a.caller.accepts_unwanted = true;
  const auto replayed = a.replay(a.parked().front().id);
  ASSERT_TRUE(replayed.ok()) << replayed.error().message.en;
  EXPECT_EQ(replayed->end, End::kDelivered);
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

}  // namespace
}  // namespace raccordo::testing
