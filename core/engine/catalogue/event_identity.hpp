// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "raccordo/model/envelope.hpp"

namespace raccordo {

// The id of an event; empty where it is none.
[[nodiscard]] std::string event_id_in(std::string_view event);

// The partner's own id in an event's data, or empty.
[[nodiscard]] std::string source_id_in(std::string_view data);

// XXH3-64 of an event's data; never 0, which stands for a deletion.
[[nodiscard]] std::uint64_t content_hash(std::string_view data);

[[nodiscard]] inline std::uint32_t revision_of(const EventView& event) {
  return static_cast<std::uint32_t>(event.revision.value_or(0));
}

}  // namespace raccordo
