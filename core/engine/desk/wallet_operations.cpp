// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/wallet_operations.hpp"

#include <algorithm>
#include <set>

#include "core/engine/wallets/amount.hpp"
#include "core/engine/wallets/book.hpp"
#include "core/engine/wallets/plan_totals.hpp"
#include "core/engine/wallets/statement.hpp"
#include "raccordo/model/field_checks.hpp"

namespace raccordo::cases {
namespace {

using Json = nlohmann::ordered_json;
using wallets::LetterTotals;

constexpr std::size_t kMostWallets = 5'000;  // in one answer

Json in_both(const Text& text) { return {{"it", text.it}, {"en", text.en}}; }

Json written(const WalletRecord& wallet) {
  return {{"id", wallet.id.text()},        {"plan", wallet.plan},         {"holder", wallet.holder},
          {"unit", wallet.unit},           {"letter", wallet.letter},     {"credited", wallet.credited},
          {"available", wallet.available}, {"reserved", wallet.reserved}, {"spent", wallet.spent},
          {"expired", wallet.expired},     {"valid_to", wallet.valid_to}, {"closed", wallet.closed}};
}

Json written(const LetterTotals& totals) {
  return {{"letter", totals.letter}, {"credited", totals.credited},     {"reserved", totals.reserved},
          {"spent", totals.spent},   {"reimbursed", totals.reimbursed}, {"expired", totals.expired}};
}

Language language_of(const Json& request) {
  return request.value("lang", "en") == "it" ? Language::kItalian : Language::kEnglish;
}

Error no_such_wallet(const std::string& name) {
  return error(ErrorCode::kUsage, say("nessun borsellino {}", "there is no wallet {}", name),
               say("raccordo wallet show mostra gli identificativi", "raccordo wallet show shows the ids"));
}

// Wallet, its movements, and what is used of each ceiling, as they stand together.
struct Seen {
  WalletRecord wallet;
  std::vector<WalletMovement> movements;
};

Result<Seen> seen(const Json& request, CaseStore& store) {
  const std::string name = request.value("wallet", "");
  const auto id = Uuid::parse(name);
  std::optional<WalletRecord> wallet;
  Seen out;
  const CaseStore::Work look = [&](CaseTransaction& transaction) -> Status {
    if (!id) return done();
    RACCORDO_TRY(wallet, transaction.wallet(*id));
    RACCORDO_TRY(out.movements, transaction.movements(*id));
    return done();
  };
  RACCORDO_TRY(const auto ends, store.transact(std::span(&look, 1)));
  RACCORDO_CHECK(ends.front());
  if (!wallet) return no_such_wallet(name);
  out.wallet = *std::move(wallet);
  return out;
}

// Every letter under which this wallet was or may be spent.
std::set<std::string> letters_of(const Seen& seen) {
  std::set<std::string> letters{seen.wallet.letter};
  for (const auto& movement : seen.movements) letters.insert(movement.letter);
  letters.erase("");
  return letters;
}

Result<std::int64_t> used(const std::string& holder, const std::string& letter, const std::string& today,
                          CaseStore& store) {
  const wallets::Book book("", "");
  std::int64_t cents = 0;
  const CaseStore::Work look = [&](CaseTransaction& transaction) -> Status {
    RACCORDO_TRY(cents, book.used_in_year(transaction, holder, letter, today));
    return done();
  };
  RACCORDO_TRY(const auto ends, store.transact(std::span(&look, 1)));
  RACCORDO_CHECK(ends.front());
  return cents;
}

Result<Json> ceilings_of(const Seen& seen, CaseStore& store, const wallets::Tuir& tuir,
                         const std::string& today) {
  Json list = Json::array();
  if (seen.wallet.unit != "EUR") return list;
  for (const auto& letter : letters_of(seen)) {
    const auto* ceiling = wallets::ceiling_on(tuir, letter, today);
    if (ceiling == nullptr) continue;
    RACCORDO_TRY(const auto cents, used(seen.wallet.holder, letter, today, store));
    Json one{{"letter", letter}, {"used", cents}, {"ceiling", ceiling->cents}, {"source", ceiling->source}};
    if (ceiling->with_children) one["ceiling_with_children"] = *ceiling->with_children;
    if (const auto warning = wallets::before_passing(tuir, {letter, today, cents, 0}))
      one["warning"] = in_both(warning->text);
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace

Result<Json> list_wallets(const Json& request, CaseStore& store) {
  RACCORDO_TRY(auto all, store.wallets(request.value("plan", "")));
  const std::string name = request.value("after", "");
  const auto after = Uuid::parse(name);
  if (!name.empty() && !after) return no_such_wallet(name);
  const auto limit = std::clamp<std::size_t>(request.value("limit", kMostWallets), 1, kMostWallets);
  auto each = after ? std::ranges::upper_bound(all, *after, {}, &WalletRecord::id) : all.begin();
  Json list = Json::array();
  for (; each != all.end() && list.size() < limit; ++each) list.push_back(written(*each));
  Json answer{{"ok", true}, {"wallets", std::move(list)}};
  if (each != all.end()) answer["next"] = std::prev(each)->id.text();
  return answer;
}

Result<Json> show_wallet(const Json& request, CaseStore& store, const wallets::Tuir& tuir,
                         const std::string& today) {
  RACCORDO_TRY(const auto there, seen(request, store));
  Json letters = Json::array();
  for (const auto& totals : wallets::totals_by_letter(there.movements)) letters.push_back(written(totals));
  RACCORDO_TRY(auto ceilings, ceilings_of(there, store, tuir, today));
  return Json{{"ok", true},
              {"wallet", written(there.wallet)},
              {"letters", std::move(letters)},
              {"ceilings", std::move(ceilings)}};
}

Result<Json> wallet_statement(const Json& request, CaseStore& store) {
  RACCORDO_TRY(const auto there, seen(request, store));
  const wallets::Period period{request.value("from", ""), request.value("to", "")};
  for (const auto& day : {period.from, period.to})
    if (!day.empty() && !is_date(day))
      return error(ErrorCode::kUsage, say("«{}» non è una data: scrivere ad esempio 2026-12-31",
                                          "\"{}\" is no date: write 2026-12-31, for instance", day));
  return Json{{"ok", true},
              {"csv", wallets::statement_csv(there.wallet, there.movements, period, language_of(request))}};
}

Result<Json> wallet_totals(const Json& request, CaseStore& store) {
  const std::string plan = request.value("plan", "");
  RACCORDO_TRY(const auto all, store.wallets(plan));
  if (plan.empty() || all.empty())
    return error(ErrorCode::kUsage,
                 say("nessun borsellino del piano «{}»", "plan \"{}\" has no wallet", plan));
  const std::string unit = request.value("unit", "EUR");
  RACCORDO_TRY(const auto sums, wallets::totals_of_plan(store, plan, unit));
  return Json{{"ok", true}, {"csv", wallets::totals_csv(sums, unit, language_of(request))}};
}

}  // namespace raccordo::cases
