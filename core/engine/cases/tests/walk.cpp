// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/tests/walk.hpp"

#include <fmt/format.h>

#include <deque>
#include <map>

namespace raccordo::cases::testing {
namespace {

constexpr std::size_t kMost = 5000;  // of one offer: two sessions come to some hundreds

class Walk {
 public:
  Walk(const Machine& machine, const Offered& offered) : machine_(machine), offered_(offered) {}

  Walked go(Until until) {
    reach(ImaginedCase(machine_, offered_), "", "nothing");
    while (!next_.empty()) {
      if (until == Until::kSomethingWrong && !walked_.wrong.empty()) return std::move(walked_);
      if (walked_.cases.size() > kMost) {
        walked_.wrong.insert("there is no end of cases");
        return std::move(walked_);
      }
      const auto one = std::move(next_.front());
      next_.pop_front();
      messages(one);
      time(one);
    }
    see_that_all_end();
    return std::move(walked_);
  }

 private:
  void messages(const ImaginedCase& one) {
    const std::vector<std::vector<std::string>> choices =
        offered_.series ? std::vector<std::vector<std::string>>{{}, {"monday"}, {"tuesday"}}
                        : std::vector<std::vector<std::string>>{{}};
    for (const auto& event : machine_.events) {
      if (event.name.ends_with("_part")) continue;  // what session_step() makes of a command
      for (const auto party : {Party::kCustomer, Party::kProvider, Party::kPayer})
        for (const auto& starts : choices)
          if (const auto about = session_step(event.name, one.sessions(), starts);
              about && !about->event.empty())
            make(one, about->event, party, *about);
    }
  }

  // What the hub does by itself: the end of time, and a place that came free.
  void time(const ImaginedCase& one) {
    const auto standing = one.standing();
    for (const auto& timeout : machine_.timeouts) {
      if (timeout.state != standing.state ||
          (timeout.while_awaited && *timeout.while_awaited != standing.awaits))
        continue;
      auto about = session_step(timeout.event, one.sessions(), {});
      about->event = timeout.event;
      make(one, timeout.event, Party::kHub, *about);
    }
    if (standing.state == "waitlisted")
      make(one, "offer_place", Party::kHub, {"offer_place", {}, {}, one.sessions()});
  }

  void make(const ImaginedCase& before, std::string_view event, Party party, const SessionStep& about) {
    const auto* transition = find(machine_, before.standing(), event, party);
    if (transition == nullptr) return;
    auto behind = before;
    behind.make(*transition, party, about);
    reach(behind, before.key(), event);
    for (const auto& guard : transition->guards)
      for (const auto instead : {guard.fails, guard.waits})
        if (!instead.empty())
          make(before, instead, Party::kHub, {std::string(instead), {}, {}, before.sessions()});
  }

  void reach(const ImaginedCase& one, const std::string& before, std::string_view event) {
    const auto key = one.key();
    behind_[before].insert(key);
    for (const auto& what : one.complaints())
      walked_.wrong.insert(fmt::format("{} by {}: {}", one.standing().state, event, what));
    if (!walked_.cases.insert(key).second) return;
    walked_.states.insert(std::string(one.standing().state));
    if (one.ends()) ends_.insert(key);
    next_.push_back(one);
  }

  // From every case some way leads to an end.
  void see_that_all_end() {
    auto ending = ends_;
    for (bool more = true; more;) {
      more = false;
      for (const auto& [from, to] : behind_)
        if (!ending.contains(from))
          for (const auto& key : to)
            if (ending.contains(key)) {
              more = ending.insert(from).second || more;
              break;
            }
    }
    for (const auto& key : walked_.cases)
      if (!ending.contains(key)) walked_.wrong.insert(key + ": no way leads to an end");
  }

  const Machine& machine_;
  Offered offered_;
  Walked walked_;
  std::deque<ImaginedCase> next_;
  std::map<std::string, std::set<std::string>> behind_;
  std::set<std::string> ends_;
};

}  // namespace

Walked walk(const Machine& machine, const Offered& offered, Until until) {
  return Walk(machine, offered).go(until);
}

Walked walk_all(const Machine& machine) {
  Walked all;
  for (const bool series : {false, true})
    for (const bool on_confirmation : {false, true})
      for (const std::int64_t absence : {0, 50, 100})
        for (const std::int64_t cancellation : {0, 50}) {
          auto one = walk(machine, {{on_confirmation, absence, cancellation}, 1001, 600, series});
          all.cases.merge(one.cases);
          all.states.merge(one.states);
          all.wrong.merge(one.wrong);
        }
  return all;
}

}  // namespace raccordo::cases::testing
