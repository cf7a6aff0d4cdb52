// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/case_rules.hpp"

#include <algorithm>

namespace raccordo {
namespace {

// Amounts of at least 0 are taken off one after the other: no sum can overflow.
bool adds_up(const WalletRecord& wallet) {
  auto left = wallet.credited;
  for (const auto amount : {wallet.available, wallet.reserved, wallet.spent, wallet.expired}) {
    if (amount < 0 || amount > left) return false;
    left -= amount;
  }
  return left == 0;
}

}  // namespace

Status check(const CaseRecord& record, const CaseStep& step) {
  if (record.revision >= 1 && step.id == record.id && step.revision == record.revision &&
      step.to == record.state)
    return done();
  return error(ErrorCode::kInvalid, say("pratica {}, revisione {}: il passo porta alla revisione {} di {}",
                                        "case {}, revision {}: the step leads to revision {} of {}",
                                        record.id.text(), record.revision, step.revision, step.id.text()));
}

Status check(const WalletRecord& wallet) {
  if (adds_up(wallet)) return done();
  return error(
      ErrorCode::kInvalid,
      say("portafoglio {}: i conti non tornano: accreditati {}, disponibili {}, riservati {}, spesi {}, "
          "scaduti {}",
          "wallet {}: the sums do not add up: credited {}, available {}, reserved {}, spent {}, expired {}",
          wallet.id.text(), wallet.credited, wallet.available, wallet.reserved, wallet.spent,
          wallet.expired));
}

Status check(const WalletRecord& wallet, const WalletMovement& movement) {
  RACCORDO_CHECK(check(wallet));
  if (movement.wallet == wallet.id && movement.amount > 0) return done();
  return error(ErrorCode::kInvalid, say("portafoglio {}: il movimento {} è di {} sul portafoglio {}",
                                        "wallet {}: movement {} is of {} at wallet {}", wallet.id.text(),
                                        movement.id.text(), movement.amount, movement.wallet.text()));
}

Status check_places(const std::string& pool, std::int64_t places) {
  if (places > 0) return done();
  return error(ErrorCode::kInvalid,
               say("{}: {} posti non si possono prendere", "{}: {} places cannot be taken", pool, places));
}

Status check(const Drawn& drawn, std::int64_t granted) {
  constexpr std::int64_t kMost = std::int64_t{1} << 50;
  if (std::min({drawn.held, drawn.used, granted}) >= 0 &&
      std::max({drawn.held, drawn.used, granted}) <= kMost)
    return done();
  return error(ErrorCode::kInvalid, say("titolo sociale {}: {} impegnati e {} usati di {} non possono essere",
                                        "entitlement {}: {} held and {} used of {} cannot be",
                                        drawn.entitlement.text(), drawn.held, drawn.used, granted));
}

Error known_message(const InboxEntry& entry) {
  return error(ErrorCode::kConflict, say("{}: il messaggio {} è già stato ricevuto",
                                         "{}: message {} was received before", entry.source, entry.id));
}

Error not_the_next(const CaseRecord& record) {
  return error(ErrorCode::kConflict,
               say("pratica {}: la revisione {} non è quella che segue, o {} conosce già {}",
                   "case {}: revision {} is not the one that follows, or {} knows {} already",
                   record.id.text(), record.revision, record.asked_by, record.asked_id));
}

Error known_movement(const WalletMovement& movement) {
  return error(ErrorCode::kConflict,
               say("portafoglio {}: il movimento {} c'è già", "wallet {}: movement {} is there already",
                   movement.wallet.text(), movement.id.text()));
}

Error lost(const Lease& lease) {
  return error(ErrorCode::kConflict,
               say("{}: se ne occupa ormai un altro hub", "{}: another hub works at it by now", lease.name));
}

}  // namespace raccordo
