// SPDX-License-Identifier: EUPL-1.2
// Everything outside that a configuration needs, looked at once.
#pragma once

#include "adapters/cli/program.hpp"

namespace raccordo {

// Tells each finding as it comes, the good ones too. Changes nothing, here or at partners. Partners that do
// not answer cost their deadlines, one after the other. [main]
void examine(const ReadyConfiguration& ready, const TellDiagnosis& tell);

// The brokers and topics, where there are any. [main]
[[nodiscard]] std::vector<Diagnosis> examine_backbone(const Configuration& configuration);

}  // namespace raccordo
