// SPDX-License-Identifier: EUPL-1.2
// What one record costs inside the plugin, without transport: a row of 12 columns, about 300 bytes, to one
// offer.
#include <benchmark/benchmark.h>

#include <array>
#include <deque>
#include <string>
#include <vector>

#include "plugins/mapping/compile.hpp"
#include "plugins/mapping/execution.hpp"

namespace raccordo::mapping {
namespace {

class Counting final : public Statements {
 public:
  void publish(std::string_view, std::string_view json) override { bytes += json.size(); }
  void step(std::string_view, std::string_view json) override { bytes += json.size(); }
  void write(std::string_view, std::string_view line) override { bytes += line.size(); }
  void reject(std::string_view, std::string_view, const Text&) override { ++refused; }
  void finding(std::string_view, std::string_view, const Text&) override { ++refused; }
  void filter(const Text&) override { ++refused; }
  void debug(std::string_view) override {}

  std::size_t bytes = 0;
  std::size_t refused = 0;
};

constexpr auto kOffers = R"(
mapping: 1
input: {format: csv, separator: ","}
entities:
  - offer:
      id: {parts: [{column: codice_ente}, {column: codice_offerta}]}
      service: {parts: [{column: codice_ente}, {column: codice_servizio}]}
      channel: {column: canale, table: {privato: pay, welfare: company_plan, comune: municipal_entitlement}}
      description: {column: descrizione, trim: true}
      price:
        cents: {column: prezzo, number: {format: it, unit: "€", times: 100}}
        currency: EUR
        unit: {column: unita, table: {ora: hour, accesso: access, giorno: day}}
      valid_from: {column: dal, date: dd/mm/yyyy}
      valid_to: {column: al, date: dd/mm/yyyy}
)";

class Rows {
 public:
  Rows(const std::vector<std::string>& columns, const std::vector<std::string>& cells) {
    for (const auto& name : columns) columns_.push_back(bytes(texts_.emplace_back(name)));
    for (const auto& cell : cells) cells_.push_back(bytes(texts_.emplace_back(cell)));
  }
  [[nodiscard]] Record record() const {
    return {Strings(raccordo_list{columns_.data(), columns_.size()}),
            Strings(raccordo_list{cells_.data(), cells_.size()}),
            {}};
  }

 private:
  std::deque<std::string> texts_;
  std::vector<raccordo_bytes> columns_;
  std::vector<raccordo_bytes> cells_;
};

Program compiled(std::string_view yaml) {
  Findings findings;
  auto program = compile(yaml, findings);
  if (!program) throw std::runtime_error(findings.in(Language::kEnglish));
  return std::move(*program);
}

void run(benchmark::State& state, Execution& execution, const Record& record) {
  Counting counting;
  for (auto _ : state) execution.run(record, counting);
  if (counting.refused != 0) state.SkipWithError("the record was refused");
  state.SetItemsProcessed(state.iterations());
  state.counters["json_bytes"] =
      static_cast<double>(counting.bytes) / static_cast<double>(state.iterations());
}

void csv_row_to_offer(benchmark::State& state) {
  Execution execution(compiled(kOffers));
  const Rows rows({"codice_ente", "codice_offerta", "codice_servizio", "nome", "canale", "descrizione",
                   "prezzo", "unita", "dal", "al", "comune", "note"},
                  {"COOP-0417", "OFF-0012345", "SRV-00789", "Assistenza domiciliare \"Airone\"", "Welfare",
                   "Assistenza domiciliare per anziani non autosufficienti, con operatori qualificati, dal "
                   "lunedì al sabato, "
                   "anche in orario serale",
                   "€ 1.018,50", "ora", "01/03/2026", "31/12/2026", "Valle Fiorita",
                   "accesso su appuntamento, 2 giorni prima"});
  run(state, execution, rows.record());
}
BENCHMARK(csv_row_to_offer);

constexpr auto kJsonOffers = R"(
mapping: 1
input: {format: lines}
entities:
  - offer:
      id: {path: id}
      service: {path: service.id}
      channel: {path: channel, table: {privato: pay, welfare: company_plan}}
      description: {path: texts.it.description, trim: true}
      price: {cents: {path: price.cents}, currency: EUR, unit: {path: price.unit}}
      valid_from: {path: "valid[0]", date: iso}
      valid_to: {path: "valid[1]", date: iso}
)";

void json_line_to_offer(benchmark::State& state) {
  Execution execution(compiled(kJsonOffers));
  const std::string body =
      R"({"id":"OFF-0012345","service":{"id":"SRV-00789","name":"Assistenza domiciliare"},"channel":"welfare",)"
      R"("texts":{"it":{"description":"Assistenza domiciliare per anziani non autosufficienti, con operatori qualificati"}},)"
      R"("price":{"cents":101850,"unit":"hour"},"valid":["2026-03-01","2026-12-31"]})";
  run(state, execution, Record{{}, {}, body});
}
BENCHMARK(json_line_to_offer);

constexpr auto kXmlOffers = R"(
mapping: 1
input: {format: xml, path: /offerte/offerta}
entities:
  - offer:
      id: {path: "@codice"}
      service: {path: servizio/@codice}
      channel: {path: canale, table: {privato: pay, welfare: company_plan}}
      description: {path: descrizione, trim: true}
      price: {cents: {path: prezzo, number: {format: it, times: 100}}, currency: EUR, unit: {path: prezzo/@unita}}
      valid_from: {path: validita/dal, date: dd/mm/yyyy}
      valid_to: {path: validita/al, date: dd/mm/yyyy}
)";

void xml_element_to_offer(benchmark::State& state) {
  Execution execution(compiled(kXmlOffers));
  const std::string body =
      "<offerta codice=\"OFF-0012345\"><servizio codice=\"SRV-00789\">Assistenza domiciliare</servizio>"
      "<canale>welfare</canale><descrizione>Assistenza domiciliare per anziani non autosufficienti, con "
      "operatori "
      "qualificati</descrizione><prezzo unita=\"hour\">1.018,50</prezzo><validita><dal>01/03/2026</dal>"
      "<al>31/12/2026</al></validita></offerta>";
  run(state, execution, Record{{}, {}, body});
}
BENCHMARK(xml_element_to_offer);

void compiling(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(compiled(kOffers));
}
BENCHMARK(compiling);

}  // namespace
}  // namespace raccordo::mapping
