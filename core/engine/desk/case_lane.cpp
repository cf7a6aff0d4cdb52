// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/case_lane.hpp"

#include <algorithm>

#include "core/engine/desk/relay.hpp"

namespace raccordo::cases {
namespace {

// How soon a change of the catalogue counts.
constexpr Duration kLook = std::chrono::milliseconds(200);
constexpr Duration kPauseOfFailure = std::chrono::seconds(1);

}  // namespace

CaseLane::CaseLane(DeskFacts facts, Language language, LaneParts parts, std::function<void()> told)
    : language_(language),
      parts_(parts),
      told_(std::move(told)),
      terms_(facts.hub, facts.topic_prefix, parts.backbone),
      bookings_(terms_, wallets::Book(facts.hub, facts.topic_prefix + "welfare.wallets")),
      desk_(std::move(facts), {&bookings_}, parts.store, parts.seals, parts.clock) {}

CaseLane::~CaseLane() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void CaseLane::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

Result<std::vector<CaseOutcome>> CaseLane::give(std::span<const CaseCommand> commands) {
  if (!knows_the_catalogue_)
    return error(ErrorCode::kUnavailable,
                 say("il catalogo non è ancora stato letto", "the catalogue has not been read yet"));
  auto outcomes = desk_.give(commands);
  {
    const std::lock_guard lock(mutex_);
    something_came_ = true;
  }
  came_.notify_one();
  return outcomes;
}

Result<Duration> CaseLane::turn() {
  RACCORDO_CHECK(terms_.refresh());
  knows_the_catalogue_ = true;
  RACCORDO_TRY(const auto next, desk_.let_time_pass());
  std::size_t told = 0;
  for (;;) {
    RACCORDO_TRY(const auto some, relay(parts_.store, parts_.backbone));
    if (some == 0) break;
    told += some;
  }
  if (told > 0) told_();
  return std::min(next, kLook);
}

void CaseLane::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    Duration pause = kPauseOfFailure;
    try {
      const auto next = turn();
      note(next.ok() ? std::nullopt : std::optional(next.error()));
      if (next.ok()) pause = *next;
    } catch (const std::exception& bug) {
      note(error(ErrorCode::kBug, as_is(bug.what())));
    }
    std::unique_lock lock(mutex_);
    came_.wait_for(lock, stop, pause, [&] { return something_came_; });
    something_came_ = false;
  }
}

// What goes on failing is said once.
void CaseLane::note(const std::optional<Error>& failure) {
  const auto words = failure ? std::optional(failure->in(language_)) : std::nullopt;
  if (words == failure_) return;
  if (words) parts_.log.write(LogLevel::kError, {}, *words);
  failure_ = words;
}

}  // namespace raccordo::cases
