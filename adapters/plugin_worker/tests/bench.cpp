// SPDX-License-Identifier: EUPL-1.2
// What a round trip through a plugin costs: rows of 12 cells and 300 bytes through one that publishes each as
// it is. Usage: plugin_worker_bench PLUGIN.so WORKER_PROGRAM [RECORDS]; prints records/s and CPU of both
// processes.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>

#include "adapters/plugin_worker/tests/stage.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kBatch = 1'000;

InputBatch rows(std::size_t count) {
  InputBatch batch;
  batch.format = Format::kCsv;
  batch.file = "offers.csv";
  for (int i = 0; i < 12; ++i) batch.columns.push_back("column " + std::to_string(i));
  const std::string cell(25, 'x');
  for (std::size_t row = 0; row < count; ++row) {
    batch.begin(InputKind::kRecord, {row * 300, row + 1});
    for (int i = 0; i < 12; ++i) batch.field(cell);
    batch.end(std::string(300, 'o'));
  }
  return batch;
}

double cpu_of(int who) {
  rusage usage{};
  ::getrusage(who, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void measure(const char* name, PluginHost& host, const char* path, std::size_t records) {
  const double ours = cpu_of(RUSAGE_SELF), theirs = cpu_of(RUSAGE_CHILDREN);
  auto described = host.describe(path);
  if (!described.ok())
    std::fprintf(stderr, "%s\n", described.error().in(Language::kEnglish).c_str()), std::exit(1);
  auto runner = host.run({"bench", *described, {}, {}});
  if (!runner.ok()) std::fprintf(stderr, "%s\n", runner.error().in(Language::kEnglish).c_str()), std::exit(1);
  const auto batch = rows(kBatch);
  const auto start = std::chrono::steady_clock::now();
  std::size_t submitted = 0, collected = 0;
  while (collected < records) {
    while (submitted < records && (submitted - collected) / kBatch < (*runner)->window()) {
      if (!(*runner)->submit(batch).ok()) std::exit(1);
      submitted += kBatch;
    }
    auto out = (*runner)->collect();
    if (!out.ok() || out->outputs.size() != kBatch || out->effects.size() != kBatch) std::exit(1);
    collected += kBatch;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  runner->reset();  // so that the worker's time is counted
  const double daemon = cpu_of(RUSAGE_SELF) - ours, worker = cpu_of(RUSAGE_CHILDREN) - theirs;
  const auto millions = static_cast<double>(records) / 1e6;
  std::printf("%-10s %9.0f records/s  %.3f us CPU a record (daemon %.3f, worker %.3f)\n", name,
              static_cast<double>(records) / took.count(), (daemon + worker) / millions, daemon / millions,
              worker / millions);
}

}  // namespace
}  // namespace raccordo

int main(int argc, char** argv) {
  using namespace raccordo;
  if (argc < 3) return 64;
  const std::size_t records = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 2'000'000;
  test::RunningClock clock;
  test::RememberingLog log;
  WorkerSettings settings;
  settings.executable = argv[2];
  for (int round = 0; round < 3; ++round) {
    measure("worker", *worker_host(settings, clock, log), argv[1], records);
    measure("in process", *in_process_host(log), argv[1], records);
  }
}
