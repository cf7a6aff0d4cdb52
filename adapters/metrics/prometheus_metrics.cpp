// SPDX-License-Identifier: EUPL-1.2
#include "adapters/metrics/prometheus_metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "adapters/metrics/ledger_families.hpp"
#include "adapters/metrics/metric_names.hpp"

namespace raccordo {
namespace {

// From a batch that hardly took notice to one that waits for a disk or a restarting worker.
const prometheus::Histogram::BucketBoundaries kSeconds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                       0.1,    0.25,  0.5,    1,     2.5,  5,     10};

template <typename T>
prometheus::Family<T>& declare(prometheus::Registry& registry, prometheus::detail::Builder<T> builder,
                               const MetricName& metric) {
  return builder.Name(std::string(metric.name)).Help(std::string(metric.help.en)).Register(registry);
}

}  // namespace

struct PrometheusMetrics::Families {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Gauge>& build = declare(registry, prometheus::BuildGauge(), metric::kBuild);
  prometheus::Family<prometheus::Histogram>& took =
      declare(registry, prometheus::BuildHistogram(), metric::kStageSeconds);
  prometheus::Family<prometheus::Gauge>& held =
      declare(registry, prometheus::BuildGauge(), metric::kHeldInputs);
  prometheus::Family<prometheus::Histogram>& asked =
      declare(registry, prometheus::BuildHistogram(), metric::kRequestSeconds);
  prometheus::Family<prometheus::Histogram>& called =
      declare(registry, prometheus::BuildHistogram(), metric::kInboundSeconds);
  prometheus::Family<prometheus::Counter>& restarts =
      declare(registry, prometheus::BuildCounter(), metric::kWorkerRestarts);
};

PrometheusMetrics::PrometheusMetrics(const BuildVersions& build, LedgerReader ledger, SharedOutReader shared)
    : families_(std::make_unique<Families>()), ledger_(std::move(ledger)), shared_(std::move(shared)) {
  families_->build.Add({{"version", build.version}, {"abi", build.abi}}).Set(1);
}

PrometheusMetrics::~PrometheusMetrics() = default;

void PrometheusMetrics::took(std::string_view connector, std::string_view stage, Duration time) {
  families_->took.Add({{"connector", std::string(connector)}, {"stage", std::string(stage)}}, kSeconds)
      .Observe(std::chrono::duration<double>(time).count());
}

void PrometheusMetrics::held(std::string_view connector, std::string_view where, std::int64_t inputs) {
  families_->held.Add({{"connector", std::string(connector)}, {"where", std::string(where)}})
      .Set(static_cast<double>(inputs));
}

void PrometheusMetrics::asked(std::string_view connector, std::string_view outcome, Duration time) {
  families_->asked.Add({{"connector", std::string(connector)}, {"outcome", std::string(outcome)}}, kSeconds)
      .Observe(std::chrono::duration<double>(time).count());
}

void PrometheusMetrics::called(std::string_view connector, std::string_view outcome, Duration time) {
  families_->called.Add({{"connector", std::string(connector)}, {"outcome", std::string(outcome)}}, kSeconds)
      .Observe(std::chrono::duration<double>(time).count());
}

void PrometheusMetrics::restarted(std::string_view connector) {
  families_->restarts.Add({{"connector", std::string(connector)}}).Increment();
}

std::string PrometheusMetrics::text() const {
  auto families = families_->registry.Collect();
  for (auto& family : ledger_families(ledger_)) families.push_back(std::move(family));
  if (shared_)
    for (auto& family : sharing_families(shared_())) families.push_back(std::move(family));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace raccordo
