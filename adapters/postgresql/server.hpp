// SPDX-License-Identifier: EUPL-1.2
// Which database, and how it is reached.
#pragma once

#include <optional>
#include <string>

#include "core/ports/clock.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo::postgresql {

// The name in the server's certificate is always checked.
struct Tls {
  std::string ca;           // PEM file of those who sign; empty: the system's
  std::string certificate;  // PEM files of our own, where the server asks for them
  std::string key;
  std::string key_password;
};

struct ServerOptions {
  std::string url;  // postgresql://user@host:port/database; nothing else in it
  std::string password;
  std::optional<Tls> tls;  // none: in the clear
  std::string schema = "raccordo";
  Duration connect_timeout = std::chrono::seconds(5);
  Duration statement_timeout = std::chrono::seconds(30);
  // Of one of ours that stands still in the middle of a transaction, and what it has locked; zero: as long.
  Duration standstill{};
};

// What an address says, and nothing that it may not: no password, no settings of the client's library.
struct Address {
  std::string user;
  std::string host;
  std::string port;
  std::string database;

  // Errors: kInvalid; the words never repeat a password.
  [[nodiscard]] static Result<Address> parse(const std::string& url);
  // "host:port/database", as messages name the server.
  [[nodiscard]] std::string name() const { return host + ":" + port + "/" + database; }
};

}  // namespace raccordo::postgresql
