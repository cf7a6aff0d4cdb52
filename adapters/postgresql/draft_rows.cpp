// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/draft_rows.hpp"

#include <algorithm>

namespace raccordo::postgresql {
namespace {

using Records = std::vector<const CaseRecord*>;

template <typename Row>
auto texts(const std::vector<const Row*>& rows, std::string Row::*field) {
  return column<Texts>(rows, [&](const Row* row) -> std::string_view { return row->*field; });
}
template <typename Row>
auto blobs(const std::vector<const Row*>& rows, std::string Row::*field) {
  return column<Blobs>(rows, [&](const Row* row) -> std::string_view { return row->*field; });
}
template <typename Row>
auto integers(const std::vector<const Row*>& rows, std::int64_t Row::*field) {
  return column<Integers>(rows, [&](const Row* row) { return row->*field; });
}
template <typename Row>
auto ids(const std::vector<const Row*>& rows) {
  return column<Uuids>(rows, [](const Row* row) { return row->id; });
}
auto ended(const Records& records) {
  return column<Integers>(records, [](const CaseRecord* record) { return std::int64_t{record->ended}; });
}

template <typename Row>
std::vector<const Row*> pointers(const std::vector<Row>& rows) {
  std::vector<const Row*> out;
  for (const auto& row : rows) out.push_back(&row);
  return out;
}

bool is_all(const Rows& rows, std::size_t wanted) {
  return rows.changed() == static_cast<std::int64_t>(wanted);
}

Result<bool> begin_cases(Connection& connection, const Records& records) {
  using R = CaseRecord;
  if (records.empty()) return true;
  RACCORDO_TRY(
      const auto rows,
      connection.run("INSERT INTO cases(id, machine, state, revision, data, people, asked_by, asked_id, "
                     "answered_by, due_ms, due_event, changed_ms, ended) SELECT u.id, u.machine, u.state, "
                     "u.revision, u.data, u.people, u.asked_by, u.asked_id, u.answered_by, u.due_ms, "
                     "u.due_event, u.changed_ms, u.ended <> 0 FROM unnest($1::uuid[], $2::text[], "
                     "$3::text[], $4::bigint[], $5::text[], $6::bytea[], $7::text[], $8::bytea[], "
                     "$9::text[], $10::bigint[], $11::text[], $12::bigint[], $13::bigint[]) AS u(id, "
                     "machine, state, revision, data, people, asked_by, asked_id, answered_by, due_ms, "
                     "due_event, changed_ms, ended) ON CONFLICT DO NOTHING",
                     ids(records), texts(records, &R::machine), texts(records, &R::state),
                     integers(records, &R::revision), texts(records, &R::data), blobs(records, &R::people),
                     texts(records, &R::asked_by), blobs(records, &R::asked_id),
                     texts(records, &R::answered_by), integers(records, &R::due_ms),
                     texts(records, &R::due_event), integers(records, &R::changed_ms), ended(records)));
  return is_all(rows, records.size());
}

// From the revision that was read and locked.
Result<bool> change_cases(Connection& connection, const Records& records, const Integers& before) {
  using R = CaseRecord;
  if (records.empty()) return true;
  RACCORDO_TRY(
      const auto rows,
      connection.run(
          "UPDATE cases SET machine = u.machine, state = u.state, revision = u.revision, data = u.data, "
          "people = u.people, asked_by = u.asked_by, asked_id = u.asked_id, answered_by = u.answered_by, "
          "due_ms = u.due_ms, due_event = u.due_event, changed_ms = u.changed_ms, ended = u.ended <> 0 FROM "
          "unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::bytea[], $7::text[], "
          "$8::bytea[], $9::text[], $10::bigint[], $11::text[], $12::bigint[], $13::bigint[], "
          "$14::bigint[]) AS u(id, machine, state, revision, data, people, asked_by, asked_id, answered_by, "
          "due_ms, due_event, changed_ms, ended, before) WHERE cases.id = u.id AND cases.revision = "
          "u.before",
          ids(records), texts(records, &R::machine), texts(records, &R::state),
          integers(records, &R::revision), texts(records, &R::data), blobs(records, &R::people),
          texts(records, &R::asked_by), blobs(records, &R::asked_id), texts(records, &R::answered_by),
          integers(records, &R::due_ms), texts(records, &R::due_event), integers(records, &R::changed_ms),
          ended(records), before));
  return is_all(rows, records.size());
}

Result<bool> write_cases(Connection& connection, const CaseDraft& draft) {
  const std::set<Uuid> new_ones(draft.begun.begin(), draft.begun.end());
  Records begun;
  Records changed;
  Integers before;
  for (const auto& id : draft.begun) begun.push_back(&*draft.cases.at(id));
  for (const auto& [id, revision] : draft.gone_on) {
    if (new_ones.contains(id)) continue;
    changed.push_back(&*draft.cases.at(id));
    before.values.push_back(revision);
  }
  RACCORDO_TRY(const bool all_new, begin_cases(connection, begun));
  if (!all_new) return false;
  return change_cases(connection, changed, before);
}

Status write_steps(Connection& connection, const std::vector<CaseStep>& steps) {
  using S = CaseStep;
  if (steps.empty()) return done();
  const auto rows = pointers(steps);
  RACCORDO_CHECK(connection.run(
      "INSERT INTO case_step SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], "
      "$5::text[], $6::text[], $7::text[], $8::bytea[], $9::text[], $10::bigint[])",
      ids(rows), integers(rows, &S::revision), texts(rows, &S::event), texts(rows, &S::from),
      texts(rows, &S::to), texts(rows, &S::party), texts(rows, &S::connector), blobs(rows, &S::message),
      texts(rows, &S::note), integers(rows, &S::time_ms)));
  return done();
}

Status write_told(Connection& connection, const std::vector<OutboxMessage>& told) {
  using M = OutboxMessage;
  if (told.empty()) return done();
  const auto rows = pointers(told);
  RACCORDO_CHECK(connection.run(
      "INSERT INTO outbox(topic, key, value) SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[])",
      texts(rows, &M::topic), texts(rows, &M::key), blobs(rows, &M::value)));
  return done();
}

Result<bool> write_answers(Connection& connection, const CaseDraft& draft) {
  using E = InboxEntry;
  if (draft.remembered.empty()) return true;
  std::vector<const E*> entries;
  for (const auto& name : draft.remembered) entries.push_back(&*draft.inbox.at(name));
  RACCORDO_TRY(const auto rows,
               connection.run("INSERT INTO inbox SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[], "
                              "$4::bytea[], $5::bigint[]) ON CONFLICT DO NOTHING",
                              texts(entries, &E::source), blobs(entries, &E::id), blobs(entries, &E::content),
                              blobs(entries, &E::answer), integers(entries, &E::time_ms)));
  return is_all(rows, entries.size());
}

Result<bool> write_places(Connection& connection, const CaseDraft& draft) {
  Uuids replaced;
  Texts pools;
  Uuids cases;
  Integers places;
  for (const auto& id : draft.seated) {
    const auto& seats = draft.seats.at(id);
    if (seats.in_rows) replaced.values.push_back(id);
    for (const auto& [pool, taken] : seats.by_pool) {
      pools.values.push_back(pool);
      cases.values.push_back(id);
      places.values.push_back(taken);
    }
  }
  if (!replaced.values.empty())
    RACCORDO_CHECK(connection.run("DELETE FROM place WHERE id = ANY($1)", replaced));
  if (pools.values.empty()) return true;
  RACCORDO_TRY(const auto rows,
               connection.run("INSERT INTO place(pool, id, places) SELECT * FROM unnest($1::text[], "
                              "$2::uuid[], $3::bigint[]) ON CONFLICT DO NOTHING",
                              pools, cases, places));
  return is_all(rows, pools.values.size());
}

Status write_pools(Connection& connection, const CaseDraft& draft) {
  if (draft.counted.empty()) return done();
  Texts names;
  Integers taken;
  for (const auto& name : draft.counted) {
    names.values.push_back(name);
    taken.values.push_back(draft.pools.at(name).taken);
  }
  RACCORDO_CHECK(connection.run(
      "UPDATE pool SET taken = u.taken FROM unnest($1::text[], $2::bigint[]) AS u(name, taken) WHERE "
      "pool.name = u.name",
      names, taken));
  return done();
}

// Of a case that was begun it is known by now that it is new.
Result<bool> was_right_to_trust(Connection& connection, const CaseDraft& draft) {
  std::set<Uuid> left = draft.trusted;
  for (const auto& id : draft.begun) left.erase(id);
  if (left.empty()) return true;
  RACCORDO_TRY(const auto rows,
               connection.run("(SELECT 1 FROM place WHERE id = ANY($1) LIMIT 1) UNION ALL (SELECT 1 "
                              "FROM drawn WHERE id = ANY($1) LIMIT 1)",
                              Uuids{{left.begin(), left.end()}}));
  return rows.empty();
}

}  // namespace

Result<bool> write_draft(Connection& connection, const CaseDraft& draft) {
  RACCORDO_TRY(bool right, was_right_to_trust(connection, draft));
  if (!right) return false;
  RACCORDO_TRY(right, write_cases(connection, draft));
  if (!right) return false;
  RACCORDO_TRY(right, write_places(connection, draft));
  if (!right) return false;
  RACCORDO_CHECK(write_pools(connection, draft));
  RACCORDO_CHECK(write_steps(connection, draft.steps));
  RACCORDO_CHECK(write_told(connection, draft.told));
  return write_answers(connection, draft);
}

}  // namespace raccordo::postgresql
