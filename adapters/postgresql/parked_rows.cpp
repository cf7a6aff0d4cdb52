// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/parked_rows.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace raccordo::postgresql {
namespace {

constexpr std::int64_t number_of(ParkedState state) { return static_cast<std::int64_t>(state); }

using Records = std::span<const ParkedRecord>;
using Chosen = std::vector<const ParkedRecord*>;

struct Known {
  std::int64_t id = 0;  // 0: not known
  ParkedState state = ParkedState::kParked;
};

template <typename Get>
Blobs blobs(const Chosen& records, Get get) {
  return column<Blobs>(records, [&](const auto* r) { return std::string_view(get(*r)); });
}
template <typename Get>
Texts texts(const Chosen& records, Get get) {
  return column<Texts>(records, [&](const auto* r) { return std::string_view(get(*r)); });
}
template <typename Get>
Integers integers(const Chosen& records, Get get) {
  return column<Integers>(records, [&](const auto* r) { return static_cast<std::int64_t>(get(*r)); });
}

const std::string& place_of(const ParkedRecord& r) { return r.place; }
std::uint64_t content_of(const ParkedRecord& r) { return r.content; }

// How far the records go that are all different: one statement takes no row twice.
std::size_t different(Records records) {
  std::set<std::pair<std::string_view, std::uint64_t>> seen;
  for (std::size_t i = 0; i < records.size(); ++i)
    if (!seen.emplace(records[i].place, records[i].content).second) return i;
  return records.size();
}

// What is there of each, locked: a person may discard it meanwhile.
Result<std::vector<Known>> find(Connection& connection, const std::string& connector, Records records) {
  Chosen all;
  for (const auto& record : records) all.push_back(&record);
  RACCORDO_TRY(const auto rows, connection.run(R"(
      SELECT n, parked.id, parked.state FROM unnest($2::bytea[], $3::bigint[]) WITH ORDINALITY AS new(place, content, n)
      JOIN parked ON parked.connector = $1 AND sha256(parked.place) = sha256(new.place)
        AND parked.content = new.content ORDER BY parked.id FOR UPDATE OF parked)",
                                               connector, blobs(all, place_of), integers(all, content_of)));
  std::vector<Known> known(records.size());
  for (int i = 0; i < rows.size(); ++i)
    known[static_cast<std::size_t>(rows.integer(i, 0)) - 1] = {rows.integer(i, 1),
                                                               static_cast<ParkedState>(rows.integer(i, 2))};
  return known;
}

Status insert(Connection& connection, Side side, const std::string& connector, const Chosen& records) {
  if (records.empty()) return done();
  RACCORDO_CHECK(connection.run(
      R"(
      INSERT INTO parked(side, connector, place, content, line, stage, reason, field, text_it, text_en, scan, attempts,
        first_ms, last_ms, state, context, alg, kid, original, original_cut)
      SELECT $1, $2, place, content, line, stage, reason, field, it, en, scan, attempts, first_ms, last_ms, 0, context,
        alg, kid, original, cut <> 0
      FROM unnest($3::bytea[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::bytea[], $9::bytea[],
        $10::bytea[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bytea[], $16::text[],
        $17::text[], $18::bytea[], $19::bigint[]) WITH ORDINALITY
        AS new(place, content, line, stage, reason, field, it, en, scan, attempts, first_ms, last_ms, context, alg, kid,
          original, cut, n) ORDER BY n)",
      name_of(side), connector, blobs(records, place_of), integers(records, content_of),
      integers(records, [](const auto& r) { return r.line; }),
      texts(
          records, [](const auto& r) -> const auto& { return r.stage; }),
      texts(
          records, [](const auto& r) -> const auto& { return r.reason; }),
      blobs(
          records, [](const auto& r) -> const auto& { return r.field; }),
      blobs(
          records, [](const auto& r) -> const auto& { return r.text.it; }),
      blobs(
          records, [](const auto& r) -> const auto& { return r.text.en; }),
      integers(records, [](const auto& r) { return r.scan; }),
      integers(records, [](const auto& r) { return r.attempts; }),
      integers(records, [](const auto& r) { return r.first_ms; }),
      integers(records, [](const auto& r) { return r.last_ms; }),
      blobs(
          records, [](const auto& r) -> const auto& { return r.context; }),
      texts(
          records, [](const auto& r) -> const auto& { return r.original.alg; }),
      texts(
          records, [](const auto& r) -> const auto& { return r.original.kid; }),
      blobs(
          records, [](const auto& r) -> const auto& { return r.original.bytes; }),
      integers(records, [](const auto& r) { return r.original_cut; })));
  return done();
}

// The newest words win: what failed then may fail for another reason now, and more of it may be kept.
Status see_again(Connection& connection, const Integers& ids, const Chosen& records) {
  if (records.empty()) return done();
  RACCORDO_CHECK(connection.run(
      R"(
      UPDATE parked SET state = 0, attempts = parked.attempts + 1, last_ms = new.last_ms, scan = new.scan,
        line = new.line, stage = new.stage, reason = new.reason, field = new.field, text_it = new.it, text_en = new.en,
        context = new.context, alg = new.alg, kid = new.kid, original = new.original, original_cut = new.cut <> 0
      FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::bytea[],
        $8::bytea[], $9::bytea[], $10::bytea[], $11::text[], $12::text[], $13::bytea[], $14::bigint[])
        AS new(id, last_ms, scan, line, stage, reason, field, it, en, context, alg, kid, original, cut)
      WHERE parked.id = new.id)",
      ids, integers(records, [](const auto& r) { return r.last_ms; }),
      integers(records, [](const auto& r) { return r.scan; }),
      integers(records, [](const auto& r) { return r.line; }),
      texts(
          records, [](const auto& r) -> const auto& { return r.stage; }),
      texts(
          records, [](const auto& r) -> const auto& { return r.reason; }),
      blobs(
          records, [](const auto& r) -> const auto& { return r.field; }),
      blobs(
          records, [](const auto& r) -> const auto& { return r.text.it; }),
      blobs(
          records, [](const auto& r) -> const auto& { return r.text.en; }),
      blobs(
          records, [](const auto& r) -> const auto& { return r.context; }),
      texts(
          records, [](const auto& r) -> const auto& { return r.original.alg; }),
      texts(
          records, [](const auto& r) -> const auto& { return r.original.kid; }),
      blobs(
          records, [](const auto& r) -> const auto& { return r.original.bytes; }),
      integers(records, [](const auto& r) { return r.original_cut; })));
  return done();
}

Status see_discarded_again(Connection& connection, const Integers& ids, const Chosen& records) {
  if (records.empty()) return done();
  RACCORDO_CHECK(
      connection.run("UPDATE parked SET attempts = parked.attempts + 1, last_ms = new.last_ms FROM "
                     "unnest($1::bigint[], $2::bigint[]) AS new(id, last_ms) WHERE parked.id = new.id",
                     ids, integers(records, [](const auto& r) { return r.last_ms; })));
  return done();
}

Status put_different(Connection& connection, Side side, const std::string& connector, Records records,
                     Committed& committed) {
  RACCORDO_TRY(const auto known, find(connection, connector, records));
  Chosen fresh, again, discarded;
  Integers again_ids, discarded_ids;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const bool is_new = known[i].id == 0;
    const bool was_discarded = !is_new && known[i].state == ParkedState::kDiscarded;
    if (was_discarded || (!is_new && known[i].state == ParkedState::kParked)) {
      --committed.counts.parked;
      ++committed.counts.filtered;
    } else {
      ++committed.newly_parked;
    }
    committed.discarded += was_discarded;
    (is_new ? fresh : was_discarded ? discarded : again).push_back(&records[i]);
    if (!is_new) (was_discarded ? discarded_ids : again_ids).values.push_back(known[i].id);
  }
  RACCORDO_CHECK(insert(connection, side, connector, fresh));
  RACCORDO_CHECK(see_again(connection, again_ids, again));
  return see_discarded_again(connection, discarded_ids, discarded);
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

constexpr const char* kColumns =
    "id, connector, place, content, line, stage, reason, field, text_it, text_en, scan, attempts, first_ms, "
    "last_ms, "
    "state, context, alg, kid, original_cut";

ParkedRecord record_of(const Rows& rows, int i) {
  const auto text = [&](int at) { return rows.text(i, at); };
  const auto number = [&](int at) { return rows.integer(i, at); };
  ParkedRecord r;
  r.id = number(0);
  r.connector = text(1);
  r.place = text(2);
  r.content = static_cast<std::uint64_t>(number(3));
  r.line = static_cast<std::uint64_t>(number(4));
  r.stage = text(5);
  r.reason = text(6);
  r.field = text(7);
  r.text = {text(8), text(9)};
  r.scan = number(10);
  r.attempts = number(11);
  r.first_ms = number(12);
  r.last_ms = number(13);
  r.state = static_cast<ParkedState>(number(14));
  r.context = text(15);
  r.original_cut = number(18) != 0;
  r.original = {text(16), text(17), text(19)};
  return r;
}

}  // namespace

Status put_parked(Connection& connection, Side side, const std::string& connector, Records records,
                  Committed& committed) {
  while (!records.empty()) {
    const auto count = different(records);
    RACCORDO_CHECK(put_different(connection, side, connector, records.first(count), committed));
    records = records.subspan(count);
  }
  return done();
}

Status supersede_parked(Connection& connection, const std::string& connector, std::int64_t before_scan,
                        Committed& committed) {
  RACCORDO_TRY(const auto moved,
               connection.run("UPDATE parked SET state = $3 WHERE connector = $1 AND state = 0 AND "
                              "side = 'source' AND scan < $2",
                              connector, before_scan, number_of(ParkedState::kSuperseded)));
  committed.superseded = moved.changed();
  committed.counts.parked -= committed.superseded;
  committed.counts.filtered += committed.superseded;
  return done();
}

Status move_parked(Connection& connection, const std::string& connector, const ParkedMove& move) {
  RACCORDO_TRY(const auto rows,
               connection.run("SELECT state FROM parked WHERE id = $1 AND connector = $2 FOR UPDATE", move.id,
                              connector));
  if (rows.empty()) return not_there(connector, move.id);
  const auto state = static_cast<ParkedState>(rows.integer(0, 0));
  if (state != ParkedState::kParked) return not_parked(connector, move.id, state);
  if (move.to != ParkedState::kParked) {
    RACCORDO_CHECK(connection.run("UPDATE parked SET state = $2 WHERE id = $1", move.id, number_of(move.to)));
    return done();
  }
  RACCORDO_CHECK(connection.run(
      "UPDATE parked SET attempts = attempts + 1, last_ms = $2, stage = $3, reason = $4, field "
      "= $5, text_it = $6, text_en = $7 WHERE id = $1",
      move.id, move.time_ms, move.stage, move.reason, Blob{move.field}, Blob{move.text.it},
      Blob{move.text.en}));
  return done();
}

// The originals' lengths are added up by the server, so that no answer is larger than it may be; its first is
// there however large it is.
Result<std::vector<ParkedRecord>> read_parked(Connection& connection, const ParkedQuery& query,
                                              std::size_t max_bytes) {
  RACCORDO_TRY(
      const auto rows,
      connection.run(
          fmt::format(
              "SELECT {0}, {1} FROM (SELECT *, sum(octet_length(original)) OVER (ORDER BY id) AS so_far, "
              "row_number() OVER (ORDER BY id) AS n FROM (SELECT * FROM parked WHERE id > $1{2}{3} ORDER BY "
              "id "
              "LIMIT $4) AS page) AS page WHERE {4} OR n = 1 OR so_far <= $5 ORDER BY id",
              kColumns, query.with_originals ? "original" : "''::bytea",
              query.connector.empty() ? " AND $2::text = ''" : " AND connector = $2",
              query.state ? " AND state = $3" : " AND $3::bigint < 0",
              query.with_originals ? "false" : "true"),
          query.after_id, query.connector, query.state ? number_of(*query.state) : std::int64_t{-1},
          static_cast<std::int64_t>(std::min<std::size_t>(query.limit, INT64_MAX)),
          static_cast<std::int64_t>(max_bytes)));
  std::vector<ParkedRecord> records;
  for (int i = 0; i < rows.size(); ++i) records.push_back(record_of(rows, i));
  return records;
}

Result<std::optional<ParkedRecord>> read_parked_one(Connection& connection, std::int64_t id) {
  RACCORDO_TRY(const auto rows,
               connection.run(fmt::format("SELECT {}, original FROM parked WHERE id = $1", kColumns), id));
  if (rows.empty()) return std::optional<ParkedRecord>{};
  return std::optional(record_of(rows, 0));
}

}  // namespace raccordo::postgresql
