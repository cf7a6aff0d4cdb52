// SPDX-License-Identifier: EUPL-1.2
// Who is let in, over which line, and what is said to who is not; and disks that are full.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/postgresql/connection.hpp"
#include "adapters/postgresql/postgres_store.hpp"
#include "core/ports/testing/small_disk.hpp"
#include "tests/postgresql/real_postgresql.hpp"

namespace raccordo::postgresql {
namespace {

namespace fs = std::filesystem;
using raccordo::testing::RealPostgresql;
using raccordo::testing::SmallDisk;
using raccordo::testing::TempFolder;
using ::testing::HasSubstr;
using ::testing::Not;

// A certificate of its own making, for 127.0.0.1.
void make_certificate(const std::string& folder, const std::string& name) {
  const std::string command =
      "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext "
      "subjectAltName=IP:127.0.0.1 -keyout " +
      folder + "/" + name + ".key -out " + folder + "/" + name + ".pem 2>/dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0) << command;
}

class PostgresqlLogin : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto binaries = RealPostgresql::binaries();
    if (!binaries) return;
    server_ = new RealPostgresql(*binaries, "fsync = off");
    const auto data = (server_->folder() / "data").string();
    make_certificate(data, "server");
    make_certificate(data, "other");
    fs::permissions(data + "/server.key", fs::perms::owner_read | fs::perms::owner_write);
    if (::geteuid() == 0) {
      ASSERT_EQ(::chown((data + "/server.key").c_str(), 65'534, 65'534), 0);
    }
    server_->sql("ALTER SYSTEM SET ssl_cert_file = 'server.pem'");
    server_->sql("ALTER SYSTEM SET ssl_key_file = 'server.key'");
    server_->sql("ALTER SYSTEM SET ssl = on");
    server_->kill();
    server_->start();
    server_->sql(std::string("GRANT CREATE ON DATABASE raccordo TO ") + RealPostgresql::kGuarded);
  }
  static void TearDownTestSuite() { delete server_; }
  void SetUp() override {
    if (server_ == nullptr) GTEST_SKIP() << RealPostgresql::kMissing;
    options_.url = server_->url(RealPostgresql::kGuarded);
    options_.password = RealPostgresql::kPassword;
    data_ = (server_->folder() / "data").string();
  }

  [[nodiscard]] Status connect() const {
    RACCORDO_TRY(const auto connection, Connection::open(options_));
    EXPECT_EQ(connection->encrypted(), options_.tls.has_value());
    return done();
  }

  static inline RealPostgresql* server_ = nullptr;
  ServerOptions options_;
  std::string data_;
};

TEST_F(PostgresqlLogin, takes_the_right_password) { EXPECT_TRUE(connect().ok()); }

TEST_F(PostgresqlLogin, refuses_a_wrong_password_and_does_not_repeat_it) {
  options_.password = "tesoro-sbagliato";
  const auto refused = connect();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kDenied);
  EXPECT_THAT(refused.error().in(Language::kEnglish), HasSubstr("the database does not let us in"));
  EXPECT_THAT(refused.error().in(Language::kEnglish), Not(HasSubstr("tesoro")));
}

TEST_F(PostgresqlLogin, says_that_there_is_no_such_database) {
  options_.url = server_->url(RealPostgresql::kGuarded, "nessuna");
  EXPECT_EQ(connect().error().code, ErrorCode::kNotFound);
}

TEST_F(PostgresqlLogin, goes_over_tls_to_the_server_whose_signer_is_known) {
  options_.tls = Tls{.ca = data_ + "/server.pem", .certificate = {}, .key = {}, .key_password = {}};
  const auto connected = connect();
  EXPECT_TRUE(connected.ok()) << connected.error().in(Language::kEnglish);
}

TEST_F(PostgresqlLogin, does_not_speak_to_a_server_that_somebody_else_signed_or_with_another_name) {
  options_.tls = Tls{.ca = data_ + "/other.pem", .certificate = {}, .key = {}, .key_password = {}};
  EXPECT_THAT(connect().error().in(Language::kEnglish), HasSubstr("certificate verify failed"));
  options_.tls->ca = data_ + "/server.pem";
  options_.url = "postgresql://guardato@localhost:" + std::to_string(server_->port()) + "/raccordo";
  EXPECT_FALSE(connect().ok());
}

TEST_F(PostgresqlLogin, lacking_the_right_to_make_a_schema_is_told) {
  server_->sql(std::string("REVOKE CREATE ON DATABASE raccordo FROM ") + RealPostgresql::kGuarded);
  const TempFolder folder;
  const auto store = open_store(options_, {.mark_file = folder.file("store.mark")});
  server_->sql(std::string("GRANT CREATE ON DATABASE raccordo TO ") + RealPostgresql::kGuarded);
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, ErrorCode::kDenied);
  EXPECT_THAT(store.error().in(Language::kEnglish), HasSubstr("permission denied for database raccordo"));
}

TEST_F(PostgresqlLogin, a_full_disk_changes_nothing_and_work_goes_on_once_there_is_space) {
  const SmallDisk disk("12m");
  if (!disk.mounted()) GTEST_SKIP() << "a full disk needs the right to mount one";
  fs::create_directory(disk.file("space"));
  fs::permissions(fs::path(disk.folder()).parent_path(), fs::perms::others_exec, fs::perm_options::add);
  fs::permissions(disk.folder(), fs::perms(0755));
  ASSERT_EQ(::chown(disk.file("space").c_str(), 65'534, 65'534), 0);
  std::ofstream(disk.file("ballast")) << std::string(8u << 20, 'x') << std::flush;
  server_->sql("CREATE TABLESPACE small LOCATION '" + disk.file("space") + "'");
  server_->sql(std::string("GRANT CREATE ON TABLESPACE small TO ") + RealPostgresql::kGuarded);
  server_->sql(std::string("ALTER ROLE ") + RealPostgresql::kGuarded + " SET default_tablespace = small");
  const TempFolder folder;
  options_.schema = "pieno";
  const auto store = open_store(options_, {.mark_file = folder.file("store.mark")}).value();
  SourceCommit commit;
  commit.connector = "albo";
  commit.counts.received = commit.counts.delivered = 1;
  std::string noise(400'000, 'x');  // that no compression makes small
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<char>(i * i * 2'654'435'761u >> 13);
  commit.deltas = {{"services", noise}};
  std::int64_t committed = 0;
  Result<Committed> last = Committed{};
  while ((last = store->commit(commit)).ok()) ++committed;
  EXPECT_EQ(last.error().code, ErrorCode::kFull) << last.error().in(Language::kEnglish);
  EXPECT_EQ(store->ledger().value()["albo"].received, committed);
  fs::remove(disk.file("ballast"));
  ASSERT_TRUE(store->commit(commit).ok());
  EXPECT_EQ(store->ledger().value()["albo"].received, committed + 1);
  server_->sql(std::string("DROP SCHEMA pieno CASCADE; ALTER ROLE ") + RealPostgresql::kGuarded +
               " RESET default_tablespace");
  server_->sql("DROP TABLESPACE small");
}

}  // namespace
}  // namespace raccordo::postgresql
