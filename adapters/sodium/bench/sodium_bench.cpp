// SPDX-License-Identifier: EUPL-1.2
// What a message about a person costs: its case's key unwrapped, a value opened, and sealed anew for the next
// revision.
#include <benchmark/benchmark.h>

#include <unistd.h>

#include <filesystem>

#include "adapters/sodium/key_file.hpp"
#include "adapters/sodium/sodium_seals.hpp"

namespace raccordo {
namespace {

// About what the applicant and the beneficiary of a booking are.
std::string a_value(const benchmark::State& state) {
  return std::string(static_cast<std::size_t>(state.range(0)), 'x');
}

std::unique_ptr<Seals> seals() {
  const auto now = std::chrono::system_clock::now();
  const auto path =
      (std::filesystem::temp_directory_path() / fmt::format("raccordo-bench-{}.key", ::getpid())).string();
  static_cast<void>(sodium::make_key_file(path, "", now));
  auto opened = sodium::open_seals(path, "valle-demo", now);
  std::filesystem::remove(path);
  return std::move(opened).value();
}

void seal_a_value(benchmark::State& state) {
  const auto one = seals()->begin(Uuid::random());
  const auto value = a_value(state);
  for (auto _ : state) benchmark::DoNotOptimize(one->seal(value, {"people", 1}));
}
BENCHMARK(seal_a_value)->Arg(800)->Arg(16'000);

void open_a_value(benchmark::State& state) {
  const auto one = seals()->begin(Uuid::random());
  const auto sealed = one->seal(a_value(state), {"people", 1});
  for (auto _ : state) benchmark::DoNotOptimize(one->open(sealed, {"people", 1}));
}
BENCHMARK(open_a_value)->Arg(800)->Arg(16'000);

void begin_a_case(benchmark::State& state) {
  const auto ours = seals();
  const auto value = a_value(state);
  for (auto _ : state) benchmark::DoNotOptimize(ours->begin(Uuid::random())->seal(value, {"people", 1}));
}
BENCHMARK(begin_a_case)->Arg(800);

void one_step_of_a_case(benchmark::State& state) {
  const auto ours = seals();
  const auto id = Uuid::random();
  const auto begun = ours->begin(id);
  const auto keys = begun->keys();
  const auto sealed = begun->seal(a_value(state), {"people", 1});
  for (auto _ : state) {
    const auto key = ours->of(id, keys).value();
    benchmark::DoNotOptimize(key->seal(key->open(sealed, {"people", 1}).value(), {"people", 2}));
  }
}
BENCHMARK(one_step_of_a_case)->Arg(800);

void seal_a_body(benchmark::State& state) {
  const auto ours = seals();
  const auto value = a_value(state);
  for (auto _ : state) benchmark::DoNotOptimize(ours->seal_bytes(value, "parked/albo/in.csv:12"));
}
BENCHMARK(seal_a_body)->Arg(800)->Arg(1 << 20);

void pseudonym_of_a_person(benchmark::State& state) {
  const auto ours = seals();
  for (auto _ : state) benchmark::DoNotOptimize(ours->pseudonym("fiscal_code", "RSSMRA80A41H501W"));
}
BENCHMARK(pseudonym_of_a_person);

}  // namespace
}  // namespace raccordo
