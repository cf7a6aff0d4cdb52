// SPDX-License-Identifier: EUPL-1.2
// Read-only connections to one file, lent to one reader at a time. They never checkpoint.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "adapters/sqlite/database.hpp"

namespace raccordo::sqlite {

class Readers {
 public:
  // At most `keep` stay open between uses; more are opened when more read at once.
  Readers(std::string path, std::size_t keep) : path_(std::move(path)), keep_(keep) {}

  // Gives the connection back at its end. Must not outlive the Readers.
  class Loan {
   public:
    Loan(Readers& from, std::unique_ptr<Database> database) : from_(&from), database_(std::move(database)) {}
    Loan(Loan&&) = default;
    Loan& operator=(Loan&&) = delete;
    ~Loan() {
      if (database_) from_->take_back(std::move(database_));
    }
    [[nodiscard]] Database& operator*() const { return *database_; }
    [[nodiscard]] Database* operator->() const { return database_.get(); }

   private:
    Readers* from_;
    std::unique_ptr<Database> database_;
  };

  // [any]
  [[nodiscard]] Result<Loan> lend() {
    {
      const std::scoped_lock lock(mutex_);
      if (!idle_.empty()) {
        auto database = std::move(idle_.back());
        idle_.pop_back();
        return Loan(*this, std::move(database));
      }
    }
    RACCORDO_TRY(auto database, Database::open(path_, Access::kRead));
    return Loan(*this, std::move(database));
  }

 private:
  void take_back(std::unique_ptr<Database> database) {
    const std::scoped_lock lock(mutex_);
    if (idle_.size() < keep_) idle_.push_back(std::move(database));
  }

  std::string path_;
  std::size_t keep_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Database>> idle_;
};

}  // namespace raccordo::sqlite
