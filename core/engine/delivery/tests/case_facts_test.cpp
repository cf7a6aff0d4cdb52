// SPDX-License-Identifier: EUPL-1.2
// Facts of cases, delivered to the partners that have a part in them.
#include <nlohmann/json.hpp>

#include "core/engine/delivery/tests/requests.hpp"

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

}  // namespace
}  // namespace raccordo::testing
