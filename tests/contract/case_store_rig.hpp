// SPDX-License-Identifier: EUPL-1.2
// The store of cases under test, and the words in which its contract is written.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/ports/case_store.hpp"

namespace raccordo::contract {

class CaseStoreRig {
 public:
  virtual ~CaseStoreRig() = default;
  virtual CaseStore& store() = 0;
  // As if the lease's time were over, whoever has it.
  virtual void let_run_out(const std::string& lease) = 0;
};

class DurableCaseStoreRig : public CaseStoreRig {
 public:
  // Closes it and opens it again with what it kept.
  virtual void reopen() = 0;
};

using CaseStoreMaker = std::function<std::unique_ptr<CaseStoreRig>()>;
using DurableCaseStoreMaker = std::function<std::unique_ptr<DurableCaseStoreRig>()>;

template <typename Rig>
class CaseStoreWords : public ::testing::TestWithParam<std::function<std::unique_ptr<Rig>()>> {
 protected:
  using Work = CaseStore::Work;
  using Fence = CaseStore::Fence;
  static constexpr std::int64_t kHour = 3'600'000;

  CaseStore& store() { return rig_->store(); }

  static Uuid id(const std::string& name) { return uuid_v5(kNamespaceUrl, name); }

  static InboxEntry message(const std::string& id, std::int64_t time_ms = 1'000) {
    return {"portale", id, "a1b2", std::string("\0sealed\xff", 8), time_ms};
  }

  static CaseRecord booking(const std::string& name, const std::string& state = "requested",
                            std::int64_t revision = 1) {
    CaseRecord record;
    record.id = id(name);
    record.machine = "booking";
    record.state = state;
    record.revision = revision;
    record.data = R"({"quantity":2,"state":"è"})";
    record.people = std::string("\0people\xfe", 8);
    record.asked_by = "portale";
    record.asked_id = "P-" + name;
    record.answered_by = "airone";
    record.changed_ms = revision * 1'000;
    return record;
  }

  static CaseStep step_to(const CaseRecord& record, const std::string& event = "request") {
    return {record.id,  record.revision, event, record.revision == 1 ? "" : "before", record.state,
            "customer", "portale",       "m-1", R"({"reason":{"code":"none"}})",      record.changed_ms};
  }

  static WalletRecord wallet(const std::string& name, std::int64_t available, std::int64_t reserved = 0,
                             std::int64_t spent = 0, std::int64_t expired = 0) {
    WalletRecord wallet;
    wallet.id = id(name);
    wallet.plan = "piano-1";
    wallet.holder = "pseudonimo-" + name;
    wallet.unit = "EUR";
    wallet.letter = "f-bis";
    wallet.credited = available + reserved + spent + expired;
    wallet.available = available;
    wallet.reserved = reserved;
    wallet.spent = spent;
    wallet.expired = expired;
    wallet.valid_to = "2026-12-31";
    return wallet;
  }

  static WalletMovement movement(const std::string& name, const std::string& wallet, const std::string& kind,
                                 std::int64_t amount) {
    return {id(name), id(wallet), kind, amount, id("about-" + name), "f-bis", "2026-03-01", 5'000};
  }

  // One work in a transaction of its own: what became of it.
  Status act(const Work& work, const Fence& fence = {}) {
    auto outcomes = store().transact({&work, 1}, fence);
    if (!outcomes.ok()) return outcomes.error();
    EXPECT_EQ(outcomes->size(), 1u);
    return outcomes->at(0);
  }

  void done_by(const Work& work, const Fence& fence = {}) {
    const auto outcome = act(work, fence);
    EXPECT_TRUE(outcome.ok()) << outcome.error().in(Language::kEnglish);
  }

  // The name of the error that ends the work; empty: none.
  std::string refused(const Work& work, const Fence& fence = {}) {
    const auto outcome = act(work, fence);
    return outcome.ok() ? "" : std::string(name_of(outcome.error().code));
  }

  static Work putting(const CaseRecord& record) {
    return [record](CaseTransaction& t) { return t.put(record, step_to(record)); };
  }
  static Work remembering(const InboxEntry& entry) {
    return [entry](CaseTransaction& t) { return t.remember(entry); };
  }
  static Work telling(const std::string& value) {
    return [value](CaseTransaction& t) { return t.tell({99, "bookings", "k", value}); };
  }
  static Work keeping(const WalletRecord& wallet) {
    return [wallet](CaseTransaction& t) { return t.put(wallet); };
  }
  // Fails where there is no place left.
  static Work taking(const std::string& pool, const std::string& name, std::int64_t places,
                     std::int64_t total) {
    return [=](CaseTransaction& t) -> Status {
      RACCORDO_TRY(const bool taken, t.take_places(pool, id(name), places, total));
      if (taken) return done();
      return error(ErrorCode::kTooLarge, say("al completo", "full"));
    };
  }

  // What a work reads: asked([&](auto& t) { return t.taken_places("nido"); })
  template <typename Ask>
  auto asked(Ask ask) {
    std::optional<std::decay_t<decltype(ask(std::declval<CaseTransaction&>()).value())>> answer;
    done_by([&](CaseTransaction& t) -> Status {
      RACCORDO_TRY(answer, ask(t));
      return done();
    });
    return std::move(answer).value();
  }
  std::int64_t taken(const std::string& pool) {
    return asked([&](CaseTransaction& t) { return t.taken_places(pool); });
  }
  static Work waiting_for(const std::string& pool, const std::string& name) {
    return [=](CaseTransaction& t) { return t.wait_for(pool, id(name)); };
  }
  std::vector<Uuid> list(const std::string& pool, const std::optional<Uuid>& after = {},
                         std::size_t limit = 100) {
    return asked([&](CaseTransaction& t) { return t.waiting(pool, after, limit); });
  }

  static Drawn of_ada(std::int64_t held, std::int64_t used, const std::string& period = "2026-W10") {
    return {id("ada"), period, held, used};
  }
  // Fails where there is not enough left.
  static Work drawing(const std::string& name, const Drawn& drawn, std::int64_t granted) {
    return [=](CaseTransaction& t) -> Status {
      RACCORDO_TRY(const bool enough, t.draw(id(name), drawn, granted));
      if (enough) return done();
      return error(ErrorCode::kTooLarge, say("esaurito", "used up"));
    };
  }
  std::vector<Drawn> drawn_by(const std::string& name) {
    return asked([&](CaseTransaction& t) { return t.drawn_by(id(name)); });
  }

  std::optional<InboxEntry> answered(const std::string& id, const std::string& source = "portale") {
    return asked([&](CaseTransaction& t) { return t.inbox(source, id); });
  }

  std::vector<Uuid> ids_of(const CaseQuery& query) {
    std::vector<Uuid> ids;
    for (const auto& record : *store().cases(query)) ids.push_back(record.id);
    return ids;
  }

  std::vector<std::string> to_tell(std::size_t limit = 100) {
    std::vector<std::string> values;
    std::int64_t last = 0;
    for (const auto& message : *store().to_tell(limit)) {
      EXPECT_GT(message.number, last) << "numbers rise";
      last = message.number;
      values.push_back(message.value);
    }
    return values;
  }

  // Runs `act` on that many threads at once.
  static void at_once(int threads, const std::function<void(int)>& act) {
    std::vector<std::jthread> running;
    for (int i = 0; i < threads; ++i) running.emplace_back([&act, i] { act(i); });
  }

  std::unique_ptr<Rig> rig_ = this->GetParam()();
};

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class CaseStoreContract : public CaseStoreWords<CaseStoreRig> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(CaseStoreContract);

// Of those that keep what they hold over a restart.
class DurableCaseStoreContract : public CaseStoreWords<DurableCaseStoreRig> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(DurableCaseStoreContract);

}  // namespace raccordo::contract
