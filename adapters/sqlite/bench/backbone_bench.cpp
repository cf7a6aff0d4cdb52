// SPDX-License-Identifier: EUPL-1.2
// How fast the embedded backbone appends and reads: messages of 620 bytes with random keys, every batch
// durable. usage: backbone_bench [FOLDER] [MESSAGES] [FLOWS]
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <random>
#include <thread>
#include <vector>

#include "adapters/sqlite/sqlite_backbone.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kValueBytes = 620;

class SystemClock final : public Clock {
 public:
  [[nodiscard]] WallTime now() const override { return std::chrono::system_clock::now(); }
  [[nodiscard]] Duration monotonic() const override {
    return std::chrono::steady_clock::now().time_since_epoch();
  }
  bool wait(Duration duration, const std::stop_token&) override {
    std::this_thread::sleep_for(duration);
    return true;
  }
};

double cpu_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct Stopwatch {
  std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();
  double cpu = cpu_seconds();

  void report(const char* what, std::size_t batch, std::size_t messages) const {
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const auto count = static_cast<double>(messages);
    std::printf("%-8s batch %6zu: %9.0f messages/s, %5.2f CPU-seconds a million\n", what, batch, count / wall,
                (cpu_seconds() - cpu) / count * 1e6);
  }
};

void append_all(Backbone& backbone, std::size_t messages, std::size_t batch, unsigned seed) {
  std::mt19937_64 random(seed);
  std::string value(kValueBytes, 'x');
  std::vector<Message> next(batch);
  for (std::size_t sent = 0; sent < messages; sent += batch) {
    for (auto& message : next) {
      message.topic = "services";
      message.value = value;
      const std::array<std::uint64_t, 2> key{random(), random()};
      std::memcpy(message.key.bytes.data(), key.data(), sizeof key);
    }
    if (const auto appended = backbone.append(next); !appended.ok()) {
      std::fprintf(stderr, "%s\n", appended.error().in(Language::kEnglish).c_str());
      std::exit(1);
    }
  }
}

void read_all(Backbone& backbone, std::size_t batch) {
  const Stopwatch watch;
  Position at;
  std::size_t messages = 0;
  for (;;) {
    auto read = backbone.read("services", at, batch, Duration{0});
    if (!read.ok() || (*read)->messages.empty()) break;
    messages += (*read)->messages.size();
    at = (*read)->next;
  }
  watch.report("read", batch, messages);
}

void run(const std::filesystem::path& folder, std::size_t messages, std::size_t batch, std::size_t flows) {
  for (const auto* name : {"bench.db", "bench.db-wal", "bench.db-shm"})
    std::filesystem::remove(folder / name);
  const SystemClock clock;
  auto opened = sqlite::open_backbone((folder / "bench.db").string(), clock);
  if (!opened.ok()) {
    std::fprintf(stderr, "%s\n", opened.error().in(Language::kEnglish).c_str());
    std::exit(1);
  }
  auto& backbone = **opened;
  if (!backbone.ensure(std::vector<TopicSettings>{{"services", true}}).ok()) std::exit(1);
  const Stopwatch watch;
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < flows; ++i)
      threads.emplace_back(
          [&, i] { append_all(backbone, messages / flows, batch, static_cast<unsigned>(i)); });
  }
  watch.report("append", batch, messages);
  read_all(backbone, batch);
}

}  // namespace
}  // namespace raccordo

int main(int count, char** arguments) {
  const std::filesystem::path folder = count > 1 ? arguments[1] : ".";
  const auto messages = static_cast<std::size_t>(count > 2 ? std::atoll(arguments[2]) : 1'000'000);
  const auto flows = static_cast<std::size_t>(count > 3 ? std::atoll(arguments[3]) : 1);
  for (const std::size_t batch : {100, 1'000, 4'000}) raccordo::run(folder, messages, batch, flows);
  for (const auto* name : {"bench.db", "bench.db-wal", "bench.db-shm"})
    std::filesystem::remove(folder / name);
}
