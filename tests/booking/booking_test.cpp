// SPDX-License-Identifier: EUPL-1.2
// From a portal's click to the cooperative's system and back.
#include "tests/booking/booking.hpp"

#include <algorithm>

#include "adapters/control/control_client.hpp"

namespace raccordo::testing {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(Booking, reaches_the_cooperative_and_its_answer_reaches_the_portal) {
  auto daemon = start();
  const auto answer = book("p1");
  EXPECT_THAT(answer, HasSubstr(" 201 ")) << daemon.log();
  EXPECT_THAT(answer, HasSubstr("\"state\":\"requested\""));
  const auto appointment = at_cooperative.await("requested");
  ASSERT_TRUE(appointment.is_object()) << daemon.log();
  EXPECT_EQ(appointment["people"]["beneficiary"]["phone"], "0372 555100");
  EXPECT_FALSE(appointment["people"]["beneficiary"].contains("fiscal_code")) << "it sees contacts only";
  const auto status = at_portal.await("confirmed");
  ASSERT_TRUE(status.is_object()) << daemon.log();
  EXPECT_EQ(status["requested_id"], "p1");
  EXPECT_FALSE(status.contains("people"));
  call("/bookings/p1/cancel", "");
  ASSERT_TRUE(at_portal.await("cancelled_by_customer").is_object()) << daemon.log();
  at_cooperative.await_none();
  stop(daemon);
  EXPECT_THAT(daemon.log(), Not(HasSubstr("nobody will answer")));
  EXPECT_EQ(told(hub.ledger(), "portale"), "received 2 delivered 2");
}

TEST_F(Booking, refused_by_the_cooperative_is_told_to_the_portal) {
  says = 409;
  auto daemon = start();
  EXPECT_THAT(book("p1"), HasSubstr(" 201 "));
  const auto status = at_portal.await("refused");
  ASSERT_TRUE(status.is_object()) << daemon.log();
  EXPECT_EQ(status["reason"]["code"], "slot_taken");
  stop(daemon);
}

TEST_F(Booking, of_the_last_place_goes_to_one) {
  auto daemon = start();
  EXPECT_THAT(book("piero"), HasSubstr("\"state\":\"requested\""));
  EXPECT_THAT(book("nadia"), HasSubstr("\"state\":\"waitlisted\""));
  stop(daemon);
}

// Beside the portal, a counter of the municipality.
class TwoPortals : public Booking {
 protected:
  void SetUp() override {
    keep_secret(hub, "sportello", "altro");
    hub.configure(connectors() + R"(
  - id: sportello
    plugin: counter
    from: {webhook: {auth: {bearer: {secret: sportello}}}}
  - id: sportello-esiti
    plugin: counter
    partner: sportello
    subscribe: {topics: [bookings]}
    to: )" + partner_at(counter.url("")),
                  about_people_);
    Booking::SetUp();
  }
  void speak_as(const std::string& who, const std::string& key) { asks_ = who, key_ = key; }

  PartnerSystem at_counter;
  WebPartner counter{[this](const Asked& asked) { return at_counter.take(asked); }};
};

TEST_F(TwoPortals, a_place_that_one_gives_up_goes_to_who_waits_at_the_other) {
  auto daemon = start();
  EXPECT_THAT(book("piero"), HasSubstr("\"state\":\"requested\""));
  ASSERT_TRUE(at_portal.await("confirmed").is_object()) << daemon.log();
  speak_as("sportello", "altro");
  EXPECT_THAT(book("nadia"), HasSubstr("\"state\":\"waitlisted\""));
  speak_as("portale", "gettone");
  EXPECT_THAT(call("/bookings/piero/cancel", ""), HasSubstr(" 201 "));
  const auto offered = at_counter.await("\"state\":\"held\"");
  ASSERT_TRUE(offered.is_object()) << daemon.log();
  EXPECT_EQ(offered["requested_id"], "nadia");
  EXPECT_EQ(offered["awaits"], "customer");
  ASSERT_TRUE(at_portal.await("cancelled_by_customer").is_object()) << daemon.log();
  speak_as("sportello", "altro");
  EXPECT_THAT(call("/bookings/nadia/accept_place", ""), HasSubstr("\"state\":\"requested\""));
  const auto confirmed = at_counter.await("\"state\":\"confirmed\"");
  ASSERT_TRUE(confirmed.is_object()) << daemon.log();
  EXPECT_TRUE(at_cooperative.await(offered["id"].get<std::string>()).is_object());
  EXPECT_FALSE(at_portal.knows_of("nadia")) << "each is told of its own";
  EXPECT_FALSE(at_counter.knows_of("piero"));
  stop(daemon);
}

TEST_F(Booking, asked_for_again_under_the_same_name_is_one) {
  auto daemon = start();
  const auto first = book("p1", "m1");
  EXPECT_EQ(Json::parse(first.substr(first.find("\r\n\r\n"))), [&] {
    const auto again = book("p1", "m1");
    return Json::parse(again.substr(again.find("\r\n\r\n")));
  }());
  EXPECT_THAT(call("/bookings", R"({"id":"p2"})", "m1"), HasSubstr(" 409 "));
  ASSERT_TRUE(at_portal.await("confirmed").is_object()) << daemon.log();
  stop(daemon);
  EXPECT_EQ(hub.events("bookings").size(), 2u) << "requested and confirmed";
}

// A key that changes is not configuration: the file that names it stays as it was.
TEST_F(Booking, is_asked_for_with_the_new_key_once_a_reload_was_asked_for_over_the_socket) {
  auto daemon = start();
  hub.write("secrets/portale", "nuovo");
  const auto client = ControlClient::open(hub.path("var"));
  ASSERT_TRUE(client.ok()) << client.error().message.en;
  EXPECT_THAT((*client)->perform(R"({"do":"reload"})"), HasSubstr("\"ok\":true"));
  EXPECT_THAT(call("/bookings", "{}"), HasSubstr(" 401 "));
  key_ = "nuovo";
  EXPECT_THAT(book("p1"), HasSubstr(" 201 "));
  stop(daemon);
}

TEST_F(Booking, survives_that_the_hub_is_killed) {
  auto daemon = start();
  EXPECT_THAT(book("p1"), HasSubstr(" 201 "));
  daemon.signal(SIGKILL);
  EXPECT_NE(daemon.wait(), 0);
  auto again = start();
  ASSERT_TRUE(at_portal.await("confirmed").is_object()) << again.log();
  EXPECT_THAT(book("p1"), HasSubstr("p1"));
  stop(again);
}

}  // namespace
}  // namespace raccordo::testing
