// SPDX-License-Identifier: EUPL-1.2
// All that a hub leaves behind, wherever: its data folder, its database and that one's files, its topics and
// their broker's files, its measures, its log.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {

using Traces = std::map<std::string, std::string>;  // where -> what stands there

// Where traces stand begins with one of these.
inline constexpr const char* kLog = "the log";
inline constexpr const char* kMeasures = "the measures";
inline constexpr const char* kFiles = "file ";                   // of the hub's folder
inline constexpr const char* kCommands = "command ";             // what it prints
inline constexpr const char* kTopics = "topic ";                 // each message with its key and headers
inline constexpr const char* kBroker = "broker's file ";         // over Kafka
inline constexpr const char* kDatabase = "the database";         // a dump of all schemas; over PostgreSQL
inline constexpr const char* kDatabaseFiles = "database file ";  // its log of changes and its own log, too

// Its log, and what its measures say.
[[nodiscard]] Traces traces_of_running(const Running& daemon);
// Everything else. What partners put there, secrets and plugins are left out.
[[nodiscard]] Traces traces_of_stopped(const HubFolder& hub);

// As it is, in capitals or small letters, in hexadecimal digits as a database writes bytes, or in base64,
// wherever it begins there.
[[nodiscard]] bool tells(std::string_view content, const std::string& planted);
// Anywhere among the traces that stand there.
[[nodiscard]] bool tells(const Traces& traces, std::string_view where, const std::string& planted);

}  // namespace raccordo::testing
