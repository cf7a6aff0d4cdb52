// SPDX-License-Identifier: EUPL-1.2
// The real program over a real PostgreSQL: with a password, examined, and away.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/integration/hub_folder.hpp"
#include "tests/postgresql/real_postgresql.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kAlbo = R"(
  - id: albo
    plugin: mapping
    options: {mapping: albo.yaml}
    from: {files: {path: "in/*.csv", poll: 1s}}
)";

class HubOverPostgresql : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto binaries = RealPostgresql::binaries();
    if (!binaries) return;
    server_ = new RealPostgresql(*binaries, "fsync = off");
    server_->sql(std::string("GRANT CREATE ON DATABASE raccordo TO ") + RealPostgresql::kGuarded);
  }
  static void TearDownTestSuite() { delete server_; }
  void SetUp() override {
    if (server_ == nullptr) GTEST_SKIP() << RealPostgresql::kMissing;
    hub_.configure(kAlbo, "secrets: {folder: secrets}\nstore: {postgresql: {url: \"" +
                              server_->url(RealPostgresql::kGuarded) +
                              "\", password: {secret: pg}, schema: " + "prova-" + std::to_string(++schemas_) +
                              "}}\n");
    password_is(RealPostgresql::kPassword);
    hub_.write("albo.yaml",
               "mapping: 1\ninput: {format: csv, separator: \";\"}\nentities:\n"
               "  - service:\n      id: {column: id}\n      name: {column: nome}\n");
    hub_.write("in/albo.csv", "id;nome\n1;Mensa\n");
  }
  void password_is(const std::string& password) const {
    hub_.write("secrets/pg", password);
    ASSERT_EQ(::chmod(hub_.path("secrets/pg").c_str(), 0600), 0);
  }

  static inline RealPostgresql* server_ = nullptr;
  static inline int schemas_ = 0;  // each test has its own
  HubFolder hub_;
};

TEST_F(HubOverPostgresql, keeps_no_file_of_its_store) {
  EXPECT_EQ(told(hub_.once(), "albo"), "received 1 delivered 1 entities 1");
  EXPECT_EQ(told(hub_.ledger(), "albo"), "received 1 delivered 1 entities 1");
  EXPECT_FALSE(std::filesystem::exists(hub_.path("var/store.sqlite")));
}

TEST_F(HubOverPostgresql, is_examined_before_it_starts) {
  const auto before = hub_.raccordo({"doctor", "hub.yaml", "--lang", "en"});
  EXPECT_THAT(before.out, HasSubstr("PostgreSQL 15 answers"));
  EXPECT_THAT(before.out, HasSubstr("is not there yet: the hub makes it when it starts"));
  EXPECT_THAT(before.out, HasSubstr("the server has the same time"));
}

TEST_F(HubOverPostgresql, that_is_not_let_in_says_so_without_the_password) {
  password_is("tesoro-sbagliato");
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"run", "hub.yaml", "--once", "--lang", "en"},
        {"doctor", "hub.yaml", "--lang", "en"}}) {
    const auto ran = hub_.raccordo(command);
    EXPECT_NE(ran.exit, 0);
    EXPECT_THAT(ran.out + ran.err, HasSubstr("the database does not let us in"));
    EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("tesoro")));
  }
}

TEST_F(HubOverPostgresql, ends_with_75_while_it_is_away_and_goes_on_when_it_is_back) {
  (void)hub_.once();
  server_->kill();
  const auto ran = hub_.raccordo({"run", "hub.yaml", "--once", "--lang", "en"});
  EXPECT_EQ(ran.exit, 75) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("the database does not answer"));
  server_->start();
  hub_.write("in/albo2.csv", "id;nome\n2;Doposcuola\n");
  EXPECT_EQ(told(hub_.once(), "albo"), "received 1 delivered 1 entities 1");
}

}  // namespace
}  // namespace raccordo::testing
