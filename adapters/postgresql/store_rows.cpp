// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/store_rows.hpp"

#include <algorithm>

namespace raccordo::postgresql {
namespace {

constexpr std::int64_t kFindingsKept = 10'000;
constexpr std::int64_t kAcceptedKept = 100'000;

using Positions = std::map<std::string, std::string>;

Status put_positions(Connection& connection, Side side, const std::string& connector,
                     const Positions& positions) {
  const auto topics =
      column<Texts>(positions, [](const auto& entry) { return std::string_view(entry.first); });
  const auto places =
      column<Texts>(positions, [](const auto& entry) { return std::string_view(entry.second); });
  RACCORDO_CHECK(connection.run(R"(
      WITH gone AS (DELETE FROM position WHERE side = $1 AND connector = $2 AND topic <> ALL($3))
      INSERT INTO position SELECT $1, $2, topic, at FROM unnest($3, $4::text[]) AS new(topic, at)
      ON CONFLICT(side, connector, topic) DO UPDATE SET at = excluded.at WHERE position.at <> excluded.at)",
                                name_of(side), connector, topics, places));
  return done();
}

Result<Positions> read_positions(Connection& connection, Side side, const std::string& connector) {
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT topic, at FROM position WHERE side = $1 AND connector = $2",
                              name_of(side), connector));
  Positions positions;
  for (int i = 0; i < rows.size(); ++i) positions[rows.text(i, 0)] = rows.text(i, 1);
  return positions;
}

}  // namespace

Status add_counts(Connection& connection, const std::string& connector, const Counts& c) {
  RACCORDO_CHECK(connection.run(R"(
      INSERT INTO ledger VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT(connector) DO UPDATE SET received = ledger.received + $2, delivered = ledger.delivered + $3,
        unchanged = ledger.unchanged + $4, filtered = ledger.filtered + $5, parked = ledger.parked + $6,
        entities = ledger.entities + $7, deleted = ledger.deleted + $8, requests = ledger.requests + $9,
        attempts = ledger.attempts + $10)",
                                connector, c.received, c.delivered, c.unchanged, c.filtered, c.parked,
                                c.entities, c.deleted, c.requests, c.attempts));
  return done();
}

Result<std::map<std::string, Counts>> read_ledger(Connection& connection) {
  RACCORDO_TRY(const auto rows, connection.run("SELECT * FROM ledger"));
  std::map<std::string, Counts> ledger;
  for (int i = 0; i < rows.size(); ++i) {
    const auto number = [&](int at) { return rows.integer(i, at); };
    ledger[rows.text(i, 0)] = {number(1), number(2), number(3), number(4), number(5),
                               number(6), number(7), number(8), number(9)};
  }
  return ledger;
}

Status put_deltas(Connection& connection, const std::string& connector, std::span<const IndexDelta> deltas) {
  if (deltas.empty()) return done();
  RACCORDO_CHECK(connection.run(
      "INSERT INTO delta(connector, kind, bytes) SELECT $1, kind, bytes FROM unnest($2::text[], $3::bytea[]) "
      "WITH "
      "ORDINALITY AS new(kind, bytes, n) ORDER BY n",
      connector, column<Texts>(deltas, [](const auto& delta) { return std::string_view(delta.kind); }),
      column<Blobs>(deltas, [](const auto& delta) { return std::string_view(delta.bytes); })));
  return done();
}

Status put_findings(Connection& connection, const std::string& connector, std::span<const Finding> all) {
  if (all.empty()) return done();
  const auto findings = all.last(std::min<std::size_t>(all.size(), kFindingsKept));
  RACCORDO_CHECK(connection.run(
      R"(
      INSERT INTO finding SELECT $1, last.number + n, code, place, field, it, en, time_ms
      FROM (SELECT coalesce(max(number), 0) AS number FROM finding WHERE connector = $1) AS last,
        unnest($2::text[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bigint[]) WITH ORDINALITY
        AS new(code, place, field, it, en, time_ms, n))",
      connector, column<Texts>(findings, [](const auto& f) { return std::string_view(f.code); }),
      column<Blobs>(findings, [](const auto& f) { return std::string_view(f.place); }),
      column<Blobs>(findings, [](const auto& f) { return std::string_view(f.field); }),
      column<Blobs>(findings, [](const auto& f) { return std::string_view(f.text.it); }),
      column<Blobs>(findings, [](const auto& f) { return std::string_view(f.text.en); }),
      column<Integers>(findings, [](const auto& f) { return f.time_ms; })));
  RACCORDO_CHECK(
      connection.run("DELETE FROM finding WHERE connector = $1 AND number <= (SELECT max(number) FROM "
                     "finding WHERE connector = $1) - $2",
                     connector, kFindingsKept));
  return done();
}

Result<std::vector<Finding>> read_findings(Connection& connection, const std::string& connector,
                                           std::size_t limit) {
  RACCORDO_TRY(
      const auto rows,
      connection.run("SELECT code, place, field, text_it, text_en, time_ms FROM finding WHERE connector = $1 "
                     "ORDER BY number DESC LIMIT $2",
                     connector, static_cast<std::int64_t>(std::min<std::size_t>(limit, kFindingsKept))));
  std::vector<Finding> findings;
  for (int i = 0; i < rows.size(); ++i)
    findings.push_back({connector,
                        rows.text(i, 0),
                        rows.text(i, 1),
                        rows.text(i, 2),
                        {rows.text(i, 3), rows.text(i, 4)},
                        rows.integer(i, 5)});
  return findings;
}

Status put_source(Connection& connection, const std::string& connector, const SourceState& state) {
  RACCORDO_CHECK(
      connection.run("INSERT INTO source VALUES($1, $2, $3, $4) ON CONFLICT(connector) DO UPDATE SET scan = "
                     "$2, scanning = $3, cursor = $4",
                     connector, state.scan, state.scanning, Blob{state.cursor}));
  return put_positions(connection, Side::kSource, connector, state.backbone_at);
}

Result<SourceState> read_source(Connection& connection, const std::string& connector) {
  SourceState state;
  RACCORDO_TRY(state.backbone_at, read_positions(connection, Side::kSource, connector));
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT scan, scanning, cursor FROM source WHERE connector = $1", connector));
  if (rows.empty()) return state;
  state.scan = rows.integer(0, 0);
  state.scanning = rows.integer(0, 1) != 0;
  state.cursor = rows.text(0, 2);
  return state;
}

Status put_scan_files(Connection& connection, const std::string& connector, const std::string& files) {
  RACCORDO_CHECK(
      connection.run("INSERT INTO source_scan VALUES($1, $2) ON CONFLICT(connector) DO UPDATE SET files = $2",
                     connector, Blob{files}));
  return done();
}

Result<std::string> read_scan_files(Connection& connection, const std::string& connector) {
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT files FROM source_scan WHERE connector = $1", connector));
  return rows.empty() ? std::string() : rows.text(0, 0);
}

// What is said last of a file counts.
Status put_file_notes(Connection& connection, const std::string& connector, std::span<const FileNote> files) {
  if (files.empty()) return done();
  std::map<std::string_view, const std::optional<std::string>*> last;
  for (const auto& file : files) last[file.path] = &file.note;
  Blobs kept, notes, forgotten;
  for (const auto& [path, note] : last) {
    (*note ? kept : forgotten).values.push_back(path);
    if (*note) notes.values.push_back(**note);
  }
  if (!kept.values.empty())
    RACCORDO_CHECK(
        connection.run("INSERT INTO source_file SELECT $1, path, note FROM unnest($2::bytea[], $3::bytea[]) "
                       "AS new(path, note) ON CONFLICT(connector, sha256(path)) DO UPDATE SET note = "
                       "excluded.note",
                       connector, kept, notes));
  if (!forgotten.values.empty())
    RACCORDO_CHECK(connection.run(
        "DELETE FROM source_file WHERE connector = $1 AND sha256(path) IN (SELECT sha256(gone) "
        "FROM unnest($2::bytea[]) AS gone)",
        connector, forgotten));
  return done();
}

Result<std::map<std::string, std::string>> read_file_notes(Connection& connection,
                                                           const std::string& connector) {
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT path, note FROM source_file WHERE connector = $1", connector));
  std::map<std::string, std::string> notes;
  for (int i = 0; i < rows.size(); ++i) notes[rows.text(i, 0)] = rows.text(i, 1);
  return notes;
}

Status put_sink(Connection& connection, const std::string& connector, const SinkState& state) {
  RACCORDO_CHECK(connection.run(
      "INSERT INTO sink VALUES($1, $2, $3) ON CONFLICT(connector) DO UPDATE SET sequence = $2, "
      "last_read_ms = $3",
      connector, state.sequence, state.last_read_ms));
  RACCORDO_CHECK(connection.run("DELETE FROM pending_file WHERE connector = $1", connector));
  if (!state.pending.empty())
    RACCORDO_CHECK(connection.run(
        "INSERT INTO pending_file SELECT $1, n, temporary, final_name FROM unnest($2::bytea[], $3::bytea[]) "
        "WITH "
        "ORDINALITY AS new(temporary, final_name, n)",
        connector,
        column<Blobs>(state.pending, [](const auto& file) { return std::string_view(file.temporary); }),
        column<Blobs>(state.pending, [](const auto& file) { return std::string_view(file.final_name); })));
  RACCORDO_CHECK(put_positions(connection, Side::kWaiting, connector, state.waiting));
  return put_positions(connection, Side::kSink, connector, state.positions);
}

Result<SinkState> read_sink(Connection& connection, const std::string& connector) {
  SinkState state;
  RACCORDO_TRY(state.positions, read_positions(connection, Side::kSink, connector));
  RACCORDO_TRY(state.waiting, read_positions(connection, Side::kWaiting, connector));
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT sequence, last_read_ms FROM sink WHERE connector = $1", connector));
  if (!rows.empty()) {
    state.sequence = rows.integer(0, 0);
    state.last_read_ms = rows.integer(0, 1);
  }
  RACCORDO_TRY(
      const auto files,
      connection.run("SELECT temporary, final_name FROM pending_file WHERE connector = $1 ORDER BY number",
                     connector));
  for (int i = 0; i < files.size(); ++i) state.pending.push_back({files.text(i, 0), files.text(i, 1)});
  return state;
}

Status put_accepted(Connection& connection, const std::string& connector,
                    std::span<const AcceptedRequest> requests) {
  if (requests.empty()) return done();
  RACCORDO_CHECK(connection.run(
      R"(
      INSERT INTO accepted(connector, event, request, answer)
      SELECT $1, event, request, answer FROM (
        SELECT DISTINCT ON (event, request) * FROM unnest($2::text[], $3::text[], $4::bytea[]) WITH ORDINALITY
        AS new(event, request, answer, n) ORDER BY event, request, n DESC) AS last ORDER BY n
      ON CONFLICT(connector, event, request) DO UPDATE SET id = excluded.id, answer = excluded.answer)",
      connector, column<Texts>(requests, [](const auto& r) { return std::string_view(r.event); }),
      column<Texts>(requests, [](const auto& r) { return std::string_view(r.number); }),
      column<Blobs>(requests, [](const auto& r) { return std::string_view(r.answer); })));
  // Those of events that were parked and discarded: nobody asks for them any more.
  RACCORDO_CHECK(
      connection.run("DELETE FROM accepted WHERE connector = $1 AND id <= (SELECT id FROM accepted WHERE "
                     "connector = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)",
                     connector, kAcceptedKept));
  return done();
}

Status forget_accepted(Connection& connection, const std::string& connector,
                       std::span<const std::string> events) {
  if (events.empty()) return done();
  RACCORDO_CHECK(
      connection.run("DELETE FROM accepted WHERE connector = $1 AND event = ANY($2)", connector,
                     column<Texts>(events, [](const auto& event) { return std::string_view(event); })));
  return done();
}

Result<std::vector<AcceptedRequest>> read_accepted(Connection& connection, const std::string& connector) {
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT event, request, answer FROM accepted WHERE connector = $1 ORDER BY id",
                              connector));
  std::vector<AcceptedRequest> requests;
  for (int i = 0; i < rows.size(); ++i)
    requests.push_back({rows.text(i, 0), rows.text(i, 1), rows.text(i, 2)});
  return requests;
}

}  // namespace raccordo::postgresql
