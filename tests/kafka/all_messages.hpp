// SPDX-License-Identifier: EUPL-1.2
// Everything that stands in the topics of a broker, as whoever may read them sees it.
#pragma once

#include <map>
#include <string>

namespace raccordo::testing {

// Topic -> of each of its messages the key, names and values of its headers, and the value, decompressed. The
// broker's own topics are among them. Throws what the broker answers when it refuses, or after a minute
// without an answer.
[[nodiscard]] std::map<std::string, std::string> all_messages(const std::string& brokers);

}  // namespace raccordo::testing
