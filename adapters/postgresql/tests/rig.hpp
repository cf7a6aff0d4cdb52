// SPDX-License-Identifier: EUPL-1.2
// A schema of its own in the database of the server beside which the tests run.
#pragma once

#include <cstdlib>
#include <string>

#include "adapters/postgresql/connection.hpp"
#include "adapters/postgresql/postgres_store.hpp"
#include "core/ports/testing/temp_folder.hpp"
#include "raccordo/model/uuid.hpp"

namespace raccordo::postgresql {

struct OwnSchema {
  OwnSchema() {
    server.url = std::getenv("RACCORDO_TEST_POSTGRESQL");
    server.schema = "prova " + Uuid::random().text();
  }

  [[nodiscard]] Result<std::unique_ptr<Store>> open(StoreOptions options = {}) const {
    options.mark_file = folder.file("store.mark");
    return open_store(server, std::move(options));
  }
  [[nodiscard]] std::unique_ptr<Connection> connect() const { return Connection::open(server).value(); }
  // The first number that a statement gives.
  [[nodiscard]] std::int64_t number(const std::string& sql) const {
    return connect()->run(sql).value().integer(0, 0);
  }

  raccordo::testing::TempFolder folder;
  ServerOptions server;
};

}  // namespace raccordo::postgresql
