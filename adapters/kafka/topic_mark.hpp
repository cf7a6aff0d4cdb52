// SPDX-License-Identifier: EUPL-1.2
// What tells a topic from one of the same name that was deleted before it: a number, drawn when the topic is
// made, in one of its settings. It comes and goes with the topic, and no compaction removes it.
#pragma once

#include <string>

#include "adapters/kafka/topic_rules.hpp"

namespace raccordo::kafka {

// How long compaction may wait at most. Marks are 142,000 years and more: the broker waits no less than with
// its own default, without end. Below 2^53, so that consoles in browsers show and keep each digit.
inline constexpr const char* kMarkSetting = "max.compaction.lag.ms";

[[nodiscard]] std::string new_mark();

// Empty: it has none, for somebody else made it.
[[nodiscard]] std::string mark_in(const TopicConfiguration& is);

}  // namespace raccordo::kafka
