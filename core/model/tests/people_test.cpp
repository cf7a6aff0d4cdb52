// SPDX-License-Identifier: Apache-2.0
// What says something about a person is taken out of a case and put back, to the byte.
#include "raccordo/model/people.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/model/tests/random_entity.hpp"
#include "raccordo/model/case/booking.hpp"
#include "raccordo/model/case/booking_request.hpp"
#include "raccordo/model/case/enquiry.hpp"
#include "raccordo/model/pieces.hpp"
#include "raccordo/model/validate.hpp"

namespace raccordo {
namespace {

using testing::HasSubstr;
using testing::Not;

// A case of which several people each say something, in a list beside what is nobody's.
struct Guest {
  std::optional<Person> person;
  std::optional<std::int64_t> seats;

  static constexpr auto describe() {
    using G = Guest;
    return part("guest", {"Ospite", "Guest"}, field("person", &G::person, "Persona", "Person"),
                field("seats", &G::seats, "Posti", "Seats"));
  }
};

struct Party {
  std::vector<Guest> guests;
  std::vector<std::string> notes;
  std::optional<std::string> place;

  static constexpr auto describe() {
    using P = Party;
    return part("party", {"Festa", "Party"}, field("guests", &P::guests, "Ospiti", "Guests"),
                field("notes", &P::notes, "Note", "Notes").person("note"),
                field("place", &P::place, "Luogo", "Place"));
  }
};

// Whether a field of one of these classes stands anywhere in it; of any class, without them.
bool speaks_of_people(std::string_view json, const Schema& schema, std::string_view people_class = {}) {
  json::Pieces members(json);
  while (members.next()) {
    const Field* field = schema.find(members.key());
    if (field == nullptr) return true;
    if (!field->people.empty() && (people_class.empty() || field->people == people_class)) return true;
    if (field->object == nullptr || !field->people.empty()) continue;
    if (!field->list && speaks_of_people(members.value(), *field->object, people_class)) return true;
    json::Pieces items(field->list ? members.value() : "[]");
    while (items.next())
      if (speaks_of_people(items.value(), *field->object, people_class)) return true;
  }
  return false;
}

template <typename T>
void holds_for() {
  const auto& schema = schema_of<T>();
  std::size_t speaking = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    Dice dice(seed);
    const auto whole = encode(random_entity<T>(dice));
    const auto apart = take_people(whole, schema);
    ASSERT_TRUE(apart.ok()) << whole;
    speaking += apart->people != "{}";
    ASSERT_FALSE(speaks_of_people(apart->open, schema)) << apart->open;
    ASSERT_EQ(*put_all_back(apart->open, apart->people, schema), whole);
    constexpr std::string_view kEvery[] = {"contact", "identity", "note"};
    ASSERT_EQ(*put_back(apart->open, apart->people, schema, kEvery), whole);
    ASSERT_EQ(*put_back(apart->open, "{}", schema, kEvery), apart->open);
    for (std::size_t i = 0; i < 3; ++i) {
      const auto seen = put_back(apart->open, apart->people, schema, std::span(kEvery).subspan(i, 1));
      ASSERT_TRUE(seen.ok());
      for (const auto other : kEvery)
        ASSERT_TRUE(other == kEvery[i] || !speaks_of_people(*seen, schema, other)) << other << ' ' << *seen;
    }
  }
  EXPECT_GT(speaking, 100u);
}

TEST(PeoplesData, leaves_nothing_behind_and_comes_back_to_the_byte) {
  holds_for<BookingRequest>();
  holds_for<Booking>();
  holds_for<EnquiryRequest>();
  holds_for<Party>();
}

TEST(PeoplesData, comes_back_for_the_classes_that_may_be_seen) {
  const std::string_view json =
      R"({"id":"P-1","kind":"slot","people":{"applicant":{"name":"Maria","phone":"0372 1"},"note":"citofono"}})";
  const auto& schema = schema_of<BookingRequest>();
  const auto apart = take_people(json, schema);
  ASSERT_TRUE(apart.ok());
  EXPECT_EQ(apart->open, R"({"id":"P-1","kind":"slot"})");
  EXPECT_EQ(apart->people, R"({"people":{"applicant":{"name":"Maria","phone":"0372 1"},"note":"citofono"}})");
  constexpr std::string_view kContact[] = {"contact"};
  EXPECT_EQ(*put_back(apart->open, apart->people, schema, kContact),
            R"({"id":"P-1","kind":"slot","people":{"applicant":{"phone":"0372 1"}}})");
  EXPECT_EQ(*put_back(apart->open, apart->people, schema, {}), apart->open);
}

TEST(PeoplesData, of_each_item_of_a_list_stays_at_its_place) {
  const std::string_view json =
      R"({"guests":[{"seats":1},{"person":{"name":"Ada"}},{"person":{"name":"Bo"},"seats":2}],"notes":["x"]})";
  const auto& schema = schema_of<Party>();
  const auto apart = take_people(json, schema);
  EXPECT_EQ(apart->open, R"({"guests":[{"seats":1},{},{"seats":2}]})");
  EXPECT_EQ(apart->people,
            R"({"guests":[{},{"person":{"name":"Ada"}},{"person":{"name":"Bo"}}],"notes":["x"]})");
  EXPECT_EQ(*put_all_back(apart->open, apart->people, schema), json);
}

TEST(PeoplesData, is_not_told_apart_where_a_field_is_not_known) {
  const auto& schema = schema_of<BookingRequest>();
  EXPECT_FALSE(take_people(R"({"id":"1","nome":"Maria"})", schema).ok());
  EXPECT_FALSE(take_people(R"({"people":{"applicant":{"nome":"Maria"}}})", schema).ok());
  EXPECT_FALSE(take_people(R"({"id": "1"})", schema).ok()) << "not canonical";
  EXPECT_FALSE(take_people("", schema).ok());
  EXPECT_THAT(take_people(R"({"nome":"Maria"})", schema).error().message.en, Not(HasSubstr("Maria")));
}

TEST(PeoplesData, of_another_text_is_not_put_back) {
  const auto& schema = schema_of<Party>();
  for (const auto* people : {R"({"guests":[{}]})", R"({"place":"Lecco"})", R"({"other":1})", "[]", ""})
    EXPECT_FALSE(put_all_back(R"({"guests":[{"seats":1},{}],"place":"Como"})", people, schema).ok())
        << people;
  EXPECT_FALSE(put_all_back(R"({"guests":[{}]})", R"({"guests":{"a":{}}})", schema).ok());
  EXPECT_FALSE(take_people(R"({"guests":{"a":{}}})", schema).ok());
  EXPECT_FALSE(put_all_back(R"({"notes":["x"]})", R"({"notes":["y"]})", schema).ok());
}

}  // namespace
}  // namespace raccordo
