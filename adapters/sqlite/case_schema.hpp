// SPDX-License-Identifier: EUPL-1.2
// The tables of the store of cases, as numbered migrations: what was released stays as it is, changes are
// added at the end. Rows are numbered as they come, so that most of what is written lies together at the ends
// of tables and indexes; only what must be found by an id that others drew lies anywhere.
#pragma once

#include <array>

#include "adapters/sqlite/migrations.hpp"

namespace raccordo::sqlite {

inline constexpr std::array kCaseMigrations{
    Migration{1, R"(
CREATE TABLE inbox(
  number INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  content TEXT NOT NULL,
  answer BLOB NOT NULL,
  time_ms INTEGER NOT NULL,
  UNIQUE(source, id));
CREATE INDEX inbox_by_time ON inbox(time_ms);

CREATE TABLE cases(
  number INTEGER PRIMARY KEY,  -- in the order in which they began
  id BLOB NOT NULL UNIQUE,
  machine TEXT NOT NULL,
  state TEXT NOT NULL,
  revision INTEGER NOT NULL,
  data TEXT NOT NULL,
  people BLOB NOT NULL,
  asked_by TEXT NOT NULL,
  asked_id TEXT NOT NULL,
  answered_by TEXT NOT NULL,
  due_ms INTEGER NOT NULL,
  due_event TEXT NOT NULL,
  changed_ms INTEGER NOT NULL,
  ended INTEGER NOT NULL);     -- 0: goes on, 1: ended, 2: ended, and its steps are forgotten
CREATE UNIQUE INDEX cases_asked ON cases(asked_by, asked_id) WHERE asked_id <> '';
CREATE INDEX cases_of_asker ON cases(asked_by);
CREATE INDEX cases_of_answerer ON cases(answered_by);
CREATE INDEX cases_in_state ON cases(state);
CREATE INDEX cases_due ON cases(due_ms) WHERE due_ms > 0;
CREATE INDEX cases_ended ON cases(changed_ms) WHERE ended = 1;

CREATE TABLE step(
  case_number INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  event TEXT NOT NULL,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  party TEXT NOT NULL,
  connector TEXT NOT NULL,
  message TEXT NOT NULL,
  note TEXT NOT NULL,
  time_ms INTEGER NOT NULL,
  PRIMARY KEY(case_number, revision)) WITHOUT ROWID;

CREATE TABLE place(
  case_id BLOB NOT NULL,
  pool TEXT NOT NULL,
  places INTEGER NOT NULL CHECK(places > 0),
  PRIMARY KEY(case_id, pool)) WITHOUT ROWID;
CREATE TABLE pool(
  name TEXT PRIMARY KEY,
  taken INTEGER NOT NULL CHECK(taken >= 0)) WITHOUT ROWID;  -- the sum of its places

CREATE TABLE wallet(
  id BLOB PRIMARY KEY,
  plan TEXT NOT NULL,
  holder TEXT NOT NULL,
  unit TEXT NOT NULL,
  letter TEXT NOT NULL,
  credited INTEGER NOT NULL,
  available INTEGER NOT NULL CHECK(available >= 0),
  reserved INTEGER NOT NULL CHECK(reserved >= 0),
  spent INTEGER NOT NULL CHECK(spent >= 0),
  expired INTEGER NOT NULL CHECK(expired >= 0),
  valid_to TEXT NOT NULL,
  closed INTEGER NOT NULL,
  CHECK(credited = available + reserved + spent + expired)) WITHOUT ROWID;
CREATE INDEX wallet_of_plan ON wallet(plan);
CREATE INDEX wallet_of_holder ON wallet(holder);

CREATE TABLE movement(
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  wallet BLOB NOT NULL,
  kind TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK(amount > 0),
  about BLOB NOT NULL,
  letter TEXT NOT NULL,
  date TEXT NOT NULL,
  time_ms INTEGER NOT NULL);
CREATE INDEX movement_of ON movement(wallet);

CREATE TABLE outbox(
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  topic TEXT NOT NULL,
  key TEXT NOT NULL,
  value BLOB NOT NULL);

CREATE TABLE lease(            -- stays when it was given back: its epoch never falls
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,        -- empty: nobody
  epoch INTEGER NOT NULL,
  until_ms INTEGER NOT NULL) WITHOUT ROWID;
)"},
    Migration{2, R"(
CREATE TABLE waiting(
  number INTEGER PRIMARY KEY,  -- in the order in which they came
  case_id BLOB NOT NULL,
  pool TEXT NOT NULL,
  UNIQUE(case_id, pool));
CREATE INDEX waiting_for ON waiting(pool);

CREATE TABLE drawn(
  case_id BLOB NOT NULL,
  entitlement BLOB NOT NULL,
  period TEXT NOT NULL,
  held INTEGER NOT NULL CHECK(held >= 0),
  used INTEGER NOT NULL CHECK(used >= 0),
  PRIMARY KEY(case_id, entitlement, period)) WITHOUT ROWID;
CREATE TABLE allowance(
  entitlement BLOB NOT NULL,
  period TEXT NOT NULL,
  granted INTEGER NOT NULL,
  remains INTEGER NOT NULL,
  held INTEGER NOT NULL CHECK(held >= 0),  -- the sum of what is drawn, as the next
  used INTEGER NOT NULL CHECK(used >= 0),
  PRIMARY KEY(entitlement, period),
  CHECK(granted = remains + held + used)) WITHOUT ROWID;
)"},
};

}  // namespace raccordo::sqlite
