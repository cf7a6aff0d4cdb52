// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>

#include "adapters/http_server/http_message.hpp"

namespace raccordo {

inline constexpr std::size_t kMostMessageIdBytes = 255;

struct MessageId {
  std::string text;         // empty: the message has none
  bool in_headers = false;  // where no signature over the body covers it
};

// What the partner calls its message: Idempotency-Key, else a CloudEvent's source and id (binary mode:
// ce-source, ce-id; structured mode: from the body). none: longer than it may be, or not of visible ASCII
// letters in a header.
[[nodiscard]] std::optional<MessageId> message_id_of(const HttpRequest& request);

}  // namespace raccordo
