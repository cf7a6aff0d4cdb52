// SPDX-License-Identifier: EUPL-1.2
// What a delivery's partner has, by kind and key: tells an event that is new to the partner from one that is
// not. Lives in memory, owned by its flow; what changes is kept in the store with each commit.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/catalogue/said_index.hpp"
#include "core/ports/store.hpp"

namespace raccordo {

// How far what the store knows can be gone by; but for kWhole, everything is to be compared again.
enum class Recalled {
  kWhole,
  kDamaged,    // a delta is, and what it said is forgotten
  kOlderCopy,  // the store is one: what its partner was told since is not known
};

// [flow] throughout.
class Delivered {
 public:
  // `identity` is the connector's id, or the one it had before it was renamed. `store` is borrowed.
  Delivered(std::string identity, Store& store) : identity_(std::move(identity)), store_(store) {}

  // Nothing is known until it is brought back.
  void forget();

  // Brings back what the store knows. Errors: those of the store.
  [[nodiscard]] Result<Recalled> recover();

  // Lets go of what the store has, too. Not while all is read again. Until `know` nothing else may be asked
  // of it, or told to it, but `take_deltas` and `committed`.
  void rest();
  // Brings that back. Errors: those of the store; kCorrupt: not all of it is there any more, what is left to
  // do is `recover`.
  [[nodiscard]] Status know();

  // Null when nothing of the key was delivered. Good until the next `remember`.
  [[nodiscard]] Said* find(std::string_view kind, const Uuid& key);

  // What stands in the partner's hands is what this index says, unless the index is of an older copy and the
  // source has spoken since: then something else may have been delivered in between. `known` is what `find`
  // found.
  [[nodiscard]] bool has(const Said* known, const Said& said) const;

  // What is there still under a key, whatever its kind.
  struct Known {
    std::string_view kind;
    Said* said;
  };
  [[nodiscard]] std::optional<Known> find_there(const Uuid& key);

  // The partner has it now.
  void remember(std::string_view kind, const Said& said);
  // Said again later than it was delivered: what was said between and is parked is older now.
  void confirm(std::string_view kind, Said& known, std::uint32_t revision);

  // What changed since it was last taken, for a commit.
  [[nodiscard]] std::vector<IndexDelta> take_deltas();
  // Right behind a commit, when the index says what the store does; not while all is read again: a delta that
  // was damaged, an epoch that was another, must be missed until then. Joins what the store keeps where most
  // of it was overtaken.
  [[nodiscard]] Status committed();

  // While all is read again, what is met belongs to this generation; what is left behind is `unseen`.
  [[nodiscard]] std::uint32_t generation() const { return generation_; }
  void begin_generation() { ++generation_; }
  struct Unseen {
    std::string kind;
    Said said;
  };
  // What is there by what was delivered, and was not met since the generation began.
  [[nodiscard]] std::vector<Unseen> unseen();

 private:
  // Whether all of it is whole.
  [[nodiscard]] Result<bool> read_index();
  [[nodiscard]] Status compare_epochs();
  [[nodiscard]] Status keep_epoch();
  [[nodiscard]] Status join();

  std::string identity_;
  Store& store_;
  std::map<std::string, SaidIndex, std::less<>> indexes_;   // by kind
  std::map<std::string, std::string, std::less<>> deltas_;  // not in the store yet, by kind
  std::size_t entries_kept_ = 0;                            // in the store's deltas, overtaken ones included
  std::uint32_t generation_ = 1;
  bool resting_ = false;
  bool older_copy_ = false;               // the store is, and not all was read again yet
  std::optional<std::string> new_epoch_;  // of the store, while it is not noted
};

}  // namespace raccordo
