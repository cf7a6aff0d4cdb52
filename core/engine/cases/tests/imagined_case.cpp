// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/tests/imagined_case.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "core/engine/cases/words.hpp"

namespace raccordo::cases::testing {
namespace {

// Of two sessions, to the cent.
std::int64_t share_of(std::int64_t total, std::size_t index) {
  return total / 2 + (index == 0 ? total % 2 : 0);
}

MoneyStep money_step(const Offered& offered, const Transition& transition, const SessionStep& about) {
  MoneyStep step{transition.event, -1};
  if (about.changed.empty()) return step;
  step.portion = 0;
  for (const auto index : about.changed) step.portion += share_of(offered.total, index);
  return step;
}

bool moves(const Transition& transition, Party by) {
  return transition.event == "reschedule" || (transition.event == "hold" && by == Party::kProvider);
}

}  // namespace

ImaginedCase::ImaginedCase(const Machine& machine, const Offered& offered)
    : machine_(&machine), offered_(offered), money_{offered.total} {
  if (offered.series) sessions_ = {{"monday", "", {}}, {"tuesday", "", {}}};
}

void ImaginedCase::make(const Transition& transition, Party by, const SessionStep& about) {
  wrong_.clear();
  freed_ = false;
  ++revision_;
  sessions_ = about.sessions;
  if (moves(transition, by)) {
    time_ = 1 - time_;
    was_moved_ = true;
    if (by == Party::kCustomer && !offered_.series && money_.waived == 0)
      money_.total = time_ == 0 ? offered_.total : offered_.other_total;
  }
  if (transition.event == "offer_place" || moves(transition, by)) provider_agreed_ = by == Party::kProvider;
  for (const auto effect : words_of(transition.effects))
    perform(effect, money_step(offered_, transition, about));
  if (!has_word(transition.effects, "tell")) wrong_.push_back("nobody is told");
  standing_ = after(*machine_, standing_, transition);
  follow(about);
}

void ImaginedCase::follow(const SessionStep& about) {
  if (about.then.empty()) return;
  const auto* next = find(*machine_, standing_, about.then, Party::kHub);
  if (next == nullptr)
    return wrong_.push_back(fmt::format("all sessions are recorded, and the hub cannot {}", about.then));
  const auto said = wrong_;
  make(*next, Party::kHub, {about.then, {}, {}, about.sessions});
  wrong_.insert(wrong_.begin(), said.begin(), said.end());
}

void ImaginedCase::perform(std::string_view effect, const MoneyStep& step) {
  keep_places(effect);
  keep_list(effect);
  for (const auto& movement : move_money(effect, step, offered_.terms, money_)) keep_wallet(movement);
}

// Of a cancelled session nothing is taken.
void ImaginedCase::keep_places(std::string_view effect) {
  const auto free = [&](std::size_t session) {
    return session < sessions_.size() && sessions_[session].state == SessionState::kCancelled;
  };
  if (effect == "take_places") {
    freed_ = places_ && places_ != time_;
    places_ = time_;
    for (std::size_t i = 0; i < 2; ++i) seats_[i] = !free(i);
  }
  if (effect == "give_places_back") {
    if (!places_) wrong_.push_back("gives places back that it does not have");
    freed_ = true;
    places_.reset();
  }
  if (effect == "give_part_back") {
    freed_ = true;
    for (std::size_t i = 0; i < 2; ++i) seats_[i] = !free(i);
  }
  if (effect == "promote_waiting" && !freed_) wrong_.push_back("offers a place that is not free");
  if (effect == "promote_waiting") freed_ = false;
}

void ImaginedCase::keep_list(std::string_view effect) {
  if (effect == "join_list") listed_ = true;
  if (effect == "leave_list") listed_ = false;
}

void ImaginedCase::keep_wallet(const Movement& movement) {
  if (movement.amount <= 0) wrong_.push_back("a movement of nothing");
  if (movement.kind == "reserve") reserved_ += movement.amount;
  if (movement.kind == "capture") reserved_ -= movement.amount, spent_ += movement.amount;
  if (movement.kind == "release") reserved_ -= movement.amount;
  if (movement.kind == "give_back") spent_ -= movement.amount;
  if (reserved_ < 0 || spent_ < 0)
    wrong_.push_back(fmt::format("{} of what the wallet does not have for it", movement.kind));
}

bool ImaginedCase::ends() const {
  const auto* state = state_of(*machine_, standing_.state);
  return state != nullptr && state->ends;
}

std::string ImaginedCase::key() const {
  std::string key =
      fmt::format("{}/{} {} {} {} {} {} {} {}{}", standing_.state, name_of(standing_.awaits), money_.total,
                  money_.owed, money_.waived, money_.absent, reserved_, spent_, places_.value_or(-1), time_);
  for (const auto& session : sessions_) key += name_of(session.state);
  key += provider_agreed_ ? "+" : "-";
  for (const bool seat : seats_) key += seat ? "1" : "0";
  return key;
}

std::vector<std::string> ImaginedCase::complaints() const {
  auto out = wrong_;
  const auto state = standing_.state;
  const bool needs_places = state == "held" || state == "requested" || state == "confirmed";
  if (needs_places && places_ != time_) out.push_back("its places are not taken at its time");
  if (!needs_places && places_) out.push_back("places stay taken that it does not need");
  for (std::size_t i = 0; needs_places && i < sessions_.size(); ++i)
    if (seats_[i] && sessions_[i].state == SessionState::kCancelled)
      out.push_back("a cancelled session keeps its place");
  if (listed_ != (state == "waitlisted")) out.push_back("the list does not say who waits");
  look_at_money(out);
  if (ends()) look_at_end(out);
  return out;
}

void ImaginedCase::look_at_money(std::vector<std::string>& out) const {
  const auto needed = money_.owed + money_.to_come();
  if (money_.reserved != reserved_ || money_.spent != spent_) out.push_back("the wallet counts otherwise");
  if (money_.to_come() < 0 || money_.absent < 0) out.push_back("more is owed than was agreed");
  if (reserved_ + spent_ > needed) out.push_back("more money is kept than it costs");
  std::int64_t missed = 0;
  for (std::size_t i = 0; i < sessions_.size(); ++i) {
    const auto share = share_of(money_.total, i);
    if (sessions_[i].state == SessionState::kNoShow)
      missed += share - share * offered_.terms.kept_of_absence / 100;
  }
  if (offered_.series && std::abs(money_.absent - missed) > 1)
    out.push_back("what absences do not cost is not what was missed");
  const auto state = standing_.state;
  const bool covered =
      state == "requested" || state == "confirmed" || (state == "held" && standing_.awaits == Party::kPayer);
  if (covered && reserved_ + spent_ != needed) out.push_back("its money is not kept for it");
  if (state == "waitlisted" && reserved_ + spent_ != money_.owed) out.push_back("money waits on the list");
  if (state == "confirmed" && offered_.terms.capture_on_confirmation && reserved_ != 0)
    out.push_back("confirmed, and not spent as the offer says");
}

void ImaginedCase::look_at_end(std::vector<std::string>& out) const {
  if (reserved_ != 0) out.push_back("money stays reserved");
  if (spent_ != money_.owed) out.push_back("spent is not what is owed");
  const auto state = standing_.state;
  if ((state == "attended" || state == "no_show") && money_.to_come() != 0)
    out.push_back("something was never settled");
  if (state == "attended" && !offered_.series && money_.owed != money_.total)
    out.push_back("attended, and not paid in full");
  if ((state == "refused" || state == "expired" || state == "cancelled_by_provider") && !offered_.series &&
      spent_ != 0)
    out.push_back("paid for what was never given");
}

}  // namespace raccordo::cases::testing
