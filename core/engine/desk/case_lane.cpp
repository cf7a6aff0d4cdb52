// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/case_lane.hpp"

#include <algorithm>

#include "core/engine/desk/relay.hpp"
#include "core/engine/desk/times.hpp"
#include "core/engine/wallets/plan_totals.hpp"

namespace raccordo::cases {
namespace {

// How soon a change of the catalogue counts.
constexpr Duration kLook = std::chrono::milliseconds(200);
constexpr Duration kPauseOfFailure = std::chrono::seconds(1);

}  // namespace

CaseLane::CaseLane(DeskFacts facts, Language language, LaneParts parts, std::function<void()> told,
                   LaneWallets wallets)
    : language_(language),
      parts_(parts),
      told_(std::move(told)),
      owners_(std::move(wallets.owners)),
      employers_(std::move(wallets.employers)),
      answerers_(std::move(facts.answerers)),
      terms_(facts.hub, facts.topic_prefix, parts.backbone),
      book_(facts.hub, facts.topic_prefix + "welfare.wallets",
            {[this](const std::string& plan) { return owner_of(plan); }, wallets.tuir}),
      bookings_(terms_, book_),
      enquiries_(terms_),
      desk_(facts, {&bookings_, &enquiries_}, parts.store, parts.seals, parts.clock),
      quotes_(terms_, bookings_, parts.store, parts.seals, parts.clock),
      front_(desk_, quotes_),
      told_in_(facts.topic_prefix + "welfare.bookings") {}

CaseLane::~CaseLane() { stop(); }

void CaseLane::stop() {
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
  auto outcomes = front_.give(commands);
  wake();
  return outcomes;
}

void CaseLane::wake() {
  {
    const std::lock_guard lock(mutex_);
    something_came_ = true;
  }
  came_.notify_one();
}

// Who is named for the plan; else the source that states it.
std::string CaseLane::owner_of(const std::string& plan) const {
  if (const auto named = owners_.find(plan); named != owners_.end()) return named->second;
  const auto stated = terms_.find("plan", plan);
  return stated ? stated->connector : std::string();
}

// Once a day of Rome's, and at each start: what expired is found expired, what was told is the same event.
Status CaseLane::end_of_day(const Fence& fence) {
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(parts_.clock.now().time_since_epoch()).count();
  const auto today = date_in_rome(now);
  if (today == expired_) return done();
  RACCORDO_CHECK(wallets::expire_ended(parts_.store, book_, today, now, fence));
  for (const auto& [plan, employer] : employers_)
    RACCORDO_CHECK(wallets::tell_totals(parts_.store, book_, plan, employer, today, now, fence));
  expired_ = today;
  return done();
}

Result<Duration> CaseLane::turn() {
  RACCORDO_CHECK(terms_.refresh());
  knows_the_catalogue_ = true;
  const auto ours = duty();
  if (!ours.ok()) {
    RACCORDO_CHECK(hear_what_others_told());
    return kLook;
  }
  const auto day = end_of_day(*ours);  // whatever it meets, what is to be told is told
  look_who_answers();
  RACCORDO_CHECK(offer_new_places(*ours));
  RACCORDO_TRY(const auto next, desk_.let_time_pass(*ours));
  std::size_t told = 0;
  for (;;) {
    RACCORDO_TRY(const auto fence, duty());
    RACCORDO_TRY(const auto some, relay(parts_.store, parts_.backbone, fence));
    if (some == 0) break;
    told += some;
  }
  if (told > 0) told_();
  RACCORDO_CHECK(day);
  return std::min(next, kLook);
}

// Places that came with the catalogue; those that bookings free are offered by the same step.
Status CaseLane::offer_new_places(const Fence& fence) {
  other_places_.merge(terms_.services_with_other_places());
  if (other_places_.empty()) return done();
  RACCORDO_CHECK(desk_.offer_places(
      [&](std::string_view pool) { return other_places_.contains(std::string(service_of_pool(pool))); },
      fence));
  other_places_.clear();
  return done();
}

Result<Fence> CaseLane::duty() const {
  if (parts_.fences == nullptr) return Fence();
  return parts_.fences->of(kLeaseOfCases);
}

// Deliveries here wait for what is told elsewhere, too.
Status CaseLane::hear_what_others_told() {
  RACCORDO_TRY(auto end, parts_.backbone.end(told_in_));
  if (heard_ && !heard_->reached(end)) told_();
  heard_ = std::move(end);
  return done();
}

void CaseLane::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    Duration pause = kPauseOfFailure;
    try {
      const auto next = turn();
      note(next.ok() ? desk_.stands_still() : std::optional(next.error()));
      if (next.ok()) pause = *next;
    } catch (const std::exception& bug) {
      note(error(ErrorCode::kBug, as_is(bug.what())));
    }
    std::unique_lock lock(mutex_);
    came_.wait_for(lock, stop, pause, [&] { return something_came_; });
    something_came_ = false;
  }
}

// Each is said once for as long as the hub runs.
void CaseLane::look_who_answers() {
  const auto said = terms_.offers_said();
  if (!answerers_) return;
  for (const auto& finding : who_answers(said, *answerers_)) {
    if (!found_.insert(finding.about).second) continue;
    const auto words = finding.text.in(language_) + ": " + finding.hint.in(language_);
    parts_.log.write(LogLevel::kWarning, {}, words);
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
