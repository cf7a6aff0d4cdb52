// SPDX-License-Identifier: EUPL-1.2
// Facts of cases, delivered to the partners that have a part in them.
#include <nlohmann/json.hpp>

#include "core/engine/delivery/tests/requests.hpp"
#include "core/engine/ledger/parked.hpp"

namespace raccordo::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kPeople = R"({"applicant":{"fiscal_code":"VRDLCU80A01D150V","phone":"0372 555100"}})";

class CaseFacts : public Requests {
 protected:
  CaseFacts() {
    a.sink.topics = {"welfare.bookings"};
    a.restart();
    a.tell(fact("p0", "nobody", 1));  // the topic is there
    a.deliver();
    a.partner.got.clear();
  }

  std::string fact(const std::string& name, const std::string& asked_by, int revision,
                   const std::string& state = "requested") {
    const auto id = uuid_v5(kNamespaceUrl, name);
    const auto key = a.seals.begin(id);
    return nlohmann::json{{"specversion", "1.0"},
                          {"id", uuid_v5(id, std::to_string(revision)).text()},
                          {"type", "it.raccordo.booking." + state + ".v1"},
                          {"source", "urn:raccordo:valle"},
                          {"subject", id.text()},
                          {"revision", revision},
                          {"datacontenttype", "application/json"},
                          {"data",
                           {{"id", id.text()},
                            {"requested_by", asked_by},
                            {"revision", revision},
                            {"state", state},
                            {"people", nlohmann::json::parse(sealed_people(*key, kPeople, 1))}}}}
        .dump();
  }
};

TEST_F(CaseFacts, go_to_the_partner_that_asked_and_to_nobody_else) {
  a.tell(fact("p1", "portale", 1));
  a.tell(fact("p2", "altri", 1));
  const auto pass = a.deliver();
  EXPECT_EQ(pass.counts.delivered, 1);
  EXPECT_EQ(pass.counts.filtered, 1);
  EXPECT_THAT(a.partner.got, SizeIs(1));
}

TEST_F(CaseFacts, are_delivered_one_after_the_other_although_nothing_else_changed) {
  a.tell(fact("p1", "portale", 1));
  const auto confirmed = fact("p1", "portale", 2, "confirmed");
  a.tell(confirmed);
  a.tell(confirmed);
  const auto pass = a.deliver();
  EXPECT_EQ(pass.counts.delivered, 2);
  EXPECT_EQ(pass.counts.unchanged, 1) << "told twice";
  EXPECT_THAT(a.partner.got.at(0).request.body, HasSubstr("requested"));
  EXPECT_THAT(a.partner.got.at(1).request.body, HasSubstr("confirmed"));
}

TEST_F(CaseFacts, say_nothing_about_people_to_whom_may_not_see_it) {
  a.tell(fact("p1", "portale", 1));
  a.deliver();
  EXPECT_THAT(a.partner.got.at(0).request.body, AllOf(Not(HasSubstr("0372")), Not(HasSubstr("people"))));
}

TEST_F(CaseFacts, say_what_the_connector_may_see) {
  a.sink.classes = {"contact"};
  a.restart();
  a.tell(fact("p1", "portale", 1));
  a.deliver();
  EXPECT_THAT(a.partner.got.at(0).request.body,
              AllOf(HasSubstr("0372 555100"), Not(HasSubstr("VRDLCU80A01D150V"))));
}

TEST_F(CaseFacts, that_cannot_be_opened_are_parked_as_they_were_sealed) {
  a.sink.classes = {"contact"};
  a.restart();
  a.tell(fact("p1", "portale", 1));
  a.seals.lose_keys();
  EXPECT_EQ(a.deliver().counts.parked, 1);
  EXPECT_EQ(a.parked().front().reason, "sealed");
  EXPECT_THAT(a.parked().front().original.bytes, HasSubstr("\"sealed\""));
}

TEST_F(CaseFacts, delete_nothing_when_all_is_read_again) {
  a.tell(fact("p1", "portale", 1));
  a.deliver();
  a.t.backbone_in_memory.make_anew();
  a.tell(fact("p2", "portale", 1));
  a.deliver();
  for (const auto& line : a.partner.lines()) EXPECT_THAT(line, Not(HasSubstr("DELETE")));
}

// The first of three facts of a case is refused by the plugin.
class ParkedFacts : public CaseFacts {
 protected:
  ParkedFacts() {
    a.tell(fact("p1", "portale", 1, "unwanted"));
    a.tell(fact("p1", "portale", 2, "confirmed"));
    a.tell(fact("p2", "portale", 1));
    pass = a.deliver();
  }
  Pass pass;
};

TEST_F(ParkedFacts, keep_what_is_told_later_of_their_case_behind_them_and_hold_up_nobody_else) {
  EXPECT_EQ(pass.counts.parked, 2);
  EXPECT_EQ(pass.counts.delivered, 1);
  ASSERT_THAT(a.parked(), SizeIs(2));
  EXPECT_EQ(a.parked()[1].reason, "case_waits");
  a.restart();
  a.tell(fact("p1", "portale", 3, "attended"));
  EXPECT_EQ(a.deliver().counts.parked, 1) << "also after a restart";
  EXPECT_THAT(a.partner.got, SizeIs(1));
}

TEST_F(ParkedFacts, are_put_through_again_in_their_order_and_the_case_goes_on) {
  const auto parked = a.parked();
  a.caller.accepts_unwanted = true;
  const auto early = a.replay(parked[1].id);
  EXPECT_TRUE(early->refused);
  EXPECT_EQ(early->why.reason, "case_waits");
  EXPECT_EQ(early->why.text.en,
            fmt::format("of the same case record {} was parked before it: raccordo parked replay puts "
                        "them through in order",
                        parked[0].id));
  EXPECT_EQ(a.replay(parked[0].id)->end, End::kDelivered);
  EXPECT_EQ(a.replay(parked[1].id)->end, End::kDelivered);
  a.tell(fact("p1", "portale", 3, "attended"));
  EXPECT_EQ(a.deliver().counts.delivered, 1);
  ASSERT_THAT(a.partner.got, SizeIs(4));
  EXPECT_THAT(a.partner.got[1].request.body, HasSubstr("unwanted"));
  EXPECT_THAT(a.partner.got[2].request.body, HasSubstr("confirmed"));
  EXPECT_THAT(a.partner.got[3].request.body, HasSubstr("attended"));
  EXPECT_THAT(a.parked(), IsEmpty());
}

TEST_F(ParkedFacts, given_up_by_a_person_hold_nothing_up_any_more) {
  for (const auto& record : a.parked())
    ASSERT_TRUE(
        a.t.store_in_memory.move("portale", set_aside(record.id, ParkedState::kDiscarded, a.t.clock.now()))
            .ok());
  a.tell(fact("p1", "portale", 3, "attended"));
  EXPECT_EQ(a.deliver().counts.delivered, 1);
}

}  // namespace
}  // namespace raccordo::testing
