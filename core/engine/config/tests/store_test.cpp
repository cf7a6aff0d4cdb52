// SPDX-License-Identifier: EUPL-1.2
// store: the file, or PostgreSQL.
#include "core/engine/config/tests/loading.hpp"

#include <gmock/gmock.h>

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Loading with_store(const std::string& store) {
  return load("config: 1\nhub: {id: a}\nstore: " + store + "\n");
}

TEST(StoreConfiguration, is_a_file_unless_it_says_more) {
  const auto loading = with_store("{sqlite: {}}");
  ASSERT_TRUE(loading.ok());
  EXPECT_FALSE(loading.configuration.store.postgresql);
}

TEST(HubConfiguration, has_several_daemons_only_over_what_they_can_share) {
  const std::string postgresql = "store: {postgresql: {url: 'postgresql://a@localhost/hub'}}\n";
  const std::string kafka = "backbone: {kafka: {brokers: ['localhost:9092']}}\n";
  const std::string hub = "config: 1\nhub: {id: valle, instance: nodo-a, lease: 20s}\n";
  const auto loading = load(hub + postgresql + kafka);
  ASSERT_TRUE(loading.ok()) << lines(loading).front();
  EXPECT_EQ(loading.configuration.hub.instance, "nodo-a");
  EXPECT_EQ(loading.configuration.hub.lease, std::chrono::seconds(20));
  for (const auto& missing : {hub, hub + postgresql, hub + kafka})
    EXPECT_THAT(lines(load(missing)),
                ElementsAre(HasSubstr("several daemons share their work only with store: postgresql and "
                                      "backbone: kafka")));
}

TEST(StoreConfiguration, reads_a_database_with_its_password_and_its_encryption) {
  const auto loading = with_store(
      "{postgresql: {url: 'postgresql://raccordo@db.example:5433/hub', password: {secret: pg}, tls: {ca: "
      "/tls/ca.pem}, "
      "schema: valle, timeout: 10s}}");
  ASSERT_TRUE(loading.ok()) << lines(loading).front();
  const auto& database = *loading.configuration.store.postgresql;
  EXPECT_EQ(database.url, "postgresql://raccordo@db.example:5433/hub");
  EXPECT_EQ(database.password->name, "pg");
  EXPECT_EQ(database.tls->ca, "/tls/ca.pem");
  EXPECT_EQ(database.schema, "valle");
  EXPECT_EQ(database.timeout, std::chrono::seconds(10));
}

TEST(StoreConfiguration, needs_encryption_but_for_a_server_on_this_machine) {
  for (const auto* host : {"127.0.0.1:5432", "localhost", "[::1]:5433", "%2Fvar%2Frun%2Fpostgresql"}) {
    const auto loading = with_store(std::string("{postgresql: {url: 'postgresql://a@") + host + "/hub'}}");
    EXPECT_TRUE(loading.ok()) << host << lines(loading).front();
  }
  EXPECT_THAT(
      lines(with_store("{postgresql: {url: 'postgresql://a@db.example/hub'}}")),
      ElementsAre(HasSubstr("store.postgresql: without tls password and data go in the clear to db.example: "
                            "add tls: {}")));
}

TEST(StoreConfiguration, refuses_a_password_in_the_address_and_does_not_repeat_it) {
  const auto found =
      lines(with_store("{postgresql: {url: 'postgresql://a:tesoro@db.example/hub', tls: {}}}"));
  EXPECT_THAT(found,
              ElementsAre(HasSubstr("store.postgresql.url: a password is not written in the address")));
  EXPECT_THAT(found, ElementsAre(Not(HasSubstr("tesoro"))));
}

TEST(StoreConfiguration, refuses_what_is_no_address_of_a_database) {
  for (const auto* url :
       {"db.example", "postgresql://db.example/hub", "postgresql://a@db.example", "https://a@b/c",
        "postgresql://a@db.example/hub?sslmode=disable", "postgresql://a@one,two/hub"})
    EXPECT_THAT(lines(with_store(std::string("{postgresql: {url: '") + url + "', tls: {}}}")),
                ElementsAre(HasSubstr("is no address of PostgreSQL")))
        << url;
}

TEST(StoreConfiguration, refuses_two_stores_at_once) {
  EXPECT_THAT(lines(with_store("{sqlite: {}, postgresql: {url: 'postgresql://a@localhost/hub'}}")),
              ElementsAre(HasSubstr("sqlite and postgresql together: there is one store")));
}

}  // namespace
}  // namespace raccordo
