// SPDX-License-Identifier: EUPL-1.2
// Rows of the store that several of its methods write: always inside the caller's transaction.
#pragma once

#include <map>
#include <span>
#include <string>

#include "adapters/sqlite/database.hpp"
#include "core/ports/store.hpp"

namespace raccordo::sqlite {

enum class Side { kSource, kSink, kWaiting };
[[nodiscard]] inline std::string_view name_of(Side side) {
  return side == Side::kSource ? "source" : side == Side::kSink ? "sink" : "waiting";
}

[[nodiscard]] Status add_counts(Database& database, const std::string& connector, const Counts& counts);
[[nodiscard]] Result<std::map<std::string, Counts>> read_ledger(Database& database);

[[nodiscard]] Status put_deltas(Database& database, const std::string& connector,
                                std::span<const IndexDelta> deltas);

// Keeps the last 10,000 of a connector.
[[nodiscard]] Status put_findings(Database& database, const std::string& connector,
                                  std::span<const Finding> findings);
[[nodiscard]] Result<std::vector<Finding>> read_findings(Database& database, const std::string& connector,
                                                         std::size_t limit);

using Positions = std::map<std::string, std::string>;
[[nodiscard]] Status put_positions(Database& database, Side side, const std::string& connector,
                                   const Positions& positions);
[[nodiscard]] Result<Positions> read_positions(Database& database, Side side, const std::string& connector);

[[nodiscard]] Status put_source(Database& database, const std::string& connector, const SourceState& state);
[[nodiscard]] Result<SourceState> read_source(Database& database, const std::string& connector);
[[nodiscard]] Status put_scan_files(Database& database, const std::string& connector,
                                    const std::string& files);
[[nodiscard]] Result<std::string> read_scan_files(Database& database, const std::string& connector);
[[nodiscard]] Status put_file_notes(Database& database, const std::string& connector,
                                    std::span<const FileNote> files);
[[nodiscard]] Result<std::map<std::string, std::string>> read_file_notes(Database& database,
                                                                         const std::string& connector);
[[nodiscard]] Status put_sink(Database& database, const std::string& connector, const SinkState& state);
// Keeps the last 100,000 of a connector.
[[nodiscard]] Status put_accepted(Database& database, const std::string& connector,
                                  std::span<const AcceptedRequest> requests);
[[nodiscard]] Status forget_accepted(Database& database, const std::string& connector,
                                     std::span<const std::string> events);
[[nodiscard]] Result<std::vector<AcceptedRequest>> read_accepted(Database& database,
                                                                 const std::string& connector);
[[nodiscard]] Result<SinkState> read_sink(Database& database, const std::string& connector);

}  // namespace raccordo::sqlite
