// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/sharing/sharing.hpp"

#include <algorithm>

namespace raccordo {
namespace {

constexpr int kRoundsPerLease = 3;
constexpr int kMarginOfLease = 5;  // we give up a fifth of its time before others may take it
constexpr Duration kWhileLeaving = std::chrono::milliseconds(100);
constexpr Duration kShortest = std::chrono::milliseconds(20);
constexpr Duration kLongestRetry = std::chrono::seconds(1);
constexpr char kBehindName = '/';

bool is_named(const Lease& lease, const std::string& name) { return lease.name == name; }

const Lease* find(const std::vector<Lease>& leases, const std::string& name) {
  const auto found = std::ranges::find(leases, name, &Lease::name);
  return found == leases.end() ? nullptr : &*found;
}

std::string name_of_holder(const std::string& holder) { return holder.substr(0, holder.find(kBehindName)); }

bool counts(const SharedWork& work) { return work.lease().starts_with(lease_of_connector("")); }
bool is_daemon(const Lease& lease) { return lease.name.starts_with(lease_of_daemon("")); }

Text works_at_it(const std::string& who) { return say("se ne occupa {}", "{} works at it", who); }

}  // namespace

Sharing::Sharing(SharingFacts facts, Leases& leases, Holdings& holdings, Clock& clock, Log& log, Works works)
    : facts_(std::move(facts)),
      holder_(facts_.name + kBehindName + facts_.id),
      leases_(leases),
      holdings_(holdings),
      clock_(clock),
      log_(log),
      works_(std::move(works)) {
  shared_out_.self = facts_.name;
}

std::int64_t Sharing::lease_ms() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(facts_.lease).count();
}

void Sharing::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) clock_.wait(round(), stop);
}

Duration Sharing::round() {
  auto kept = keep();
  if (kept.ok()) kept = is_guest_ ? done() : share();
  note(kept.ok() ? std::nullopt : std::optional(kept.error()));
  tell_what_is_shared();
  if (kept.ok()) return until_next();
  give_up_what_is_over();
  return std::min(facts_.lease / (2 * kMarginOfLease), kLongestRetry);
}

// Deadlines are reckoned from before the question, so that ours end before those of the store.
Status Sharing::keep() {
  RACCORDO_CHECK(begin());
  const Duration asked_at = clock_.monotonic();
  const auto before = holdings_.all();
  RACCORDO_TRY(const auto still, leases_.prolong(before, lease_ms()));
  RACCORDO_TRY(book_, leases_.lease_book());
  for (const auto& lease : still)
    holdings_.hold(lease, asked_at + std::chrono::milliseconds(lease.until_ms - book_.now_ms) -
                              facts_.lease / kMarginOfLease);
  let_go_of_lost(before, still);
  return is_guest_ ? done() : show_that_we_live();
}

// An earlier process over this data folder is gone: who has the folder has its lock.
Status Sharing::begin() {
  if (begun_) return done();
  RACCORDO_TRY(const auto book, leases_.lease_book());
  for (const auto& lease : book.running)
    if (lease.holder == holder_) RACCORDO_CHECK(leases_.give_back(lease));
  begun_ = true;
  return done();
}

Status Sharing::show_that_we_live() {
  const auto name = lease_of_daemon(facts_.name);
  if (holdings_.has(name)) return done();
  RACCORDO_TRY(const bool ours, take(name));
  if (ours) return done();
  return error(
      ErrorCode::kUnavailable,
      say("un altro hub al lavoro con questa base di dati si chiama {}",
          "another daemon at work with this database is called {}", facts_.name),
      say("dare a ciascuno un nome suo con hub.instance, o attendere che finisca il tempo dell'altro",
          "give each a name of its own with hub.instance, or wait until the other one's time is over"));
}

Result<bool> Sharing::take(const std::string& name) {
  const Duration asked_at = clock_.monotonic();
  RACCORDO_TRY(const auto lease, leases_.lease(name, holder_, lease_ms()));
  if (!lease) return false;
  holdings_.hold(*lease, asked_at + facts_.lease - facts_.lease / kMarginOfLease);
  book_.running.push_back(*lease);
  return true;
}

void Sharing::let_go_of_lost(const std::vector<Lease>& before, const std::vector<Lease>& still) {
  if (before.size() == still.size()) return;
  const auto works = works_();
  for (const auto& lease : before) {
    if (find(still, lease.name) != nullptr) continue;
    const auto known = holder_of(lease.name);
    const auto who = known.empty() ? std::string("?") : known;
    holdings_.drop(lease.name, who);
    leaving_.erase(lease.name);
    tell(LogLevel::kWarning,
         say("{0}: il tempo è passato senza conferma, e se ne occupa {1}",
             "{0}: its time passed without being confirmed, and {1} works at it", lease.name, who));
    for (const auto& work : works)
      if (work->lease() == lease.name) work->ask_to_leave(works_at_it(who));
    const std::scoped_lock lock(mutex_);
    ++lost_;
  }
}

void Sharing::give_up_what_is_over() {
  for (const auto& work : works_())
    if (holdings_.has(work->lease()) && !holdings_.runs(work->lease()))
      work->ask_to_leave(say("la base di dati non conferma che se ne occupa questo hub",
                             "the database does not confirm that this daemon works at it"));
}

Status Sharing::share() {
  const auto works = works_();
  RACCORDO_CHECK(settle(works));
  const auto living = static_cast<std::size_t>(std::ranges::count_if(book_.running, is_daemon));
  const auto all =
      static_cast<std::size_t>(std::ranges::count_if(works, [](const auto& work) { return counts(*work); }));
  const std::size_t part = (all + living - 1) / std::max<std::size_t>(living, 1);
  leave_some(works, part);
  return take_some(works, part);
}

// What is configured no more goes back, what has been left too; what is ours is at work.
Status Sharing::settle(const List& works) {
  for (const auto& lease : holdings_.all()) {
    if (is_daemon(lease)) continue;
    const auto work = std::ranges::find(works, lease.name, [](const auto& each) { return each->lease(); });
    const bool leaves = work == works.end() || leaving_.contains(lease.name);
    if (work != works.end() && !(*work)->has_left()) continue;
    if (leaves) {
      RACCORDO_CHECK(leases_.give_back(lease));
      holdings_.drop(lease.name, {});
      leaving_.erase(lease.name);
      std::erase_if(book_.running, [&](const Lease& each) { return is_named(each, lease.name); });
    } else if (holdings_.runs(lease.name)) {
      (*work)->take_up();
    }
  }
  return done();
}

std::size_t Sharing::holds(const List& works) const {
  return static_cast<std::size_t>(std::ranges::count_if(works, [&](const auto& work) {
    return counts(*work) && holdings_.has(work->lease()) && !leaving_.contains(work->lease());
  }));
}

// Others came: they have their part of it.
void Sharing::leave_some(const List& works, std::size_t part) {
  auto held = holds(works);
  for (auto work = works.rbegin(); work != works.rend() && held > part; ++work) {
    const auto& lease = (*work)->lease();
    if (!counts(**work) || !holdings_.has(lease) || leaving_.contains(lease)) continue;
    (*work)->ask_to_leave(say("passa a un altro hub", "it goes over to another daemon"));
    leaving_.insert(lease);
    --held;
  }
}

Status Sharing::take_some(const List& works, std::size_t part) {
  auto held = holds(works);
  for (const auto& work : works) {
    if (holdings_.has(work->lease())) continue;
    if (const auto who = holder_of(work->lease()); !who.empty()) {
      work->ask_to_leave(works_at_it(who));
      continue;
    }
    if ((counts(*work) && held >= part) || !work->has_left()) continue;
    RACCORDO_TRY(const bool ours, take(work->lease()));
    if (!ours) continue;
    held += counts(*work) ? 1 : 0;
    work->take_up();
  }
  return done();
}

Status Sharing::take_all_there_is() {
  is_guest_ = true;
  RACCORDO_CHECK(keep());
  for (const auto& work : works_()) {
    RACCORDO_TRY(const bool ours, take(work->lease()));
    if (!ours) work->ask_to_leave(works_at_it(holder_of(work->lease())));
  }
  return done();
}

void Sharing::end() {
  for (const auto& lease : holdings_.all()) {
    if (auto given = leases_.give_back(lease); !given.ok())
      tell(LogLevel::kWarning, {given.error().in(Language::kItalian), given.error().in(Language::kEnglish)});
    holdings_.drop(lease.name, {});
  }
}

// What others have is looked at when their time would be over.
Duration Sharing::until_next() const {
  Duration next = facts_.lease / kRoundsPerLease;
  if (!leaving_.empty()) next = std::min(next, kWhileLeaving);
  for (const auto& lease : book_.running)
    if (lease.holder != holder_)
      next = std::min<Duration>(next, std::chrono::milliseconds(lease.until_ms - book_.now_ms) + kShortest);
  return std::max(next, kShortest);
}

std::string Sharing::holder_of(const std::string& lease) const {
  const auto* found = find(book_.running, lease);
  return found == nullptr ? std::string() : name_of_holder(found->holder);
}

void Sharing::tell_what_is_shared() {
  SharedOut out{facts_.name, {}, {}, 0};
  for (const auto& lease : book_.running) {
    if (is_daemon(lease))
      out.daemons.push_back({name_of_holder(lease.holder), lease.until_ms, 0});
    else
      out.holder_of[lease.name] = name_of_holder(lease.holder);
  }
  std::ranges::sort(out.daemons, {}, &SharedOut::Daemon::name);
  for (auto& daemon : out.daemons)
    daemon.holds = static_cast<std::size_t>(
        std::ranges::count(out.holder_of, daemon.name, [](const auto& each) { return each.second; }));
  const std::scoped_lock lock(mutex_);
  out.lost = lost_;
  shared_out_ = std::move(out);
}

SharedOut Sharing::shared_out() const {
  const std::scoped_lock lock(mutex_);
  return shared_out_;
}

void Sharing::tell(LogLevel level, const Text& text) const {
  log_.write(level, {}, text.in(facts_.language));
}

// What goes on failing is said once.
void Sharing::note(const std::optional<Error>& failure) {
  const auto words = failure ? std::optional(failure->in(facts_.language)) : std::nullopt;
  if (words == failure_) return;
  if (words) log_.write(LogLevel::kError, {}, *words);
  failure_ = words;
}

}  // namespace raccordo
