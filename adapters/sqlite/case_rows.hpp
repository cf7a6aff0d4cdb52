// SPDX-License-Identifier: EUPL-1.2
// Cases with their steps, and the messages that were answered, in the tables of case_schema.hpp. Writes
// happen inside a transaction. What they refuse is kConflict or kInvalid; any other error is the disk's.
#pragma once

#include "adapters/sqlite/database.hpp"
#include "core/ports/case_store.hpp"

namespace raccordo::sqlite {

[[nodiscard]] Result<std::optional<InboxEntry>> read_answer(Database& database, const std::string& source,
                                                            const std::string& id);
[[nodiscard]] Status put_answer(Database& database, const InboxEntry& entry);

[[nodiscard]] Result<std::optional<CaseRecord>> read_case(Database& database, const Uuid& id);
[[nodiscard]] Result<std::optional<CaseRecord>> read_asked_case(Database& database,
                                                                const std::string& asked_by,
                                                                const std::string& asked_id);
[[nodiscard]] Result<std::vector<CaseRecord>> read_cases(Database& database, const CaseQuery& query);
[[nodiscard]] Result<std::vector<CaseStep>> read_steps(Database& database, const Uuid& id);
[[nodiscard]] Result<std::vector<Uuid>> read_due(Database& database, std::int64_t now_ms, std::size_t limit);
[[nodiscard]] Result<std::optional<std::int64_t>> read_next_due(Database& database);
[[nodiscard]] Status put_case(Database& database, const CaseRecord& record, const CaseStep& step);

// At most `limit` answers and the steps of `limit` cases: how many of both.
[[nodiscard]] Result<std::int64_t> forget_before(Database& database, std::int64_t time_ms,
                                                 std::int64_t limit);

}  // namespace raccordo::sqlite
