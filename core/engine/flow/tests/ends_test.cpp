// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(Ends, every_input_has_exactly_one) {
  Territory t;
  t.yields({"A,Airone", "B,garbage", "C,skip", "D,crash", "E,hang", "F,", "A,Airone", "G,mail"});
  const auto pass = t.pass();
  ASSERT_TRUE(pass.ok());
  EXPECT_EQ(
      pass->counts,
      (Counts{.received = 8, .delivered = 2, .unchanged = 1, .filtered = 1, .parked = 4, .entities = 2}));
  EXPECT_EQ(pass->newly_parked, 4);
  std::vector<std::string> reasons;
  for (const auto& record : t.parked()) reasons.push_back(record.reason);
  EXPECT_THAT(reasons, ElementsAre("garbage", "plugin_crashed", "plugin_timed_out", "missing"));
  EXPECT_TRUE(adds_up(t.ledger(), 0));
}

TEST(Ends, a_broken_optional_field_is_a_finding) {
  Territory t;
  t.yields({"G,mail"});
  EXPECT_EQ(t.pass()->counts.delivered, 1);
  ASSERT_THAT(t.findings(), SizeIs(1));
}

TEST(Ends, a_malformed_record_is_parked_and_reading_goes_on_behind_it) {
  Territory t;
  t.yields({"A,Airone", "B,\"broken\" quote", "C,Cicogna"});
  EXPECT_EQ(t.pass()->counts, (Counts{.received = 3, .delivered = 2, .parked = 1, .entities = 2}));
  EXPECT_EQ(t.parked().front().stage, "framing");
  EXPECT_EQ(t.parked().front().line, 3u);
}

TEST(Ends, an_input_whose_plugin_asks_for_time_is_handed_over_again_in_its_place) {
  Territory t;
  SourceSettings settings;
  settings.limits.batch_records = 2;
  t.set_source(settings);
  t.translator.ask_again(3);
  t.yields({"A,Airone", "B,later", "C,Cicogna", "D,Dado", "E,Elce"});
  EXPECT_EQ(t.pass()->counts, (Counts{.received = 5, .delivered = 5, .entities = 5}));
  EXPECT_THAT(t.published(), ElementsAre("service A changed 1", "service B changed 1", "service C changed 1",
                                         "service D changed 1", "service E changed 1"));
}

TEST(Ends, an_input_whose_plugin_asks_for_time_too_often_is_parked) {
  Territory t;
  t.translator.ask_again(100);
  t.yields({"A,Airone", "B,later"});
  EXPECT_EQ(t.pass()->counts, (Counts{.received = 2, .delivered = 1, .parked = 1, .entities = 1}));
  EXPECT_EQ(t.parked().front().reason, "plugin_retry");
}

TEST(Ends, an_input_whose_plugin_asks_for_time_while_the_hub_stops_has_none_yet) {
  Territory t;
  std::stop_source stop;
  t.translator.ask_again(100);
  t.translator.when_it_asks_again = [&] { stop.request_stop(); };
  t.yields({"A,Airone", "B,later"});
  Pass pass;
  ASSERT_TRUE(t.source().pass(true, pass, stop.get_token()).ok());
  EXPECT_EQ(t.ledger(), Counts{});
  EXPECT_EQ(t.source().in_flight(), 0);
  t.translator.ask_again(1);
  t.restart();
  ASSERT_TRUE(t.pass().ok());
  EXPECT_EQ(t.ledger(), (Counts{.received = 2, .delivered = 2, .entities = 2}));
}

}  // namespace
}  // namespace raccordo::testing
