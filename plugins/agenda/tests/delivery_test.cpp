// SPDX-License-Identifier: EUPL-1.2
#include <nlohmann/json.hpp>

#include "plugins/agenda/tests/agenda_host.hpp"
#include "plugins/agenda/writing.hpp"

namespace agenda {
namespace {

using namespace raccordo;
using Json = nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string header(const Sent& sent, const std::string& name) {
  for (const auto& [key, value] : sent.headers)
    if (key == name) return value;
  return {};
}

class Deliveries : public ::testing::Test {
 protected:
  Answer tell(FakeHost& host, const std::string& data) { return host.event("booking", kCase, data); }
  // The answer to the only request of `before`.
  Answer then(FakeHost& host, const Answer& before, std::uint32_t status, const std::string& body = "",
              const Pairs& headers = {}) {
    EXPECT_THAT(before.sent, SizeIs(1)) << before;
    if (before.sent.empty()) return {};
    auto sample = Sample::response(status, body, before.sent[0].context);
    sample.headers = headers;
    return host.handle(sample);
  }
  Answer look(const std::string& events) {
    return then(automatic, tell(automatic, booking()), 207, multistatus({{"/a/x.ics", calendar(events)}}));
  }

  FakeHost automatic{raccordo_plugin_entry(), {{"service", "Assistenza domiciliare"}}};
  FakeHost by_hand{raccordo_plugin_entry(), {{"confirm", "by_hand"}}};
};

const char* kOffered = "CATEGORIES:LIBERO";
const char* kMorning = "DTSTART;TZID=Europe/Rome:20270328T080000";
const char* kNoon = "DTEND;TZID=Europe/Rome:20270328T120000";

TEST_F(Deliveries, write_a_new_event_that_a_person_confirms) {
  const auto wrote = tell(by_hand, booking());
  ASSERT_THAT(wrote.sent, SizeIs(1));
  EXPECT_EQ(wrote.sent[0].method + " " + wrote.sent[0].path, std::string("PUT /raccordo-") + kCase + ".ics");
  EXPECT_EQ(header(wrote.sent[0], "If-None-Match"), "*");
  EXPECT_THAT(wrote.sent[0].body, HasSubstr("STATUS:TENTATIVE"));
  const auto ended = then(by_hand, wrote, 201);
  EXPECT_THAT(ended.commanded, IsEmpty());
  EXPECT_THAT(ended.filtered, SizeIs(1));
}

TEST_F(Deliveries, confirm_a_time_that_the_agenda_offers) {
  const auto looked = tell(automatic, booking());
  ASSERT_THAT(looked.sent, SizeIs(1));
  EXPECT_EQ(looked.sent[0].method, "REPORT");
  EXPECT_THAT(looked.sent[0].body, HasSubstr(R"(start="20270328T070000Z" end="20270411T080000Z")"));
  const auto wrote =
      then(automatic, looked, 207, multistatus({{"/a/x.ics", calendar(event({kMorning, kNoon, kOffered}))}}));
  ASSERT_THAT(wrote.sent, SizeIs(1));
  const auto confirmed = then(automatic, wrote, 201);
  ASSERT_THAT(confirmed.commanded, SizeIs(1));
  EXPECT_EQ(confirmed.commanded[0].type, "booking.confirm.v1");
  EXPECT_EQ(Json::parse(confirmed.commanded[0].json), (Json{{"case", kCase}, {"revision", 1}}));
}

TEST_F(Deliveries, refuse_a_time_that_is_taken_and_name_the_next) {
  const auto answer = look(event({kMorning, kNoon, kOffered}) +
                           event({"DTSTART:20270328T073000Z", "DTEND:20270328T074500Z"}, "visita"));
  EXPECT_THAT(answer.sent, IsEmpty());
  ASSERT_THAT(answer.commanded, SizeIs(1));
  EXPECT_EQ(answer.commanded[0].type, "booking.refuse.v1");
  const auto reason = Json::parse(answer.commanded[0].json)["reason"];
  EXPECT_EQ(reason["code"], "slot_taken");
  EXPECT_THAT(reason["text"].get<std::string>(), HasSubstr("28/03/2027 09:45-12:00"));
}

TEST_F(Deliveries, refuse_a_time_that_nobody_offers) {
  EXPECT_EQ(Json::parse(look(event({"DTSTART:20270329T070000Z"})).commanded.at(0).json)["reason"]["code"],
            "slot_not_offered");
}

TEST_F(Deliveries, leave_to_a_person_what_nobody_can_read) {
  const auto wrote = look(event({"DTSTART;TZID=Isola:20270328T090000"}));
  ASSERT_THAT(wrote.findings, SizeIs(1));
  EXPECT_EQ(wrote.findings[0].code, "unknown_zone");
  EXPECT_THAT(then(automatic, wrote, 201).commanded, IsEmpty());
}

TEST_F(Deliveries, find_their_own_event_where_the_answer_was_lost) {
  const auto there = calendar(event({kMorning, kNoon, kOffered}));
  const auto own = new_calendar(visit());
  const auto looked = tell(automatic, booking());
  const auto wrote = then(automatic, looked, 207, multistatus({{"/a/x.ics", there}, {"/a/own.ics", own}}));
  const auto got = then(automatic, wrote, 412);
  ASSERT_THAT(got.sent, SizeIs(1));
  EXPECT_EQ(got.sent[0].method, "GET");
  const auto confirmed = then(automatic, got, 200, wrote.sent[0].body, {{"ETag", "\"1\""}});
  EXPECT_THAT(confirmed.sent, IsEmpty()) << "it says all of it already";
  EXPECT_EQ(confirmed.commanded.at(0).type, "booking.confirm.v1");
}

TEST_F(Deliveries, of_a_confirmed_booking_change_what_stands_there_and_nothing_newer) {
  const auto got = tell(by_hand, booking("confirmed", 2));
  const auto put = then(by_hand, got, 200, new_calendar(visit()), {{"ETag", "\"7\""}});
  ASSERT_THAT(put.sent, SizeIs(1));
  EXPECT_EQ(header(put.sent[0], "If-Match"), "\"7\"");
  EXPECT_THAT(put.sent[0].body, HasSubstr("STATUS:CONFIRMED"));
  EXPECT_THAT(then(by_hand, put, 204).filtered, SizeIs(1));
  const auto again = then(by_hand, put, 412);
  ASSERT_THAT(again.sent, SizeIs(1));
  EXPECT_EQ(again.sent[0].method, "GET");
  EXPECT_NE(again.sent[0].context, got.sent[0].context);
}

TEST_F(Deliveries, give_up_where_somebody_changes_it_at_every_try) {
  auto answer = tell(by_hand, booking("confirmed", 2));
  int tries = 0;
  while (!answer.sent.empty() && ++tries < 50)
    answer = then(by_hand, answer, answer.sent[0].method == "GET" ? 200 : 412, new_calendar(visit()));
  ASSERT_THAT(answer.rejected, SizeIs(1));
  EXPECT_EQ(answer.rejected[0].code, "changed_all_the_time");
}

TEST_F(Deliveries, write_a_confirmed_booking_into_an_agenda_that_does_not_have_it) {
  const auto answer = then(by_hand, tell(by_hand, booking("confirmed", 2)), 404);
  ASSERT_THAT(answer.sent, SizeIs(1));
  EXPECT_EQ(header(answer.sent[0], "If-None-Match"), "*");
  EXPECT_THAT(answer.sent[0].body, HasSubstr("STATUS:CONFIRMED"));
  EXPECT_EQ(answer.findings.at(0).code, "written_again");
  EXPECT_THAT(answer.commanded, IsEmpty()) << "a new agenda cancels nothing";
}

TEST_F(Deliveries, mark_what_is_cancelled_or_take_it_out) {
  const auto marked =
      then(by_hand, tell(by_hand, booking("cancelled_by_customer", 3)), 200, new_calendar(visit()));
  EXPECT_THAT(marked.sent.at(0).body, HasSubstr("STATUS:CANCELLED"));
  FakeHost deletes(raccordo_plugin_entry(), {{"cancelled", "delete"}});
  const auto deleted =
      then(deletes, tell(deletes, booking("refused", 3)), 200, new_calendar(visit()), {{"ETag", "\"7\""}});
  EXPECT_EQ(deleted.sent.at(0).method, "DELETE");
  EXPECT_EQ(header(deleted.sent.at(0), "If-Match"), "\"7\"");
  EXPECT_THAT(then(by_hand, tell(by_hand, booking("expired", 3)), 404).filtered, SizeIs(1))
      << "nothing to do";
}

TEST_F(Deliveries, move_what_the_customer_moved) {
  const auto created = then(by_hand, tell(by_hand, booking("requested", 3, "", kMoved)), 412);
  const auto put = then(by_hand, created, 200, new_calendar(visit("confirmed", 2)), {{"ETag", "\"7\""}});
  EXPECT_THAT(put.sent.at(0).body, HasSubstr("DTSTART;TZID=Europe/Rome:20270330T150000"));
  EXPECT_THAT(put.sent.at(0).body, HasSubstr("SEQUENCE:1"));
  EXPECT_THAT(put.sent.at(0).body, HasSubstr("STATUS:TENTATIVE")) << "the new time is to be confirmed";
}

TEST_F(Deliveries, leave_an_appointment_of_another_alone) {
  const auto got = then(by_hand, tell(by_hand, booking()), 412);
  const auto answer = then(by_hand, got, 200, calendar(event({kMorning})));
  ASSERT_THAT(answer.rejected, SizeIs(1));
  EXPECT_EQ(answer.rejected[0].code, "not_ours");
}

TEST_F(Deliveries, let_refusals_stand) {
  const auto answer = then(by_hand, tell(by_hand, booking()), 403);
  EXPECT_THAT(answer.story, IsEmpty()) << "the host parks it";
}

TEST_F(Deliveries, pass_over_what_takes_place_and_what_is_no_booking) {
  EXPECT_THAT(tell(by_hand, booking("attended", 4)).filtered, SizeIs(1));
  EXPECT_THAT(by_hand.event("enquiry", kCase, "{}").filtered, SizeIs(1));
  EXPECT_THAT(tell(by_hand, booking("requested", 1, "", R"("start":"x","end":"y")")).rejected, SizeIs(1));
}

}  // namespace
}  // namespace agenda
