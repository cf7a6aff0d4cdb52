// SPDX-License-Identifier: EUPL-1.2
// What is to go wrong, in which order: written down by a test, or drawn from a seed.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <random>
#include <vector>

namespace raccordo::testing {

enum class FaultKind : std::uint8_t {
  kNone,            // everything passes
  kCut,             // both sides lose the connection
  kDelay,           // one pause
  kTrickle,         // byte by byte, a pause after each
  kHoldBack,        // waits until something passed on another connection, at most for the pause
  kSendTwice,       // HTTP: the request reaches the server once more, on a connection of its own
  kWrongLength,     // HTTP: the answer's Content-Length is not that of its body
  kFailAfterwards,  // HTTP: the server did what it was asked, the client is told 500
};
inline constexpr std::size_t kFaultKinds = 8;

enum class Direction : std::uint8_t { kRequests, kAnswers };

struct Fault {
  FaultKind kind = FaultKind::kNone;
  Direction direction = Direction::kAnswers;  // of a cut, a delay, a trickle
  std::uint64_t after = 0;                    // bytes that pass before it
  std::chrono::milliseconds pause{1};         // real time: keep it short
  std::uint64_t bytes = 0;                    // that trickle; 0: all that are there
  std::int64_t length = 0;                    // added to Content-Length
  friend bool operator==(const Fault&, const Fault&) = default;
};

class FaultPlan {
 public:
  struct Mixture {
    std::vector<FaultKind> kinds;
    unsigned one_in = 2;           // how many draws have one fault among them
    std::uint64_t most_bytes = 1;  // that pass before a fault
    std::chrono::milliseconds longest{20};
  };

  // In this order, then nothing any more.
  explicit FaultPlan(std::vector<Fault> faults = {}) : written_(faults.begin(), faults.end()) {}
  // The same seed draws the same faults, without end.
  FaultPlan(std::uint64_t seed, Mixture mixture) : mixture_(std::move(mixture)), random_(seed) {}

  [[nodiscard]] Fault next();
  // The next one of that direction; those of the other keep their turn.
  [[nodiscard]] Fault next(Direction direction);

 private:
  [[nodiscard]] Fault drawn();
  [[nodiscard]] std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

  std::deque<Fault> written_;
  Mixture mixture_;
  std::mt19937_64 random_;
};

}  // namespace raccordo::testing
