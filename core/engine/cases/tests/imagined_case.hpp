// SPDX-License-Identifier: EUPL-1.2
// A case with a wallet of its own and places in a pool, in memory: performs what the tables say, and
// complains where that cannot be.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "core/engine/cases/money.hpp"
#include "core/engine/cases/rules.hpp"
#include "core/engine/cases/sessions.hpp"

namespace raccordo::cases {
// As a failed test shows it.
inline void PrintTo(const Standing& standing, std::ostream* out) {
  *out << standing.state << ", awaits " << name_of(standing.awaits);
}
}  // namespace raccordo::cases

namespace raccordo::cases::testing {

// What differs between offers.
struct Offered {
  MoneyTerms terms;
  std::int64_t total = 1000;
  std::int64_t other_total = 600;  // what it costs at another time
  bool series = false;             // of two sessions
};

class ImaginedCase {
 public:
  ImaginedCase(const Machine& machine, const Offered& offered);

  // The step of a message; the hub's own where `by` is the hub. What follows of itself is done too.
  void make(const Transition& transition, Party by, const SessionStep& about);

  [[nodiscard]] const Standing& standing() const { return standing_; }
  [[nodiscard]] const std::vector<Session>& sessions() const { return sessions_; }
  [[nodiscard]] const Money& money() const { return money_; }
  [[nodiscard]] bool has_places() const { return places_.has_value(); }
  [[nodiscard]] bool provider_agreed() const { return provider_agreed_; }
  [[nodiscard]] bool was_moved() const { return was_moved_; }
  [[nodiscard]] std::int64_t revision() const { return revision_; }
  [[nodiscard]] bool ends() const;
  // All but the revision: cases of one key go on alike.
  [[nodiscard]] std::string key() const;
  // What is wrong with it as it stands, and was with the last step.
  [[nodiscard]] std::vector<std::string> complaints() const;

 private:
  void perform(std::string_view effect, const MoneyStep& step);
  void keep_places(std::string_view effect);
  void keep_list(std::string_view effect);
  void keep_wallet(const Movement& movement);
  void follow(const SessionStep& about);
  void look_at_money(std::vector<std::string>& out) const;
  void look_at_end(std::vector<std::string>& out) const;

  const Machine* machine_;
  Offered offered_;
  Standing standing_;
  Money money_;
  std::int64_t reserved_ = 0, spent_ = 0;  // as the wallet counts them
  std::optional<int> places_;              // at which time
  bool seats_[2] = {false, false};         // of the sessions, where there are some
  bool freed_ = false;                     // a place, in this step
  bool listed_ = false;
  int time_ = 0;
  std::vector<Session> sessions_;
  bool provider_agreed_ = false, was_moved_ = false;
  std::int64_t revision_ = 0;
  std::vector<std::string> wrong_;
};

}  // namespace raccordo::cases::testing
