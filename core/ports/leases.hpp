// SPDX-License-Identifier: EUPL-1.2
// Who works at what, where several daemons share one store.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "raccordo/model/result.hpp"

namespace raccordo {

// Who works at something that only one daemon may work at. A holder that was away finds a higher epoch.
struct Lease {
  std::string name;
  std::string holder;
  std::int64_t epoch = 0;     // 1 with the first who has it, rising by one with each
  std::int64_t until_ms = 0;  // by the store's own time
  friend bool operator==(const Lease&, const Lease&) = default;
};

// What a holder shows before it changes anything; none: nobody else can. It is ours until it was given back or
// somebody took it after its time: a holder whose time is over may go on while nobody did.
using Fence = std::optional<Lease>;

// The leases whose time is not over, by name, at the store's own time.
struct LeaseBook {
  std::int64_t now_ms = 0;
  std::vector<Lease> running;
};

class Leases {
 public:
  virtual ~Leases() = default;

  // Takes a lease that nobody has or whose time is over, with a new epoch; prolongs ours before its time, with its
  // epoch. None: somebody else has it. Times are the store's own, so that clocks of several machines may differ. [any]
  [[nodiscard]] virtual Result<std::optional<Lease>> lease(const std::string& name, const std::string& holder,
                                                           std::int64_t for_ms) = 0;
  // Prolongs those that are still ours, with their epochs, also behind their time where nobody took them: which. [any]
  [[nodiscard]] virtual Result<std::vector<Lease>> prolong(std::span<const Lease> ours, std::int64_t for_ms) = 0;
  // Nothing where it is no longer ours. [any]
  [[nodiscard]] virtual Status give_back(const Lease& lease) = 0;
  [[nodiscard]] virtual Result<LeaseBook> lease_book() = 0;  // [any]
};

// What stands before every change that only one daemon may make.
class Fences {
 public:
  virtual ~Fences() = default;

  // Of the lease of this name: what to show with a change. None: anybody may make it. Errors: kConflict: somebody
  // else works at it; kUnavailable: it could not be prolonged in time, and somebody else may. [any]
  [[nodiscard]] virtual Result<Fence> of(const std::string& name) const = 0;
};

// Names of leases.
[[nodiscard]] inline std::string lease_of_connector(const std::string& identity) { return "connector:" + identity; }
[[nodiscard]] inline std::string lease_of_daemon(const std::string& name) { return "daemon:" + name; }
// Of what passes with time in cases, and of telling what they have to tell.
inline constexpr const char* kLeaseOfCases = "cases";

}  // namespace raccordo
