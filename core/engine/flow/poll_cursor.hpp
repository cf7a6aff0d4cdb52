// SPDX-License-Identifier: EUPL-1.2
// Where the reading of a partner that is asked for its pages stands: what the plugin saved, and what was
// parked. Kept in the store as JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace raccordo {

struct PollCursor {
  std::string saved;              // by the plugin, opaque
  std::int64_t parked = 0;        // responses of the scan that is under way or was the last
  std::int64_t parked_until = 0;  // the last scan before that one that parked something; 0: none did

  [[nodiscard]] std::string text() const;
  // Empty when it is not a cursor of ours: reading starts at the first page.
  [[nodiscard]] static PollCursor parse(std::string_view text);
};

}  // namespace raccordo
