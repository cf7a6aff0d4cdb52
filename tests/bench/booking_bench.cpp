// SPDX-License-Identifier: EUPL-1.2
// Bookings through the real program: requests that portals have answered durably a second, and how long a
// click takes to the cooperative's system. usage: booking_bench [REQUESTS] [CLIENTS] [CLICKS] [CASES that are
// there before] Over Kafka and PostgreSQL where RACCORDO_TEST_KAFKA and RACCORDO_TEST_POSTGRESQL name them.
// Prints a line of JSON.
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "adapters/clock/system_clock.hpp"
#include "adapters/http_server/tests/visitor.hpp"
#include "adapters/postgresql/postgres_case_store.hpp"
#include "adapters/sqlite/sqlite_case_store.hpp"
#include "raccordo/model/statement_keys.hpp"
#include "tests/integration/hub_folder.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::testing {
namespace {

using Json = nlohmann::json;
using Steady = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr std::size_t kTogether = 500;

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(1);
}

// When each booking came to the cooperative.
class Arrivals {
 public:
  void note(const std::string& body) {
    const auto json = Json::parse(body, nullptr, false);
    if (!json.is_object()) return;
    const std::lock_guard lock(mutex_);
    came_.insert(json.value("requested_id", ""));
    changed_.notify_all();
  }
  void await(const std::string& id) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return came_.contains(id); });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> came_;
};

class Town {
 public:
  explicit Town(std::size_t cases) {
    for (const char* name : {"counter.so", "cooperative.so", "paid.so"})
      hub_.copy(fs::path(RACCORDO_BOOKING_PLUGINS) / name, std::string("plugins/") + name);
    hub_.write("in/orari.csv", "id;nome;posti;centesimi\nora;Assistenza domiciliare;1000000000;0\n");
    hub_.write("secrets/portale", "gettone");
    fs::permissions(hub_.path("secrets/portale"), fs::perms::owner_read | fs::perms::owner_write);
    if (hub_.raccordo({"keys", "new", hub_.path("people.key").string()}).exit != 0) give_up("no keys");
    configure();
    (void)hub_.once();
    fill(cases);
    daemon_.emplace(hub_.start({"run", "hub.yaml", "--lang", "en"}));
    const std::string words = "partners' calls on port ";
    if (!daemon_->says(words)) give_up(daemon_->log());
    const auto log = daemon_->log();
    port_ = static_cast<std::uint16_t>(std::stoi(log.substr(log.find(words) + words.size())));
    for (bool booked = false; !booked;) {  // once it has read its catalogue
      Visitor first(port_);
      booked = ask(first, "0");
    }
  }
  ~Town() {
    daemon_->signal(SIGTERM);
    if (daemon_->wait() != 0) std::fprintf(stderr, "%s\n", daemon_->log().c_str());
  }

  [[nodiscard]] Visitor visitor() const { return Visitor(port_); }
  // Whether it was booked.
  static bool ask(Visitor& visitor, const std::string& id) {
    const auto body =
        Json{{"id", id},
             {"offer", StatementKeys(statement_space("prova", "agenda-file")).key("offer", "ora").text()},
             {"kind", "slot"},
             {"start", "2126-03-03T09:00:00+01:00"},
             {"end", "2126-03-03T10:00:00+01:00"},
             {"people",
              {{"beneficiary",
                {{"fiscal_code", "VRDLCU80A01D150V"},
                 {"name", "Ada"},
                 {"surname", "Verdi"},
                 {"phone", "0372 555100"}}}}}}
            .dump();
    visitor.send(
        "POST /in/portale/bookings HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer "
        "gettone\r\nIdempotency-Key: " +
        id + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
        "\r\n\r\n" + body);
    return visitor.answer().starts_with("HTTP/1.1 201");
  }
  Arrivals& arrivals() { return arrivals_; }

 private:
  void configure() {
    hub_.configure(R"(
  - id: agenda-file
    plugin: paid
    from: {files: {path: "in/*.csv", poll: 10s}}
  - id: portale
    plugin: counter
    from: {webhook: {auth: {bearer: {secret: portale}}, rate: 10000/s}}
  - id: airone
    plugin: cooperative
    partner: agenda-file
    subscribe: {topics: [bookings]}
    to: {http: {base_url: ")" +
                       cooperative_.url("") +
                       R"(", networks: [127.0.0.0/8]}}
)",
                   "http: {ingress: \"127.0.0.1:0\", client_rate: 10000/s}\nsecrets: {folder: secrets}\n"
                   "people: {keys: people.key}\n");
  }

  [[nodiscard]] std::unique_ptr<CaseStore> open_cases() {
    const char* const url = std::getenv("RACCORDO_TEST_POSTGRESQL");
    if (url == nullptr)
      return sqlite::open_case_store(hub_.path("var/cases.sqlite").string(), clock_).value();
    postgresql::ServerOptions server;
    server.url = url;
    const auto text = hub_.read("hub.yaml");
    const auto at = text.find("schema: ") + std::string("schema: ").size();
    server.schema = text.substr(at, text.find('}', at) - at);
    return postgresql::open_case_store(server).value();
  }

  // Ended bookings of years, each with its message and its step.
  void fill(std::size_t cases) {
    if (cases == 0) return;
    const auto store = open_cases();
    for (std::size_t made = 0; made < cases; made += kTogether) {
      std::vector<CaseStore::Work> works;
      for (std::size_t i = 0; i < kTogether; ++i)
        works.emplace_back([](CaseTransaction& t) -> Status {
          CaseRecord record;
          record.id = Uuid::random();
          record.machine = "booking";
          record.state = "attended";
          record.revision = 1;
          record.data = std::string(450, 'd');
          record.people = std::string(700, 'p');
          record.asked_by = "portale";
          record.asked_id = Uuid::random().text();
          record.answered_by = "agenda-file";
          record.changed_ms = 1'700'000'000'000;
          record.ended = true;
          RACCORDO_CHECK(t.put(record, {record.id, 1, "request", "", "attended", "customer", "portale",
                                        record.asked_id, "{}", record.changed_ms}));
          return t.remember(
              {"portale", record.asked_id, std::string(64, 'h'), std::string(300, 'a'), record.changed_ms});
        });
      if (!store->transact(works).ok()) give_up("cannot fill the store");
    }
  }

  SystemClock clock_;
  HubFolder hub_;
  Arrivals arrivals_;
  WebPartner cooperative_{[this](const Asked& asked) {
    arrivals_.note(asked.body);
    return Reply{asked.method == "DELETE" ? 204 : 201, {}, "{}"};
  }};
  std::optional<Running> daemon_;
  std::uint16_t port_ = 0;
};

double ms(Steady::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

double part(std::vector<double>& times, double of) {
  if (times.empty()) return 0;
  std::ranges::sort(times);
  return times[std::min(times.size() - 1, static_cast<std::size_t>(of * static_cast<double>(times.size())))];
}

struct Accepted {
  double seconds = 0;
  std::vector<double> times;
  int failed = 0;
};

// Each client asks for the next once it was answered.
Accepted accept(const Town& town, std::size_t requests, std::size_t clients) {
  Accepted all;
  std::mutex mutex;
  std::atomic<std::size_t> next = 1;
  const auto begun = Steady::now();
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < clients; ++i)
      threads.emplace_back([&] {
        auto visitor = town.visitor();
        std::vector<double> times;
        int failed = 0;
        for (auto number = next++; number <= requests; number = next++) {
          const auto asked = Steady::now();
          failed += Town::ask(visitor, "r" + std::to_string(number)) ? 0 : 1;
          times.push_back(ms(Steady::now() - asked));
        }
        const std::lock_guard lock(mutex);
        all.times.insert(all.times.end(), times.begin(), times.end());
        all.failed += failed;
      });
  }
  all.seconds = ms(Steady::now() - begun) / 1'000;
  return all;
}

std::vector<double> click(Town& town, std::size_t clicks) {
  std::vector<double> times;
  auto visitor = town.visitor();
  for (std::size_t i = 0; i < clicks; ++i) {
    const auto id = "c" + std::to_string(i);
    const auto clicked = Steady::now();
    if (!Town::ask(visitor, id)) give_up("a click was not answered");
    town.arrivals().await(id);
    times.push_back(ms(Steady::now() - clicked));
  }
  return times;
}

int run(std::size_t requests, std::size_t clients, std::size_t clicks, std::size_t cases) {
  Town town(cases);
  auto clicked = click(town, clicks);
  auto accepted = accept(town, requests, clients);
  std::printf("%s\n", Json{{"requests_per_second", static_cast<double>(requests) / accepted.seconds},
                           {"failed", accepted.failed},
                           {"p50_ms", part(accepted.times, 0.5)},
                           {"p99_ms", part(accepted.times, 0.99)},
                           {"click_p50_ms", part(clicked, 0.5)},
                           {"click_p99_ms", part(clicked, 0.99)},
                           {"clients", clients},
                           {"cases_before", cases}}
                          .dump()
                          .c_str());
  return accepted.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace raccordo::testing

int main(int argc, char** argv) {
  const auto number = [&](int i, std::size_t usual) {
    return argc > i ? static_cast<std::size_t>(std::strtoull(argv[i], nullptr, 10)) : usual;
  };
  return raccordo::testing::run(number(1, 20'000), number(2, 64), number(3, 200), number(4, 0));
}
