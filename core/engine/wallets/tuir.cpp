// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/tuir.hpp"

#include <algorithm>

#include "core/engine/wallets/amount.hpp"
#include "core/engine/wallets/wallet.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo::wallets {
namespace {

constexpr std::string_view kSelf = "self";

Text relation_text(std::string_view relation) {
  for (const auto& code : code_list("relation"))
    if (code.code == relation) return {std::string(code.label.it), std::string(code.label.en)};
  return as_is(std::string(relation));
}

std::string_view year_of(std::string_view date) { return date.substr(0, 4); }

Error not_for(const LetterRule& rule, const Beneficiary& who, Label why) {
  const auto letter = letter_text(rule.letter);
  const auto relation = relation_text(who.relation);
  return error(ErrorCode::kInvalid,
               say("{0}, beneficiario «{1}»: {2} ({3})", "{4}, beneficiary \"{5}\": {6} ({3})", letter.it,
                   relation.it, why.it, rule.source, letter.en, relation.en, why.en));
}

// Whether a movement counts for the year, and with which sign.
std::int64_t counted_in(std::string_view year, const WalletMovement& movement) {
  const auto kind = kind_of(movement.kind);
  if (!kind || year_of(movement.date) != year) return 0;
  if (*kind == Kind::kCapture || *kind == Kind::kReimburse) return movement.amount;
  return *kind == Kind::kGiveBack ? -movement.amount : 0;
}

std::int64_t still_reserved(const WalletMovement& movement) {
  const auto kind = kind_of(movement.kind);
  if (kind == Kind::kReserve) return movement.amount;
  return kind == Kind::kCapture || kind == Kind::kRelease ? -movement.amount : 0;
}

}  // namespace

Status may_be_for(const Tuir& tuir, std::string_view letter, const Beneficiary& who) {
  const auto rule = std::find_if(tuir.letters.begin(), tuir.letters.end(),
                                 [&](const auto& known) { return known.letter == letter; });
  if (rule == tuir.letters.end()) {
    const auto text = letter_text(letter);
    return error(ErrorCode::kInvalid,
                 say("{0}: non si sa per chi vale", "{1}: it is not known for whom it is", text.it, text.en),
                 say("aggiungerla tra le regole del TUIR", "add it to the rules of the TUIR"));
  }
  if (std::find(rule->relations.begin(), rule->relations.end(), who.relation) == rule->relations.end())
    return not_for(*rule, who,
                   {"non è tra i familiari ammessi", "is not among the relatives that it is for"});
  if (rule->dependent && who.relation != kSelf && !who.dependent)
    return not_for(*rule, who, {"non risulta fiscalmente a carico", "is not known to be fiscally dependent"});
  return done();
}

Status may_reimburse(const Tuir& tuir, std::string_view letter, const Beneficiary& who) {
  if (!is_reimbursed(letter)) return not_reimbursed(letter);
  return may_be_for(tuir, letter, who);
}

const Ceiling* ceiling_on(const Tuir& tuir, std::string_view letter, std::string_view date) {
  for (const auto& ceiling : tuir.ceilings)
    if (ceiling.letter == letter && ceiling.from <= date && (ceiling.to.empty() || date <= ceiling.to))
      return &ceiling;
  return nullptr;
}

std::int64_t used_in_year(std::string_view letter, std::string_view date,
                          std::span<const WalletMovement> movements) {
  std::int64_t spent = 0;
  std::int64_t reserved = 0;
  for (const auto& movement : movements) {
    if (movement.letter != letter) continue;
    spent += counted_in(year_of(date), movement);
    reserved += still_reserved(movement);
  }
  // What was spent last year and given back in this one makes no room in it.
  return std::max<std::int64_t>(spent, 0) + reserved;
}

std::optional<CeilingWarning> before_passing(const Tuir& tuir, const Use& use) {
  const auto* ceiling = ceiling_on(tuir, use.letter, use.date);
  if (ceiling == nullptr) return std::nullopt;
  CeilingWarning warning;
  warning.ceiling = use.children ? ceiling->with_children.value_or(ceiling->cents) : ceiling->cents;
  warning.used = use.used;
  warning.would_be = use.used + use.amount;
  warning.taxable_from = use.date;
  if (warning.would_be <= warning.ceiling) return std::nullopt;
  const auto letter = letter_text(use.letter);
  const auto most = amount_text(warning.ceiling, "EUR");
  const auto used = amount_text(warning.used, "EUR");
  const auto then = amount_text(warning.would_be, "EUR");
  warning.text =
      say("{0}: nel {1} usati {2}, con questo {3}; la soglia è {4} ({5}): dal {6} sono imponibili tutti i "
          "{3}, non solo la parte oltre soglia",
          "{7}: {8} used in {1}, {9} with this; the ceiling is {10} ({5}): from {6} on all of the {9} is "
          "taxable, not only what is above",
          letter.it, year_of(use.date), used.it, then.it, most.it, ceiling->source, use.date, letter.en,
          used.en, then.en, most.en);
  return warning;
}

}  // namespace raccordo::wallets
