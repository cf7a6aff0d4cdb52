// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/case_rows.hpp"

#include <algorithm>

#include "adapters/sqlite/rows.hpp"
#include "core/ports/case_rules.hpp"

namespace raccordo::sqlite {
namespace {

std::int64_t as_limit(std::size_t limit) {
  return static_cast<std::int64_t>(std::min<std::size_t>(limit, 1'000'000));
}

CaseRecord case_of(const Query& row) {
  CaseRecord record;
  record.id = row.uuid(1);
  record.machine = row.text(2);
  record.state = row.text(3);
  record.revision = row.integer(4);
  record.data = row.text(5);
  record.people = row.text(6);
  record.asked_by = row.text(7);
  record.asked_id = row.text(8);
  record.answered_by = row.text(9);
  record.due_ms = row.integer(10);
  record.due_event = row.text(11);
  record.changed_ms = row.integer(12);
  record.ended = row.integer(13) != 0;
  return record;
}

// The number of the new case's row.
Result<std::int64_t> begin_case(Database& database, const CaseRecord& r) {
  RACCORDO_TRY(auto insert, database.query(R"(
      INSERT INTO cases(id, machine, state, revision, data, people, asked_by, asked_id, answered_by, due_ms, due_event,
                        changed_ms, ended)
      VALUES(?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT DO NOTHING)"));
  RACCORDO_CHECK(insert
                     .bind(r.id, r.machine, r.state, r.data, Blob{r.people}, r.asked_by, r.asked_id,
                           r.answered_by, r.due_ms, r.due_event, r.changed_ms, std::int64_t{r.ended})
                     .run());
  if (database.changed() == 0) return not_the_next(r);
  return database.last_id();
}

// The number of the row of a case that stands at the revision before.
Result<std::int64_t> number_before(Database& database, const CaseRecord& r) {
  RACCORDO_TRY(auto query, database.query("SELECT number, revision FROM cases WHERE id = ?1"));
  RACCORDO_TRY(const bool found, query.bind(r.id).next());
  if (!found || query.integer(1) != r.revision - 1) return not_the_next(r);
  return query.integer(0);
}

Result<std::int64_t> change_case(Database& database, const CaseRecord& r) {
  RACCORDO_TRY(const auto number, number_before(database, r));
  // Its partners hardly ever change, and their indexes are written only where they do.
  RACCORDO_TRY(auto partners, database.query(R"(
      SELECT 1 FROM cases WHERE number = ?1 AND asked_by = ?2 AND asked_id = ?3 AND answered_by = ?4)"));
  RACCORDO_TRY(const bool same, partners.bind(number, r.asked_by, r.asked_id, r.answered_by).next());
  if (!same) {
    RACCORDO_TRY(auto update, database.query(R"(
        UPDATE OR IGNORE cases SET asked_by = ?2, asked_id = ?3, answered_by = ?4 WHERE number = ?1)"));
    RACCORDO_CHECK(update.bind(number, r.asked_by, r.asked_id, r.answered_by).run());
    if (database.changed() == 0) return not_the_next(r);
  }
  RACCORDO_TRY(auto update, database.query(R"(
      UPDATE cases SET machine = ?2, state = ?3, revision = ?4, data = ?5, people = ?6, due_ms = ?7, due_event = ?8,
                       changed_ms = ?9, ended = ?10 WHERE number = ?1)"));
  RACCORDO_CHECK(update
                     .bind(number, r.machine, r.state, r.revision, r.data, Blob{r.people}, r.due_ms,
                           r.due_event, r.changed_ms, std::int64_t{r.ended})
                     .run());
  return number;
}

// Of several conditions one is looked up in its index, and the others are looked at: `+` says so to SQLite,
// which would take any.
std::string text_of(const CaseQuery& query) {
  std::string sql =
      "SELECT * FROM cases WHERE number > coalesce((SELECT number FROM cases WHERE id = ?1), 0)";
  bool looked_up = false;
  const auto narrow = [&](const std::string& value, const char* condition) {
    if (value.empty()) return;
    sql += looked_up ? " AND +" : " AND ";
    sql += condition;
    looked_up = true;
  };
  narrow(query.state, "state = ?2");
  narrow(query.answered_by, "answered_by = ?3");
  narrow(query.asked_by, "asked_by = ?4");
  // Looked at in the order of numbers: a partner's cases, of either part, are not sorted for each page.
  if (!query.machine.empty()) sql += " AND machine = ?5";
  if (!query.connector.empty()) sql += " AND (+asked_by = ?6 OR +answered_by = ?6)";
  if (query.since_ms > 0) sql += " AND +changed_ms >= ?7";
  return sql + " ORDER BY number LIMIT ?8";
}

}  // namespace

Result<std::optional<InboxEntry>> read_answer(Database& database, const std::string& source,
                                              const std::string& id) {
  RACCORDO_TRY(auto query,
               database.query("SELECT content, answer, time_ms FROM inbox WHERE source = ?1 AND id = ?2"));
  return one_row(query.bind(source, id), [&](const Query& row) {
    return InboxEntry{source, id, row.text(0), row.text(1), row.integer(2)};
  });
}

Status put_answer(Database& database, const InboxEntry& entry) {
  RACCORDO_TRY(auto query, database.query(R"(
      INSERT INTO inbox(source, id, content, answer, time_ms) VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING)"));
  RACCORDO_CHECK(query.bind(entry.source, entry.id, entry.content, Blob{entry.answer}, entry.time_ms).run());
  return database.changed() == 0 ? Status(known_message(entry)) : done();
}

Result<std::optional<CaseRecord>> read_case(Database& database, const Uuid& id) {
  RACCORDO_TRY(auto query, database.query("SELECT * FROM cases WHERE id = ?1"));
  return one_row(query.bind(id), case_of);
}

Result<std::optional<CaseRecord>> read_asked_case(Database& database, const std::string& asked_by,
                                                  const std::string& asked_id) {
  RACCORDO_TRY(
      auto query,
      database.query("SELECT * FROM cases WHERE asked_by = ?1 AND asked_id = ?2 AND asked_id <> ''"));
  return one_row(query.bind(asked_by, asked_id), case_of);
}

Result<std::vector<CaseRecord>> read_cases(Database& database, const CaseQuery& query) {
  RACCORDO_TRY(auto rows, database.query(text_of(query)));
  const auto after = query.after.value_or(Uuid{});
  rows.bind(after, query.state, query.answered_by, query.asked_by, query.machine, query.connector,
            query.since_ms, as_limit(query.limit));
  return all_rows(rows, case_of);
}

Result<std::vector<CaseStep>> read_steps(Database& database, const Uuid& id) {
  RACCORDO_TRY(auto query, database.query(R"(
      SELECT * FROM step WHERE case_number = (SELECT number FROM cases WHERE id = ?1) ORDER BY revision)"));
  return all_rows(query.bind(id), [&](const Query& row) {
    return CaseStep{id,          row.integer(1), row.text(2), row.text(3), row.text(4),
                    row.text(5), row.text(6),    row.text(7), row.text(8), row.integer(9)};
  });
}

Result<std::vector<Uuid>> read_due(Database& database, std::int64_t now_ms, std::size_t limit) {
  RACCORDO_TRY(
      auto query,
      database.query("SELECT id FROM cases WHERE due_ms > 0 AND due_ms <= ?1 ORDER BY due_ms LIMIT ?2"));
  return all_rows(query.bind(now_ms, as_limit(limit)), [](const Query& row) { return row.uuid(0); });
}

Result<std::optional<std::int64_t>> read_next_due(Database& database) {
  RACCORDO_TRY(auto query,
               database.query("SELECT due_ms FROM cases WHERE due_ms > 0 ORDER BY due_ms LIMIT 1"));
  return one_row(query, [](const Query& row) { return row.integer(0); });
}

Status put_case(Database& database, const CaseRecord& record, const CaseStep& step) {
  RACCORDO_CHECK(check(record, step));
  RACCORDO_TRY(const auto number,
               record.revision == 1 ? begin_case(database, record) : change_case(database, record));
  RACCORDO_TRY(auto query,
               database.query("INSERT INTO step VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"));
  return query
      .bind(number, step.revision, step.event, step.from, step.to, step.party, step.connector, step.message,
            step.note, step.time_ms)
      .run();
}

Result<std::int64_t> forget_before(Database& database, std::int64_t time_ms, std::int64_t limit) {
  RACCORDO_TRY(auto answers, database.query(R"(
      DELETE FROM inbox WHERE number IN (SELECT number FROM inbox WHERE time_ms < ?1 LIMIT ?2))"));
  RACCORDO_CHECK(answers.bind(time_ms, limit).run());
  auto forgotten = database.changed();
  for (const auto* sql : {R"(
      DELETE FROM step WHERE case_number IN (SELECT number FROM cases WHERE ended = 1 AND changed_ms < ?1
                                             ORDER BY changed_ms, number LIMIT ?2))",
                          R"(
      UPDATE cases SET ended = 2 WHERE number IN (SELECT number FROM cases WHERE ended = 1 AND changed_ms < ?1
                                                  ORDER BY changed_ms, number LIMIT ?2))"}) {
    RACCORDO_TRY(auto query, database.query(sql));
    RACCORDO_CHECK(query.bind(time_ms, limit).run());
  }
  return forgotten + database.changed();
}

}  // namespace raccordo::sqlite
