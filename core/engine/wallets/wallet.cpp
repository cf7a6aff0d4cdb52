// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/wallet.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/engine/wallets/amount.hpp"
#include "core/ports/case_rules.hpp"
#include "raccordo/model/field_checks.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo::wallets {
namespace {

using Sum = std::int64_t WalletRecord::*;

struct Way {
  Kind kind;
  std::string_view name;
  Label label;
  Sum from;  // none: from outside
  Sum to;
};

constexpr std::array kWays{
    Way{Kind::kCredit, "credit", {"Accredito", "Credit"}, nullptr, &WalletRecord::available},
    Way{Kind::kReserve,
        "reserve",
        {"Prenotazione", "Reservation"},
        &WalletRecord::available,
        &WalletRecord::reserved},
    Way{Kind::kCapture, "capture", {"Spesa", "Spending"}, &WalletRecord::reserved, &WalletRecord::spent},
    Way{Kind::kRelease,
        "release",
        {"Svincolo", "Release"},
        &WalletRecord::reserved,
        &WalletRecord::available},
    Way{Kind::kGiveBack,
        "give_back",
        {"Restituzione al borsellino", "Given back"},
        &WalletRecord::spent,
        &WalletRecord::available},
    Way{Kind::kExpire, "expire", {"Scadenza", "Expiry"}, &WalletRecord::available, &WalletRecord::expired},
    Way{Kind::kReimburse,
        "reimburse",
        {"Rimborso al lavoratore", "Reimbursement"},
        &WalletRecord::available,
        &WalletRecord::spent},
};

const Way& way_of(Kind kind) { return kWays[static_cast<std::size_t>(kind)]; }

Error refused(const WalletRecord& wallet, const Text& why, Text hint = {}) {
  return error(ErrorCode::kInvalid,
               say("borsellino {0}: {1}", "wallet {0}: {2}", wallet.id.text(), why.it, why.en),
               std::move(hint));
}

Status check_form(const WalletRecord& wallet, const WalletMovement& movement) {
  if (movement.wallet != wallet.id)
    return refused(wallet, say("il movimento è del borsellino {}", "the movement is of wallet {}",
                               movement.wallet.text()));
  if (movement.amount < 1 || movement.amount > kMaxAmount)
    return refused(wallet, say("un movimento di {}: si muove da 1 a {}",
                               "a movement of {}: it is from 1 to {}", movement.amount, kMaxAmount));
  if (!is_date(movement.date))
    return refused(wallet, say("«{}» non è una data", "\"{}\" is no date", movement.date));
  return done();
}

Status check_letter(const WalletRecord& wallet, const WalletMovement& movement, Kind kind, const Held& held) {
  const bool of_the_wallet = kind == Kind::kCredit || kind == Kind::kExpire;
  const bool of_the_case = !of_the_wallet && (held.reserved > 0 || held.spent > 0);
  const auto& expected = of_the_case ? held.letter : wallet.letter;
  const bool any = !of_the_wallet && !of_the_case && wallet.letter.empty();
  if (any || movement.letter == expected) return done();
  const auto ours = letter_text(expected);
  const auto theirs = letter_text(movement.letter);
  return refused(wallet,
                 say("è per {0}, e qui si tratta di {1}", "it is for {2}, and this is {3}", ours.it,
                     theirs.it, ours.en, theirs.en),
                 say("usare un borsellino accreditato per quella lettera",
                     "use a wallet that was credited for that letter"));
}

Status check_enough(const WalletRecord& wallet, std::int64_t amount) {
  if (wallet.available >= amount) return done();
  const auto there = amount_text(wallet.available, wallet.unit);
  const auto asked = amount_text(amount, wallet.unit);
  const auto missing = amount_text(amount - wallet.available, wallet.unit);
  return refused(wallet, say("disponibili {0}, ne servono {1}: mancano {2}",
                             "{3} are available, {4} are needed: {5} are missing", there.it, asked.it,
                             missing.it, there.en, asked.en, missing.en));
}

// Of a case no more moves than stands there for it.
Status check_held(const WalletRecord& wallet, Kind kind, std::int64_t amount, std::int64_t there,
                  const Uuid& about) {
  if (there >= amount) return done();
  const auto asked = amount_text(amount, wallet.unit);
  const auto have = amount_text(there, wallet.unit);
  const bool spent = kind == Kind::kGiveBack;
  const Label what = spent ? Label{"spesi", "spent"} : Label{"riservati", "reserved"};
  return refused(wallet, say("per la pratica {0} sono {1} {2}, non {3}", "for case {0} {5} are {4}, not {6}",
                             about.text(), what.it, have.it, asked.it, what.en, have.en, asked.en));
}

Status check_ended(const WalletRecord& wallet, std::string_view date) {
  if (!usable(wallet, date).ok()) return done();
  return refused(wallet, wallet.valid_to.empty()
                             ? say("è aperto e non scade", "it is open and does not expire")
                             : say("è valido fino al {}: il {} non scade nulla",
                                   "it is valid to {}: on {} nothing expires", wallet.valid_to, date));
}

Status check_reimbursed(const WalletRecord& wallet, const WalletMovement& movement) {
  if (wallet.unit != "EUR")
    return refused(wallet, say("si rimborsano solo euro, e questo borsellino è in {}",
                               "only euro are reimbursed, and this wallet is in {}", wallet.unit));
  return is_reimbursed(movement.letter) ? done() : not_reimbursed(movement.letter);
}

Status check_rule(const WalletRecord& wallet, const WalletMovement& movement, Kind kind, const Held& held) {
  switch (kind) {
    case Kind::kCredit:
      return usable(wallet, movement.date);
    case Kind::kReimburse:
      RACCORDO_CHECK(check_reimbursed(wallet, movement));
      [[fallthrough]];
    case Kind::kReserve:
      RACCORDO_CHECK(usable(wallet, movement.date));
      return check_enough(wallet, movement.amount);
    case Kind::kCapture:
    case Kind::kRelease:
      return check_held(wallet, kind, movement.amount, held.reserved, movement.about);
    case Kind::kGiveBack:
      return check_held(wallet, kind, movement.amount, held.spent, movement.about);
    case Kind::kExpire:
      RACCORDO_CHECK(check_ended(wallet, movement.date));
      return check_enough(wallet, movement.amount);
  }
  return done();
}

Status add(const WalletRecord& wallet, std::int64_t amount, std::int64_t& sum) {
  if (!__builtin_add_overflow(sum, amount, &sum)) return done();
  return error(ErrorCode::kTooLarge, say("borsellino {}: la somma non sta in 64 bit",
                                         "wallet {}: the sum does not fit in 64 bits", wallet.id.text()));
}

}  // namespace

std::string_view name_of(Kind kind) { return way_of(kind).name; }
Label label_of(Kind kind) { return way_of(kind).label; }

std::optional<Kind> kind_of(std::string_view name) {
  for (const auto& way : kWays)
    if (way.name == name) return way.kind;
  return std::nullopt;
}

Held held_for(const Uuid& about, std::span<const WalletMovement> movements) {
  Held held;
  for (const auto& movement : movements) {
    const auto kind = kind_of(movement.kind);
    if (movement.about != about || !kind) continue;
    const auto& way = way_of(*kind);
    if (*kind == Kind::kCredit || *kind == Kind::kExpire || *kind == Kind::kReimburse) continue;
    if (way.from == &WalletRecord::reserved) held.reserved -= movement.amount;
    if (way.to == &WalletRecord::reserved) held.reserved += movement.amount;
    if (way.from == &WalletRecord::spent) held.spent -= movement.amount;
    if (way.to == &WalletRecord::spent) held.spent += movement.amount;
    held.letter = movement.letter;
  }
  return held;
}

Result<WalletRecord> moved(const WalletRecord& wallet, const WalletMovement& movement, const Held& held) {
  if (auto before = check(wallet); !before.ok()) return error(ErrorCode::kCorrupt, before.error().message);
  const auto kind = kind_of(movement.kind);
  if (!kind) return refused(wallet, say("«{}» non è un movimento", "\"{}\" is no movement", movement.kind));
  RACCORDO_CHECK(check_form(wallet, movement));
  RACCORDO_CHECK(check_letter(wallet, movement, *kind, held));
  RACCORDO_CHECK(check_rule(wallet, movement, *kind, held));

  const auto& way = way_of(*kind);
  WalletRecord behind = wallet;
  RACCORDO_CHECK(add(wallet, movement.amount, way.from == nullptr ? behind.credited : behind.*way.to));
  if (way.from == nullptr)
    behind.*way.to += movement.amount;  // at most what is credited
  else
    behind.*way.from -= movement.amount;
  RACCORDO_CHECK(check(behind));
  return behind;
}

void count(const WalletMovement& movement, WalletRecord& sums) {
  const auto kind = kind_of(movement.kind);
  if (!kind) return;
  const auto& way = way_of(*kind);
  (way.from == nullptr ? sums.credited : sums.*way.from) +=
      way.from == nullptr ? movement.amount : -movement.amount;
  sums.*way.to += movement.amount;
}

Result<bool> came_before(const WalletMovement& movement, const std::optional<WalletMovement>& known) {
  if (!known) return false;
  if (known->wallet == movement.wallet && known->kind == movement.kind && known->amount == movement.amount &&
      known->about == movement.about && known->letter == movement.letter)
    return true;
  return error(
      ErrorCode::kConflict,
      say("il movimento {} c'è già, e dice altro: {} {} sul borsellino {}, non {} {} sul borsellino {}",
          "movement {} is there already and says something else: {} {} at wallet {}, not {} {} at wallet {}",
          movement.id.text(), known->kind, known->amount, known->wallet.text(), movement.kind,
          movement.amount, movement.wallet.text()));
}

Status usable(const WalletRecord& wallet, std::string_view date) {
  if (wallet.closed) return refused(wallet, say("è chiuso", "it is closed"));
  if (wallet.valid_to.empty() || date <= wallet.valid_to) return done();
  return refused(wallet, say("è scaduto il {}", "it expired on {}", wallet.valid_to));
}

bool is_reimbursed(std::string_view letter) {
  constexpr std::array<std::string_view, 3> kReimbursed{"d_bis", "f_bis", "f_ter"};
  return std::find(kReimbursed.begin(), kReimbursed.end(), letter) != kReimbursed.end();
}

Error not_reimbursed(std::string_view letter) {
  const auto text = letter_text(letter);
  return error(ErrorCode::kInvalid,
               say("{0}: il TUIR non ammette rimborsi al lavoratore",
                   "{1}: the TUIR knows no reimbursement of the worker", text.it, text.en),
               say("si rimborsa solo sotto le lettere d-bis, f-bis e f-ter",
                   "only letters d-bis, f-bis and f-ter are reimbursed"));
}

Uuid movement_id(const Uuid& about, std::int64_t revision, Kind kind, std::string_view part) {
  return uuid_v5(about, fmt::format("{}:{}:{}", revision, name_of(kind), part));
}

Text letter_text(std::string_view letter) {
  if (letter.empty()) return say("nessuna lettera del TUIR", "no letter of the TUIR");
  const auto short_form = [](std::string_view label) {
    std::string text(label.substr(0, label.find(':')));
    text.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(text.front())));
    return text;
  };
  for (const auto& code : code_list("tuir_letter"))
    if (code.code == letter) return {short_form(code.label.it), short_form(code.label.en)};
  return as_is(std::string(letter));
}

}  // namespace raccordo::wallets
