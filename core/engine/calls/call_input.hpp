// SPDX-License-Identifier: EUPL-1.2
// A partner's call as a plugin is handed it, now or once more when it was parked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ports/inlet.hpp"
#include "core/ports/input_batch.hpp"

namespace raccordo {

void add_call(const InboundRequest& request, InputBatch& inputs);

// What else it takes to make the call again beside its body: JSON. Headers are kept, for signatures that
// plugins read; credentials are not among them.
[[nodiscard]] std::string parked_call(const InboundRequest& request);
// Nothing where `context` tells of no call.
[[nodiscard]] std::optional<InboundRequest> call_again(std::string_view context, std::string_view body);

// What is asked for, where: the body's hash, with that of the address where there is one. One body asks for
// another thing at another address.
[[nodiscard]] std::string content_of(const InboundRequest& request);

}  // namespace raccordo
