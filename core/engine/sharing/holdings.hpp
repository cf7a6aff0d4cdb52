// SPDX-License-Identifier: EUPL-1.2
// What this daemon works at, among several: the leases that it has, and until when it may rely on them.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/leases.hpp"

namespace raccordo {

class Holdings final : public Fences {
 public:
  // The clock is borrowed.
  explicit Holdings(const Clock& clock) : clock_(clock) {}

  // What every daemon may change: a partner's calls come in anywhere. [any]
  void open_to_all(const std::string& name);

  // Ours, until `until` of the monotonic clock. [any]
  void hold(const Lease& lease, Duration until);
  // Ours no more; `by`: who works at it now, as people know him, or empty. [any]
  void drop(const std::string& name, const std::string& by);

  [[nodiscard]] std::vector<Lease> all() const;  // by name; also those whose time is over [any]
  [[nodiscard]] bool has(const std::string& name) const;
  // Whether it may be relied on now. [any]
  [[nodiscard]] bool runs(const std::string& name) const;

  [[nodiscard]] Result<Fence> of(const std::string& name) const override;

 private:
  struct Held {
    Lease lease;
    Duration until{};
  };

  const Clock& clock_;
  mutable std::mutex mutex_;  // guards all below
  std::map<std::string, Held> held_;
  std::set<std::string> open_;
  std::map<std::string, std::string> others_;  // who works at what we had
};

}  // namespace raccordo
