// SPDX-License-Identifier: EUPL-1.2
// Batches that come quickly share a commit, and nothing else changes for it.
#include <gmock/gmock.h>

#include <functional>
#include <stdexcept>
#include <vector>

#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

// Something happens each time a batch has been decided.
class AtEachBatch final : public Metrics {
 public:
  std::function<void(int)> happens = [](int) {};
  std::int64_t held_last = 0;

  void took(std::string_view, std::string_view stage, Duration) override {
    if (stage == "validate") happens(++decided_);
  }
  void held(std::string_view, std::string_view, std::int64_t inputs) override { held_last = inputs; }
  void asked(std::string_view, std::string_view, Duration) override {}
  void called(std::string_view, std::string_view, Duration) override {}
  void restarted(std::string_view) override {}

 private:
  int decided_ = 0;
};

class SharedCommit : public ::testing::Test {
 protected:
  SharedCommit() {
    EXPECT_TRUE(albo.recover({}).ok());
    t.yields({"A,Airone", "B,Brezza", "C,Cicogna", "D,Dado", "E,Elce"});
    commits_before_ = t.store.faults.calls("commit");
  }

  static SourceSettings one_record_a_batch() {
    SourceSettings settings;
    settings.limits.batch_records = 1;
    settings.keep_after = 100ms;
    return settings;
  }

  Status pass() {
    Pass counted;
    return albo.pass(true, counted, stop.get_token());
  }
  // Besides those that begin and end the reading.
  int commits() const { return t.store.faults.calls("commit") - commits_before_ - 2; }

  Territory t;
  AtEachBatch metrics;
  std::stop_source stop;
  SourceFlow albo{{"valle", "albo", "albo", "", Language::kEnglish, {.tries = 1}},
                  one_record_a_batch(),
                  t.folder,
                  t.translator,
                  {t.backbone, t.store, t.clock, t.log, metrics}};

 private:
  int commits_before_ = 0;
};

TEST_F(SharedCommit, holds_all_batches_that_come_within_its_time) {
  ASSERT_TRUE(pass().ok());
  EXPECT_EQ(commits(), 1);
  EXPECT_EQ(t.published().size(), 5u);
  EXPECT_EQ(t.ledger(), (Counts{.received = 5, .delivered = 5, .entities = 5}));
}

TEST_F(SharedCommit, ends_with_the_first_batch_behind_its_time) {
  metrics.happens = [this](int) { t.clock.advance(50ms); };
  ASSERT_TRUE(pass().ok());
  EXPECT_EQ(commits(), 3);  // two, two and the last one
  EXPECT_EQ(t.ledger(), (Counts{.received = 5, .delivered = 5, .entities = 5}));
}

TEST_F(SharedCommit, waits_no_longer_than_its_time_for_the_next_batch) {
  std::vector<std::int64_t> kept;
  Duration begun{};
  metrics.happens = [&](int decided) {
    kept.push_back(t.ledger().received);
    if (decided == 1) begun = t.clock.monotonic();
    if (decided == 2) t.translator.answer_after(1h, t.clock);
  };
  ASSERT_TRUE(pass().ok());
  EXPECT_THAT(kept, ElementsAre(0, 0, 2, 3, 4));
  EXPECT_EQ(t.clock.monotonic() - begun, 300ms);
}

TEST_F(SharedCommit, does_not_wait_for_a_batch_whose_plugin_asks_for_time) {
  t.yields({"A,Airone", "B,Brezza", "C,later", "D,Dado"});
  std::int64_t kept = 0;
  t.translator.ask_again(3);
  t.translator.when_it_asks_again = [&] { kept = t.ledger().received; };
  ASSERT_TRUE(pass().ok());
  t.translator.when_it_asks_again = {};
  EXPECT_EQ(t.ledger(), (Counts{.received = 4, .delivered = 4, .entities = 4}));
  EXPECT_EQ(kept, 2);
}

TEST_F(SharedCommit, is_no_longer_held_once_it_is_made) {
  ASSERT_TRUE(pass().ok());
  EXPECT_EQ(metrics.held_last, 0);
}

TEST_F(SharedCommit, counts_what_it_will_hold_as_in_flight) {
  std::vector<std::int64_t> in_flight;
  metrics.happens = [&](int decided) {
    if (decided >= 4) in_flight.push_back(albo.in_flight());
  };
  ASSERT_TRUE(pass().ok());
  EXPECT_THAT(in_flight, ElementsAre(5, 5));
  EXPECT_EQ(albo.in_flight(), 0);
}

TEST_F(SharedCommit, is_made_of_what_was_decided_before_a_stop) {
  metrics.happens = [this](int decided) {
    if (decided == 2) stop.request_stop();
  };
  ASSERT_TRUE(pass().ok());
  EXPECT_EQ(t.ledger(), (Counts{.received = 2, .delivered = 2, .entities = 2}));
}

TEST_F(SharedCommit, is_made_of_what_was_decided_before_the_plugin_failed) {
  metrics.happens = [this](int decided) {
    if (decided == 2) t.translator.fail_next_collect();
  };
  ASSERT_FALSE(pass().ok());
  EXPECT_EQ(t.ledger(), (Counts{.received = 2, .delivered = 2, .entities = 2}));
  EXPECT_EQ(albo.in_flight(), 0);
}

TEST_F(SharedCommit, that_failed_leaves_nothing_behind_and_nothing_is_said_twice) {
  t.store.faults.fail("commit", 2, {ErrorCode::kBug, as_is("killed")});
  ASSERT_FALSE(pass().ok());
  EXPECT_EQ(t.ledger(), Counts{});
  ASSERT_TRUE(albo.recover({}).ok());
  ASSERT_TRUE(pass().ok());
  EXPECT_EQ(t.published().size(), 5u);
  EXPECT_EQ(t.ledger(), (Counts{.received = 5, .delivered = 5, .entities = 5}));
}

TEST_F(SharedCommit, whose_append_was_lost_on_its_way_back_says_nothing_twice) {
  t.backbone.faults.fail("append", 1, away(), When::kAfter);
  ASSERT_FALSE(pass().ok());
  EXPECT_EQ(t.ledger(), Counts{});
  EXPECT_EQ(albo.in_flight(), 0);
  ASSERT_TRUE(albo.recover({}).ok());
  ASSERT_TRUE(pass().ok());
  EXPECT_EQ(t.published().size(), 5u);
  EXPECT_EQ(t.ledger(), (Counts{.received = 5, .delivered = 5, .entities = 5}));
}

TEST_F(SharedCommit, that_was_never_made_leaves_in_the_log_what_went_ahead_and_says_only_the_rest) {
  t.backbone.sends_ahead = true;
  metrics.happens = [](int decided) {
    if (decided == 3) throw std::runtime_error("killed");
  };
  EXPECT_THROW((void)pass(), std::runtime_error);
  EXPECT_EQ(t.published().size(), 2u);
  EXPECT_EQ(t.ledger(), Counts{});
  metrics.happens = [](int) {};
  ASSERT_TRUE(albo.recover({}).ok());
  ASSERT_TRUE(pass().ok());
  EXPECT_THAT(t.published(), ElementsAre("service A changed 1", "service B changed 1", "service C changed 1",
                                         "service D changed 1", "service E changed 1"));
  EXPECT_EQ(t.ledger(), (Counts{.received = 5, .delivered = 5, .entities = 5}));
}

TEST_F(SharedCommit, is_made_at_the_end_of_each_file) {
  t.folder.remove("albo.csv");
  t.yields({"A,Airone", "B,Brezza"}, "a.csv");
  t.yields({"A,Airone vecchio", "C,Cicogna"}, "b.csv");
  ASSERT_TRUE(pass().ok());
  EXPECT_THAT(t.published(), ElementsAre("service A changed 1", "service B changed 1", "service A changed 2",
                                         "service C changed 2"));
  EXPECT_EQ(t.ledger(), (Counts{.received = 4, .delivered = 4, .entities = 4}));
}

}  // namespace
}  // namespace raccordo::testing
