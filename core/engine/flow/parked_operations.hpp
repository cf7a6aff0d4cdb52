// SPDX-License-Identifier: EUPL-1.2
// {"do":"parked_..."} as core/engine/operations.hpp says.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/engine/flow/flows.hpp"

namespace raccordo {

using OrderedJson = nlohmann::ordered_json;

[[nodiscard]] Result<OrderedJson> list_parked(const OrderedJson& request, const Flows& flows, Store& store);
[[nodiscard]] Result<OrderedJson> show_parked(const OrderedJson& request, const Flows& flows, Store& store);

// In the order in which they were parked, so that of two records with the same key the later one has the last
// word.
[[nodiscard]] Result<OrderedJson> replay_parked(const OrderedJson& request, Flows& flows, Store& store);
[[nodiscard]] Result<OrderedJson> discard_parked(const OrderedJson& request, const Flows& flows,
                                                 const FlowParts& parts);

}  // namespace raccordo
