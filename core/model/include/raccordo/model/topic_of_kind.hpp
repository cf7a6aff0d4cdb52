// SPDX-License-Identifier: Apache-2.0
// Where what is told of a kind stands on the backbone.
#pragma once

#include <string_view>

namespace raccordo {

// "services" of a service, "bookings" of a booking, "enquiries" of an enquiry, "wallets" of a wallet. Empty: nothing is
// told of such a kind. [any]
[[nodiscard]] std::string_view topic_of_kind(std::string_view kind);

}  // namespace raccordo
