// SPDX-License-Identifier: EUPL-1.2
// Every metric there is, declared once: what is exposed and what docs/reference/metrics.md says come from
// here.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "raccordo/model/text.hpp"

namespace raccordo {

enum class MetricShape { kCounter, kGauge, kHistogram };

struct MetricName {
  std::string_view name;
  MetricShape shape;
  std::array<std::string_view, 2> labels;  // empty ones at the end
  Label help;
};

namespace metric {
extern const MetricName kBuild;
extern const MetricName kStageSeconds;
extern const MetricName kHeldInputs;
extern const MetricName kRequestSeconds;
extern const MetricName kInboundSeconds;
extern const MetricName kWorkerRestarts;
extern const MetricName kLedgerReadable;
extern const MetricName kReceived;
extern const MetricName kEnds;
extern const MetricName kEntities;
extern const MetricName kDeleted;
extern const MetricName kRequests;
extern const MetricName kAttempts;
extern const MetricName kDaemons;
extern const MetricName kLeasesHeld;
extern const MetricName kLeasesLost;
}  // namespace metric

// The reference page.
[[nodiscard]] std::string metrics_reference();

}  // namespace raccordo
