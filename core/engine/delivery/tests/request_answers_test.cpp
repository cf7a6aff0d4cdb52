// SPDX-License-Identifier: EUPL-1.2
// Requests whose answer the plugin hears.
#include "core/engine/delivery/tests/requests.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

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

TEST_F(Requests, that_only_ask_carry_no_key_and_are_asked_again_not_kept) {
  a.state({"A,looked"});
  a.partner.answers = [this](const WebRequest& request) {
    auto said = says(200, "what the partner says of others");
    if (request.method == "PUT") said.takes = std::chrono::hours(1);
    return said;
  };
  a.follow(5s);
  EXPECT_THAT(a.partner.lines(), ElementsAre("REPORT /look", "PUT /services/A"));
  EXPECT_EQ(a.partner.got.front().key, "");
  a.restart();
  a.partner.answers = [](const WebRequest&) { return says(200); };
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  EXPECT_THAT(a.partner.lines(),
              ElementsAre("REPORT /look", "PUT /services/A", "REPORT /look", "PUT /services/A"));
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

}  // namespace
}  // namespace raccordo::testing
