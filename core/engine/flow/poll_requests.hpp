// SPDX-License-Identifier: EUPL-1.2
// What a plugin asks of the host besides what it states, and the requests of one poll that wait for their
// turn.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/ledger/ends.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/plugin_runner.hpp"

namespace raccordo {

// A request, and what its plugin wants to be told again with the response.
struct AskedFor {
  WebRequest request;
  std::string context;

  // As people read it: path and query, as the plugin said them. Of a whole address no query, which may hold a
  // key.
  [[nodiscard]] std::string name() const;
};

// The effects of one input, taken apart.
struct PluginAnswer {
  enum class Step : std::uint8_t { kSend, kSnapshotBegin, kSnapshotEnd };
  struct Asked {
    Step step = Step::kSend;
    AskedFor send;      // of kSend
    std::string scope;  // of a snapshot
  };

  std::vector<Effect> stated;  // for Statements; they point where the effects did
  std::vector<Asked> asked;    // in their order
  std::optional<std::string> cursor;

  [[nodiscard]] bool ends_snapshot() const;
  // Its plugin did not come to an end: what it asked for is not asked for.
  void count_nothing() {
    asked.clear();
    cursor.reset();
  }
};
[[nodiscard]] PluginAnswer taken_apart(std::span<const Effect> effects);

// What of it the host does not do: the whole input is parked with it.
[[nodiscard]] std::optional<ParkReason> why_refused(const PluginAnswer& answer);

// The kinds that a snapshot's scope names, blanks between; none: all that the source states.
[[nodiscard]] std::vector<std::string> kinds_in(const std::string& scope);

// [flow]
class PollRequests {
 public:
  explicit PollRequests(std::size_t most) : most_(most) {}

  enum class Taken : std::uint8_t {
    kTaken,
    kRepeated,  // the same was asked in this poll, with the same context: it would never end
    kTooMany,
  };
  [[nodiscard]] Taken take(AskedFor asked);

  // The oldest.
  [[nodiscard]] std::optional<AskedFor> next();
  [[nodiscard]] bool waiting() const { return !waiting_.empty(); }

 private:
  std::size_t most_;
  std::deque<AskedFor> waiting_;
  std::size_t bytes_ = 0;  // that wait
  std::set<std::pair<std::uint64_t, std::uint64_t>> known_;
};

}  // namespace raccordo
