// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/ports/metrics.hpp"
#include "core/ports/testing/faults.hpp"

namespace raccordo::testing {

// Keeps what was measured; throws as planned at "took", "held", "asked", "called", "restarted", for a library behind the port
// may. [any]
class FaultyMetrics final : public Metrics {
 public:
  Faults faults;

  void took(std::string_view connector, std::string_view stage, Duration) override {
    note("took", connector, stage, 1);
  }
  void held(std::string_view connector, std::string_view where, std::int64_t inputs) override {
    note("held", connector, where, inputs);
    const std::scoped_lock lock(mutex_);
    depths_[std::string(connector) + " " + std::string(where)].push_back(inputs);
  }
  void asked(std::string_view connector, std::string_view outcome, Duration) override {
    note("asked", connector, outcome, 1);
  }
  void called(std::string_view connector, std::string_view outcome, Duration) override {
    note("called", connector, outcome, 1);
  }
  void restarted(std::string_view connector) override { note("restarted", connector, {}, 1); }

  // How many inputs were held, each time that it was said.
  [[nodiscard]] std::vector<std::int64_t> depths(const std::string& connector,
                                                 const std::string& where) const {
    const std::scoped_lock lock(mutex_);
    const auto found = depths_.find(connector + " " + where);
    return found == depths_.end() ? std::vector<std::int64_t>{} : found->second;
  }
  // Of "took", "asked", "called" and "restarted" how often, of "held" the sum; by connector and stage or outcome.
  [[nodiscard]] std::int64_t sum(const std::string& what, const std::string& connector,
                                 const std::string& stage = {}) const {
    const std::scoped_lock lock(mutex_);
    const auto found = noted_.find(what + " " + connector + " " + stage);
    return found == noted_.end() ? 0 : found->second;
  }

 private:
  void note(const std::string& what, std::string_view connector, std::string_view stage, std::int64_t count) {
    const auto noted = faults.through(what, [&]() -> Status {
      const std::scoped_lock lock(mutex_);
      noted_[what + " " + std::string(connector) + " " + std::string(stage)] += count;
      return done();
    });
    if (!noted.ok()) throw std::runtime_error(noted.error().message.en);
  }

  mutable std::mutex mutex_;
  std::map<std::string, std::int64_t> noted_;
  std::map<std::string, std::vector<std::int64_t>> depths_;
};

}  // namespace raccordo::testing
