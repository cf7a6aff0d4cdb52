// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/postgresql/failure.hpp"
#include "adapters/postgresql/server.hpp"

namespace raccordo::postgresql {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string refused(const std::string& url) {
  const auto address = Address::parse(url);
  return address.ok() ? "taken" : address.error().in(Language::kEnglish);
}

TEST(PostgresqlAddress, says_who_where_and_which_database) {
  const auto address = Address::parse("postgresql://raccordo@db.example:5433/hub").value();
  EXPECT_EQ(address.user, "raccordo");
  EXPECT_EQ(address.host, "db.example");
  EXPECT_EQ(address.name(), "db.example:5433/hub");
  EXPECT_EQ(Address::parse("postgres://raccordo@db.example/hub")->port, "5432");
}

TEST(PostgresqlAddress, holds_no_password_and_words_about_it_repeat_none) {
  for (const auto* url : {"postgresql://raccordo:tesoro@db.example/hub",
                          "postgresql://raccordo@db.example/hub?password=tesoro"}) {
    EXPECT_THAT(refused(url), HasSubstr("a password is not written in the address"));
    EXPECT_THAT(refused(url), Not(HasSubstr("tesoro")));
  }
  EXPECT_THAT(refused("postgresql://raccordo:tesoro@[db.example/hub"), Not(HasSubstr("tesoro")));
}

TEST(PostgresqlAddress, holds_no_settings_that_would_undo_ours) {
  EXPECT_THAT(refused("postgresql://raccordo@db.example/hub?sslmode=disable"),
              HasSubstr("\"sslmode\" is not written"));
}

TEST(PostgresqlAddress, names_user_server_and_database_all_three) {
  for (const auto* url :
       {"db.example", "postgresql://db.example/hub", "postgresql://raccordo@db.example", "postgresql:///hub",
        "mysql://raccordo@db.example/hub", "host=db.example user=raccordo"})
    EXPECT_THAT(refused(url), HasSubstr("it is no address of PostgreSQL")) << url;
}

TEST(PostgresqlFailure, reads_the_code_within_the_words_of_a_login) {
  EXPECT_EQ(state_within(
                "connection to server at \"::1\", port 5432 failed: FATAL:  28P01: password authentication "
                "failed for user \"a\"\nLOCATION:  auth_failed, auth.c:338"),
            "28P01");
  EXPECT_EQ(state_within("connection to server failed: Connection refused\n\tIs the server running?"), "");
}

TEST(PostgresqlFailure, tells_what_may_pass_from_what_somebody_must_change) {
  const auto code = [](const char* state) { return failure_of("db", state, "parole").code; };
  EXPECT_EQ(code(""), ErrorCode::kUnavailable);
  EXPECT_EQ(code("57P03"), ErrorCode::kUnavailable);
  EXPECT_EQ(code("53300"), ErrorCode::kUnavailable);
  EXPECT_EQ(code("25006"), ErrorCode::kUnavailable);
  EXPECT_EQ(code("40001"), ErrorCode::kUnavailable);
  EXPECT_EQ(code("57014"), ErrorCode::kTimeout);
  EXPECT_EQ(code("53100"), ErrorCode::kFull);
  EXPECT_EQ(code("28P01"), ErrorCode::kDenied);
  EXPECT_EQ(code("42501"), ErrorCode::kDenied);
  EXPECT_EQ(code("3D000"), ErrorCode::kNotFound);
  EXPECT_EQ(code("XX001"), ErrorCode::kCorrupt);
  EXPECT_EQ(code("42P01"), ErrorCode::kBug);
}

}  // namespace
}  // namespace raccordo::postgresql
