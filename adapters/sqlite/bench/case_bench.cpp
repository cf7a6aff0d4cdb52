// SPDX-License-Identifier: EUPL-1.2
// How many bookings a second the store of cases takes, each durable when it is answered: threads that each
// book one after the other, while a relay forgets what was told. usage: case_bench [FOLDER] [BOOKINGS]
// [THREADS] [CASES that are there before]
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <random>
#include <thread>
#include <vector>

#include "adapters/sqlite/sqlite_case_store.hpp"

namespace raccordo {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t kWallets = 10'000, kPools = 1'000, kBatch = 500;
constexpr std::int64_t kPlenty = 1'000'000'000;

class SystemClock final : public Clock {
 public:
  [[nodiscard]] WallTime now() const override { return std::chrono::system_clock::now(); }
  [[nodiscard]] Duration monotonic() const override { return Steady::now().time_since_epoch(); }
  bool wait(Duration duration, const std::stop_token&) override {
    std::this_thread::sleep_for(duration);
    return true;
  }
};

[[noreturn]] void give_up(const Error& error) {
  std::fprintf(stderr, "%s\n", error.in(Language::kEnglish).c_str());
  std::exit(1);
}

template <typename T>
T must(Result<T> result) {
  if (!result.ok()) give_up(result.error());
  return std::move(result).value();
}

double cpu_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

Uuid wallet_id(std::size_t number) { return uuid_v5(kNamespaceUrl, "wallet " + std::to_string(number)); }

// Ids as partners and the hub draw them: at random.
class Ids {
 public:
  explicit Ids(std::uint64_t seed) : random_(seed) {}
  Uuid operator()() {
    Uuid id;
    const std::uint64_t halves[] = {random_(), random_()};
    std::memcpy(id.bytes.data(), halves, sizeof halves);
    return id;
  }
  std::size_t below(std::size_t end) { return random_() % end; }

 private:
  std::mt19937_64 random_;
};

// One request of a portal: the message, the case and its step, a place, money, two messages to tell.
struct Booking {
  explicit Booking(Ids& ids)
      : id(ids()),
        movement(ids()),
        wallet(wallet_id(ids.below(kWallets))),
        message(ids().text()),
        asked(ids().text()),
        pool("pool-" + std::to_string(ids.below(kPools))),
        connector("connector-" + std::to_string(ids.below(20))) {}

  Status operator()(CaseTransaction& t) const {
    RACCORDO_TRY(const auto known, t.inbox("portale", message));
    RACCORDO_TRY(const auto same, t.find_asked("portale", asked));
    if (known || same) return error(ErrorCode::kConflict, say("già chiesto", "asked before"));
    CaseRecord record;
    record.id = id;
    record.machine = "booking";
    record.state = "requested";
    record.revision = 1;
    record.data = std::string(450, 'd');
    record.people = std::string(700, 'p');
    record.asked_by = "portale";
    record.asked_id = asked;
    record.answered_by = connector;
    record.due_ms = 1'800'000'000'000;
    record.due_event = "expire";
    record.changed_ms = 1'700'000'000'000;
    RACCORDO_TRY(const bool taken, t.take_places(pool, id, 1, kPlenty));
    if (!taken) return error(ErrorCode::kConflict, say("al completo", "full"));
    RACCORDO_TRY(auto purse, t.wallet(wallet));
    if (!purse) return error(ErrorCode::kNotFound, say("senza portafoglio", "no wallet"));
    purse->available -= 100;
    purse->reserved += 100;
    RACCORDO_CHECK(
        t.put(*purse, {movement, wallet, "reserve", 100, id, "f-bis", "2026-03-01", record.changed_ms}));
    RACCORDO_CHECK(t.put(record, {id, 1, "request", "", "requested", "customer", "portale", message,
                                  R"({"proof":{"kind":"plan"}})", record.changed_ms}));
    for (int i = 0; i < 2; ++i) RACCORDO_CHECK(t.tell({0, "bookings", id.text(), std::string(900, 'e')}));
    return t.remember({"portale", message, std::string(64, 'h'), std::string(300, 'a'), record.changed_ms});
  }

  Uuid id, movement, wallet;
  std::string message, asked, pool, connector;
};

void transact(CaseStore& store, std::span<const CaseStore::Work> works) {
  for (const auto& outcome : must(store.transact(works)))
    if (!outcome.ok()) give_up(outcome.error());
}

std::size_t tell(CaseStore& store) {
  std::vector<std::int64_t> numbers;
  for (const auto& message : must(store.to_tell(2 * kBatch))) numbers.push_back(message.number);
  if (!numbers.empty()) must(store.told(numbers));
  return numbers.size();
}

void fill(CaseStore& store, std::size_t cases) {
  std::vector<CaseStore::Work> works;
  for (std::size_t i = 0; i < kWallets; ++i)
    works.emplace_back([i](CaseTransaction& t) {
      WalletRecord wallet;
      wallet.id = wallet_id(i);
      wallet.plan = "plan-" + std::to_string(i % 50);
      wallet.holder = "holder-" + std::to_string(i);
      wallet.unit = "EUR";
      wallet.credited = wallet.available = kPlenty;
      return t.put(wallet);
    });
  transact(store, works);
  Ids ids(1);
  for (std::size_t made = 0; made < cases; made += kBatch) {
    works.clear();
    for (std::size_t i = 0; i < kBatch; ++i) works.emplace_back(Booking(ids));
    transact(store, works);
    while (tell(store) > 0) {
    }
  }
}

// How long each booking took, in milliseconds.
std::vector<double> book(CaseStore& store, std::size_t bookings, std::size_t threads) {
  std::vector<std::vector<double>> took(threads);
  {
    const std::jthread relay([&](const std::stop_token& stop) {
      while (!stop.stop_requested())
        if (tell(store) < kBatch) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    });
    std::vector<std::jthread> running;
    for (std::size_t i = 0; i < threads; ++i)
      running.emplace_back([&, i] {
        Ids ids(1'000 + i);
        for (std::size_t n = 0; n < bookings / threads; ++n) {
          const CaseStore::Work work = Booking(ids);
          const auto begin = Steady::now();
          transact(store, {&work, 1});
          took[i].push_back(std::chrono::duration<double, std::milli>(Steady::now() - begin).count());
        }
      });
  }
  std::vector<double> all;
  for (const auto& one : took) all.insert(all.end(), one.begin(), one.end());
  std::sort(all.begin(), all.end());
  return all;
}

void run(const std::filesystem::path& folder, std::size_t bookings, std::size_t threads, std::size_t cases) {
  const auto path = folder / "bench-cases.db";
  const auto remove = [&] {
    for (const auto* end : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + end);
  };
  remove();
  const SystemClock clock;
  {
    const auto store = must(sqlite::open_case_store(path.string(), clock));
    fill(*store, cases);
    const auto begin = Steady::now();
    const double cpu = cpu_seconds();
    const auto took = book(*store, bookings, threads);
    const double wall = std::chrono::duration<double>(Steady::now() - begin).count();
    const auto count = static_cast<double>(took.size());
    std::printf(
        "%8zu cases, %3zu threads: %7.0f bookings/s, %5.0f CPU-microseconds each, ms p50 %.1f p99 %.1f max "
        "%.1f, %ju MiB\n",
        cases, threads, count / wall, (cpu_seconds() - cpu) / count * 1e6, took[took.size() / 2],
        took[took.size() * 99 / 100], took.back(), std::filesystem::file_size(path) >> 20);
  }
  remove();
}

}  // namespace
}  // namespace raccordo

int main(int count, char** arguments) {
  const auto number = [&](int place, std::size_t otherwise) {
    return count > place ? static_cast<std::size_t>(std::atoll(arguments[place])) : otherwise;
  };
  raccordo::run(count > 1 ? arguments[1] : ".", number(2, 20'000), number(3, 64), number(4, 0));
}
