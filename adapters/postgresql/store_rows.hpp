// SPDX-License-Identifier: EUPL-1.2
// Rows of the store that several of its methods write: always inside the caller's transaction. All rows of
// one kind are one statement, for each costs a journey to the server.
#pragma once

#include <map>
#include <span>
#include <string>

#include "adapters/postgresql/connection.hpp"
#include "core/ports/store.hpp"

namespace raccordo::postgresql {

enum class Side { kSource, kSink, kWaiting };
[[nodiscard]] inline std::string_view name_of(Side side) {
  return side == Side::kSource ? "source" : side == Side::kSink ? "sink" : "waiting";
}

[[nodiscard]] Status add_counts(Connection& connection, const std::string& connector, const Counts& counts);
[[nodiscard]] Result<std::map<std::string, Counts>> read_ledger(Connection& connection);

[[nodiscard]] Status put_deltas(Connection& connection, const std::string& connector,
                                std::span<const IndexDelta> deltas);

// Keeps the last 10,000 of a connector.
[[nodiscard]] Status put_findings(Connection& connection, const std::string& connector,
                                  std::span<const Finding> findings);
[[nodiscard]] Result<std::vector<Finding>> read_findings(Connection& connection, const std::string& connector,
                                                         std::size_t limit);

[[nodiscard]] Status put_source(Connection& connection, const std::string& connector,
                                const SourceState& state);
[[nodiscard]] Result<SourceState> read_source(Connection& connection, const std::string& connector);
[[nodiscard]] Status put_scan_files(Connection& connection, const std::string& connector,
                                    const std::string& files);
[[nodiscard]] Result<std::string> read_scan_files(Connection& connection, const std::string& connector);
[[nodiscard]] Status put_file_notes(Connection& connection, const std::string& connector,
                                    std::span<const FileNote> files);
[[nodiscard]] Result<std::map<std::string, std::string>> read_file_notes(Connection& connection,
                                                                         const std::string& connector);

[[nodiscard]] Status put_sink(Connection& connection, const std::string& connector, const SinkState& state);
[[nodiscard]] Result<SinkState> read_sink(Connection& connection, const std::string& connector);
// Keeps the last 100,000 of a connector.
[[nodiscard]] Status put_accepted(Connection& connection, const std::string& connector,
                                  std::span<const AcceptedRequest> requests);
[[nodiscard]] Status forget_accepted(Connection& connection, const std::string& connector,
                                     std::span<const std::string> events);
[[nodiscard]] Result<std::vector<AcceptedRequest>> read_accepted(Connection& connection,
                                                                 const std::string& connector);

}  // namespace raccordo::postgresql
