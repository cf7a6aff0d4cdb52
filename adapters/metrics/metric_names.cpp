// SPDX-License-Identifier: EUPL-1.2
#include "adapters/metrics/metric_names.hpp"

namespace raccordo {

namespace metric {
using enum MetricShape;

constexpr MetricName kBuild{"raccordo_build_info",
                            kGauge,
                            {"version", "abi"},
                            {"Sempre 1; le etichette dicono quale versione è in funzione",
                             "Always 1; the labels say which version runs"}};
constexpr MetricName kStageSeconds{"raccordo_stage_duration_seconds",
                                   kHistogram,
                                   {"connector", "stage"},
                                   {"Durata di una fase del lavoro per un blocco di record",
                                    "How long a stage of the work took for one batch"}};
constexpr MetricName kHeldInputs{"raccordo_held_inputs",
                                 kGauge,
                                 {"connector", "where"},
                                 {"Record in attesa tra due fasi", "Inputs held between two stages"}};
constexpr MetricName kRequestSeconds{
    "raccordo_partner_request_duration_seconds",
    kHistogram,
    {"connector", "outcome"},
    {"Durata di un tentativo di richiesta a un partner", "How long one try of a request to a partner took"}};
constexpr MetricName kInboundSeconds{"raccordo_inbound_request_duration_seconds",
                                     kHistogram,
                                     {"connector", "outcome"},
                                     {"Durata della risposta a una richiesta di un partner",
                                      "How long it took to answer a request of a partner"}};
constexpr MetricName kWorkerRestarts{
    "raccordo_worker_restarts_total",
    kCounter,
    {"connector", ""},
    {"Riavvii del processo che esegue il plugin", "Restarts of the process that runs the plugin"}};
constexpr MetricName kLedgerReadable{
    "raccordo_ledger_readable",
    kGauge,
    {"", ""},
    {"1 se il registro è stato letto, 0 se non è leggibile: in tal caso mancano le misure raccordo_ledger_*",
     "1 when the ledger was read, 0 when it cannot be: the other raccordo_ledger_* are then missing"}};
constexpr MetricName kReceived{
    "raccordo_ledger_received_total",
    kCounter,
    {"connector", ""},
    {"Record ed eventi ricevuti dal primo avvio", "Inputs received since the first start"}};
constexpr MetricName kEnds{
    "raccordo_ledger_inputs",
    kGauge,
    {"connector", "end"},
    {"Dove sono finiti: la somma di delivered, unchanged, filtered, parked e in_flight è il totale dei "
     "ricevuti",
     "Where they ended: delivered, unchanged, filtered, parked and in_flight add up to what was received"}};
constexpr MetricName kEntities{"raccordo_ledger_entities_total",
                               kCounter,
                               {"connector", ""},
                               {"Schede pubblicate", "Entities published"}};
constexpr MetricName kDeleted{"raccordo_ledger_deleted_total",
                              kCounter,
                              {"connector", ""},
                              {"Cancellazioni pubblicate", "Deletions published"}};
constexpr MetricName kRequests{"raccordo_ledger_requests_total",
                               kCounter,
                               {"connector", ""},
                               {"Richieste fatte ai partner", "Requests made to partners"}};
constexpr MetricName kAttempts{"raccordo_ledger_attempts_total",
                               kCounter,
                               {"connector", ""},
                               {"Tentativi di quelle richieste", "Tries of those requests"}};
constexpr MetricName kDaemons{
    "raccordo_daemons",
    kGauge,
    {"", ""},
    {"Hub al lavoro sulla stessa base di dati", "Daemons at work with the same database"}};
constexpr MetricName kLeasesHeld{
    "raccordo_leases_held",
    kGauge,
    {"daemon", ""},
    {"Di quanti lavori si occupa ciascuno", "How many pieces of work each one has"}};
constexpr MetricName kLeasesLost{
    "raccordo_leases_lost_total",
    kCounter,
    {"", ""},
    {"Lavori di questo hub presi da un altro perché il tempo era passato",
     "Pieces of this daemon's work that another one took because their time had passed"}};
}  // namespace metric

namespace {

constexpr std::string_view kOpening = R"(# Metrics

What `GET /metrics` of the admin address (`http.admin`) answers, in the text format of Prometheus. This page is written
from the declarations in `adapters/metrics/metric_names.cpp`; a test fails when it is stale.

| metric | type | labels | in English | in italiano |
|---|---|---|---|---|
)";

constexpr std::string_view kClosing = R"(
`stage` of a source is `read`, `translate` (its plugin), `validate`, `append` (to the topics) and `commit`; of a delivery `read`,
`translate`, `write`, `commit` and `publish` (files get their names). `where` is `plugin` for what a source read and has not
settled, `file` for what a delivery took and has not brought: with `roll: 1h`, up to an hour's events; `partner` for what a delivery by
requests has read and its partner has not accepted.

`outcome` of a request is the class of the partner's answer (`2xx` ... `5xx`), or `no_answer`.

`outcome` of an inbound request (`http.ingress`) is the class of the hub's answer, or `no_answer` where it did not come in time and the
partner read 503; or why the request went no further: `malformed`, `unauthenticated`, `too_large`, `too_many`. `connector` is empty
where nobody knows whose request it was.

`raccordo_daemons` and `raccordo_leases_*` are there with `hub.instance` only.

Nothing disappears: for every connector, `sum without (end) (raccordo_ledger_inputs)` equals
`raccordo_ledger_received_total`. A record that is replayed moves from `parked` to its new end, so the ends are gauges.
)";

std::string_view word(MetricShape shape) {
  switch (shape) {
    case MetricShape::kCounter:
      return "counter";
    case MetricShape::kGauge:
      return "gauge";
    default:
      return "histogram";
  }
}

std::string row(const MetricName& metric) {
  std::string labels;
  for (const auto label : metric.labels)
    if (!label.empty()) labels += fmt::format("{}`{}`", labels.empty() ? "" : ", ", label);
  return fmt::format("| `{}` | {} | {} | {} | {} |\n", metric.name, word(metric.shape), labels,
                     metric.help.en, metric.help.it);
}

}  // namespace

std::string metrics_reference() {
  using namespace metric;
  std::string page(kOpening);
  for (const auto& metric : {kBuild, kStageSeconds, kHeldInputs, kRequestSeconds, kInboundSeconds,
                             kWorkerRestarts, kLedgerReadable, kReceived, kEnds, kEntities, kDeleted,
                             kRequests, kAttempts, kDaemons, kLeasesHeld, kLeasesLost})
    page += row(metric);
  return page += kClosing;
}

}  // namespace raccordo
