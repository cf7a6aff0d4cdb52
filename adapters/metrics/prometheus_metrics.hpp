// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>

#include "adapters/metrics/ledger_reading.hpp"
#include "core/ports/metrics.hpp"

namespace raccordo {

// What runs, for raccordo_build_info.
struct BuildVersions {
  std::string version;
  std::string abi;
};

// Measures in memory, told in Prometheus' text format. Safe to use from every thread.
class PrometheusMetrics final : public Metrics {
 public:
  // `shared`: of several daemons; none: this one is the only one.
  PrometheusMetrics(const BuildVersions& build, LedgerReader ledger, SharedOutReader shared = {});
  ~PrometheusMetrics() override;

  void took(std::string_view connector, std::string_view stage, Duration time) override;
  void held(std::string_view connector, std::string_view where, std::int64_t inputs) override;
  void asked(std::string_view connector, std::string_view outcome, Duration time) override;
  void called(std::string_view connector, std::string_view outcome, Duration time) override;
  void restarted(std::string_view connector) override;

  // The answer to GET /metrics. [any]
  [[nodiscard]] std::string text() const;
  static constexpr std::string_view kContentType = "text/plain; version=0.0.4; charset=utf-8";

 private:
  struct Families;
  std::unique_ptr<Families> families_;
  LedgerReader ledger_;
  SharedOutReader shared_;
};

}  // namespace raccordo
