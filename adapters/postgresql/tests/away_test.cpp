// SPDX-License-Identifier: EUPL-1.2
// Servers that die, hang, come back, and whose answers get lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <map>
#include <random>
#include <thread>

#include "adapters/postgresql/commit_digest.hpp"
#include "adapters/postgresql/postgres_case_store.hpp"
#include "adapters/postgresql/postgres_store.hpp"
#include "adapters/postgresql/tests/case_words.hpp"
#include "adapters/postgresql/tests/relay.hpp"
#include "tests/postgresql/real_postgresql.hpp"

namespace raccordo::postgresql {
namespace {

using namespace std::chrono_literals;
using raccordo::testing::RealPostgresql;
using raccordo::testing::TempFolder;
using ::testing::HasSubstr;

class PostgresqlAway : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (const auto binaries = RealPostgresql::binaries())
      server_ = new RealPostgresql(*binaries, "fsync = off");
  }
  static void TearDownTestSuite() { delete server_; }
  void SetUp() override {
    if (server_ == nullptr) GTEST_SKIP() << RealPostgresql::kMissing;
    options_.url = server_->url();
    options_.schema = "prova " + Uuid::random().text();
  }

  [[nodiscard]] std::unique_ptr<Store> open() const {
    return open_store(options_, {.mark_file = folder_.file("store.mark")}).value();
  }
  void through(const Relay& relay) {
    options_.url = "postgresql://raccordo@127.0.0.1:" + std::to_string(relay.port()) + "/raccordo";
  }

  static SourceCommit commit_number(std::int64_t number) {
    SourceCommit commit;
    commit.connector = "albo";
    commit.state.cursor = std::to_string(number);
    commit.counts.received = 2;
    commit.counts.delivered = commit.counts.parked = 1;
    commit.deltas = {{"services", std::to_string(number)}};
    commit.parked.emplace_back().place = std::to_string(number);
    return commit;
  }

  // Exactly so many commits are there, each once and each whole.
  static void expect_commits(Store& store, std::int64_t number) {
    EXPECT_EQ(store.source("albo")->cursor, std::to_string(number));
    std::int64_t deltas = 0;
    EXPECT_TRUE(store
                    .deltas("albo", "services",
                            [&](std::string_view bytes) { return ++deltas, bytes == std::to_string(deltas); })
                    .ok());
    EXPECT_EQ(deltas, number);
    EXPECT_EQ(store.ledger().value()["albo"].received, 2 * number);
    EXPECT_EQ(store.ledger().value()["albo"].parked, number);
    EXPECT_EQ(store.parked({})->size(), static_cast<std::size_t>(number));
  }

  static inline RealPostgresql* server_ = nullptr;
  TempFolder folder_;
  ServerOptions options_;
};

TEST_F(PostgresqlAway, are_told_by_name_and_gone_on_with_when_they_are_back) {
  const auto store = open();
  ASSERT_TRUE(store->commit(commit_number(1)).ok());
  server_->kill();
  const auto away = store->commit(commit_number(2));
  ASSERT_FALSE(away.ok());
  EXPECT_EQ(away.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(away.error().message.en,
              HasSubstr("127.0.0.1:" + std::to_string(server_->port()) + "/raccordo"));
  EXPECT_EQ(store->ledger().error().code, ErrorCode::kUnavailable);
  server_->start();
  ASSERT_TRUE(store->commit(commit_number(2)).ok());
  expect_commits(*store, 2);
}

TEST_F(PostgresqlAway, that_end_a_connection_which_waits_are_not_noticed) {
  const auto store = open();
  ASSERT_TRUE(store->commit(commit_number(1)).ok());
  const auto end_all = [] {
    server_->sql("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = 'raccordo'");
  };
  end_all();
  EXPECT_EQ(store->ledger().value()["albo"].received, 2);
  end_all();
  ASSERT_TRUE(store->commit(commit_number(2)).ok());
  expect_commits(*store, 2);
}

TEST_F(PostgresqlAway, that_hang_cost_no_more_than_the_time_allowed) {
  options_.statement_timeout = 100ms;
  options_.connect_timeout = 100ms;
  const auto store = open();
  ASSERT_TRUE(store->commit(commit_number(1)).ok());
  server_->halt();
  const auto commit = store->commit(commit_number(2));
  server_->go_on();
  ASSERT_FALSE(commit.ok());
  EXPECT_TRUE(commit.error().retryable());
  ASSERT_TRUE(store->commit(commit_number(2)).ok());
  expect_commits(*store, 2);
}

TEST_F(PostgresqlAway, whose_answer_to_a_commit_is_lost_are_asked_whether_it_happened) {
  Relay relay(server_->port());
  through(relay);
  const auto store = open();
  ASSERT_TRUE(store->commit(commit_number(1)).ok());
  relay.swallow("COMMIT", false);
  const auto committed = store->commit(commit_number(2));
  ASSERT_TRUE(committed.ok()) << committed.error().in(Language::kEnglish);
  EXPECT_TRUE(relay.swallowed());
  EXPECT_EQ(committed->newly_parked, 1);
  expect_commits(*store, 2);
}

TEST_F(PostgresqlAway, whose_answer_is_lost_as_they_go_away_have_the_same_commit_once) {
  Relay relay(server_->port());
  through(relay);
  const auto store = open();
  relay.swallow("COMMIT", true);
  EXPECT_EQ(store->commit(commit_number(1)).error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(store->commit(commit_number(1)).error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(store->source("albo").error().code, ErrorCode::kUnavailable)
      << "nobody knows yet where it stands";
  relay.comes_back();
  const auto again = store->commit(commit_number(1));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->newly_parked, 1) << "what it did when it was done";
  expect_commits(*store, 1);
  ASSERT_TRUE(store->commit(commit_number(2)).ok());
  expect_commits(*store, 2);
}

TEST_F(PostgresqlAway, whose_answer_is_lost_have_the_next_commit_beside_it_where_the_flow_looked_first) {
  Relay relay(server_->port());
  through(relay);
  const auto store = open();
  relay.swallow("COMMIT", true);
  EXPECT_FALSE(store->commit(commit_number(1)).ok());
  relay.comes_back();
  EXPECT_EQ(store->source("albo")->cursor, "1");
  ASSERT_TRUE(store->commit(commit_number(2)).ok());
  expect_commits(*store, 2);
}

TEST_F(PostgresqlAway, whose_answer_is_lost_take_another_commit_for_another) {
  Relay relay(server_->port());
  through(relay);
  const auto store = open();
  relay.swallow("COMMIT", true);
  EXPECT_FALSE(store->commit(commit_number(1)).ok());
  relay.comes_back();
  ASSERT_TRUE(store->commit(commit_number(2)).ok());
  expect_commits(*store, 2);
}

TEST_F(PostgresqlAway, that_end_a_transaction_before_it_happened_have_it_done_again) {
  const auto store = open();
  ASSERT_TRUE(store->commit(commit_number(1)).ok());
  server_->sql(
      "CREATE FUNCTION dies() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.bytes = ''2'' AND nextval("
      "''tries'') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END'; "
      "CREATE SEQUENCE tries; GRANT ALL ON SEQUENCE tries TO raccordo; "
      "CREATE CONSTRAINT TRIGGER dies AFTER INSERT ON \"" +
      options_.schema + "\".delta DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dies()");
  server_->sql("ALTER FUNCTION dies() SECURITY DEFINER; ALTER FUNCTION dies() SET search_path = public");
  ASSERT_TRUE(store->commit(commit_number(2)).ok());
  EXPECT_EQ(server_->sql("SELECT last_value FROM tries"), "2") << "it died in the first try";
  expect_commits(*store, 2);
}

// As flows do: the same commit again until it is there.
void commit_until_told(Store& store, const SourceCommit& commit, const std::stop_token& stop) {
  while (!stop.stop_requested() && !store.commit(commit).ok()) std::this_thread::yield();
}

TEST_F(PostgresqlAway, whose_answer_about_cases_is_lost_are_asked_whether_it_happened) {
  Relay relay(server_->port());
  through(relay);
  const auto store = open_case_store(options_).value();
  ASSERT_TRUE(act(*store, [](CaseTransaction& t) { return t.put(wallet_with(10)); }).ok());
  relay.swallow("COMMIT", false);
  EXPECT_TRUE(act(*store, reserving("once")).ok());
  EXPECT_TRUE(relay.swallowed());
  EXPECT_EQ(store->wallets("")->at(0), wallet_with(9, 1));
}

// As the desk does: what was answered once is not done again.
CaseStore::Work answering(const std::string& message) {
  return [message](CaseTransaction& t) -> Status {
    RACCORDO_TRY(const auto known, t.inbox("portale", message));
    if (known) return done();
    RACCORDO_CHECK(reserving(message)(t));
    return t.remember({"portale", message, "hash", "answer", 1});
  };
}

TEST_F(PostgresqlAway, whose_answer_about_cases_is_lost_as_they_go_away_tell_who_sends_the_message_again) {
  Relay relay(server_->port());
  through(relay);
  const auto store = open_case_store(options_).value();
  ASSERT_TRUE(act(*store, [](CaseTransaction& t) { return t.put(wallet_with(10)); }).ok());
  relay.swallow("COMMIT", true);
  EXPECT_EQ(act(*store, answering("once")).error().code, ErrorCode::kUnavailable) << "nobody knows";
  EXPECT_EQ(act(*store, answering("once")).error().code, ErrorCode::kUnavailable);
  relay.comes_back();
  EXPECT_TRUE(act(*store, answering("once")).ok());
  EXPECT_EQ(store->wallets("")->at(0), wallet_with(9, 1));
  EXPECT_EQ(store->to_tell(10)->size(), 1u);
}

// The one whose transaction was ended does it again by itself; none is done twice.
TEST_F(PostgresqlAway, that_end_connections_under_cases_have_each_message_once) {
  const auto store = open_case_store(options_).value();
  constexpr int kMessages = 60;
  ASSERT_TRUE(act(*store, [](CaseTransaction& t) { return t.put(wallet_with(kMessages)); }).ok());
  std::atomic<bool> all_sent = false;
  std::jthread ends([&] {
    while (!all_sent)
      server_->sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'raccordo'");
  });
  for (int i = 0; i < kMessages; ++i)
    while (!act(*store, answering(std::to_string(i))).ok()) std::this_thread::yield();
  all_sent = true;
  ends.join();
  EXPECT_EQ(store->wallets("")->at(0), wallet_with(0, kMessages));
}

TEST_F(PostgresqlAway, that_are_killed_in_the_middle_of_cases_leave_whole_ones) {
  const auto store = open_case_store(options_).value();
  constexpr std::int64_t kMoney = 1'000'000;
  ASSERT_TRUE(act(*store, [](CaseTransaction& t) { return t.put(wallet_with(kMoney)); }).ok());
  std::atomic<std::int64_t> acknowledged = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 3; ++thread)
    threads.emplace_back([&, thread](const std::stop_token& stop) {
      for (int i = 0; !stop.stop_requested(); ++i) {
        // The same movement again, until it is known to be there: as messages come again until they are
        // answered.
        const auto name = std::to_string(thread) + ":" + std::to_string(i);
        for (Status told = act(*store, reserving(name));
             !told.ok() && told.error().code != ErrorCode::kConflict; told = act(*store, reserving(name)))
          std::this_thread::yield();
        ++acknowledged;
      }
    });
  for (int round = 0; round < 3; ++round) {
    const auto until = acknowledged + 20;
    while (acknowledged < until) std::this_thread::yield();
    server_->kill();
    server_->start();
  }
  threads.clear();
  EXPECT_EQ(store->wallets("")->at(0), wallet_with(kMoney - acknowledged, acknowledged));
  EXPECT_EQ(store->movements(id_of("w"))->size(), static_cast<std::size_t>(acknowledged));
  EXPECT_EQ(store->to_tell(1'000'000)->size(), static_cast<std::size_t>(acknowledged));
}

TEST_F(PostgresqlAway, that_are_killed_in_the_middle_of_commits_have_whole_ones_and_each_once) {
  constexpr int kRounds = 4;
  const auto store = open();
  std::mt19937 random(1);
  std::atomic<std::int64_t> acknowledged = 0;
  std::jthread flow([&](const std::stop_token& stop) {
    for (std::int64_t number = 1; !stop.stop_requested(); ++number) {
      commit_until_told(*store, commit_number(number), {});
      acknowledged = number;
    }
  });
  for (int round = 0; round < kRounds; ++round) {
    const auto until = acknowledged + 1 + static_cast<std::int64_t>(random() % 40);
    while (acknowledged < until) std::this_thread::yield();
    server_->kill();
    server_->start();
  }
  flow.request_stop();
  flow.join();
  ASSERT_GT(acknowledged, kRounds);
  expect_commits(*store, acknowledged);
  const auto epoch = *store->epoch();
  EXPECT_EQ(server_->sql("SELECT epoch FROM \"" + options_.schema + "\".store"), epoch)
      << "a crash is no restored copy";
}

}  // namespace
}  // namespace raccordo::postgresql
