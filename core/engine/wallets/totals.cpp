// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/totals.hpp"

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

}  // namespace

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

std::string wallet_json(const WalletRecord& wallet, std::span<const WalletMovement> movements) {
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
  object.with("plan", wallet.plan)
      .with("reserved", wallet.reserved)
      .with("spent", wallet.spent)
      .with("unit", wallet.unit);
  if (!wallet.valid_to.empty()) object.with("valid_to", wallet.valid_to);
  object.end();
  return out;
}

}  // namespace raccordo::wallets
