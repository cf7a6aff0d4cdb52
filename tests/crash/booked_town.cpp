// SPDX-License-Identifier: EUPL-1.2
#include "tests/crash/booked_town.hpp"

#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "adapters/clock/system_clock.hpp"
#include "adapters/http_server/tests/visitor.hpp"
#include "adapters/postgresql/postgres_case_store.hpp"
#include "adapters/sqlite/sqlite_case_store.hpp"
#include "core/engine/cases/booking.hpp"
#include "core/engine/desk/booking_rules.hpp"
#include "raccordo/model/statement_keys.hpp"

namespace raccordo::testing {
namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr auto kPatience = 120s;
constexpr int kPeople = 4;
const FaultPlan::Mixture kBadNetwork{{FaultKind::kCut, FaultKind::kDelay, FaultKind::kHoldBack,
                                      FaultKind::kSendTwice, FaultKind::kFailAfterwards},
                                     2,
                                     2'000,
                                     20ms};
const Uuid kWallet = uuid_v5(kNamespaceUrl, "borsellino");

const SystemClock& system_clock() {
  static const SystemClock clock;
  return clock;
}

// The canonical id of an offer.
std::string offer_of(const std::string& id) {
  return StatementKeys(statement_space("prova", "agenda-file")).key("offer", id).text();
}

// Places are held by these.
bool holds_a_place(const CaseRecord& record) {
  return record.state == "requested" || record.state == "held" || record.state == "confirmed";
}

}  // namespace

Reply KeyedSystem::take(const Asked& asked, int accepted) {
  const std::lock_guard lock(mutex_);
  const auto& key = asked.headers.at("idempotency-key");
  // Two events may ask for a deletion: it was cancelled, and what came too late was refused.
  if (asked.method != "DELETE") keys_of_[asked.target + "\n" + asked.body].insert(key);
  if (keys_.insert(key).second) {
    if (asked.method == "DELETE")
      last_.erase(asked.target);
    else
      last_[asked.target] = Json::parse(asked.body, nullptr, false);
  }
  changed_.notify_all();
  return {asked.method == "DELETE" ? 204 : accepted, {}, "{}"};
}

bool KeyedSystem::await(const std::function<bool(const std::map<std::string, Json>&)>& holds) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kPatience, [&] { return holds(last_); });
}

void KeyedSystem::expect_one_key_each() {
  const std::lock_guard lock(mutex_);
  for (const auto& [what, keys] : keys_of_) EXPECT_EQ(keys.size(), 1u) << what;
}

BookedTown::BookedTown(std::uint64_t seed) : random_(seed) {
  configure();
  EXPECT_EQ(told(hub_.once(), "agenda-file"), "received 2 delivered 2 entities 6");
  credit_wallet();
  start();
  for (int i = 0; i < kPeople; ++i)
    people_.emplace_back([this](const std::stop_token& stop) { portal(stop); });
}

BookedTown::~BookedTown() {
  for (auto& each : people_) each.request_stop();
  people_.clear();
}

void BookedTown::configure() {
  for (const char* name : {"counter.so", "cooperative.so", "paid.so"})
    hub_.copy(fs::path(RACCORDO_BOOKING_PLUGINS) / name, std::string("plugins/") + name);
  hub_.write("in/orari.csv", "id;nome;posti;centesimi\nora;Assistenza domiciliare;" +
                                 std::to_string(kPlaces) + ";0\ngita;Gita al lago;100000;" +
                                 std::to_string(kPrice) + "\n");
  hub_.write("secrets/portale", "gettone");
  fs::permissions(hub_.path("secrets/portale"), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(hub_.raccordo({"keys", "new", hub_.path("people.key").string()}).exit, 0);
  const auto to = [](const FaultProxy& proxy) {
    return "{base_url: \"http://" + proxy.address() +
           "\", networks: [127.0.0.0/8], retry: {first: 20ms, longest: 200ms}, breaker: {failures: 1000}}";
  };
  hub_.configure(R"(
  - id: agenda-file
    plugin: paid
    from: {files: {path: "in/*.csv", poll: 100ms}}
  - id: portale
    plugin: counter
    from: {webhook: {auth: {bearer: {secret: portale}}, rate: 10000/s}}
  - id: portale-esiti
    plugin: counter
    partner: portale
    subscribe: {topics: [bookings]}
    to: {http: )" + to(before_portal_) +
                     R"(}
  - id: airone
    plugin: cooperative
    partner: agenda-file
    subscribe: {topics: [bookings]}
    to: {http: )" + to(before_cooperative_) +
                     "}\n",
                 "http: {ingress: \"127.0.0.1:0\", client_rate: 10000/s}\nsecrets: {folder: secrets}\n"
                 "people: {keys: people.key}\n");
}

std::unique_ptr<CaseStore> BookedTown::open_cases() {
  const char* const url = std::getenv("RACCORDO_TEST_POSTGRESQL");
  if (url == nullptr)
    return sqlite::open_case_store(hub_.path("var/cases.sqlite").string(), system_clock()).value();
  postgresql::ServerOptions server;
  server.url = url;
  const auto text = hub_.read("hub.yaml");
  const auto at = text.find("schema: ") + std::string("schema: ").size();
  server.schema = text.substr(at, text.find('}', at) - at);
  return postgresql::open_case_store(server).value();
}

// Bookings that name no person have its empty holder.
void BookedTown::credit_wallet() {
  const auto store = open_cases();
  const CaseStore::Work credit = [](CaseTransaction& t) {
    WalletRecord wallet;
    wallet.id = kWallet;
    wallet.plan = "piano";
    wallet.unit = "EUR";
    wallet.credited = wallet.available = kCredit;
    return t.put(wallet, {uuid_v5(kNamespaceUrl, "accredito"), kWallet, "credit", kCredit,
                          uuid_v5(kNamespaceUrl, "file"), "", "2026-01-01", 1});
  };
  const auto ends = store->transact(std::span(&credit, 1));
  ASSERT_TRUE(ends.ok() && ends->front().ok());
}

void BookedTown::start() {
  daemon_.reset();
  daemon_.emplace(hub_.start({"run", "hub.yaml", "--lang", "en"}));
  const std::string words = "partners' calls on port ";
  ASSERT_TRUE(daemon_->says(words)) << daemon_->log();
  const auto log = daemon_->log();
  before_hub_.lead_to(std::stoi(log.substr(log.find(words) + words.size())));
}

void BookedTown::stop() {
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(), 0) << daemon_->log();
  daemon_.reset();
}

void BookedTown::kill() {
  daemon_->signal(SIGKILL);
  (void)daemon_->wait();
  start();
}

void BookedTown::kill_a_worker() {
  const auto workers = daemon_->children();
  if (!workers.empty()) ::kill(workers[random_() % workers.size()], SIGKILL);
}

// A worker that was killed costs the record that it was at; a call that it was at came again meanwhile.
void BookedTown::replay_parked() {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (!hub_.parked().empty() && std::chrono::steady_clock::now() < until)
    (void)hub_.raccordo({"parked", "replay", "--all", "--config", "hub.yaml"});
}

void BookedTown::break_networks(bool broken) {
  for (auto* proxy : {&before_hub_, &before_portal_, &before_cooperative_})
    proxy->follow(broken ? FaultPlan(random_(), kBadNetwork) : FaultPlan());
}

int BookedTown::faults_struck() const {
  return before_hub_.struck() + before_portal_.struck() + before_cooperative_.struck();
}

// A booking of a place that many want, or one that a wallet pays; one in four is cancelled.
std::vector<BookedTown::Request> BookedTown::drawn(int number) {
  const auto id = "p" + std::to_string(number);
  const bool paid = random_() % 2 == 0;
  Json body{{"id", id},
            {"offer", offer_of(paid ? "gita" : "ora")},
            {"kind", "slot"},
            {"start", "2126-03-03T09:00:00+01:00"},
            {"end", "2126-03-03T10:00:00+01:00"}};
  if (paid)
    body["wallet"] = kWallet.text();
  else
    body["people"] = {{"beneficiary", {{"name", "Ada"}, {"surname", "Verdi"}, {"phone", "0372 555100"}}}};
  std::vector<Request> requests{{"/bookings", body.dump(), "m" + std::to_string(number)}};
  if (random_() % 4 == 0)
    requests.push_back({"/bookings/" + id + "/cancel", "", "c" + std::to_string(number)});
  return requests;
}

void BookedTown::ask_for(int bookings) {
  const std::lock_guard lock(mutex_);
  for (int i = 0; i < bookings; ++i) {
    wanted_.push_back(drawn(next_++));
    asked_for_ += static_cast<int>(wanted_.back().size());
  }
  changed_.notify_all();
}

void BookedTown::portal(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::vector<Request> requests;
    {
      std::unique_lock lock(mutex_);
      if (!changed_.wait(lock, stop, [&] { return !wanted_.empty(); })) return;
      requests = std::move(wanted_.front());
      wanted_.pop_front();
    }
    for (const auto& request : requests) {
      std::string answer;
      while (answer.empty() && !stop.stop_requested()) {
        answer = ask(request);
        if (answer.empty()) std::this_thread::sleep_for(20ms);  // asks again, awaits nothing
      }
      const std::lock_guard lock(mutex_);
      acknowledged_[request.message] = {request, answer};
      ++answered_;
      changed_.notify_all();
    }
  }
}

std::string BookedTown::ask(const Request& request) const {
  Visitor visitor(static_cast<std::uint16_t>(before_hub_.port()));
  visitor.send(
      "POST /in/portale" + request.path +
      " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nAuthorization: Bearer gettone\r\nIdempotency-Key: " +
      request.message + "\r\nContent-Type: application/json\r\nContent-Length: " +
      std::to_string(request.body.size()) + "\r\n\r\n" + request.body);
  const auto answer = visitor.answer();
  const auto body = answer.find("\r\n\r\n");
  const bool acknowledged = answer.starts_with("HTTP/1.1 201") || answer.starts_with("HTTP/1.1 409");
  if (!acknowledged || body == std::string::npos) return {};
  auto words = answer.substr(body + 4);
  return Json::accept(words) ? words : std::string();  // cut off on its way: no answer
}

void BookedTown::await_answers() {
  std::unique_lock lock(mutex_);
  EXPECT_TRUE(changed_.wait_for(lock, kPatience, [&] { return answered_ == asked_for_; }))
      << answered_ << " of " << asked_for_ << " answered\n"
      << daemon_->log();
}

void BookedTown::ask_all_again() {
  std::vector<Acknowledged> all;
  for (const auto& [message, each] : acknowledged_) all.push_back(each);
  std::ranges::shuffle(all, random_);
  for (const auto& each : all) EXPECT_EQ(ask(each.request), each.answer) << each.request.message;
}

// What the portal was told last of each booking is an end, or where it waits for a place.
void BookedTown::await_rest() {
  std::set<std::string> booked;
  std::set<std::string> cancelled;
  for (const auto& [message, each] : acknowledged_)
    (message.starts_with('m') ? booked : cancelled).insert("p" + message.substr(1));
  EXPECT_TRUE(at_portal_.await([&](const std::map<std::string, Json>& told) {
    std::size_t at_rest = 0;
    for (const auto& [path, status] : told) {
      const std::string id = status.value("requested_id", "");
      const std::string state = status.value("state", "");
      const bool over = state == "cancelled_by_customer" || state == "refused";
      const bool stays =
          state == "confirmed" || state == "waitlisted" || state == "held";  // a place is offered
      at_rest += over || (stays && !cancelled.contains(id));
    }
    return at_rest == booked.size();
  })) << daemon_->log();
}

void BookedTown::expect_right() {
  const auto store = open_cases();
  std::vector<CaseRecord> cases;
  for (CaseQuery query;;) {
    const auto page = store->cases(query).value();
    if (page.empty()) break;
    cases.insert(cases.end(), page.begin(), page.end());
    query.after = page.back().id;
  }
  std::set<std::string> known;
  for (const auto& record : cases) {
    EXPECT_TRUE(known.insert(record.asked_id).second) << record.asked_id << " is there twice";
    expect_history(*store, record);
  }
  for (const auto& [message, each] : acknowledged_)
    EXPECT_TRUE(known.contains("p" + message.substr(1))) << message << " was acknowledged: " << each.answer;
  EXPECT_EQ(known.size(), static_cast<std::size_t>(next_)) << "nobody asked for more";

  std::map<std::string, std::int64_t> taken;
  for (const auto& record : cases)
    if (holds_a_place(record)) ++taken[cases::pool_of(Json::parse(record.data))];
  for (const auto& [pool, places] : taken) {
    const CaseStore::Work look = [&, &pool = pool, places = places](CaseTransaction& t) -> Status {
      EXPECT_EQ(t.taken_places(pool).value(), places) << pool;
      return done();
    };
    (void)store->transact(std::span(&look, 1));
  }
  const auto contested = std::ranges::count_if(cases, [](const CaseRecord& record) {
    return holds_a_place(record) && Json::parse(record.data).value("total", Json()).is_null();
  });
  EXPECT_LE(contested, kPlaces) << "oversold";
  expect_money(*store, cases);
  expect_topic(cases);
  at_portal_.expect_one_key_each();
  at_cooperative_.expect_one_key_each();
  std::ignore = hub_.ledger();
}

void BookedTown::expect_history(CaseStore& store, const CaseRecord& record) {
  SCOPED_TRACE(record.asked_id);
  const auto steps = store.history(record.id).value();
  ASSERT_EQ(static_cast<std::int64_t>(steps.size()), record.revision);
  std::string state;
  std::int64_t revision = 0;
  for (const auto& step : steps) {
    EXPECT_EQ(step.revision, ++revision);
    EXPECT_EQ(step.from, state);
    const auto& transitions = cases::booking_machine().transitions;
    EXPECT_TRUE(std::ranges::any_of(transitions,
                                    [&](const auto& each) {
                                      return each.event == step.event &&
                                             (each.to == step.to || (each.to == "=" && step.from == step.to));
                                    }))
        << step.event << " to " << step.to;
    state = step.to;
  }
  EXPECT_EQ(state, record.state);
  EXPECT_LE(std::ranges::count(steps, "confirm", &CaseStep::event), 1);
}

// What is reserved and spent is what the cases say, and each movement is there once.
void BookedTown::expect_money(CaseStore& store, const std::vector<CaseRecord>& cases) {
  std::int64_t reserved = 0;
  std::int64_t spent = 0;
  for (const auto& record : cases) {
    const auto own = Json::parse(record.data).value("hub", Json::object());
    if (!own.contains("money")) continue;
    reserved += own["money"].value("reserved", std::int64_t{0});
    spent += own["money"].value("spent", std::int64_t{0});
  }
  const auto wallets = store.wallets("piano").value();
  ASSERT_EQ(wallets.size(), 1u);
  EXPECT_EQ(wallets[0].reserved, reserved);
  EXPECT_EQ(wallets[0].spent, spent);
  EXPECT_EQ(wallets[0].credited,
            wallets[0].available + wallets[0].reserved + wallets[0].spent + wallets[0].expired);
  EXPECT_EQ(wallets[0].credited, kCredit);
  std::map<std::pair<Uuid, std::string>, int> made;
  for (const auto& movement : store.movements(kWallet).value()) ++made[{movement.about, movement.kind}];
  for (const auto& [what, times] : made) EXPECT_EQ(times, 1) << what.first.text() << " " << what.second;
}

// Each case's facts stand there in its order; what stands there twice is the same event.
void BookedTown::expect_topic(const std::vector<CaseRecord>& cases) {
  std::set<std::string> ids;
  std::map<std::string, std::int64_t> last;
  for (const auto& event : hub_.events("bookings")) {
    if (!ids.insert(event.at("id").get<std::string>()).second) continue;
    const auto& data = event.at("data");
    auto& revision = last[event.at("subject").get<std::string>()];
    EXPECT_GT(data.at("revision").get<std::int64_t>(), revision) << event;
    revision = data.at("revision").get<std::int64_t>();
  }
  for (const auto& record : cases) EXPECT_EQ(last[record.id.text()], record.revision) << record.asked_id;
}

}  // namespace raccordo::testing
