// SPDX-License-Identifier: EUPL-1.2
// Several daemons of one hub share its work: each takes its part of the connectors, prolongs what it has,
// gives up what it could not prolong before others may take it, and takes over from those that are gone.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "core/engine/flow/shared_out.hpp"
#include "core/engine/sharing/holdings.hpp"
#include "core/ports/log.hpp"
#include "raccordo/model/text.hpp"

namespace raccordo {

// A piece of work that one daemon has at a time.
class SharedWork {
 public:
  virtual ~SharedWork() = default;

  [[nodiscard]] virtual const std::string& lease() const = 0;  // its name
  // Begins; nothing where it is at work. [sharing]
  virtual void take_up() = 0;
  // Asks to end what is under way; `who`: for people, why. [sharing]
  virtual void ask_to_leave(const Text& who) = 0;
  // Whether nothing is under way any more. [sharing]
  [[nodiscard]] virtual bool has_left() = 0;
};

struct SharingFacts {
  std::string name;  // this daemon's, as people know it
  std::string id;    // of its data folder: what comes after it there has nothing to fear from it
  Duration lease{};
  Language language = Language::kEnglish;
};

class Sharing {
 public:
  // What there is to share, as it is configured now. [sharing]
  using Works = std::function<std::vector<std::shared_ptr<SharedWork>>()>;

  // All borrowed but the facts.
  Sharing(SharingFacts facts, Leases& leases, Holdings& holdings, Clock& clock, Log& log, Works works);

  // One round. How long until the next, at the most. [sharing]
  [[nodiscard]] Duration round();
  // Rounds until it is asked to stop. [sharing]
  void run(const std::stop_token& stop);
  // Takes all that nobody has, whatever its part would be: for a command, which ends soon. Errors: those of
  // the leases. [sharing]
  [[nodiscard]] Status take_all_there_is();
  // Gives everything back; what was at work has left. [control]
  void end();

  // As of the last round. [any]
  [[nodiscard]] SharedOut shared_out() const;

 private:
  using List = std::vector<std::shared_ptr<SharedWork>>;

  [[nodiscard]] Status begin();
  [[nodiscard]] Status keep();
  [[nodiscard]] Status show_that_we_live();
  // False: somebody else has it.
  [[nodiscard]] Result<bool> take(const std::string& name);
  void let_go_of_lost(const std::vector<Lease>& before, const std::vector<Lease>& still);
  void give_up_what_is_over();
  [[nodiscard]] Status share();
  [[nodiscard]] Status settle(const List& works);
  [[nodiscard]] std::size_t holds(const List& works) const;
  void leave_some(const List& works, std::size_t part);
  [[nodiscard]] Status take_some(const List& works, std::size_t part);
  [[nodiscard]] Duration until_next() const;
  [[nodiscard]] std::int64_t lease_ms() const;
  [[nodiscard]] std::string holder_of(const std::string& lease) const;
  void tell_what_is_shared();
  void tell(LogLevel level, const Text& text) const;
  void note(const std::optional<Error>& failure);

  const SharingFacts facts_;
  const std::string holder_;
  Leases& leases_;
  Holdings& holdings_;
  Clock& clock_;
  Log& log_;
  const Works works_;
  LeaseBook book_;                      // as of this round
  std::set<std::string> leaving_;       // leases that are given back once their work has left
  std::optional<std::string> failure_;  // told last
  bool begun_ = false;
  bool is_guest_ = false;     // a command: takes what is free, and no part
  mutable std::mutex mutex_;  // guards all below
  SharedOut shared_out_;
  std::int64_t lost_ = 0;
};

}  // namespace raccordo
