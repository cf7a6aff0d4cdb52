// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/money.hpp"

#include <algorithm>

namespace raccordo::cases {
namespace {

using Movements = std::vector<Movement>;

void add(Movements& out, std::string_view kind, std::int64_t amount) {
  if (amount > 0) out.push_back({kind, amount});
}

void capture(Money& money, std::int64_t amount, Movements& out) {
  amount = std::clamp<std::int64_t>(amount, 0, money.reserved);
  money.reserved -= amount;
  money.spent += amount;
  add(out, "capture", amount);
}

// What is kept beyond that leaves the case: first what is only reserved.
void return_beyond(std::int64_t kept, Money& money, Movements& out) {
  const auto surplus = std::max<std::int64_t>(0, money.reserved + money.spent - kept);
  const auto released = std::min(surplus, money.reserved);
  money.reserved -= released;
  money.spent -= surplus - released;
  add(out, "release", released);
  add(out, "give_back", surplus - released);
}

std::int64_t portion_of(const MoneyStep& step, std::int64_t all) {
  return step.portion < 0 ? all : std::min(step.portion, all);
}

void reserve(Money& money, Movements& out) {
  return_beyond(money.owed + money.to_come(), money, out);
  const auto missing = money.owed + money.to_come() - money.reserved - money.spent;
  if (missing <= 0) return;
  money.reserved += missing;
  add(out, "reserve", missing);
}

void deliver(const MoneyStep& step, Money& money, Movements& out) {
  money.owed += portion_of(step, money.to_come());
  capture(money, money.owed - money.spent, out);
}

void settle(const MoneyStep& step, const MoneyTerms& terms, Money& money, Movements& out) {
  const bool absence = step.event.starts_with("no_show");
  const auto portion = portion_of(step, money.to_come());
  const auto kept = portion * (absence ? terms.kept_of_absence : terms.kept_of_cancellation) / 100;
  (absence ? money.absent : money.waived) += portion - kept;
  money.owed += kept;
  capture(money, money.owed - money.spent, out);
  return_beyond(money.owed + money.to_come(), money, out);
}

void give_back(const MoneyStep& step, Money& money, Movements& out) {
  money.waived += portion_of(step, money.to_come());
  return_beyond(money.owed + money.to_come(), money, out);
}

void reinstate(const MoneyStep& step, const MoneyTerms& terms, Money& money, Movements& out) {
  const auto missed =
      step.portion < 0 ? money.absent : step.portion - step.portion * terms.kept_of_absence / 100;
  const auto owed = std::min(missed, money.absent);
  money.absent -= owed;
  money.owed += owed;
  reserve(money, out);
  capture(money, terms.capture_on_confirmation ? money.reserved : money.owed - money.spent, out);
}

}  // namespace

std::vector<Movement> move_money(std::string_view effect, const MoneyStep& step, const MoneyTerms& terms,
                                 Money& money) {
  Movements out;
  if (effect == "reserve") reserve(money, out);
  if (effect == "capture_on_confirmation" && terms.capture_on_confirmation)
    capture(money, money.reserved, out);
  if (effect == "capture_on_delivery") deliver(step, money, out);
  if (effect == "settle") settle(step, terms, money, out);
  if (effect == "release") return_beyond(money.owed, money, out);
  if (effect == "give_back") give_back(step, money, out);
  if (effect == "reinstate") reinstate(step, terms, money, out);
  return out;
}

}  // namespace raccordo::cases
