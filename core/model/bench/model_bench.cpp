// SPDX-License-Identifier: Apache-2.0
// What the daemon does for each published entity: validate, write the event; and what a reader does: read it.
#include <benchmark/benchmark.h>

#include "raccordo/model/envelope.hpp"
#include "raccordo/model/json.hpp"
#include "raccordo/model/validate.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kOffers = 4096;

// About 300 bytes each; one service for eight offers.
std::vector<std::string> offers() {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < kOffers; ++i)
    all.push_back(fmt::format(
        R"({{"channel":"pay","description":"Assistenza domiciliare di un'ora, \"mattina\", con operatore qualificato, turno {0}","id":"OFF-{0:08}","price":{{"cents":{1},"currency":"EUR","unit":"hour"}},"service":"SRV-{2:06}","tuir_letter":"f_ter","valid_from":"2026-01-01","valid_to":"2026-12-31"}})",
        i, 1500 + i % 900, i / 8));
  return all;
}

void report(benchmark::State& state, const std::vector<std::string>& all) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
  state.counters["bytes"] = static_cast<double>(all[0].size());
}

void validate_offer(benchmark::State& state) {
  const auto all = offers();
  StatementKeys keys(statement_space("valle-demo", "bench"));
  Validator validator;
  std::string out;
  std::vector<DroppedField> dropped;
  std::size_t next = 0;
  for (auto _ : state) {
    out.clear();
    benchmark::DoNotOptimize(validator.validate("offer", all[next++ % kOffers], keys, out, dropped));
  }
  if (!dropped.empty()) state.SkipWithError("the offers are not valid");
  report(state, all);
}
BENCHMARK(validate_offer);

void validate_and_write(benchmark::State& state) {
  const auto all = offers();
  StatementKeys keys(statement_space("valle-demo", "bench"));
  Validator validator;
  EventWriter writer("valle-demo", "bench");
  std::string data, events;
  std::vector<DroppedField> dropped;
  std::size_t next = 0;
  for (auto _ : state) {
    data.clear();
    const auto entity = validator.validate("offer", all[next++ % kOffers], keys, data, dropped);
    if (next % 1000 == 0) events.clear();
    writer.changed(*entity, next, "", events);
  }
  benchmark::DoNotOptimize(events);
  report(state, all);
}
BENCHMARK(validate_and_write);

void validate_unsorted(benchmark::State& state) {
  const std::string offer =
      R"({"id":"OFF-1", "service":"SRV-1", "channel":"pay", "price":{"currency":"EUR","cents":1500}, "valid_from":"2026-01-01"})";
  StatementKeys keys(statement_space("valle-demo", "bench"));
  Validator validator;
  std::string out;
  std::vector<DroppedField> dropped;
  for (auto _ : state) {
    out.clear();
    benchmark::DoNotOptimize(validator.validate("offer", offer, keys, out, dropped));
  }
}
BENCHMARK(validate_unsorted);

void read_events(benchmark::State& state) {
  const auto all = offers();
  StatementKeys keys(statement_space("valle-demo", "bench"));
  Validator validator;
  EventWriter writer("valle-demo", "bench");
  std::string data, event, unescaped;
  std::vector<DroppedField> dropped;
  writer.changed(*validator.validate("offer", all[0], keys, data, dropped), 1, "", event);
  for (auto _ : state) benchmark::DoNotOptimize(read_event(event, unescaped));
}
BENCHMARK(read_events);

void uuid_of_a_key(benchmark::State& state) {
  StatementKeys keys(statement_space("valle-demo", "bench"));
  for (auto _ : state) benchmark::DoNotOptimize(keys.key("offer", "OFF-00000001"));
}
BENCHMARK(uuid_of_a_key);

}  // namespace
}  // namespace raccordo
