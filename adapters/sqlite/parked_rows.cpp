// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/parked_rows.hpp"

#include <algorithm>

namespace raccordo::sqlite {
namespace {

constexpr std::int64_t number_of(ParkedState state) { return static_cast<std::int64_t>(state); }

std::string_view view(const std::string& text) { return text; }

struct Known {
  std::int64_t id = 0;
  ParkedState state = ParkedState::kParked;
};

Result<std::optional<Known>> find(Database& database, const std::string& connector,
                                  const ParkedRecord& record) {
  RACCORDO_TRY(
      auto query,
      database.query("SELECT id, state FROM parked WHERE connector = ?1 AND place = ?2 AND content = ?3"));
  query.bind(view(connector), view(record.place), static_cast<std::int64_t>(record.content));
  RACCORDO_TRY(const bool found, query.next());
  if (!found) return std::optional<Known>{};
  return std::optional(Known{query.integer(0), static_cast<ParkedState>(query.integer(1))});
}

Status insert(Database& database, Side side, const std::string& connector, const ParkedRecord& r) {
  RACCORDO_TRY(auto query, database.query(R"(
      INSERT INTO parked(side, connector, place, content, line, stage, reason, field, text_it, text_en, scan, attempts,
        first_ms, last_ms, state, context, alg, kid, original, original_cut)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 0, ?15, ?16, ?17, ?18, ?19))"));
  return query
      .bind(name_of(side), view(connector), view(r.place), static_cast<std::int64_t>(r.content),
            static_cast<std::int64_t>(r.line), view(r.stage), view(r.reason), view(r.field), view(r.text.it),
            view(r.text.en), r.scan, r.attempts, r.first_ms, r.last_ms, view(r.context), view(r.original.alg),
            view(r.original.kid), Blob{r.original.bytes}, std::int64_t{r.original_cut})
      .run();
}

// The newest words win: what failed then may fail for another reason now, and more of it may be kept.
Status see_again(Database& database, std::int64_t id, const ParkedRecord& r) {
  RACCORDO_TRY(auto query, database.query(R"(
      UPDATE parked SET state = 0, attempts = attempts + 1, last_ms = ?2, scan = ?3, line = ?4, stage = ?5,
        reason = ?6, field = ?7, text_it = ?8, text_en = ?9, context = ?10, alg = ?11, kid = ?12, original = ?13,
        original_cut = ?14 WHERE id = ?1)"));
  return query
      .bind(id, r.last_ms, r.scan, static_cast<std::int64_t>(r.line), view(r.stage), view(r.reason),
            view(r.field), view(r.text.it), view(r.text.en), view(r.context), view(r.original.alg),
            view(r.original.kid), Blob{r.original.bytes}, std::int64_t{r.original_cut})
      .run();
}

Status see_discarded_again(Database& database, std::int64_t id, const ParkedRecord& r) {
  RACCORDO_TRY(auto query,
               database.query("UPDATE parked SET attempts = attempts + 1, last_ms = ?2 WHERE id = ?1"));
  return query.bind(id, r.last_ms).run();
}

Status put_one(Database& database, Side side, const std::string& connector, const ParkedRecord& record,
               Committed& committed) {
  RACCORDO_TRY(const auto known, find(database, connector, record));
  if (!known) {
    ++committed.newly_parked;
    return insert(database, side, connector, record);
  }
  if (known->state == ParkedState::kParked || known->state == ParkedState::kDiscarded) {
    --committed.counts.parked;
    ++committed.counts.filtered;
  } else {
    ++committed.newly_parked;
  }
  if (known->state != ParkedState::kDiscarded) return see_again(database, known->id, record);
  ++committed.discarded;
  return see_discarded_again(database, known->id, record);
}

Error not_there(const std::string& connector, std::int64_t id) {
  return error(
      ErrorCode::kNotFound,
      say("{}: nessuna scheda accantonata con numero {}", "{}: no parked record number {}", connector, id),
      say("i numeri si leggono con raccordo parked list", "raccordo parked list shows the numbers"));
}

Error not_parked(const std::string& connector, std::int64_t id, ParkedState state) {
  constexpr std::array<std::string_view, 4> kIt{"accantonata", "ripetuta", "scartata", "superata"};
  return error(ErrorCode::kConflict,
               Text{fmt::format("{}: la scheda {} non è più accantonata ({})", connector, id,
                                kIt[static_cast<std::size_t>(state)]),
                    fmt::format("{}: record {} is no longer parked ({})", connector, id, name_of(state))});
}

Result<ParkedState> state_of(Database& database, const std::string& connector, std::int64_t id) {
  RACCORDO_TRY(auto query, database.query("SELECT state FROM parked WHERE id = ?1 AND connector = ?2"));
  query.bind(id, view(connector));
  RACCORDO_TRY(const bool found, query.next());
  if (!found) return not_there(connector, id);
  return static_cast<ParkedState>(query.integer(0));
}

Status try_again_in_vain(Database& database, const ParkedMove& move) {
  RACCORDO_TRY(auto query, database.query(R"(
      UPDATE parked SET attempts = attempts + 1, last_ms = ?2, stage = ?3, reason = ?4, field = ?5, text_it = ?6,
        text_en = ?7 WHERE id = ?1)"));
  return query
      .bind(move.id, move.time_ms, view(move.stage), view(move.reason), view(move.field), view(move.text.it),
            view(move.text.en))
      .run();
}

constexpr const char* kColumns =
    "id, connector, place, content, line, stage, reason, field, text_it, text_en, scan, attempts, first_ms, "
    "last_ms, state, context, alg, kid, original_cut";

ParkedRecord record_of(const Query& row) {
  ParkedRecord r;
  r.id = row.integer(0);
  r.connector = row.text(1);
  r.place = row.text(2);
  r.content = static_cast<std::uint64_t>(row.integer(3));
  r.line = static_cast<std::uint64_t>(row.integer(4));
  r.stage = row.text(5);
  r.reason = row.text(6);
  r.field = row.text(7);
  r.text = {row.text(8), row.text(9)};
  r.scan = row.integer(10);
  r.attempts = row.integer(11);
  r.first_ms = row.integer(12);
  r.last_ms = row.integer(13);
  r.state = static_cast<ParkedState>(row.integer(14));
  r.context = row.text(15);
  r.original_cut = row.integer(18) != 0;
  r.original = {row.text(16), row.text(17), row.text(19)};
  return r;
}

}  // namespace

Status put_parked(Database& database, Side side, const std::string& connector,
                  std::span<const ParkedRecord> records, Committed& committed) {
  for (const auto& record : records) RACCORDO_CHECK(put_one(database, side, connector, record, committed));
  return done();
}

Status supersede_parked(Database& database, const std::string& connector, std::int64_t before_scan,
                        Committed& committed) {
  RACCORDO_TRY(auto query,
               database.query("UPDATE parked SET state = ?3 WHERE connector = ?1 AND state = 0 AND "
                              "side = 'source' AND scan < ?2"));
  RACCORDO_CHECK(query.bind(view(connector), before_scan, number_of(ParkedState::kSuperseded)).run());
  committed.superseded = database.changed();
  committed.counts.parked -= committed.superseded;
  committed.counts.filtered += committed.superseded;
  return done();
}

Status move_parked(Database& database, const std::string& connector, const ParkedMove& move) {
  RACCORDO_TRY(const auto state, state_of(database, connector, move.id));
  if (state != ParkedState::kParked) return not_parked(connector, move.id, state);
  if (move.to == ParkedState::kParked) return try_again_in_vain(database, move);
  RACCORDO_TRY(auto query, database.query("UPDATE parked SET state = ?2 WHERE id = ?1"));
  return query.bind(move.id, number_of(move.to)).run();
}

Result<std::vector<ParkedRecord>> read_parked(Database& database, const ParkedQuery& query,
                                              std::size_t max_bytes) {
  std::vector<ParkedRecord> records;
  RACCORDO_TRY(auto rows,
               database.query(fmt::format("SELECT {}, {} FROM parked WHERE id > ?1{}{} ORDER BY id LIMIT ?4",
                                          kColumns, query.with_originals ? "original" : "x''",
                                          query.connector.empty() ? " AND ?2 = ''" : " AND connector = ?2",
                                          query.state ? " AND state = ?3" : " AND ?3 < 0")));
  rows.bind(query.after_id, view(query.connector), query.state ? number_of(*query.state) : std::int64_t{-1},
            static_cast<std::int64_t>(std::min<std::size_t>(query.limit, INT64_MAX)));
  std::size_t bytes = 0;
  for (;;) {
    RACCORDO_TRY(const bool more, rows.next());
    if (!more) return records;
    bytes += rows.bytes(19).size();
    if (!records.empty() && bytes > max_bytes) return records;
    records.push_back(record_of(rows));
  }
}

Result<std::optional<ParkedRecord>> read_parked_one(Database& database, std::int64_t id) {
  RACCORDO_TRY(auto rows,
               database.query(fmt::format("SELECT {}, original FROM parked WHERE id = ?1", kColumns)));
  RACCORDO_TRY(const bool found, rows.bind(id).next());
  if (!found) return std::optional<ParkedRecord>{};
  return std::optional(record_of(rows));
}

}  // namespace raccordo::sqlite
