// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/book.hpp"

#include "core/engine/wallets/totals.hpp"
#include "raccordo/model/envelope.hpp"
#include "raccordo/model/field_checks.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo::wallets {
namespace {

Error refused(const Uuid& wallet, const Text& why) {
  return error(ErrorCode::kInvalid,
               say("borsellino {0}: {1}", "wallet {0}: {2}", wallet.text(), why.it, why.en));
}

Status check_unit(const WalletRecord& wallet, const Amount& amount) {
  if (amount.unit == wallet.unit) return done();
  return refused(wallet.id,
                 say("è in {}, e qui si tratta di {}: non si converte nulla",
                     "it is in {}, and this is of {}: nothing is converted", wallet.unit, amount.unit));
}

Status check_holder(const WalletRecord& wallet, const std::string& holder) {
  if (holder == wallet.holder) return done();
  return refused(wallet.id, say("è di un'altra persona", "it is another person's"));
}

WalletMovement movement_of(const Uuid& wallet, Kind kind, std::int64_t amount, const Step& step,
                           std::string letter) {
  return {movement_id(step.about, step.revision, kind, step.part),
          wallet,
          std::string(name_of(kind)),
          amount,
          step.about,
          std::move(letter),
          step.date,
          step.time_ms};
}

// Of what the case has there, else of the wallet.
std::string letter_for(const WalletRecord& wallet, const Held& held) {
  return held.reserved > 0 || held.spent > 0 ? held.letter : wallet.letter;
}

Status check_credit(const Credit& credit) {
  if (credit.holder.empty() || credit.plan.empty())
    return error(ErrorCode::kInvalid,
                 say("un accredito senza piano o titolare", "a credit without plan or holder"));
  if (!is_unit(credit.amount.unit))
    return error(ErrorCode::kInvalid, say("«{}» non è un'unità", "\"{}\" is no unit", credit.amount.unit));
  if (!credit.valid_to.empty() && !is_date(credit.valid_to))
    return error(ErrorCode::kInvalid, say("«{}» non è una data", "\"{}\" is no date", credit.valid_to));
  return done();
}

}  // namespace

struct Book::Open {
  WalletRecord wallet;
  std::vector<WalletMovement> movements;
  bool changed = false;
  std::size_t known = movements.size();  // what is behind them is new
  std::optional<CeilingWarning> warning = {};
};

Uuid Book::wallet_of(const Credit& credit) const {
  const auto space = uuid_v5(kNamespaceUrl, "urn:raccordo:" + hub_ + ":wallets");
  std::string name;
  for (const auto* part :
       {&credit.plan, &credit.holder, &credit.amount.unit, &credit.letter, &credit.valid_to}) {
    json::append_string(*part, name);
    name += ',';
  }
  return uuid_v5(space, name);
}

Status Book::credit(CaseTransaction& transaction, const Credit& credit) const {
  RACCORDO_CHECK(check_credit(credit));
  const auto id = wallet_of(credit);
  RACCORDO_TRY(const auto known, transaction.wallet(id));
  if (!known) {
    WalletRecord fresh;
    fresh.id = id;
    fresh.plan = credit.plan;
    fresh.holder = credit.holder;
    fresh.unit = credit.amount.unit;
    fresh.letter = credit.letter;
    fresh.valid_to = credit.valid_to;
    RACCORDO_CHECK(transaction.put(fresh));
  }
  RACCORDO_TRY(auto wallet, open(transaction, id));
  RACCORDO_CHECK(enter(transaction, wallet,
                       {credit.id, id, std::string(name_of(Kind::kCredit)), credit.amount.value, credit.about,
                        credit.letter, credit.date, credit.time_ms}));
  return tell(transaction, wallet, credit.time_ms);
}

Status Book::covers(CaseTransaction& transaction, const Spending& spending, const Uuid& about,
                    std::string_view date) const {
  RACCORDO_TRY(const auto wallet, open(transaction, spending.wallet));
  RACCORDO_CHECK(check_holder(wallet.wallet, spending.holder));
  RACCORDO_CHECK(check_unit(wallet.wallet, spending.amount));
  const Step step{about, 0, "", std::string(date), 0};
  RACCORDO_CHECK(
      moved(wallet.wallet,
            movement_of(spending.wallet, Kind::kReserve, spending.amount.value, step, spending.letter),
            held_for(about, wallet.movements)));
  return done();
}

Status Book::reserve(CaseTransaction& transaction, const Spending& spending, const Step& step) const {
  return pay(transaction, spending, Kind::kReserve, step);
}

Status Book::capture(CaseTransaction& transaction, const Uuid& wallet, const Amount& amount,
                     const Step& step) const {
  return move_for(transaction, wallet, Kind::kCapture, amount, step);
}

Status Book::give_back(CaseTransaction& transaction, const Uuid& wallet, const Amount& amount,
                       const Step& step) const {
  return move_for(transaction, wallet, Kind::kGiveBack, amount, step);
}

Status Book::release(CaseTransaction& transaction, const Uuid& wallet, const Amount& amount,
                     const Step& step) const {
  return move_for(transaction, wallet, Kind::kRelease, amount, step);
}

Status Book::release_rest(CaseTransaction& transaction, const Uuid& wallet, const Step& step) const {
  const auto id = movement_id(step.about, step.revision, Kind::kRelease, step.part);
  RACCORDO_TRY(const auto known, transaction.movement(id));
  if (known) return done();
  RACCORDO_TRY(const auto there, open(transaction, wallet));
  const auto rest = held_for(step.about, there.movements).reserved;
  if (rest == 0) return done();
  return release(transaction, wallet, {rest, there.wallet.unit}, step);
}

Status Book::move(CaseTransaction& transaction, Kind kind, const Spending& spending, const Step& step) const {
  switch (kind) {
    case Kind::kReserve:
      return reserve(transaction, spending, step);
    case Kind::kCapture:
    case Kind::kRelease:
    case Kind::kGiveBack:
      return move_for(transaction, spending.wallet, kind, spending.amount, step);
    default:
      return error(ErrorCode::kInvalid, say("«{}» non è un movimento di una pratica",
                                            "\"{}\" is no movement of a case", name_of(kind)));
  }
}

Status Book::reimburse(CaseTransaction& transaction, const Spending& spending, const Beneficiary& who,
                       const Tuir& tuir, const Step& step) const {
  RACCORDO_CHECK(may_reimburse(tuir, spending.letter, who));
  return pay(transaction, spending, Kind::kReimburse, step);
}

Status Book::expire(CaseTransaction& transaction, const Uuid& wallet, std::string_view date,
                    std::int64_t time_ms) const {
  RACCORDO_TRY(auto there, open(transaction, wallet));
  RACCORDO_CHECK(sweep(transaction, there, date, time_ms));
  return tell(transaction, there, time_ms);
}

Status Book::close(CaseTransaction& transaction, const Uuid& wallet, std::string_view date,
                   std::int64_t time_ms) const {
  RACCORDO_TRY(auto there, open(transaction, wallet));
  if (there.wallet.closed) return done();
  there.wallet.closed = true;
  RACCORDO_CHECK(transaction.put(there.wallet));
  there.changed = true;
  RACCORDO_CHECK(sweep(transaction, there, date, time_ms));
  return tell(transaction, there, time_ms);
}

Result<Held> Book::held(CaseTransaction& transaction, const Uuid& wallet, const Uuid& about) const {
  RACCORDO_TRY(const auto movements, transaction.movements(wallet));
  return held_for(about, movements);
}

Result<std::int64_t> Book::used_in_year(CaseTransaction& transaction, const std::string& holder,
                                        std::string_view letter, std::string_view date) const {
  RACCORDO_TRY(const auto wallets, transaction.wallets_of(holder));
  std::int64_t used = 0;
  for (const auto& wallet : wallets) {
    if (wallet.unit != "EUR") continue;
    RACCORDO_TRY(const auto movements, transaction.movements(wallet.id));
    used += wallets::used_in_year(letter, date, movements);
  }
  return used;
}

Result<Book::Open> Book::open(CaseTransaction& transaction, const Uuid& wallet) const {
  RACCORDO_TRY(auto known, transaction.wallet(wallet));
  if (!known)
    return error(ErrorCode::kNotFound,
                 say("il borsellino {} non c'è", "there is no wallet {}", wallet.text()));
  RACCORDO_TRY(auto movements, transaction.movements(wallet));
  return Open{std::move(*known), std::move(movements), false};
}

Status Book::enter(CaseTransaction& transaction, Open& open, const WalletMovement& movement) const {
  RACCORDO_TRY(const auto known, transaction.movement(movement.id));
  RACCORDO_TRY(const bool before, came_before(movement, known));
  if (before) return done();
  RACCORDO_TRY(open.wallet, moved(open.wallet, movement, held_for(movement.about, open.movements)));
  RACCORDO_CHECK(transaction.put(open.wallet, movement));
  open.movements.push_back(movement);
  open.changed = true;
  return done();
}

Status Book::move_for(CaseTransaction& transaction, const Uuid& wallet, Kind kind, const Amount& amount,
                      const Step& step) const {
  RACCORDO_TRY(auto there, open(transaction, wallet));
  RACCORDO_CHECK(check_unit(there.wallet, amount));
  auto movement = movement_of(wallet, kind, amount.value, step,
                              letter_for(there.wallet, held_for(step.about, there.movements)));
  RACCORDO_TRY(const auto known, transaction.movement(movement.id));
  if (known) movement.letter = known->letter;  // taken from what the case had there then
  RACCORDO_CHECK(enter(transaction, there, movement));
  RACCORDO_CHECK(sweep(transaction, there, step.date, step.time_ms));
  return tell(transaction, there, step.time_ms);
}

Status Book::pay(CaseTransaction& transaction, const Spending& spending, Kind kind, const Step& step) const {
  RACCORDO_TRY(auto there, open(transaction, spending.wallet));
  RACCORDO_CHECK(check_holder(there.wallet, spending.holder));
  RACCORDO_CHECK(check_unit(there.wallet, spending.amount));
  RACCORDO_CHECK(warn(transaction, spending, step, there));
  RACCORDO_CHECK(enter(transaction, there,
                       movement_of(spending.wallet, kind, spending.amount.value, step, spending.letter)));
  return tell(transaction, there, step.time_ms);
}

// Before anything passes a ceiling: by what the holder has used of all wallets, and what is to come.
Status Book::warn(CaseTransaction& transaction, const Spending& spending, const Step& step,
                  Open& open) const {
  const bool may_pass = terms_.tuir != nullptr && spending.amount.unit == "EUR" &&
                        ceiling_on(*terms_.tuir, spending.letter, step.date) != nullptr;
  if (!may_pass) return done();
  RACCORDO_TRY(const auto used, used_in_year(transaction, spending.holder, spending.letter, step.date));
  open.warning = before_passing(*terms_.tuir, {spending.letter, step.date, used, spending.amount.value});
  return done();
}

// Told by what expired before: the next time is another movement, the same time again the same.
Status Book::sweep(CaseTransaction& transaction, Open& open, std::string_view date,
                   std::int64_t time_ms) const {
  if (open.wallet.available == 0 || usable(open.wallet, date).ok()) return done();
  const auto& wallet = open.wallet;
  return enter(transaction, open,
               {uuid_v5(wallet.id, fmt::format("expire:{}", wallet.expired)), wallet.id,
                std::string(name_of(Kind::kExpire)), wallet.available, wallet.id, wallet.letter,
                std::string(date), time_ms});
}

// One event for all that a call changed. Its id comes from how often the wallet moved: the same when the work
// runs again.
Status Book::tell(CaseTransaction& transaction, const Open& open, std::int64_t time_ms) const {
  if (!open.changed) return done();
  const auto& wallet = open.wallet;
  const auto id =
      uuid_v5(wallet.id, fmt::format("told:{}:{}", open.movements.size(), wallet.closed ? "closed" : "open"));
  WalletTold told;
  if (terms_.owner_of) told.owner = terms_.owner_of(wallet.plan);
  told.fresh = open.movements.size() - open.known;
  told.warning = open.warning ? &*open.warning : nullptr;
  return transaction.tell({0, topic_, wallet.id.text(),
                           event_of("wallet", id, wallet.id, open.movements.size(), time_ms,
                                    wallet_json(wallet, open.movements, told))});
}

std::string Book::event_of(std::string_view kind, const Uuid& id, const Uuid& subject, std::size_t revision,
                           std::int64_t time_ms, const std::string& data) const {
  std::string event = R"({"specversion":"1.0","type":"it.raccordo.)";
  event += kind;
  event += R"(.changed.v1","source":)";
  json::append_string("urn:raccordo:" + hub_, event);
  event += fmt::format(
      R"(,"datacontenttype":"application/json","id":"{}","subject":"{}","time":"{}","revision":{},"data":{}}})",
      id.text(), subject.text(), utc_text(time_ms), revision, data);
  return event;
}

// Its id comes from what it says. Revisions of it rise with time: seconds.
Status Book::tell_totals(CaseTransaction& transaction, const PlanTotals& of,
                         std::span<const LetterTotals> totals, std::int64_t time_ms) const {
  const auto subject = uuid_v5(uuid_v5(kNamespaceUrl, "urn:raccordo:" + hub_ + ":totals"), of.plan);
  const auto data = totals_json(subject, of, totals);
  return transaction.tell({0, topic_, subject.text(),
                           event_of("wallet_totals", uuid_v5(subject, data), subject,
                                    static_cast<std::size_t>(time_ms / 1'000), time_ms, data)});
}

Status expire_ended(CaseStore& store, const Book& book, std::string_view date, std::int64_t time_ms,
                    const CaseStore::Fence& fence) {
  constexpr std::size_t kAtATime = 100;
  RACCORDO_TRY(const auto wallets, store.wallets(""));
  std::vector<CaseStore::Work> works;
  Status all = done();  // one wallet that does not add up keeps no other from expiring
  const auto perform = [&]() -> Status {
    RACCORDO_TRY(const auto outcomes, store.transact(works, fence));
    for (const auto& outcome : outcomes)
      if (!outcome.ok() && all.ok()) all = outcome;
    works.clear();
    return done();
  };
  for (const auto& wallet : wallets) {
    if (wallet.available == 0 || usable(wallet, date).ok()) continue;
    works.push_back([&book, id = wallet.id, date, time_ms](CaseTransaction& transaction) {
      return book.expire(transaction, id, date, time_ms);
    });
    if (works.size() < kAtATime) continue;
    RACCORDO_CHECK(perform());
  }
  if (!works.empty()) RACCORDO_CHECK(perform());
  return all;
}

}  // namespace raccordo::wallets
