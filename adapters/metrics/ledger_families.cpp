// SPDX-License-Identifier: EUPL-1.2
#include "adapters/metrics/ledger_families.hpp"

#include "adapters/metrics/metric_names.hpp"

namespace raccordo {
namespace {

using Lines = std::map<std::string, LedgerLine>;

prometheus::MetricFamily family(const MetricName& metric) {
  prometheus::MetricFamily family;
  family.name = metric.name;
  family.help = metric.help.en;
  family.type =
      metric.shape == MetricShape::kCounter ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge;
  return family;
}

void append(prometheus::MetricFamily& family, std::vector<prometheus::ClientMetric::Label> labels,
            std::int64_t value) {
  auto& metric = family.metric.emplace_back();
  metric.label = std::move(labels);
  metric.counter.value = metric.gauge.value = static_cast<double>(value);
}

prometheus::MetricFamily counter(const MetricName& metric, const Lines& lines, std::int64_t Counts::*member) {
  auto out = family(metric);
  for (const auto& [connector, line] : lines) append(out, {{"connector", connector}}, line.counts.*member);
  return out;
}

prometheus::MetricFamily ends(const Lines& lines) {
  auto out = family(metric::kEnds);
  for (const auto& [connector, line] : lines) {
    const auto end = [&, &connector = connector](const char* name, std::int64_t inputs) {
      append(out, {{"connector", connector}, {"end", name}}, inputs);
    };
    end("delivered", line.counts.delivered);
    end("unchanged", line.counts.unchanged);
    end("filtered", line.counts.filtered);
    end("parked", line.counts.parked);
    end("in_flight", line.in_flight);
  }
  return out;
}

}  // namespace

std::vector<prometheus::MetricFamily> ledger_families(const LedgerReader& ledger) {
  const auto lines = ledger();
  auto readable = family(metric::kLedgerReadable);
  append(readable, {}, lines.ok() ? 1 : 0);
  if (!lines) return {readable};
  return {readable,
          counter(metric::kReceived, *lines, &Counts::received),
          ends(*lines),
          counter(metric::kEntities, *lines, &Counts::entities),
          counter(metric::kDeleted, *lines, &Counts::deleted),
          counter(metric::kRequests, *lines, &Counts::requests),
          counter(metric::kAttempts, *lines, &Counts::attempts)};
}

std::vector<prometheus::MetricFamily> sharing_families(const SharedOut& shared) {
  auto daemons = family(metric::kDaemons);
  append(daemons, {}, static_cast<std::int64_t>(shared.daemons.size()));
  auto held = family(metric::kLeasesHeld);
  for (const auto& daemon : shared.daemons)
    append(held, {{"daemon", daemon.name}}, static_cast<std::int64_t>(daemon.holds));
  auto lost = family(metric::kLeasesLost);
  append(lost, {}, shared.lost);
  return {daemons, held, lost};
}

}  // namespace raccordo
