// SPDX-License-Identifier: EUPL-1.2
// A partner's answer as it is kept with the acceptance of its request, until the plugin has seen it and what
// it led to is done.
#pragma once

#include <string>
#include <string_view>

#include "core/ports/http_requests.hpp"

namespace raccordo {

// Status, a line for each header, an empty line, the body.
[[nodiscard]] std::string packed(const WebAnswer& answer);
// What `packed` wrote; status 0 where it did not.
[[nodiscard]] WebAnswer unpacked(std::string_view bytes);

}  // namespace raccordo
