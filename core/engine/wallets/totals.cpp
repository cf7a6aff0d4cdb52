// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/totals.hpp"

#include <algorithm>
#include <map>

#include "core/engine/wallets/wallet.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo::wallets {
namespace {

void add(Kind kind, std::int64_t amount, LetterTotals& totals) {
  switch (kind) {
    case Kind::kCredit:
      totals.credited += amount;
      return;
    case Kind::kReserve:
      totals.reserved += amount;
      return;
    case Kind::kCapture:
      totals.reserved -= amount;
      totals.spent += amount;
      return;
    case Kind::kRelease:
      totals.reserved -= amount;
      return;
    case Kind::kGiveBack:
      totals.spent -= amount;
      return;
    case Kind::kExpire:
      totals.expired += amount;
      return;
    case Kind::kReimburse:
      totals.spent += amount;
      totals.reimbursed += amount;
      return;
  }
}

// Keys are given in the order of their bytes.
class JsonObject {
 public:
  explicit JsonObject(std::string& out) : out_(out) { out_ += '{'; }
  template <typename Value>
  JsonObject& with(std::string_view key, const Value& value) {
    next(key);
    json::append(value, out_);
    return *this;
  }
  std::string& next(std::string_view key) {
    if (out_.back() != '{') out_ += ',';
    json::append(key, out_);
    return out_ += ':';
  }
  void end() { out_ += '}'; }

 private:
  std::string& out_;
};

void append_letter(const LetterTotals& totals, std::string& out) {
  JsonObject object(out);
  object.with("credited", totals.credited).with("expired", totals.expired);
  if (!totals.letter.empty()) object.with("letter", totals.letter);
  object.with("reimbursed", totals.reimbursed)
      .with("reserved", totals.reserved)
      .with("spent", totals.spent)
      .end();
}

void append_movement(const WalletMovement& movement, std::string& out) {
  JsonObject object(out);
  object.with("amount", movement.amount)
      .with("date", movement.date)
      .with("id", movement.id.text())
      .with("kind", movement.kind);
  if (!movement.letter.empty()) object.with("letter", movement.letter);
  object.end();
}

void append_warning(const CeilingWarning& warning, std::string& out) {
  JsonObject(out)
      .with("ceiling", warning.ceiling)
      .with("en", warning.text.en)
      .with("it", warning.text.it)
      .with("taxable_from", warning.taxable_from)
      .with("used", warning.used)
      .with("would_be", warning.would_be)
      .end();
}

}  // namespace

void add(const LetterTotals& some, std::vector<LetterTotals>& all) {
  auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.letter == some.letter; });
  if (found == all.end()) found = all.insert(all.end(), {some.letter});
  found->credited += some.credited;
  found->reserved += some.reserved;
  found->spent += some.spent;
  found->reimbursed += some.reimbursed;
  found->expired += some.expired;
}

std::vector<LetterTotals> totals_by_letter(std::span<const WalletMovement> movements) {
  std::map<std::string, LetterTotals> by_letter;
  for (const auto& movement : movements)
    if (const auto kind = kind_of(movement.kind)) add(*kind, movement.amount, by_letter[movement.letter]);
  std::vector<LetterTotals> totals;
  for (auto& [letter, sums] : by_letter) {
    sums.letter = letter;
    totals.push_back(std::move(sums));
  }
  return totals;
}

std::string wallet_json(const WalletRecord& wallet, std::span<const WalletMovement> movements,
                        const WalletTold& told) {
  std::string out;
  JsonObject object(out);
  object.with("available", wallet.available).with("closed", wallet.closed).with("credited", wallet.credited);
  object.with("expired", wallet.expired).with("id", wallet.id.text());
  if (!wallet.letter.empty()) object.with("letter", wallet.letter);
  auto& letters = object.next("letters");
  letters += '[';
  for (const auto& totals : totals_by_letter(movements)) {
    if (letters.back() == '}') letters += ',';
    append_letter(totals, letters);
  }
  letters += ']';
  auto& moved = object.next("movements");
  moved += '[';
  for (const auto& movement : movements.last(std::min(told.fresh, movements.size()))) {
    if (moved.back() == '}') moved += ',';
    append_movement(movement, moved);
  }
  moved += ']';
  if (!told.owner.empty()) object.with("owner", told.owner);
  object.with("plan", wallet.plan)
      .with("reserved", wallet.reserved)
      .with("spent", wallet.spent)
      .with("unit", wallet.unit);
  if (!wallet.valid_to.empty()) object.with("valid_to", wallet.valid_to);
  if (told.warning != nullptr) append_warning(*told.warning, object.next("warning"));
  object.end();
  return out;
}

std::string totals_json(const Uuid& id, const PlanTotals& of, std::span<const LetterTotals> totals) {
  std::string out;
  JsonObject object(out);
  object.with("date", of.date).with("id", id.text());
  auto& letters = object.next("letters");
  letters += '[';
  for (const auto& each : totals) {
    if (letters.back() == '}') letters += ',';
    append_letter(each, letters);
  }
  letters += ']';
  object.with("owner", of.owner).with("plan", of.plan).with("unit", of.unit).end();
  return out;
}

}  // namespace raccordo::wallets
