// SPDX-License-Identifier: EUPL-1.2
// A partner's system, as far as tests look into it: what came to it last under each address.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/partner/web_partner.hpp"

namespace raccordo::testing {

// [any]
class PartnerSystem {
 public:
  void keep(const Asked& asked) {
    const std::lock_guard lock(mutex_);
    if (asked.method == "DELETE")
      last_.erase(asked.target);
    else
      last_[asked.target] = asked.body;
    arrived_.notify_all();
  }
  Reply take(const Asked& asked, int status = 200) {
    keep(asked);
    return {status, {}, "{}"};
  }
  // Waits until what stands under some address holds these words, and these; that. Null: it never came.
  nlohmann::json await(const std::string& words, const std::string& more = "") {
    std::unique_lock lock(mutex_);
    const auto found = [&]() -> const std::string* {
      for (const auto& [path, body] : last_)
        if (body.find(words) != std::string::npos && body.find(more) != std::string::npos) return &body;
      return nullptr;
    };
    if (!arrived_.wait_for(lock, std::chrono::seconds(60), [&] { return found() != nullptr; }))
      return nullptr;
    return nlohmann::json::parse(*found(), nullptr, false);
  }
  bool knows_of(const std::string& words) {
    const std::lock_guard lock(mutex_);
    return std::ranges::any_of(
        last_, [&](const auto& each) { return each.second.find(words) != std::string::npos; });
  }
  void await_none() {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(arrived_.wait_for(lock, std::chrono::seconds(60), [&] { return last_.empty(); }));
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::map<std::string, std::string> last_;
};

}  // namespace raccordo::testing
