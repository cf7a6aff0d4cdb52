// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <prometheus/metric_family.h>

#include <vector>

#include "adapters/metrics/ledger_reading.hpp"

namespace raccordo {

// The ledger as metrics. One that cannot be read is said to be so, and left out.
[[nodiscard]] std::vector<prometheus::MetricFamily> ledger_families(const LedgerReader& ledger);

// Who works at what.
[[nodiscard]] std::vector<prometheus::MetricFamily> sharing_families(const SharedOut& shared);

}  // namespace raccordo
