// SPDX-License-Identifier: EUPL-1.2
// Random steps of many bookings over a few places, at two desks, with a store that is away now and then: no
// place is sold twice, none stays empty while somebody waits who could have it, and the list says who waits.
#include <map>
#include <random>
#include <thread>

#include "core/engine/desk/booking_places.hpp"
#include "core/engine/desk/tests/town.hpp"
#include "core/ports/testing/faulty_case_store.hpp"

namespace raccordo::cases {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kTotal = 3;
constexpr int kHours = 3, kPeople = 12;

class Contested : public Town, public ::testing::WithParamInterface<unsigned> {
 protected:
  Contested() {
    terms.say("capacity", "places", {{"service", id_of("help").text()}, {"total", kTotal}});
    terms.say("offer", "hour",
              {{"service", id_of("help").text()}, {"channel", "pay"}, {"accept_minutes", 60}});
  }

  static nlohmann::json at(int hour) {
    const auto text = [&](int of) { return "2026-03-03T" + std::to_string(10 + of) + ":00:00+01:00"; };
    return {{"start", text(hour)}, {"end", text(hour + 1)}};
  }

  // One command of somebody about somebody's booking.
  CaseCommand any_command(std::mt19937& random, const std::string& who, const std::string& message) const {
    static constexpr const char* kCustomers[] = {"request", "request", "cancel", "accept_place",
                                                 "reschedule"};
    static constexpr const char* kProviders[] = {"confirm", "refuse",      "cancel",
                                                 "attend",  "offer_place", "hold"};
    const auto name = who + std::to_string(random() % kPeople) + "/" + std::to_string(random() % 4);
    nlohmann::json json{{"id", name}};
    std::string event = kCustomers[random() % std::size(kCustomers)];
    const auto id = ids_.find(name);
    const bool answers = id != ids_.end() && random() % 2 == 0;
    if (answers) event = kProviders[random() % std::size(kProviders)], json = {{"case", id->second}};
    if (event == "request") json.update({{"offer", "hour"}, {"kind", "slot"}, {"places", 1 + random() % 2}});
    if (event == "request" || event == "reschedule" || (event == "hold" && random() % 2 == 0))
      json.update(at(static_cast<int>(random() % kHours)));
    return {answers ? "agenda" : "portale", message, "c", "booking." + event + ".v1", json.dump()};
  }

  void look_at_ids() {
    for (const auto& each : *store.cases({.limit = 10'000})) ids_[each.asked_id] = each.id.text();
  }

  struct Pool {
    std::int64_t taken = 0;
    std::vector<std::pair<std::string, std::int64_t>> waiting;  // and how many places they want
  };

  // What the cases say, beside what the store counts.
  void expect_that_all_adds_up() {
    std::map<std::string, Pool> pools;
    for (int hour = 0; hour < kHours; ++hour) {
      auto json = at(hour);
      json["service"] = id_of("help").text();
      pools[*pools_of(json).begin()];
    }
    for (const auto& each : *store.cases({.limit = 10'000})) {
      const auto data = nlohmann::json::parse(each.data);
      auto& pool = pools[*pools_of(data).begin()];
      const auto places = data.value("places", std::int64_t{1});
      if (each.state == "waitlisted") pool.waiting.emplace_back(each.id.text(), places);
      if (each.state == "held" || each.state == "requested" || each.state == "confirmed")
        pool.taken += places;
    }
    for (const auto& [name, pool] : pools) expect_that_it_adds_up(name, pool);
  }
  void expect_that_it_adds_up(const std::string& name, const Pool& pool) {
    std::int64_t taken = 0;
    std::vector<Uuid> list;
    const CaseStore::Work read = [&](CaseTransaction& t) -> Status {
      RACCORDO_TRY(taken, t.taken_places(name));
      RACCORDO_TRY(list, t.waiting(name, {}, 10'000));
      return done();
    };
    ASSERT_TRUE(store.transact(std::span(&read, 1))->front().ok());
    ASSERT_EQ(taken, pool.taken) << name;
    ASSERT_LE(taken, kTotal) << name << " is sold twice";
    ASSERT_EQ(list.size(), pool.waiting.size()) << name;
    for (const auto& [id, places] : pool.waiting)
      ASSERT_GT(taken + places, kTotal) << name << ": " << id << " waits for a place that is free";
  }

  std::map<std::string, std::string> ids_;
};

TEST_P(Contested, places_are_never_sold_twice_and_never_left_while_somebody_waits) {
  std::mt19937 random(GetParam());
  testing::FaultyCaseStore faulty(store);
  CaseDesk one{{"valle-demo", ""}, {&bookings}, faulty, &seals, clock};
  for (int i = 0; i < 150; ++i) {
    const auto command = any_command(random, "p", "m" + std::to_string(i));
    if (random() % 3 == 0)
      faulty.faults.fail("within", 1 + static_cast<int>(random() % 25), testing::away(),
                         random() % 2 == 0 ? testing::When::kBefore : testing::When::kAfter);
    if (random() % 6 == 0) faulty.faults.fail("transact", 1, testing::away(), testing::When::kAfter);
    while (!one.give(std::span(&command, 1)).ok()) ASSERT_NO_FATAL_FAILURE(expect_that_all_adds_up());
    if (random() % 10 == 0) {
      clock.advance(std::chrono::minutes(random() % 20));
      for (;;) {
        const auto next = one.let_time_pass();
        if (next.ok() && *next > Duration::zero()) break;
      }
    }
    look_at_ids();
    ASSERT_NO_FATAL_FAILURE(expect_that_all_adds_up()) << i << ": " << command.type << command.json;
  }
}

TEST_P(Contested, by_two_desks_at_once_places_are_never_sold_twice) {
  CaseDesk other{{"valle-demo", ""}, {&bookings}, store, &seals, clock};
  const auto work = [&](CaseDesk& at_desk, const std::string& who, unsigned seed) {
    std::mt19937 random(seed);
    for (int i = 0; i < 80; ++i) {
      const auto command = any_command(random, who, who + std::to_string(i));
      EXPECT_TRUE(at_desk.give(std::span(&command, 1)).ok());
    }
  };
  {
    const std::jthread first([&] { work(desk, "p", GetParam()); });
    const std::jthread second([&] { work(other, "q", GetParam() + 1'000); });
  }
  expect_that_all_adds_up();
}

INSTANTIATE_TEST_SUITE_P(Seeds, Contested, ::testing::Range(1U, 5U));

}  // namespace
}  // namespace raccordo::cases
