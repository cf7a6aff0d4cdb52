// SPDX-License-Identifier: EUPL-1.2
// A PostgreSQL server of its own for a test: made in a temporary folder, on a free port of the loopback. It
// runs as nobody where the tests run as root, which PostgreSQL refuses.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::testing {

class RealPostgresql {
 public:
  // Where PostgreSQL's programs are ($RACCORDO_POSTGRESQL, else where Debian 12 puts version 15); none: not
  // there.
  [[nodiscard]] static std::optional<std::filesystem::path> binaries();
  static constexpr const char* kMissing = "no PostgreSQL 15: install Debian's postgresql-15";

  // Makes it, starts it and waits until it serves: a database `raccordo`, which belongs to the user
  // `raccordo` (no password), and a user `guardato`, who has one. `more`: further lines of postgresql.conf.
  // Throws what its log ends with.
  explicit RealPostgresql(const std::filesystem::path& binaries, const std::string& more = {});
  ~RealPostgresql();
  RealPostgresql(const RealPostgresql&) = delete;
  RealPostgresql& operator=(const RealPostgresql&) = delete;

  static constexpr const char* kGuarded = "guardato";
  static constexpr const char* kPassword = "parola-di-prova";
  [[nodiscard]] std::string url(const std::string& user = "raccordo",
                                const std::string& database = "raccordo") const;
  [[nodiscard]] int port() const { return port_; }
  // Where the server may read and write, and everybody else read: its database in data/, its log beside it.
  [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }

  // As its administrator: statements; the first value that they give, or "". Throws what the server says.
  std::string sql(const std::string& statements, const std::string& database = "raccordo") const;

  void kill();        // SIGKILL for all of its processes at once, and their end
  void start();       // again, on the same port with what it kept
  void halt() const;  // all of its processes stand still
  void go_on() const;

 private:
  void make();
  void add_users();
  [[nodiscard]] pid_t run(const std::vector<std::string>& words, int output) const;
  [[nodiscard]] std::vector<pid_t> processes() const;

  std::filesystem::path binaries_;
  TempFolder folder_;
  int port_ = 0;
  pid_t pid_ = -1;
  std::jthread drain_;  // copies its log into a file, so that it never waits for a reader
};

}  // namespace raccordo::testing
