// SPDX-License-Identifier: EUPL-1.2
// A partner that is away, beside others that are not: one hub, an hour of told time.
#include <gmock/gmock.h>

#include <fmt/format.h>

#include "core/engine/delivery/tests/api_territory.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;

constexpr int kMinutes = 60;
constexpr int kServices = 40;

// What there is after each minute in which a source changes all its services, and two partners are told:
// `portale` by requests, `drop` by files.
struct Hour {
  std::vector<std::vector<std::string>> told_drop;
  std::vector<Counts> source;
  std::int64_t most_held = 0;
};

void state_minute(ApiTerritory& a, int minute) {
  std::vector<std::string> rows;
  for (int i = 0; i < kServices; ++i) rows.push_back(fmt::format("S{},name {}", i, minute));
  a.state(rows);
}

Hour an_hour(ApiTerritory& a) {
  Hour hour;
  for (int minute = 0; minute < kMinutes; ++minute) {
    state_minute(a, minute);
    a.follow(1min);
    EXPECT_TRUE(a.t.deliver().ok());
    hour.told_drop.push_back(a.t.delivered());
    hour.source.push_back(a.t.ledger());
    hour.most_held = std::max(hour.most_held, a.flow().in_flight());
  }
  return hour;
}

class PartnerAwayForAnHour : public ::testing::Test {
 protected:
  PartnerAwayForAnHour() {
    for (auto* a : {&with_partner, &without_partner}) {
      a->settings.held_events = kHeld;
      a->settings.sender.retry.give_up = 24h;
      a->restart();
    }
    without_partner.partner.answers = [](const WebRequest&) {
      return PartnerSays{error(ErrorCode::kUnavailable, as_is("no answer")), 30s};
    };
  }

  static constexpr std::size_t kHeld = 100;
  ApiTerritory with_partner;
  ApiTerritory without_partner;
};

TEST_F(PartnerAwayForAnHour, costs_other_partners_and_sources_nothing) {
  const auto undisturbed = an_hour(with_partner);
  const auto beside = an_hour(without_partner);
  ASSERT_EQ(undisturbed.told_drop.back().size(), std::size_t{kMinutes} * kServices);
  EXPECT_EQ(beside.told_drop, undisturbed.told_drop);
  EXPECT_EQ(beside.source, undisturbed.source);
}

TEST_F(PartnerAwayForAnHour, is_asked_now_and_then_and_holds_little) {
  const auto hour = an_hour(without_partner);
  EXPECT_LE(without_partner.partner.got.size(), 30u);
  EXPECT_LE(hour.most_held, static_cast<std::int64_t>(kHeld));
  EXPECT_THAT(without_partner.parked(), IsEmpty());
  EXPECT_EQ(without_partner.ledger().received, 0);
}

TEST_F(PartnerAwayForAnHour, gets_the_last_state_of_everything_once_it_is_back) {
  (void)an_hour(without_partner);
  std::map<std::string, std::string> has;
  std::map<std::string, int> times;
  without_partner.partner.answers = [&](const WebRequest& request) {
    has[request.path] = request.body;
    ++times[request.path];
    return says(200);
  };
  without_partner.follow(10min);
  ASSERT_EQ(has.size(), std::size_t{kServices});
  for (const auto& [path, body] : has) {
    EXPECT_THAT(body, ::testing::HasSubstr(fmt::format("name {}", kMinutes - 1))) << path;
    EXPECT_LE(times[path], kMinutes) << path;
  }
  const auto ledger = without_partner.ledger();
  EXPECT_EQ(ledger.received, kMinutes * kServices);
  EXPECT_EQ(ledger.received, ledger.delivered + ledger.unchanged);
  EXPECT_THAT(without_partner.parked(), IsEmpty());
}

}  // namespace
}  // namespace raccordo::testing
