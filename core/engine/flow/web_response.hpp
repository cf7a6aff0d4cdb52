// SPDX-License-Identifier: EUPL-1.2
// A partner's response as an input of its plugin, as a parked record keeps it, and made an input again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ports/http_client.hpp"
#include "core/ports/input_batch.hpp"

namespace raccordo {

// The body is the input's original: what a person is shown of it when it is parked.
void add_response(const WebResponse& response, std::string_view context, InputBatch& batch);

// What the original does not hold, as JSON: for ParkedRecord::context.
[[nodiscard]] std::string parked_context(const WebResponse& response, std::string_view context);

// Nothing when the record is none of a response.
[[nodiscard]] std::optional<InputBatch> response_again(std::string_view parked_context,
                                                       std::string_view body);

}  // namespace raccordo
