// SPDX-License-Identifier: EUPL-1.2
// How fast CSV is cut: MB/s over files held in memory, the look for the encoding apart.
#include <benchmark/benchmark.h>

#include "core/framing/tests/string_file.hpp"

namespace raccordo {
namespace {

std::string table(std::string_view row, std::size_t size) {
  std::string bytes = "id,nome,comune,indirizzo,cap,telefono,posti,prezzo\n";
  while (bytes.size() < size) bytes += row;
  return bytes;
}

void cut(benchmark::State& state, std::string_view row, const char* encoding) {
  const StringFile file(table(row, 64u << 20));
  Framing framing;
  framing.format = Format::kCsv;
  framing.separator = ",";
  framing.encoding = encoding;
  InputBatch batch;
  std::vector<Malformed> malformed;
  std::int64_t records = 0;
  for (auto _ : state) {
    auto framer = open_framer(framing, file, {});
    for (bool more = true; more;) {
      batch.clear();
      more = *(*framer)->read(batch, malformed);
      records += static_cast<std::int64_t>(batch.size());
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(file.size()) * state.iterations());
  state.SetItemsProcessed(records);
}

constexpr std::string_view kSimple =
    "12345,Centro diurno Airone,Pinerolo,Via Roma 12,10064,0121 123456,24,18.50\n";
constexpr std::string_view kQuoted =
    "12345,\"Cooperativa \"\"Airone\"\", centro diurno\",Pinerolo,\"Via Roma, "
    "12\",10064,\"0121\n123456\",24,\"18,50\"\n";
constexpr std::string_view kLatin =
    "12345,Comunit\xE0 Airone,Cant\xF9,Via Libert\xE0 12,22063,031 123456,24,18.50\n";

void simple_rows(benchmark::State& state) { cut(state, kSimple, "utf-8"); }
void simple_rows_encoding_found(benchmark::State& state) { cut(state, kSimple, ""); }
void quoted_rows(benchmark::State& state) { cut(state, kQuoted, "utf-8"); }
void windows_1252_rows(benchmark::State& state) { cut(state, kLatin, "windows-1252"); }

BENCHMARK(simple_rows)->Unit(benchmark::kMillisecond);
BENCHMARK(simple_rows_encoding_found)->Unit(benchmark::kMillisecond);
BENCHMARK(quoted_rows)->Unit(benchmark::kMillisecond);
BENCHMARK(windows_1252_rows)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace raccordo

BENCHMARK_MAIN();
