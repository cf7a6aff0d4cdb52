// SPDX-License-Identifier: EUPL-1.2
// What a person is told of a database before a hub starts with it.
#include "adapters/postgresql/examine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/postgresql/tests/rig.hpp"
#include "core/ports/testing/simulated_clock.hpp"

namespace raccordo::postgresql {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;

// Of the machine, to the second at which it is asked.
class MachineClock final : public Clock {
 public:
  explicit MachineClock(Duration wrong = {}) : wrong_(wrong) {}
  WallTime now() const override { return std::chrono::system_clock::now() + wrong_; }
  Duration monotonic() const override { return {}; }
  bool wait(Duration, const std::stop_token&) override { return true; }

 private:
  Duration wrong_;
};

std::vector<std::string> told(const ServerOptions& server, const Clock& clock = MachineClock()) {
  std::vector<std::string> words;
  for (const auto& found : examine(server, clock))
    words.push_back(std::to_string(static_cast<int>(found.health)) + " " + found.what.en);
  return words;
}

TEST(PostgresqlExamined, is_told_by_version_durability_schema_and_time) {
  const OwnSchema own;
  EXPECT_THAT(
      told(own.server),
      ElementsAre(EndsWith("/raccordo: PostgreSQL 15 answers"), HasSubstr("does not wait for its disk"),
                  "0 schema \"" + own.server.schema + "\" is not there yet: the hub makes it when it starts",
                  "0 the server has the same time"));
  own.open().value().reset();
  EXPECT_THAT(told(own.server),
              Contains("0 schema \"" + own.server.schema + "\", version " +
                       std::to_string(own.number("SELECT max(number) FROM raccordo_schema"))));
}

TEST(PostgresqlExamined, is_doubted_where_its_time_is_another) {
  EXPECT_THAT(told(OwnSchema().server, MachineClock(-std::chrono::hours(1))),
              Contains(HasSubstr("1 the server's time and this machine's are 3")));
}

TEST(PostgresqlExamined, changes_nothing) {
  const OwnSchema own;
  (void)told(own.server);
  EXPECT_TRUE(
      own.connect()->run("SELECT 1 FROM pg_namespace WHERE nspname = $1", own.server.schema)->empty());
}

TEST(PostgresqlExamined, is_bad_and_may_be_back_where_nobody_answers) {
  OwnSchema own;
  own.server.url = "postgresql://raccordo@127.0.0.1:1/raccordo";
  const auto found = examine(own.server, MachineClock());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].health, Health::kBad);
  EXPECT_TRUE(found[0].passing);
}

}  // namespace
}  // namespace raccordo::postgresql
