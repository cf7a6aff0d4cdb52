// SPDX-License-Identifier: EUPL-1.2
// What a delivery by requests is not told: what vanished meanwhile, another log, brokers that are away.
#include "core/engine/delivery/tests/requests.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::SizeIs;

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

}  // namespace
}  // namespace raccordo::testing
