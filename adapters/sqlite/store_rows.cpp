// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/store_rows.hpp"

#include <algorithm>

#include "adapters/sqlite/rows.hpp"

namespace raccordo::sqlite {
namespace {

constexpr std::int64_t kFindingsKept = 10'000;
constexpr std::int64_t kAcceptedKept = 100'000;

std::string_view view(const std::string& text) { return text; }

}  // namespace

Status add_counts(Database& database, const std::string& connector, const Counts& c) {
  RACCORDO_TRY(auto query, database.query(R"(
      INSERT INTO ledger VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
      ON CONFLICT(connector) DO UPDATE SET received = received + ?2, delivered = delivered + ?3,
        unchanged = unchanged + ?4, filtered = filtered + ?5, parked = parked + ?6, entities = entities + ?7,
        deleted = deleted + ?8, requests = requests + ?9, attempts = attempts + ?10)"));
  return query
      .bind(view(connector), c.received, c.delivered, c.unchanged, c.filtered, c.parked, c.entities,
            c.deleted, c.requests, c.attempts)
      .run();
}

Result<std::map<std::string, Counts>> read_ledger(Database& database) {
  std::map<std::string, Counts> ledger;
  RACCORDO_TRY(auto query, database.query("SELECT * FROM ledger"));
  RACCORDO_CHECK(each_row(query, [&](const Query& row) {
    auto& c = ledger[row.text(0)];
    c = {row.integer(1), row.integer(2), row.integer(3), row.integer(4), row.integer(5),
         row.integer(6), row.integer(7), row.integer(8), row.integer(9)};
  }));
  return ledger;
}

Status put_deltas(Database& database, const std::string& connector, std::span<const IndexDelta> deltas) {
  if (deltas.empty()) return done();
  RACCORDO_TRY(auto query, database.query("INSERT INTO delta(connector, kind, bytes) VALUES(?1, ?2, ?3)"));
  for (const auto& delta : deltas)
    RACCORDO_CHECK(query.bind(view(connector), view(delta.kind), Blob{delta.bytes}).run());
  return done();
}

Status put_findings(Database& database, const std::string& connector, std::span<const Finding> findings) {
  if (findings.empty()) return done();
  std::int64_t number = 0;
  {
    RACCORDO_TRY(auto last, database.query("SELECT max(number) FROM finding WHERE connector = ?1"));
    RACCORDO_CHECK(last.bind(view(connector)).next());
    number = last.integer(0);
  }
  RACCORDO_TRY(auto insert, database.query("INSERT INTO finding VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
  for (const auto& f : findings.last(std::min<std::size_t>(findings.size(), kFindingsKept)))
    RACCORDO_CHECK(insert
                       .bind(view(connector), ++number, view(f.code), view(f.place), view(f.field),
                             view(f.text.it), view(f.text.en), f.time_ms)
                       .run());
  RACCORDO_TRY(auto trim, database.query("DELETE FROM finding WHERE connector = ?1 AND number <= ?2"));
  return trim.bind(view(connector), number - kFindingsKept).run();
}

Result<std::vector<Finding>> read_findings(Database& database, const std::string& connector,
                                           std::size_t limit) {
  std::vector<Finding> findings;
  RACCORDO_TRY(auto query,
               database.query("SELECT * FROM finding WHERE connector = ?1 ORDER BY number DESC LIMIT ?2"));
  query.bind(view(connector), static_cast<std::int64_t>(std::min<std::size_t>(limit, kFindingsKept)));
  RACCORDO_CHECK(each_row(query, [&](const Query& row) {
    findings.push_back(
        {connector, row.text(2), row.text(3), row.text(4), {row.text(5), row.text(6)}, row.integer(7)});
  }));
  return findings;
}

Status put_positions(Database& database, Side side, const std::string& connector,
                     const Positions& positions) {
  RACCORDO_TRY(auto clear, database.query("DELETE FROM position WHERE side = ?1 AND connector = ?2"));
  RACCORDO_CHECK(clear.bind(name_of(side), view(connector)).run());
  RACCORDO_TRY(auto insert, database.query("INSERT INTO position VALUES(?1, ?2, ?3, ?4)"));
  for (const auto& [topic, at] : positions)
    RACCORDO_CHECK(insert.bind(name_of(side), view(connector), view(topic), view(at)).run());
  return done();
}

Result<Positions> read_positions(Database& database, Side side, const std::string& connector) {
  Positions positions;
  RACCORDO_TRY(auto query,
               database.query("SELECT topic, at FROM position WHERE side = ?1 AND connector = ?2"));
  query.bind(name_of(side), view(connector));
  RACCORDO_CHECK(each_row(query, [&](const Query& row) { positions[row.text(0)] = row.text(1); }));
  return positions;
}

Status put_source(Database& database, const std::string& connector, const SourceState& state) {
  RACCORDO_TRY(auto query, database.query("INSERT OR REPLACE INTO source VALUES(?1, ?2, ?3, ?4)"));
  RACCORDO_CHECK(
      query.bind(view(connector), state.scan, std::int64_t{state.scanning}, Blob{state.cursor}).run());
  return put_positions(database, Side::kSource, connector, state.backbone_at);
}

Result<SourceState> read_source(Database& database, const std::string& connector) {
  SourceState state;
  RACCORDO_TRY(state.backbone_at, read_positions(database, Side::kSource, connector));
  RACCORDO_TRY(auto query, database.query("SELECT scan, scanning, cursor FROM source WHERE connector = ?1"));
  query.bind(view(connector));
  RACCORDO_CHECK(each_row(query, [&](const Query& row) {
    state.scan = row.integer(0);
    state.scanning = row.integer(1) != 0;
    state.cursor = row.text(2);
  }));
  return state;
}

Status put_scan_files(Database& database, const std::string& connector, const std::string& files) {
  RACCORDO_TRY(auto query, database.query("INSERT OR REPLACE INTO source_scan VALUES(?1, ?2)"));
  return query.bind(view(connector), Blob{files}).run();
}

Result<std::string> read_scan_files(Database& database, const std::string& connector) {
  std::string files;
  RACCORDO_TRY(auto query, database.query("SELECT files FROM source_scan WHERE connector = ?1"));
  query.bind(view(connector));
  RACCORDO_CHECK(each_row(query, [&](const Query& row) { files = row.text(0); }));
  return files;
}

Status put_file_notes(Database& database, const std::string& connector, std::span<const FileNote> files) {
  if (files.empty()) return done();
  RACCORDO_TRY(auto keep, database.query("INSERT OR REPLACE INTO source_file VALUES(?1, ?2, ?3)"));
  RACCORDO_TRY(auto forget, database.query("DELETE FROM source_file WHERE connector = ?1 AND path = ?2"));
  for (const auto& file : files)
    RACCORDO_CHECK(file.note ? keep.bind(view(connector), Blob{file.path}, Blob{*file.note}).run()
                             : forget.bind(view(connector), Blob{file.path}).run());
  return done();
}

Result<std::map<std::string, std::string>> read_file_notes(Database& database, const std::string& connector) {
  std::map<std::string, std::string> notes;
  RACCORDO_TRY(auto query, database.query("SELECT path, note FROM source_file WHERE connector = ?1"));
  query.bind(view(connector));
  RACCORDO_CHECK(each_row(query, [&](const Query& row) { notes[row.text(0)] = row.text(1); }));
  return notes;
}

Status put_sink(Database& database, const std::string& connector, const SinkState& state) {
  RACCORDO_TRY(auto query, database.query("INSERT OR REPLACE INTO sink VALUES(?1, ?2, ?3)"));
  RACCORDO_CHECK(query.bind(view(connector), state.sequence, state.last_read_ms).run());
  RACCORDO_TRY(auto clear, database.query("DELETE FROM pending_file WHERE connector = ?1"));
  RACCORDO_CHECK(clear.bind(view(connector)).run());
  RACCORDO_TRY(auto insert, database.query("INSERT INTO pending_file VALUES(?1, ?2, ?3, ?4)"));
  std::int64_t number = 0;
  for (const auto& file : state.pending)
    RACCORDO_CHECK(insert.bind(view(connector), number++, view(file.temporary), view(file.final_name)).run());
  RACCORDO_CHECK(put_positions(database, Side::kWaiting, connector, state.waiting));
  return put_positions(database, Side::kSink, connector, state.positions);
}

Result<SinkState> read_sink(Database& database, const std::string& connector) {
  SinkState state;
  RACCORDO_TRY(state.positions, read_positions(database, Side::kSink, connector));
  RACCORDO_TRY(state.waiting, read_positions(database, Side::kWaiting, connector));
  RACCORDO_TRY(auto query, database.query("SELECT sequence, last_read_ms FROM sink WHERE connector = ?1"));
  query.bind(view(connector));
  RACCORDO_CHECK(each_row(query, [&](const Query& row) {
    state.sequence = row.integer(0);
    state.last_read_ms = row.integer(1);
  }));
  RACCORDO_TRY(
      auto files,
      database.query("SELECT temporary, final_name FROM pending_file WHERE connector = ?1 ORDER BY number"));
  files.bind(view(connector));
  RACCORDO_CHECK(each_row(files, [&](const Query& row) {
    state.pending.push_back({row.text(0), row.text(1)});
  }));
  return state;
}

Status put_accepted(Database& database, const std::string& connector,
                    std::span<const AcceptedRequest> requests) {
  if (requests.empty()) return done();
  RACCORDO_TRY(auto insert,
               database.query("INSERT OR REPLACE INTO accepted(connector, event, request, answer) "
                              "VALUES(?1, ?2, ?3, ?4)"));
  for (const auto& request : requests)
    RACCORDO_CHECK(
        insert.bind(view(connector), view(request.event), view(request.number), Blob{request.answer}).run());
  // Those of events that were parked and discarded: nobody asks for them any more.
  RACCORDO_TRY(auto trim,
               database.query("DELETE FROM accepted WHERE connector = ?1 AND id <= (SELECT id FROM "
                              "accepted WHERE connector = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)"));
  return trim.bind(view(connector), kAcceptedKept).run();
}

Status forget_accepted(Database& database, const std::string& connector,
                       std::span<const std::string> events) {
  if (events.empty()) return done();
  RACCORDO_TRY(auto forget, database.query("DELETE FROM accepted WHERE connector = ?1 AND event = ?2"));
  for (const auto& event : events) RACCORDO_CHECK(forget.bind(view(connector), view(event)).run());
  return done();
}

Result<std::vector<AcceptedRequest>> read_accepted(Database& database, const std::string& connector) {
  std::vector<AcceptedRequest> requests;
  RACCORDO_TRY(auto query, database.query("SELECT event, request, answer FROM accepted WHERE connector = ?1 "
                                          "ORDER BY id"));
  query.bind(view(connector));
  RACCORDO_CHECK(each_row(query, [&](const Query& row) {
    requests.push_back({row.text(0), row.text(1), std::string(row.bytes(2))});
  }));
  return requests;
}

}  // namespace raccordo::sqlite
