// SPDX-License-Identifier: EUPL-1.2
// How fast files held in memory are cut, in MB/s; the look for a CSV file's encoding apart unless named.
#include <benchmark/benchmark.h>

#include "core/framing/tests/string_file.hpp"

namespace raccordo {
namespace {

std::string table(std::string_view row, std::size_t size) {
  std::string bytes = "id,nome,comune,indirizzo,cap,telefono,posti,prezzo\n";
  while (bytes.size() < size) bytes += row;
  return bytes;
}

void cut(benchmark::State& state, const std::string& bytes, Framing framing) {
  const StringFile file(bytes);
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

void cut_csv(benchmark::State& state, std::string_view row, const char* encoding) {
  Framing framing;
  framing.format = Format::kCsv;
  framing.separator = ",";
  framing.encoding = encoding;
  cut(state, table(row, 64u << 20), framing);
}

void cut_items(benchmark::State& state, Format format, const char* path, std::string bytes,
               std::string_view item, std::string_view end) {
  while (bytes.size() < 64u << 20) bytes += item;
  bytes += end;
  Framing framing;
  framing.format = format;
  framing.path = path;
  cut(state, bytes, framing);
}

constexpr std::string_view kObject =
    R"({"id":"12345","name":"Centro diurno Airone","places":24,"price":18.5,"address":{"city":"Pinerolo","street":"Via Roma 12"},"tags":["anziani","diurno"]})";
constexpr std::string_view kElement =
    "<service id=\"12345\"><name>Centro diurno Airone</name><places>24</places><address><city>Pinerolo</city>"
    "<street>Via Roma 12</street></address></service>\n";

void json_lines(benchmark::State& state) {
  cut_items(state, Format::kLines, "", "", std::string(kObject) + "\n", "");
}
void json_items(benchmark::State& state) {
  cut_items(state, Format::kJson, "", "[1", ",\n" + std::string(kObject), "]");
}
void xml_elements(benchmark::State& state) {
  cut_items(state, Format::kXml, "/r/service", "<r>", kElement, "</r>");
}

void simple_rows(benchmark::State& state) { cut_csv(state, kSimple, "utf-8"); }
void simple_rows_encoding_found(benchmark::State& state) { cut_csv(state, kSimple, ""); }
void quoted_rows(benchmark::State& state) { cut_csv(state, kQuoted, "utf-8"); }
void windows_1252_rows(benchmark::State& state) { cut_csv(state, kLatin, "windows-1252"); }

BENCHMARK(simple_rows)->Unit(benchmark::kMillisecond);
BENCHMARK(simple_rows_encoding_found)->Unit(benchmark::kMillisecond);
BENCHMARK(quoted_rows)->Unit(benchmark::kMillisecond);
BENCHMARK(windows_1252_rows)->Unit(benchmark::kMillisecond);
BENCHMARK(json_lines)->Unit(benchmark::kMillisecond);
BENCHMARK(json_items)->Unit(benchmark::kMillisecond);
BENCHMARK(xml_elements)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace raccordo

BENCHMARK_MAIN();
