// SPDX-License-Identifier: EUPL-1.2
// What is PostgreSQL's own about cases: migrations, several daemons, what the database itself refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "adapters/postgresql/case_schema.hpp"
#include "adapters/postgresql/postgres_case_store.hpp"
#include "adapters/postgresql/tests/case_words.hpp"
#include "adapters/postgresql/tests/rig.hpp"

namespace raccordo::postgresql {
namespace {

using ::testing::SizeIs;

class PostgresqlCases : public ::testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<CaseStore> open_cases(CaseStoreOptions options = {}) const {
    return open_case_store(schema_.server, options).value();
  }
  static std::int64_t taken(CaseStore& store, const std::string& pool) {
    std::int64_t places = -1;
    EXPECT_TRUE(store
                    .look([&](CaseTransaction& t) -> Status {
                      RACCORDO_TRY(places, t.taken_places(pool));
                      return done();
                    })
                    .ok());
    return places;
  }
  OwnSchema schema_;
};

TEST_F(PostgresqlCases, every_earlier_version_is_brought_to_this_one) {
  for (std::size_t earlier = 0; earlier < kCaseMigrations.size(); ++earlier) {
    const OwnSchema old;
    const auto first = std::span(kCaseMigrations).first(earlier);
    ASSERT_TRUE(migrate(*old.connect(), old.server.schema, kCasePart, first).ok());
    const auto store = open_case_store(old.server).value();
    EXPECT_TRUE(act(*store, [](CaseTransaction& t) { return t.put(wallet_with(1)); }).ok());
  }
}

TEST_F(PostgresqlCases, knows_what_was_taken_of_pools_before_their_rows_kept_the_sum) {
  ASSERT_TRUE(
      migrate(*schema_.connect(), schema_.server.schema, kCasePart, std::span(kCaseMigrations).first(2))
          .ok());
  ASSERT_TRUE(
      schema_.connect()
          ->script("INSERT INTO pool VALUES('a'); INSERT INTO place VALUES('a', gen_random_uuid(), 2), "
                   "('a', gen_random_uuid(), 3), ('b', gen_random_uuid(), 4)")
          .ok());
  const auto store = open_cases();
  EXPECT_EQ(taken(*store, "a"), 5);
  EXPECT_EQ(taken(*store, "b"), 4);
}

TEST_F(PostgresqlCases, places_of_a_case_that_a_work_did_not_read_are_not_overlooked) {
  const auto store = open_cases();
  const auto taking = [](const char* pool, std::int64_t places) {
    return CaseStore::Work([pool, places](CaseTransaction& t) -> Status {
      RACCORDO_TRY(const bool took, t.take_places(pool, id_of("k"), places, 10));
      return took ? done() : Status(error(ErrorCode::kDenied, say("pieno", "full")));
    });
  };
  ASSERT_TRUE(act(*store, taking("a", 6)).ok());
  ASSERT_TRUE(act(*store, taking("a", 7)).ok()) << "instead of those before";
  EXPECT_EQ(taken(*store, "a"), 7);
  std::vector<std::string> pools;
  ASSERT_TRUE(act(*store, [&](CaseTransaction& t) -> Status {
                RACCORDO_TRY(pools, t.pools_of(id_of("k")));
                return t.give_places_back(id_of("k"));
              }).ok());
  EXPECT_EQ(pools, std::vector<std::string>{"a"});
  EXPECT_EQ(taken(*store, "a"), 0);
}

TEST_F(PostgresqlCases, a_newer_version_is_refused_and_left_alone) {
  open_cases().reset();
  ASSERT_TRUE(
      schema_.connect()->script("INSERT INTO raccordo_schema(part, number) VALUES('cases', 99)").ok());
  const auto store = open_case_store(schema_.server);
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, ErrorCode::kInvalid);
}

TEST_F(PostgresqlCases, lie_beside_the_store_in_one_schema) {
  const auto store = schema_.open().value();
  const auto cases = open_cases();
  EXPECT_TRUE(store->set_fact("hub.id", "valle").ok());
  EXPECT_TRUE(act(*cases, [](CaseTransaction& t) { return t.put(wallet_with(1)); }).ok());
}

TEST_F(PostgresqlCases, the_database_itself_refuses_a_wallet_whose_sums_do_not_add_up) {
  open_cases().reset();
  for (const auto* amounts : {"5, 4, 0, 0, 0", "0, -1, 1, 0, 0", "-1, -1, 0, 0, 0"}) {
    const auto put = schema_.connect()->script(
        std::string("INSERT INTO wallet VALUES('00000000-0000-0000-0000-000000000001', '', '', 'EUR', '', ") +
        amounts + ", '', false)");
    EXPECT_FALSE(put.ok()) << amounts;
  }
}

TEST_F(PostgresqlCases, of_several_daemons_that_reserve_at_once_no_more_succeed_than_there_is_money) {
  constexpr int kEach = 12, kMoney = 30;
  std::vector<std::unique_ptr<CaseStore>> daemons;
  for (int i = 0; i < 3; ++i) daemons.push_back(open_cases({.transactions = 2}));
  ASSERT_TRUE(act(*daemons[0], [](CaseTransaction& t) { return t.put(wallet_with(kMoney)); }).ok());
  std::atomic<int> reserved = 0;
  {
    std::vector<std::jthread> threads;
    for (std::size_t thread = 0; thread < 9; ++thread)
      threads.emplace_back([&, thread] {
        for (int i = 0; i < kEach; ++i)
          reserved +=
              act(*daemons[thread % 3], reserving(std::to_string(thread) + ":" + std::to_string(i))).ok();
      });
  }
  EXPECT_EQ(reserved, kMoney);
  EXPECT_EQ(daemons[0]->wallets("")->at(0), wallet_with(0, kMoney));
  EXPECT_THAT(*daemons[0]->movements(id_of("w")), SizeIs(kMoney));
  EXPECT_THAT(*daemons[0]->to_tell(1'000), SizeIs(kMoney));
}

TEST_F(PostgresqlCases, works_that_wait_for_each_others_rows_are_done_in_the_end) {
  const auto store = open_cases();
  const auto touching = [](const char* first, const char* second) {
    return CaseStore::Work([first, second](CaseTransaction& t) -> Status {
      RACCORDO_CHECK(t.taken_places(first));
      RACCORDO_CHECK(t.taken_places(second));
      return t.tell({0, "bookings", "k", first});
    });
  };
  constexpr int kRounds = 10;
  {
    std::jthread one([&] {
      for (int i = 0; i < kRounds; ++i) EXPECT_TRUE(act(*store, touching("a", "b")).ok());
    });
    std::jthread other([&] {
      for (int i = 0; i < kRounds; ++i) EXPECT_TRUE(act(*store, touching("b", "a")).ok());
    });
  }
  EXPECT_THAT(*store->to_tell(1'000), SizeIs(2 * kRounds));
}

}  // namespace
}  // namespace raccordo::postgresql
