// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

namespace raccordo {

// Under which a client is counted, by its numeric address: an IPv4 address, or the /64 of an IPv6 one, for
// whoever has one address there has them all.
[[nodiscard]] std::string crowd_name(std::string_view address);

}  // namespace raccordo
