// SPDX-License-Identifier: EUPL-1.2
// What a record takes from the heap on its way from a file through the mapping plugin in a worker and back:
// nothing, once buffers have grown, in any format.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

#include "adapters/plugin_worker/tests/stage.hpp"
#include "core/framing/tests/string_file.hpp"
#include "core/framing/tests/workbook.hpp"
#include "core/ports/testing/temp_folder.hpp"
#include "tests/allocation/counted_heap.hpp"

namespace raccordo::test {
namespace {

constexpr std::size_t kBatch = 1'000;  // records
constexpr std::size_t kGrowing = 4;    // batches until buffers have grown
constexpr std::size_t kBatches = kGrowing + 12;
// A batch of effects is handed over whole and gone when it was used: its buffers, however many records.
constexpr std::size_t kOfRoundTrip = 40;

// A file of one record again and again, and the mapping that reads it.
struct Sample {
  std::string name;
  Format format = Format::kNone;
  std::string mapping;
  std::string head, record, tail;
  std::uint64_t allocations = 0;  // of the worker, a record

  [[nodiscard]] std::string file() const {
    std::string bytes = head;
    for (std::size_t i = 0; i < kBatch * kBatches; ++i) bytes += record;
    bytes += tail;
    return format == Format::kXlsx ? zipped(workbook(bytes)) : bytes;
  }
};

std::string read_cells(const std::string& input, const std::string& number, const std::string& date) {
  return "mapping: 1\ninput: {format: " + input +
         "}\nentities:\n- offer:\n    id: {parts: [{column: centro}, {column: codice}]}\n"
         "    service: {column: servizio}\n    channel: {column: canale, table: {comune: "
         "municipal_entitlement}}\n"
         "    description: {column: descrizione, trim: true}\n    price: {cents: {column: prezzo, number: "
         "{format: " +
         number + ", times: 100}}, currency: EUR, unit: hour}\n    valid_from: {column: dal, date: " + date +
         "}\n";
}

std::string read_paths(const std::string& input, const std::string& code, const std::string& day) {
  return "mapping: 1\ninput: {format: " + input + "}\nentities:\n- offer:\n    id: {path: " + code +
         "}\n    service: {path: servizio}\n    channel: {path: canale, table: {comune: "
         "municipal_entitlement}}\n"
         "    description: {path: descrizione, trim: true}\n"
         "    price: {cents: {path: prezzo, number: {format: it, times: 100}}, currency: EUR, unit: hour}\n"
         "    valid_from: {path: " +
         day + ", date: dd/mm/yyyy}\n";
}

const std::string kObject =
    R"({"codice":"OFF-0012345","servizio":"SRV-00789","canale":"comune","descrizione":" caff\u00e8 e \"tè\", in piccoli gruppi",)"
    R"("prezzo":"1.018,50","validita":{"dal":"01/03/2026"}})";

const std::string kTitles =
    "<row r=\"1\"><c t=\"inlineStr\"><is><t>centro</t></is></c><c t=\"inlineStr\"><is><t>codice</t></is></c>"
    "<c t=\"inlineStr\"><is><t>servizio</t></is></c><c t=\"inlineStr\"><is><t>canale</t></is></c>"
    "<c t=\"inlineStr\"><is><t>descrizione</t></is></c><c t=\"inlineStr\"><is><t>prezzo</t></is></c>"
    "<c t=\"inlineStr\"><is><t>dal</t></is></c></row>";

std::vector<Sample> samples() {
  return {
      {"csv", Format::kCsv, read_cells("csv, separator: \",\"", "it", "dd/mm/yyyy"),
       "centro,codice,servizio,canale,descrizione,prezzo,dal\n",
       "COOP-0417,OFF-0012345,SRV-00789,Comune,\" caffè e \"\"tè\"\", in piccoli "
       "gruppi\",\"1.018,50\",01/03/2026\n",
       ""},
      {"csv_in_windows_1252", Format::kCsv,
       read_cells("csv, separator: \";\", encoding: windows-1252", "it", "dd/mm/yyyy"),
       "centro;codice;servizio;canale;descrizione;prezzo;dal\n",
       "COOP-0417;OFF-0012345;SRV-00789;Comune; caff\xE8 e t\xE8 in piccoli gruppi;1.018,50;01/03/2026\n",
       ""},
      {"lines", Format::kLines, read_paths("lines", "codice", "validita.dal"), "", kObject + "\n", ""},
      {"json", Format::kJson, read_paths("json", "codice", "validita.dal"), "[" + kObject, "," + kObject,
       "]"},
      {"xml", Format::kXml, read_paths("xml, path: /offerte/offerta", "\"@codice\"", "validita/dal"),
       "<offerte>",
       "<offerta codice=\"OFF-0012345\"><servizio>SRV-00789</servizio><canale>comune</canale>"
       "<descrizione> caff&#xE8; e &quot;tè&quot;, <!-- solo -->in piccoli gruppi</descrizione>"
       "<prezzo>1.018,50</prezzo><validita><dal>01/03/2026</dal></validita></offerta>",
       "</offerte>", 1},  // pugixml takes a page for each document and gives it back
      {"xlsx", Format::kXlsx, read_cells("xlsx", "plain", "iso"), kTitles,
       "<row><c t=\"s\"><v>2</v></c><c><v>12345</v></c><c s=\"3\"><v>789</v></c>"
       "<c t=\"inlineStr\"><is><r><t>com</t></r><r><t>une</t></r></is></c>"
       "<c t=\"str\"><f>A1&amp;\"x\"</f><v> caff&#xE8; e &quot;tè&quot;, in piccoli gruppi_x000D_</v></c>"
       "<c><v>1018.5</v></c><c s=\"1\"><v>46082</v></c></row>",
       ""},
  };
}

// A count that lies in a file, so that a worker can write it.
class SharedCount {
 public:
  SharedCount() {
    const int file = ::open(name_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    EXPECT_EQ(::ftruncate(file, sizeof(HeapCount)), 0);
    count_ = static_cast<HeapCount*>(
        ::mmap(nullptr, sizeof(HeapCount), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0));
    ::close(file);
    ::setenv("LC_COUNT", name_.c_str(), 1);
  }
  SharedCount(const SharedCount&) = delete;
  SharedCount& operator=(const SharedCount&) = delete;
  ~SharedCount() {
    ::unsetenv("LC_COUNT");
    ::munmap(count_, sizeof(HeapCount));
  }
  [[nodiscard]] std::uint64_t so_far() const { return count_->load(); }

 private:
  raccordo::testing::TempFolder folder_;
  std::string name_ = folder_.file("allocations");
  HeapCount* count_ = nullptr;
};

// What one batch took.
struct Cost {
  std::uint64_t framing = 0;
  std::uint64_t worker = 0;
  std::uint64_t round_trip = 0;  // in the daemon, to the worker and back
};

class RecordPath : public ::testing::TestWithParam<Sample> {
 protected:
  std::unique_ptr<PluginRunner> mapping_in_a_worker() {
    WorkerSettings settings;
    settings.executable = RACCORDO_COUNTED_WORKER;
    host_ = worker_host(settings, clock_, log_);
    auto described = host_->describe(RACCORDO_MAPPING_PLUGIN);
    if (!described.ok()) return nullptr;
    RunLimits limits;
    limits.start_deadline = limits.record_deadline = std::chrono::seconds(60);
    auto runner = host_->run({"test", *described, {{"mapping", GetParam().mapping}}, limits});
    EXPECT_TRUE(runner.ok()) << runner.error().in(Language::kEnglish);
    return runner.ok() ? std::move(*runner) : nullptr;
  }

  // Cuts the next batch out of the file and has it translated.
  Cost cost_of_next(Framer& framer, PluginRunner& runner, InputBatch& batch) {
    std::vector<Malformed> malformed;
    Cost cost;
    const auto cut = allocations();
    batch.clear();
    EXPECT_TRUE(framer.read(batch, malformed).ok());
    const auto sent = allocations(), before = worker_.so_far();
    EXPECT_TRUE(runner.submit(batch).ok());
    const auto out = runner.collect();
    cost = {sent - cut, worker_.so_far() - before, allocations() - sent};
    EXPECT_TRUE(out.ok());
    check(batch, *out);
    return cost;
  }

 private:
  static void check(const InputBatch& batch, const OutputBatch& out) {
    ASSERT_EQ(batch.size(), kBatch);
    ASSERT_EQ(out.effects.size(), kBatch);
    for (const auto& effect : out.effects) ASSERT_EQ(effect.kind, EffectKind::kPublish);
  }

  SharedCount worker_;
  RunningClock clock_;
  RememberingLog log_;
  std::unique_ptr<PluginHost> host_;
};

TEST_P(RecordPath, allocates_nothing_per_record_once_its_buffers_have_grown) {
  const auto runner = mapping_in_a_worker();
  ASSERT_NE(runner, nullptr);
  const StringFile file(GetParam().file());
  FramingLimits limits;
  limits.batch_records = kBatch;
  limits.batch_bytes = 64u << 20;
  const auto framer = *open_framer(runner->framing(), file, limits);
  InputBatch batch;
  for (std::size_t i = 0; i < kBatches; ++i) {
    const auto cost = cost_of_next(*framer, *runner, batch);
    if (HasFatalFailure()) return;
    if (i == 0) {
      EXPECT_GT(std::min({cost.framing, cost.worker, cost.round_trip}), 0u) << "nothing is counted";
    }
    if (i < kGrowing) continue;
    EXPECT_EQ(cost.framing, 0u);
    EXPECT_EQ(cost.worker, kBatch * GetParam().allocations);
    EXPECT_LE(cost.round_trip, kOfRoundTrip);
  }
}

INSTANTIATE_TEST_SUITE_P(OfEveryFormat, RecordPath, ::testing::ValuesIn(samples()),
                         [](const auto& sample) { return sample.param.name; });

}  // namespace
}  // namespace raccordo::test
