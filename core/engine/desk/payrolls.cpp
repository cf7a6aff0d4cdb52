// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/payrolls.hpp"

#include <algorithm>

#include "core/engine/desk/times.hpp"
#include "raccordo/model/counted.hpp"

namespace raccordo::cases {
namespace {

constexpr std::string_view kApproval = ".approval";
constexpr std::size_t kMostName = 80;
constexpr std::size_t kHashShown = 12;

std::int64_t unix_ms(WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

// All of it, as it was seen. Errors besides the port's: kTooLarge.
Result<std::string> bytes_of(SourceFiles& files, const SeenFile& seen, std::size_t most) {
  if (seen.size > most)
    return error(ErrorCode::kTooLarge,
                 say("{}: {} byte, al più {}", "{}: {} bytes, at most {}", name_of(seen), seen.size, most));
  RACCORDO_TRY(const auto file, files.open(seen));
  std::string bytes(static_cast<std::size_t>(seen.size), '\0');
  std::size_t at = 0;
  while (at < bytes.size()) {
    RACCORDO_TRY(const auto read, file->read_at(at, std::span(bytes).subspan(at)));
    if (read == 0) break;
    at += read;
  }
  RACCORDO_TRY(const bool unchanged, files.unchanged(seen));
  if (unchanged && at == bytes.size()) return bytes;
  return error(ErrorCode::kUnavailable,
               say("{}: cambia mentre lo si legge", "{}: changes while it is read", name_of(seen)));
}

// Its name as any share takes it, with what tells its content from another of that name.
std::string name_beside(const std::string& file, const std::string& sha256, std::string_view end) {
  std::string name = file.substr(0, std::min(kMostName, file.rfind('.')));
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-' && c != '_') c = '_';
  return fmt::format("{}-{}{}", name, sha256.substr(0, kHashShown), end);
}

// Once: what is there already says the same.
Status put(OutputFiles& files, const std::string& name, std::string_view bytes) {
  RACCORDO_TRY(const auto file, files.create());
  RACCORDO_CHECK(file->append(bytes));
  RACCORDO_CHECK(file->finish());
  const auto published = files.publish(file->temporary(), name);
  if (published.ok() || published.error().code != ErrorCode::kConflict) return published;
  return files.clean({});
}

// For the employer: every mistake by its line, in both languages.
std::string mistakes_of(const wallets::PayrollReading& reading) {
  std::string out;
  for (const auto& finding : reading.findings)
    out += fmt::format("{0}: {1}\r\n{0}: {2}\r\n", finding.line, finding.text.it, finding.text.en);
  return out;
}

}  // namespace

std::string_view name_of(PayrollState state) {
  constexpr std::string_view kNames[] = {"waiting", "credited", "refused"};
  return kNames[static_cast<std::size_t>(state)];
}

Payrolls::Payrolls(std::vector<PayrollFolder> folders, std::vector<wallets::Approver> approvers,
                   PayrollParts parts, Language language, std::function<void()> credited)
    : folders_(std::move(folders)),
      approvers_(std::move(approvers)),
      parts_(parts),
      language_(language),
      credited_(std::move(credited)) {}

Payrolls::~Payrolls() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void Payrolls::start() {
  if (folders_.empty()) return;
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

// Each folder as often as it says.
void Payrolls::work(const std::stop_token& stop) {
  std::vector<Duration> waits(folders_.size(), Duration::zero());
  while (!stop.stop_requested()) {
    const auto pause = *std::ranges::min_element(waits);
    if (pause > Duration::zero() && !parts_.clock.wait(pause, stop)) return;
    for (std::size_t i = 0; i < folders_.size(); ++i) {
      waits[i] -= pause;
      if (waits[i] > Duration::zero()) continue;
      if (duty().ok()) look_at(folders_[i]);
      waits[i] = folders_[i].poll;
    }
  }
}

void Payrolls::look() {
  for (auto& folder : folders_) look_at(folder);
}

void Payrolls::look_at(PayrollFolder& folder) try { look_into(folder); } catch (const std::exception& bug) {
  note(folder.id, "", as_is(bug.what()), LogLevel::kError);
}

void Payrolls::look_into(PayrollFolder& folder) {
  const auto found = folder.files->look();
  if (!found.ok())
    return note(folder.id, "", {found.error().in(Language::kItalian), found.error().in(Language::kEnglish)},
                LogLevel::kError);
  failures_.erase(folder.id + "\n");
  std::map<std::string, Bunch> there;
  for (const auto& file : found->settled)
    if (!file.path.ends_with(kApproval)) there[file.path] = {file};
  for (const auto& file : found->settled)
    for (auto& [path, bunch] : there)
      if (file.path.ends_with(kApproval) && file.path.starts_with(path + ".")) bunch.push_back(file);
  for (const auto& [path, bunch] : there) {
    if (const auto known = taken_up_.find(path); known != taken_up_.end() && known->second == bunch) continue;
    const auto seen = take_up(folder, bunch);
    const std::lock_guard lock(mutex_);
    seen_[path] = seen;
  }
  const std::lock_guard lock(mutex_);
  std::erase_if(seen_, [&](const auto& each) {
    const bool gone = each.second.folder == folder.id && !there.contains(each.first);
    if (gone) taken_up_.erase(each.first), failures_.erase(folder.id + "\n" + each.second.file);
    return gone;
  });
}

PayrollSeen Payrolls::take_up(PayrollFolder& folder, const Bunch& bunch) {
  PayrollSeen seen{folder.id, name_of(bunch.front()),     PayrollState::kWaiting, {},
                   0,         unix_ms(parts_.clock.now())};
  const auto decided = decide(folder, bunch, seen);
  bool over = decided.ok();
  if (!decided.ok()) {
    const auto& why = decided.error();
    seen.text = {why.in(Language::kItalian), why.in(Language::kEnglish)};
    over = why.code == ErrorCode::kInvalid || why.code == ErrorCode::kTooLarge;
    if (over) seen.state = PayrollState::kRefused;
  }
  // What may pass by itself is tried again at the next look; what waits for people, when they did something.
  if (over) taken_up_[bunch.front().path] = bunch;
  note(folder.id, seen.file, seen.text,
       seen.state == PayrollState::kRefused ? LogLevel::kWarning : LogLevel::kInfo);
  return seen;
}

Status Payrolls::decide(PayrollFolder& folder, const Bunch& bunch, PayrollSeen& seen) {
  RACCORDO_TRY(const auto bytes, bytes_of(*folder.files, bunch.front(), wallets::kMaxPayrollBytes));
  const auto today = date_in_rome(unix_ms(parts_.clock.now()));
  auto reading = wallets::read_payroll(seen.file, bytes, folder.plans, today, parts_.signatures);
  const auto sha256 = reading.payroll.sha256;
  RACCORDO_TRY(const bool before, credited_before(sha256));
  if (!reading.findings.empty() && !before) {
    const auto name = name_beside(seen.file, sha256, ".errori.txt");
    RACCORDO_CHECK(put(*folder.receipts, name, mistakes_of(reading)));
    return error(ErrorCode::kInvalid,
                 say("{}: non si accredita nulla, {} da correggere: {} dice che cosa, riga per riga",
                     "{}: nothing is credited, {} to correct: {} says what, line by line", seen.file,
                     reading.findings.size(), name));
  }
  seen.cents = reading.payroll.total;
  if (before && !reading.findings.empty()) {  // its last days have passed meanwhile
    seen.state = PayrollState::kCredited;
    seen.text = say("{}: già accreditato", "{}: credited already", seen.file);
    return done();
  }
  std::vector<wallets::Approval> approvals;
  for (const auto& file : std::span(bunch).subspan(1)) {
    RACCORDO_TRY(auto approval, bytes_of(*folder.files, file, wallets::kMaxApprovalBytes));
    approvals.push_back({name_of(file), std::move(approval)});
  }
  const auto approved = wallets::approve(std::move(reading), approvals, approvers_, parts_.signatures);
  if (!approved.ok() && approved.error().code == ErrorCode::kUnavailable) {  // it waits for people
    seen.text = {approved.error().in(Language::kItalian), approved.error().in(Language::kEnglish)};
    return done();
  }
  RACCORDO_CHECK(approved);
  return credit(folder, *approved, before, seen);
}

Status Payrolls::credit(PayrollFolder& folder, const wallets::ApprovedPayroll& approved, bool before,
                        PayrollSeen& seen) {
  const auto now = unix_ms(parts_.clock.now());
  const auto credits = wallets::credits_of(approved, parts_.seals, date_in_rome(now), now);
  RACCORDO_TRY(const auto fence, duty());
  RACCORDO_CHECK(wallets::credit_all(parts_.store, parts_.book, credits, fence));
  credited_();
  RACCORDO_CHECK(put(*folder.receipts, name_beside(seen.file, approved.payroll().sha256, ".ricevuta.csv"),
                     wallets::receipt_csv(approved, credits, parts_.book)));
  seen.state = PayrollState::kCredited;
  const auto sum = wallets::amount_text(seen.cents, "EUR");
  const auto rows = counted(credits.size(), {"riga", "row"}, {"righe", "rows"});
  seen.text = before ? say("{}: già accreditato", "{}: credited already", seen.file)
                     : say("{0}: accreditati {1} in {3}, approvati da {5} e {6}",
                           "{0}: {2} credited in {4}, approved by {5} and {6}", seen.file, sum.it, sum.en,
                           rows.it, rows.en, approved.by()[0], approved.by()[1]);
  return done();
}

Result<Fence> Payrolls::duty() const {
  if (parts_.fences == nullptr) return Fence();
  return parts_.fences->of(kLeaseOfCases);
}

// Its first row's movement is there: then all are.
Result<bool> Payrolls::credited_before(const std::string& sha256) {
  bool before = false;
  const CaseStore::Work look = [&](CaseTransaction& transaction) -> Status {
    RACCORDO_TRY(const auto known, transaction.movement(wallets::credit_id(sha256, 1)));
    before = known.has_value();
    return done();
  };
  RACCORDO_TRY(const auto ends, parts_.store.transact(std::span(&look, 1)));
  RACCORDO_CHECK(ends.front());
  return before;
}

std::vector<PayrollSeen> Payrolls::seen() const {
  const std::lock_guard lock(mutex_);
  std::vector<PayrollSeen> all;
  for (const auto& [path, each] : seen_) all.push_back(each);
  std::ranges::sort(all, {}, [](const auto& each) { return std::pair(each.folder, each.file); });
  return all;
}

// What goes on is said once.
void Payrolls::note(const std::string& folder, const std::string& what, const Text& text, LogLevel level) {
  auto& told = failures_[folder + "\n" + what];
  if (told == text.in(language_)) return;
  told = text.in(language_);
  parts_.log.write(level, {folder}, told);
}

}  // namespace raccordo::cases
