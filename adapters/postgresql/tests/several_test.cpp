// SPDX-License-Identifier: EUPL-1.2
// Several daemons of one hub, in one schema.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "adapters/postgresql/postgres_case_store.hpp"
#include "adapters/postgresql/tests/case_words.hpp"
#include "adapters/postgresql/tests/rig.hpp"

namespace raccordo::postgresql {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr std::int64_t kHour = 3'600'000;

class Have final : public Fences {
 public:
  Result<Fence> of(const std::string& name) const override {
    const auto found = leases.find(name);
    if (found == leases.end()) return error(ErrorCode::kConflict, as_is(name + " is not ours"));
    return Fence(found->second);
  }
  std::map<std::string, Lease> leases;
};

// One of them: its own data folder, what it has.
struct Daemon {
  Daemon(std::string daemon, const OwnSchema& schema)
      : name(std::move(daemon)), server(schema.server), cases(open_case_store(server).value()) {
    open();
  }
  void open() {
    store.reset();
    store =
        open_store(server, {.mark_file = folder.file("store.mark"), .daemon = name, .fences = &have}).value();
  }
  bool take(const std::string& connector, std::int64_t for_ms = kHour) {
    const auto lease = cases->lease(lease_of_connector(connector), name, for_ms).value();
    if (lease) have.leases[lease->name] = *lease;
    return lease.has_value();
  }
  Result<Committed> say(const std::string& connector, const std::string& cursor) {
    SourceCommit commit;
    commit.connector = connector;
    commit.state.cursor = cursor;
    commit.counts.received = commit.counts.delivered = 1;
    return store->commit(commit);
  }

  std::string name;
  raccordo::testing::TempFolder folder;
  ServerOptions server;
  std::unique_ptr<CaseStore> cases;
  Have have;
  std::unique_ptr<Store> store;
};

ErrorCode code_of(const auto& result) { return result.ok() ? ErrorCode::kBug : result.error().code; }

class SeveralDaemons : public ::testing::Test {
 protected:
  void run_out(const std::string& connector) const {
    EXPECT_TRUE(schema.connect()
                    ->run("UPDATE lease SET until_ms = 0 WHERE name = $1", lease_of_connector(connector))
                    .ok());
  }
  OwnSchema schema;
};

TEST_F(SeveralDaemons, change_each_what_they_have_the_lease_of) {
  Daemon a("nodo-a", schema);
  Daemon b("nodo-b", schema);
  ASSERT_TRUE(a.take("albo") && b.take("brezza"));
  EXPECT_TRUE(a.say("albo", "1").ok());
  EXPECT_TRUE(b.say("brezza", "1").ok());
  EXPECT_EQ(code_of(a.say("brezza", "2")), ErrorCode::kConflict);
  EXPECT_FALSE(b.take("albo"));
  EXPECT_EQ(a.store->source("brezza")->cursor, "1");
  EXPECT_EQ(a.store->ledger()->size(), 2u);
  EXPECT_EQ(*a.store->epoch(), *b.store->epoch());
}

TEST_F(SeveralDaemons, of_which_one_stood_still_let_it_change_nothing_more) {
  Daemon a("nodo-a", schema);
  Daemon b("nodo-b", schema);
  ASSERT_TRUE(a.take("albo"));
  ASSERT_TRUE(a.say("albo", "1").ok());
  ASSERT_TRUE(a.store->replace_deltas("albo", "service", std::vector<std::string>{"a"}).ok());
  run_out("albo");
  ASSERT_TRUE(b.take("albo"));
  ASSERT_TRUE(b.say("albo", "2").ok());
  EXPECT_EQ(code_of(a.say("albo", "3")), ErrorCode::kConflict);
  EXPECT_EQ(code_of(a.store->commit(SinkCommit{.connector = "albo"})), ErrorCode::kConflict);
  EXPECT_EQ(code_of(a.store->move("albo", {})), ErrorCode::kConflict);
  EXPECT_EQ(code_of(a.store->replace_deltas("albo", "service", {})), ErrorCode::kConflict);
  EXPECT_EQ(b.store->source("albo")->cursor, "2");
  EXPECT_EQ(b.store->delta_kinds("albo")->size(), 1u);
  EXPECT_EQ(b.store->ledger().value()["albo"].received, 2);
}

TEST_F(SeveralDaemons, come_beside_each_other_but_not_beside_one_that_is_alone) {
  auto alone = schema.open().value();
  ASSERT_TRUE(alone->set_fact("a", "b").ok());
  raccordo::testing::TempFolder folder;
  const StoreOptions named{.mark_file = folder.file("store.mark"), .patience = 50ms, .daemon = "nodo-a"};
  EXPECT_EQ(code_of(open_store(schema.server, named)), ErrorCode::kUnavailable);
  alone.reset();
  const auto a = open_store(schema.server, named);
  ASSERT_TRUE(a.ok());
  ASSERT_TRUE((*a)->set_fact("a", "c").ok());
  EXPECT_EQ(code_of(schema.open({.patience = 50ms})), ErrorCode::kUnavailable);
}

TEST_F(SeveralDaemons, of_one_name_are_not_two) {
  Daemon a("nodo-a", schema);
  ASSERT_TRUE(a.take("albo"));
  ASSERT_TRUE(a.say("albo", "1").ok());
  Daemon other("nodo-a", schema);
  const auto late = a.say("albo", "2");
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code, ErrorCode::kConflict);
  EXPECT_THAT(late.error().message.en, HasSubstr("is called nodo-a"));
}

TEST_F(SeveralDaemons, start_again_beside_the_others_with_one_epoch) {
  Daemon a("nodo-a", schema);
  const auto epoch = *a.store->epoch();
  Daemon b("nodo-b", schema);
  ASSERT_TRUE(a.take("albo") && b.take("brezza"));
  ASSERT_TRUE(a.say("albo", "1").ok());
  ASSERT_TRUE(b.say("brezza", "1").ok());
  a.open();
  ASSERT_TRUE(b.say("brezza", "2").ok()) << "who comes takes nothing from who is there";
  ASSERT_TRUE(a.say("albo", "2").ok());
  b.open();
  EXPECT_EQ(*a.store->epoch(), epoch);
  EXPECT_EQ(*b.store->epoch(), epoch);
}

TEST_F(SeveralDaemons, hear_of_one_another_that_the_store_is_an_older_copy) {
  Daemon a("nodo-a", schema);
  Daemon b("nodo-b", schema);
  const auto epoch = *a.store->epoch();
  ASSERT_TRUE(a.take("albo"));
  for (const char* cursor : {"1", "2", "3"}) ASSERT_TRUE(a.say("albo", cursor).ok());
  a.store.reset();
  ASSERT_TRUE(schema.connect()->run("UPDATE writer SET commits = 0").ok());
  a.open();
  EXPECT_NE(*a.store->epoch(), epoch);
  EXPECT_EQ(*b.store->epoch(), *a.store->epoch());
  b.open();
  EXPECT_EQ(*b.store->epoch(), *a.store->epoch()) << "that it was found out once is enough";
}

// One that stands still in the middle of a transaction holds its lease locked.
TEST_F(SeveralDaemons, keep_no_lease_by_standing_still) {
  Daemon b("nodo-b", schema);
  auto paused_server = schema.server;
  paused_server.standstill = 100ms;
  ASSERT_TRUE(b.cases->lease("connector:albo", "nodo-a", 1).value());
  const auto paused = Connection::open(paused_server).value();
  ASSERT_TRUE(paused->run("BEGIN").ok());
  ASSERT_FALSE(paused->run("SELECT 1 FROM lease WHERE name = 'connector:albo' FOR SHARE")->empty());
  const auto until = std::chrono::steady_clock::now() + 60s;
  while (!b.take("albo") && std::chrono::steady_clock::now() < until) std::this_thread::yield();
  EXPECT_TRUE(b.have.leases.contains("connector:albo"));
  EXPECT_FALSE(paused->run("COMMIT").ok());
}

TEST_F(SeveralDaemons, prolong_the_others_while_one_is_locked) {
  Daemon a("nodo-a", schema);
  ASSERT_TRUE(a.take("albo") && a.take("brezza"));
  const auto connection = schema.connect();
  ASSERT_TRUE(connection->run("BEGIN").ok());
  ASSERT_TRUE(connection->run("SELECT 1 FROM lease WHERE name = 'connector:albo' FOR SHARE").ok());
  const std::vector<Lease> ours{a.have.leases.at("connector:albo"), a.have.leases.at("connector:brezza")};
  const auto still = a.cases->prolong(ours, 2 * kHour).value();
  ASSERT_EQ(still.size(), 2u);
  EXPECT_EQ(still[0].until_ms, ours[0].until_ms)
      << "a change of ours is under way: the next round prolongs it";
  EXPECT_GE(still[1].until_ms, ours[1].until_ms + kHour);
  EXPECT_EQ(a.cases->lease("connector:albo", "nodo-a", kHour).value()->epoch, ours[0].epoch);
  EXPECT_EQ(a.cases->lease("connector:albo", "nodo-b", kHour).value(), std::nullopt);
  ASSERT_TRUE(connection->run("ROLLBACK").ok());
}

}  // namespace
}  // namespace raccordo::postgresql
