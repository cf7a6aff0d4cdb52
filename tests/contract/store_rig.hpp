// SPDX-License-Identifier: EUPL-1.2
// The store under test, and the words in which its contract is written.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/ports/store.hpp"

namespace raccordo::contract {

class StoreRig {
 public:
  virtual ~StoreRig() = default;
  virtual Store& store() = 0;
};

class DurableStoreRig : public StoreRig {
 public:
  // Closes it and opens it again with what it kept.
  virtual void reopen() = 0;
};

using StoreMaker = std::function<std::unique_ptr<StoreRig>()>;
using DurableStoreMaker = std::function<std::unique_ptr<DurableStoreRig>()>;

template <typename Rig>
class StoreWords : public ::testing::TestWithParam<std::function<std::unique_ptr<Rig>()>> {
 protected:
  Store& store() { return rig_->store(); }

  static ParkedRecord record(const std::string& place, std::uint64_t content, std::int64_t scan = 1) {
    ParkedRecord r;
    r.place = place;
    r.content = content;
    r.line = 17;
    r.stage = "translation";
    r.reason = "invalid_field";
    r.field = "POSTI";
    r.text = {"non è un numero", "not a number"};
    r.scan = scan;
    r.first_ms = 1'000;
    r.last_ms = 1'000;
    r.context = R"({"format":"csv"})";
    r.original = {"none", "", std::string("a;b\0c\xff", 6)};
    return r;
  }

  // A commit in which `parked` were received, and `delivered` besides.
  static SourceCommit commit_of(std::vector<ParkedRecord> parked, std::int64_t delivered = 0) {
    SourceCommit commit;
    commit.connector = "albo";
    commit.counts.parked = static_cast<std::int64_t>(parked.size());
    commit.counts.delivered = delivered;
    commit.counts.received = commit.counts.parked + delivered;
    commit.parked = std::move(parked);
    return commit;
  }

  Committed commit(const SourceCommit& commit) {
    const auto committed = store().commit(commit);
    EXPECT_TRUE(committed.ok()) << committed.error().in(Language::kEnglish);
    return committed.ok() ? *committed : Committed{};
  }

  std::vector<ParkedRecord> in_state(std::optional<ParkedState> state,
                                     const std::string& connector = "albo") {
    ParkedQuery query;
    query.connector = connector;
    query.state = state;
    return store().parked(query).value();
  }

  Counts ledger(const std::string& connector = "albo") { return store().ledger().value()[connector]; }

  // The rule that everything follows from: every input has one end, and what is parked is what the list
  // shows.
  void expect_balanced(const std::string& connector = "albo") {
    const auto c = ledger(connector);
    EXPECT_EQ(c.received, c.delivered + c.unchanged + c.filtered + c.parked);
    EXPECT_EQ(c.parked, static_cast<std::int64_t>(in_state(ParkedState::kParked, connector).size()));
  }

  // What a person who discards it asks for.
  static ParkedMove discarding(const ParkedRecord& record) {
    ParkedMove move;
    move.id = record.id;
    move.to = ParkedState::kDiscarded;
    move.counts.parked = -1;
    move.counts.filtered = 1;
    return move;
  }

  std::vector<std::string> deltas(const std::string& connector, const std::string& kind) {
    std::vector<std::string> out;
    EXPECT_TRUE(store()
                    .deltas(connector, kind,
                            [&](std::string_view bytes) {
                              out.emplace_back(bytes);
                              return true;
                            })
                    .ok());
    return out;
  }

  std::unique_ptr<Rig> rig_ = this->GetParam()();
};

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class StoreContract : public StoreWords<StoreRig> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(StoreContract);

// Of those that keep what they hold over a restart.
class DurableStoreContract : public StoreWords<DurableStoreRig> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(DurableStoreContract);

}  // namespace raccordo::contract
