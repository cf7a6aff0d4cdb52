// SPDX-License-Identifier: EUPL-1.2
// All that a hub leaves behind, wherever: its data folder, its database, its topics, its measures, its log.
#pragma once

#include <map>
#include <string>

#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {

using Traces = std::map<std::string, std::string>;  // where -> what stands there

// Its log, and what its measures say.
[[nodiscard]] Traces traces_of_running(const Running& daemon);
// Its files, the dump of its schema where there is a database, and every message of its topics.
[[nodiscard]] Traces traces_of_stopped(const HubFolder& hub);

// As it is, or in hexadecimal digits, as a database writes bytes.
[[nodiscard]] bool tells(const std::string& content, const std::string& planted);

}  // namespace raccordo::testing
