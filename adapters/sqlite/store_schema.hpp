// SPDX-License-Identifier: EUPL-1.2
// The tables of the store, as numbered migrations: what was released stays as it is, changes are added at the
// end.
#pragma once

#include <array>

#include "adapters/sqlite/migrations.hpp"

namespace raccordo::sqlite {

inline constexpr std::array kStoreMigrations{
    Migration{1, R"(
CREATE TABLE fact(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE store(            -- one row
  id INTEGER PRIMARY KEY CHECK(id = 1),
  epoch TEXT NOT NULL,
  commits INTEGER NOT NULL);   -- rises with every change

CREATE TABLE source(
  connector TEXT PRIMARY KEY,
  scan INTEGER NOT NULL,
  scanning INTEGER NOT NULL,
  cursor BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE sink(
  connector TEXT PRIMARY KEY,
  sequence INTEGER NOT NULL,
  last_read_ms INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE position(         -- of sources: where their topics stood at the last commit; of sinks: what they have read
  side TEXT NOT NULL,          -- source, sink
  connector TEXT NOT NULL,
  topic TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY(side, connector, topic)) WITHOUT ROWID;

CREATE TABLE pending_file(
  connector TEXT NOT NULL,
  number INTEGER NOT NULL,
  temporary TEXT NOT NULL,
  final_name TEXT NOT NULL,
  PRIMARY KEY(connector, number)) WITHOUT ROWID;

CREATE TABLE ledger(
  connector TEXT PRIMARY KEY,
  received INTEGER NOT NULL, delivered INTEGER NOT NULL, unchanged INTEGER NOT NULL, filtered INTEGER NOT NULL,
  parked INTEGER NOT NULL, entities INTEGER NOT NULL, deleted INTEGER NOT NULL, requests INTEGER NOT NULL,
  attempts INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE delta(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connector TEXT NOT NULL,
  kind TEXT NOT NULL,
  bytes BLOB NOT NULL);
CREATE INDEX delta_of ON delta(connector, kind);

CREATE TABLE parked(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  side TEXT NOT NULL,          -- of the connector: source, sink
  connector TEXT NOT NULL,
  place TEXT NOT NULL,
  content INTEGER NOT NULL,
  line INTEGER NOT NULL,
  stage TEXT NOT NULL,
  reason TEXT NOT NULL,
  field TEXT NOT NULL,
  text_it TEXT NOT NULL,
  text_en TEXT NOT NULL,
  scan INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  first_ms INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  state INTEGER NOT NULL,
  context TEXT NOT NULL,
  alg TEXT NOT NULL,
  kid TEXT NOT NULL,
  original BLOB NOT NULL,
  UNIQUE(connector, place, content));
CREATE INDEX parked_of ON parked(connector, state, id);

CREATE TABLE finding(          -- numbered within each connector
  connector TEXT NOT NULL,
  number INTEGER NOT NULL,
  code TEXT NOT NULL,
  place TEXT NOT NULL,
  field TEXT NOT NULL,
  text_it TEXT NOT NULL,
  text_en TEXT NOT NULL,
  time_ms INTEGER NOT NULL,
  PRIMARY KEY(connector, number)) WITHOUT ROWID;
)"},
    Migration{2, R"(
CREATE TABLE source_file(      -- what a source remembers of its files
  connector TEXT NOT NULL,
  path BLOB NOT NULL,
  note BLOB NOT NULL,
  PRIMARY KEY(connector, path)) WITHOUT ROWID;
)"},
    // Of what was parked before only the size tells: 64 KiB were kept of what could not be read, 1 MiB of all
    // else.
    Migration{3, R"(
ALTER TABLE parked ADD COLUMN original_cut INTEGER NOT NULL DEFAULT 0;
UPDATE parked SET original_cut = 1 WHERE length(original) IN (65536, 1048576);
)"},
    Migration{4, R"(
CREATE TABLE source_scan(      -- the files of a source's scan, beside its row: that one is written with each batch
  connector TEXT PRIMARY KEY,
  files BLOB NOT NULL) WITHOUT ROWID;
)"},
    Migration{5, R"(
CREATE TABLE accepted(         -- requests of events that are not done yet
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connector TEXT NOT NULL,
  event TEXT NOT NULL,
  request TEXT NOT NULL,       -- its number among the event's
  answer BLOB NOT NULL,
  UNIQUE(connector, event, request));
)"},
};

}  // namespace raccordo::sqlite
