// SPDX-License-Identifier: EUPL-1.2
// Cases over a backbone: what the catalogue says there, and what is told there.
#include "core/engine/desk/case_lane.hpp"

#include "core/engine/desk/relay.hpp"
#include "core/engine/desk/tests/town.hpp"
#include "core/ports/testing/faulty_backbone.hpp"
#include "core/ports/testing/faulty_case_store.hpp"
#include "core/ports/testing/memory_backbone.hpp"
#include "core/ports/testing/recording_log.hpp"

namespace raccordo::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class Lane : public ::testing::Test {
 protected:
  Lane() {
    const std::vector<TopicSettings> topics{{"welfare.organizations", true}, {"welfare.services", true},
                                            {"welfare.offers", true},        {"welfare.accreditations", true},
                                            {"welfare.bookings", false},     {"welfare.enquiries", false},
                                            {"welfare.wallets", false}};
    EXPECT_TRUE(memory.ensure(topics).ok());
    clock.set(WallTime(std::chrono::milliseconds(*unix_ms_of("2026-03-02T08:00:00+01:00"))));
  }

  void say(const std::string& topic, const std::string& kind, const std::string& name, nlohmann::json data,
           const std::string& connector = "agenda") {
    const auto id = id_of(name);
    data["id"] = id.text();
    data["source_id"] = name;
    const auto event = nlohmann::json{
        {"specversion", "1.0"},
        {"id", Uuid::random().text()},
        {"type", "it.raccordo." + kind + ".changed.v1"},
        {"source", "urn:raccordo:valle-demo:" + connector},
        {"subject", id.text()},
        {"datacontenttype", "application/json"},
        {"data", data}}.dump();
    const Message message{topic, id, event};
    ASSERT_TRUE(memory.append(std::span(&message, 1)).ok());
  }
  void forget(const std::string& topic, const std::string& name) {
    const Message message{topic, id_of(name), std::nullopt};
    ASSERT_TRUE(memory.append(std::span(&message, 1)).ok());
  }
  void say_the_hour() {
    say("welfare.services", "service", "help", {{"organization", id_of("airone").text()}});
    say("welfare.offers", "offer", "hour", {{"service", id_of("help").text()}, {"channel", "pay"}});
  }
  Result<std::vector<CaseOutcome>> request(const std::string& id,
                                           const nlohmann::json& more = nlohmann::json::object()) {
    nlohmann::json json{{"id", id},
                        {"offer", id_of("hour").text()},
                        {"kind", "slot"},
                        {"start", "2026-03-03T09:00:00+01:00"},
                        {"end", "2026-03-03T10:00:00+01:00"}};
    json.update(more);
    const CaseCommand command{"portale", "message " + id, "c", "booking.request.v1", json.dump()};
    return lane.give(std::span(&command, 1));
  }
  std::string state_of_request(const std::string& id) {
    const auto outcomes = request(id, {{"entitlement", id_of("ada").text()}});
    EXPECT_TRUE(outcomes.ok());
    return outcomes.ok() ? nlohmann::json::parse(outcomes->front().data).value("state", "") : "";
  }
  std::size_t booked() {
    const auto read =
        memory.read("welfare.bookings", *memory.begin("welfare.bookings"), 100, Duration::zero());
    return read.ok() ? (*read)->messages.size() : 0;
  }

  testing::SimulatedClock clock;
  testing::MemoryBackbone memory{clock};
  testing::FaultyBackbone backbone{memory};
  testing::MemoryCaseStore store{clock};
  testing::ClearSeals seals;
  testing::RecordingLog log;
  int told = 0;
  CaseLane lane{
      {"valle-demo", ""}, Language::kEnglish, {backbone, store, &seals, clock, log}, [this] { ++told; }};
};

TEST_F(Lane, knows_a_provider_by_its_tax_number_whoever_speaks_of_it) {
  const auto by = [&](const char* source, const char* name) {
    say("welfare.organizations", "organization", name, {{"name", name}, {"fiscal_code", "01234567897"}},
        source);
  };
  by("agenda", "airone");
  by("comune", "coop-7");
  say("welfare.services", "service", "help",
      {{"organization", id_of("airone").text()}, {"unit_type", "sad"}});
  say("welfare.offers", "offer", "hour",
      {{"service", id_of("help").text()}, {"channel", "municipal_entitlement"}});
  say("welfare.accreditations", "entitlement", "ada", {{"issuer", id_of("valfiorita").text()}}, "comune");
  const auto accredit = [&](const char* state) {
    say("welfare.accreditations", "accreditation", "act-12",
        {{"provider", id_of("coop-7").text()},
         {"unit_types", {"sad"}},
         {"state", state},
         {"act", {{"number", "DD 12/2026"}}}},
        "comune");
    ASSERT_TRUE(lane.turn().ok());
  };
  accredit("granted");
  EXPECT_EQ(state_of_request("p1"), "requested");
  accredit("suspended");
  EXPECT_EQ(state_of_request("p2"), "refused");
}

TEST_F(Lane, takes_no_step_before_it_knows_the_catalogue) {
  say_the_hour();
  const auto early = request("p1");
  ASSERT_FALSE(early.ok());
  EXPECT_EQ(early.error().code, ErrorCode::kUnavailable);
  ASSERT_TRUE(lane.turn().ok());
  EXPECT_TRUE(request("p1")->front().accepted);
}

TEST_F(Lane, knows_what_the_catalogue_says_and_no_longer_what_it_took_back) {
  say_the_hour();
  ASSERT_TRUE(lane.turn().ok());
  EXPECT_TRUE(request("p1")->front().accepted);
  EXPECT_EQ(store.cases({})->front().answered_by, "agenda") << "the source of the offer";
  forget("welfare.offers", "hour");
  ASSERT_TRUE(lane.turn().ok());
  EXPECT_FALSE(request("p2")->front().accepted);
}

TEST_F(Lane, reads_all_again_from_a_log_that_was_made_anew) {
  say_the_hour();
  ASSERT_TRUE(lane.turn().ok());
  memory.make_anew();
  ASSERT_TRUE(lane.turn().ok());
  say_the_hour();
  ASSERT_TRUE(lane.turn().ok());
  EXPECT_TRUE(request("p1")->front().accepted);
}

TEST_F(Lane, tells_the_backbone_once) {
  say_the_hour();
  ASSERT_TRUE(lane.turn().ok());
  ASSERT_TRUE(request("p1").ok());
  ASSERT_TRUE(lane.turn().ok());
  ASSERT_TRUE(lane.turn().ok());
  EXPECT_EQ(booked(), 1u);
  EXPECT_EQ(told, 1);
}

// What this daemon has, as the test says.
class Has final : public Fences {
 public:
  Result<Fence> of(const std::string&) const override {
    if (!lease) return error(ErrorCode::kConflict, as_is("nodo-b works at it"));
    return Fence(*lease);
  }
  std::optional<Lease> lease;
};

TEST_F(Lane, tells_and_lets_time_pass_only_where_that_is_its_own_among_several) {
  Has has;
  int heard = 0;
  CaseLane one{
      {"valle-demo", ""}, Language::kEnglish, {backbone, store, &seals, clock, log, &has}, [&] { ++heard; }};
  say_the_hour();
  ASSERT_TRUE(lane.turn().ok());
  ASSERT_TRUE(one.turn().ok());
  ASSERT_TRUE(request("p1").ok());
  ASSERT_TRUE(one.turn().ok());
  EXPECT_EQ(booked(), 0u) << "another daemon tells it";
  EXPECT_EQ(heard, 0);
  ASSERT_TRUE(lane.turn().ok());
  ASSERT_TRUE(one.turn().ok());
  EXPECT_EQ(heard, 1) << "what others told wakes the deliveries here";
  has.lease = store.lease(kLeaseOfCases, "nodo-a", 1'000).value();
  clock.advance(std::chrono::hours(24 * 6));  // nobody answered
  ASSERT_TRUE(one.turn().ok());
  ASSERT_TRUE(one.turn().ok());
  EXPECT_EQ(store.cases({})->front().state, "expired");
  EXPECT_EQ(booked(), 2u);
}

TEST_F(Lane, tells_nothing_with_a_lease_that_another_daemon_took) {
  Has has;
  CaseLane one{{"valle-demo", ""}, Language::kEnglish, {backbone, store, &seals, clock, log, &has}, [] {}};
  say_the_hour();
  ASSERT_TRUE(lane.turn().ok());
  ASSERT_TRUE(request("p1").ok());
  has.lease = store.lease(kLeaseOfCases, "nodo-a", 1'000).value();
  clock.advance(std::chrono::seconds(2));
  ASSERT_TRUE(store.lease(kLeaseOfCases, "nodo-b", 1'000).value());
  const auto late = one.turn();
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code, ErrorCode::kConflict);
  EXPECT_EQ(store.to_tell(10)->size(), 1u) << "it is left to the one who works at it now";
}

TEST_F(Lane, tells_later_what_brokers_did_not_take) {
  say_the_hour();
  ASSERT_TRUE(lane.turn().ok());
  ASSERT_TRUE(request("p1").ok());
  backbone.faults.fail("append", 1, error(ErrorCode::kUnavailable, as_is("away")));
  EXPECT_FALSE(lane.turn().ok());
  EXPECT_EQ(booked(), 0u);
  EXPECT_TRUE(lane.turn().ok());
  EXPECT_EQ(booked(), 1u);
}

TEST_F(Lane, tells_the_same_event_again_where_nobody_noted_that_it_was_told) {
  say_the_hour();
  ASSERT_TRUE(lane.turn().ok());
  ASSERT_TRUE(request("p1").ok());
  backbone.faults.fail("append", 1, error(ErrorCode::kUnavailable, as_is("lost")), testing::When::kAfter);
  EXPECT_FALSE(lane.turn().ok());
  EXPECT_TRUE(lane.turn().ok());
  const auto read = memory.read("welfare.bookings", *memory.begin("welfare.bookings"), 100, Duration::zero());
  ASSERT_THAT((*read)->messages, SizeIs(2));
  EXPECT_EQ((*read)->messages[0].value, (*read)->messages[1].value);
}

TEST_F(Lane, says_once_whose_offers_nobody_answers_or_several_do) {
  testing::RecordingLog findings;
  CaseLane answered{{"valle-demo", "", Answerers{{"agenda", {"agenda"}}, {"airone", {"a", "b"}}}},
                    Language::kEnglish,
                    {backbone, store, &seals, clock, findings},
                    [] {}};
  say_the_hour();
  ASSERT_TRUE(answered.turn().ok());
  EXPECT_THAT(findings.lines(), SizeIs(0));
  say("welfare.offers", "offer", "nobody's", {{"channel", "pay"}}, "catalogo");
  say("welfare.offers", "offer", "also nobody's", {{"channel", "pay"}}, "catalogo");
  say("welfare.offers", "offer", "two's", {{"channel", "pay"}, {"answered_by", "airone"}}, "catalogo");
  ASSERT_TRUE(answered.turn().ok());
  ASSERT_THAT(findings.lines(), SizeIs(2));
  EXPECT_THAT(findings.lines()[1].message,
              ::testing::HasSubstr("no connector of \"catalogo\" is told of bookings"));
  EXPECT_THAT(findings.lines()[1].message, ::testing::HasSubstr("2 offers"));
  EXPECT_THAT(findings.lines()[0].message,
              ::testing::HasSubstr("several connectors of \"airone\" may answer: a, b"));
  say("welfare.offers", "offer", "nobody's", {{"channel", "pay"}, {"description", "x"}}, "catalogo");
  ASSERT_TRUE(answered.turn().ok());
  EXPECT_THAT(findings.lines(), SizeIs(2));
}

TEST_F(Lane, offers_places_that_come_with_the_catalogue_to_those_who_wait) {
  say_the_hour();
  say("welfare.offers", "capacity", "places", {{"service", id_of("help").text()}, {"total", 1}});
  ASSERT_TRUE(lane.turn().ok());
  ASSERT_TRUE(request("p1").ok());
  ASSERT_TRUE(request("p2").ok());
  const auto waits = [&] { return store.cases({.state = "waitlisted"})->size(); };
  EXPECT_EQ(waits(), 1u);
  ASSERT_TRUE(lane.turn().ok());
  EXPECT_EQ(waits(), 1u);
  say("welfare.offers", "capacity", "places", {{"service", id_of("help").text()}, {"total", 2}});
  ASSERT_TRUE(lane.turn().ok());
  EXPECT_EQ(waits(), 0u);
}

TEST(Times, are_read_as_the_standard_writes_them) {
  EXPECT_EQ(unix_ms_of("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(unix_ms_of("2026-03-02T08:00:00+01:00"), 1'772'434'800'000);
  EXPECT_EQ(unix_ms_of("2026-03-02T07:00:00.250Z"), 1'772'434'800'250);
  EXPECT_EQ(unix_ms_of("2026-03-02T01:30:00-05:30"), 1'772'434'800'000);
  EXPECT_EQ(unix_ms_of("2026-03-02"), std::nullopt);
  EXPECT_EQ(unix_ms_of("yesterday"), std::nullopt);
}

TEST(Times, have_their_day_in_rome_across_summer_time) {
  EXPECT_EQ(date_in_rome(*unix_ms_of("2026-03-28T23:30:00Z")), "2026-03-29");
  EXPECT_EQ(date_in_rome(*unix_ms_of("2026-03-29T22:30:00Z")), "2026-03-30") << "summer time began";
  EXPECT_EQ(date_in_rome(*unix_ms_of("2026-03-29T21:30:00Z")), "2026-03-29");
  EXPECT_EQ(date_in_rome(*unix_ms_of("2026-10-25T22:30:00Z")), "2026-10-25") << "and ended";
  EXPECT_EQ(date_in_rome(*unix_ms_of("2026-10-25T23:30:00Z")), "2026-10-26");
}

class LaneAtNight : public Lane {
 protected:
  void credit(const std::string& last_day) {
    const wallets::Credit credit{id_of("credit to " + last_day),
                                 "po",
                                 "luca",
                                 {30'000, "EUR"},
                                 "f_ter",
                                 last_day,
                                 id_of("file"),
                                 "2026-03-02",
                                 1};
    const CaseStore::Work work = [&](CaseTransaction& transaction) {
      return lane.book().credit(transaction, credit);
    };
    ASSERT_TRUE(store.transact(std::span(&work, 1))->front().ok());
  }
  std::int64_t expired() {
    std::int64_t all = 0;
    for (const auto& wallet : *store.wallets("")) all += wallet.expired;
    return all;
  }
  std::size_t movements() {
    std::size_t all = 0;
    for (const auto& wallet : *store.wallets("")) all += store.movements(wallet.id)->size();
    return all;
  }
  void turn_at(const std::string& time) {
    clock.set(WallTime(std::chrono::milliseconds(*unix_ms_of(time))));
    ASSERT_TRUE(lane.turn().ok());
  }
};

TEST_F(LaneAtNight, expires_what_ended_when_the_day_changes_in_rome) {
  credit("2026-03-02");
  credit("2026-03-03");
  turn_at("2026-03-02T23:59:59+01:00");
  EXPECT_EQ(expired(), 0);
  turn_at("2026-03-03T00:00:01+01:00");
  EXPECT_EQ(expired(), 30'000) << "in Rome, where it is still yesterday in UTC";
  turn_at("2026-03-03T12:00:00+01:00");
  EXPECT_EQ(expired(), 30'000);
  turn_at("2026-03-04T00:00:01+01:00");
  EXPECT_EQ(expired(), 60'000);
}

// What it took up before others took over it cannot end.
class FencesOfTheNight final : public Fences {
 public:
  [[nodiscard]] Result<Fence> of(const std::string&) const override { return Fence(lease); }
  Lease lease;
};

TEST_F(LaneAtNight, changes_nothing_where_another_daemon_took_over) {
  credit("2026-03-02");
  FencesOfTheNight fences;
  fences.lease = store.lease(kLeaseOfCases, "a", 10)->value();
  clock.advance(std::chrono::seconds(1));
  ASSERT_TRUE(store.lease(kLeaseOfCases, "b", 10'000'000'000)->has_value());
  CaseLane lost({"valle-demo", ""}, Language::kEnglish, {backbone, store, &seals, clock, log, &fences}, [] {},
                {.employers = {{"po", "meccanica"}}});
  clock.set(WallTime(std::chrono::milliseconds(*unix_ms_of("2026-03-03T00:00:01+01:00"))));
  EXPECT_FALSE(lost.turn().ok());
  EXPECT_EQ(expired(), 0);
  EXPECT_EQ(movements(), 1u) << "credit";
}

TEST_F(LaneAtNight, expires_each_once_though_the_hub_starts_anew_at_night) {
  credit("2026-03-02");
  turn_at("2026-03-03T00:00:01+01:00");
  CaseLane again({"valle-demo", ""}, Language::kEnglish, {backbone, store, &seals, clock, log}, [] {});
  ASSERT_TRUE(again.turn().ok());
  EXPECT_EQ(expired(), 30'000);
  EXPECT_EQ(movements(), 2u) << "credit, expire";
}

TEST_F(LaneAtNight, tells_an_employer_the_sums_of_its_plan_by_letter_and_nothing_else) {
  credit("2026-03-02");
  CaseLane of_employer({"valle-demo", ""}, Language::kEnglish, {backbone, store, &seals, clock, log}, [] {},
                       {.employers = {{"po", "meccanica"}, {"none", "meccanica"}}});
  const auto sums = [&] {
    EXPECT_TRUE(of_employer.turn().ok());
    const auto read = memory.read("welfare.wallets", *memory.begin("welfare.wallets"), 100, Duration::zero());
    std::vector<nlohmann::json> events;
    for (const auto& message : (*read)->messages) {
      auto event = nlohmann::json::parse(message.value);
      if (event["type"] == "it.raccordo.wallet_totals.changed.v1") events.push_back(std::move(event));
    }
    return events;
  };
  const auto first = sums();
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0]["data"]["owner"], "meccanica");
  EXPECT_EQ(
      first[0]["data"]["letters"],
      nlohmann::json::parse(
          R"([{"credited":30000,"expired":0,"letter":"f_ter","reimbursed":0,"reserved":0,"spent":0}])"));
  EXPECT_FALSE(first[0].dump().find("luca") != std::string::npos);
  EXPECT_EQ(sums().size(), 1u) << "once a day";
  clock.advance(std::chrono::hours(24));
  const auto second = sums();
  ASSERT_EQ(second.size(), 2u);
  EXPECT_EQ(second[1]["data"]["letters"][0]["expired"], 30'000);
  EXPECT_EQ(second[1]["subject"], first[0]["subject"]);
  EXPECT_GT(second[1]["revision"], first[0]["revision"]);
}

TEST_F(LaneAtNight, tries_again_where_the_store_was_away_at_midnight) {
  credit("2026-03-02");
  testing::FaultyCaseStore faulty(store);
  CaseLane held_up({"valle-demo", ""}, Language::kEnglish, {backbone, faulty, &seals, clock, log}, [] {});
  clock.set(WallTime(std::chrono::milliseconds(*unix_ms_of("2026-03-03T00:00:01+01:00"))));
  faulty.faults.fail("wallets", 1, testing::away());
  EXPECT_FALSE(held_up.turn().ok());
  EXPECT_TRUE(held_up.turn().ok());
  EXPECT_EQ(expired(), 30'000);
}

TEST_F(LaneAtNight, wallets_are_of_the_partner_that_is_named_else_of_whoever_states_their_plan) {
  const auto told_to = [&] {
    const auto read = memory.read("welfare.wallets", *memory.begin("welfare.wallets"), 100, Duration::zero());
    return nlohmann::json::parse((*read)->messages.back().value)["data"].value("owner", "");
  };
  credit("2026-12-31");
  ASSERT_TRUE(lane.turn().ok());
  EXPECT_EQ(told_to(), "") << "nobody's: nobody is told";
  say("welfare.accreditations", "plan", "po", {{"name", "Meccanica Po"}}, "paghe");
  ASSERT_TRUE(lane.turn().ok());
  credit("2027-12-31");
  ASSERT_TRUE(lane.turn().ok());
  EXPECT_EQ(told_to(), "paghe");
  CaseLane named({"valle-demo", ""}, Language::kEnglish, {backbone, store, &seals, clock, log}, [] {},
                 {.owners = {{"po", "portale"}}});
  const wallets::Credit more{id_of("more"), "po",         "ada", {100, "EUR"}, "f_ter", "",
                             id_of("file"), "2026-03-02", 1};
  const CaseStore::Work work = [&](CaseTransaction& transaction) {
    return named.book().credit(transaction, more);
  };
  ASSERT_TRUE(store.transact(std::span(&work, 1))->front().ok());
  ASSERT_TRUE(named.turn().ok());
  EXPECT_EQ(told_to(), "portale");
}

}  // namespace
}  // namespace raccordo::cases
