// SPDX-License-Identifier: EUPL-1.2
// A wallet and its movements, as tests of this folder begin.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "core/engine/wallets/book.hpp"
#include "core/ports/testing/memory_case_store.hpp"
#include "core/ports/testing/simulated_clock.hpp"

namespace raccordo::wallets {

inline Uuid id_of(std::string_view name) { return uuid_v5(kNamespaceUrl, name); }

inline const std::string& in_italian(const Error& error) { return error.message.it; }

// A book over a store in memory, in which Luca has 300.00 euro under letter f-ter, to the end of 2026.
class WalletOfLuca : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(perform([&](auto& transaction) { return book.credit(transaction, credit_of(30'000)); }).ok());
  }

  static Credit credit_of(std::int64_t cents, const std::string& name = "credit") {
    return {id_of(name),   "meccanica-po", "luca", {cents, "EUR"}, "f_ter", "2026-12-31",
            id_of("file"), "2026-03-02",   1};
  }

  Status perform(const CaseStore::Work& work) {
    const auto outcomes = store.transact(std::span(&work, 1));
    return outcomes.ok() ? outcomes->front() : Status(outcomes.error());
  }

  Spending spending(std::int64_t cents) const { return {wallet, {cents, "EUR"}, "f_ter", "luca"}; }
  static Step step(std::int64_t revision, const std::string& date = "2026-03-10") {
    return {id_of("case"), revision, "", date, 5};
  }

  Status reserve(std::int64_t cents, std::int64_t revision = 1) {
    return perform(
        [&](auto& transaction) { return book.reserve(transaction, spending(cents), step(revision)); });
  }
  Status capture(std::int64_t cents, std::int64_t revision = 2, const std::string& date = "2026-03-10") {
    return perform([&](auto& transaction) {
      return book.capture(transaction, wallet, {cents, "EUR"}, step(revision, date));
    });
  }
  Status release(std::int64_t revision = 3, const std::string& date = "2026-03-10") {
    return perform(
        [&](auto& transaction) { return book.release_rest(transaction, wallet, step(revision, date)); });
  }
  Status give_back(std::int64_t cents, std::int64_t revision = 4, const std::string& date = "2026-03-10") {
    return perform([&](auto& transaction) {
      return book.give_back(transaction, wallet, {cents, "EUR"}, step(revision, date));
    });
  }

  // credited, available, reserved, spent, expired
  std::vector<std::int64_t> sums() {
    for (const auto& record : *store.wallets(""))
      if (record.id == wallet)
        return {record.credited, record.available, record.reserved, record.spent, record.expired};
    return {};
  }
  std::size_t told() { return store.to_tell(1000)->size(); }

  testing::SimulatedClock clock;
  testing::MemoryCaseStore store{clock};
  Book book{"valle-demo", "welfare.wallets"};
  Uuid wallet = book.wallet_of(credit_of(1));
};

}  // namespace raccordo::wallets
