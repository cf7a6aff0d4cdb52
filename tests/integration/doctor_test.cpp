// SPDX-License-Identifier: EUPL-1.2
// What `raccordo doctor` says of partners, folders and ports that are really there, or are not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/hub_folder.hpp"
#include "tests/partner/own_certificate.hpp"
#include "tests/partner/sftp_partner.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Doctor : public ::testing::Test {
 protected:
  Doctor() {
    hub.write("albo.yaml",
              "mapping: 1\ninput: {format: csv}\nentities:\n  - service:\n      id: {column: id}\n"
              "      name: {column: nome}\n");
    hub.write("secrets/albo", "chiave-segreta");
    std::filesystem::permissions(hub.path("secrets/albo"),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }

  static std::string reading(const std::string& id, const std::string& from) {
    return "  - id: " + id + "\n    plugin: mapping\n    options: {mapping: albo.yaml}\n    from: " + from +
           "\n";
  }
  [[nodiscard]] Ran doctor() const { return hub.raccordo({"doctor", "hub.yaml"}); }

  HubFolder hub;
};

TEST_F(Doctor, looks_at_every_partner_and_leaves_nothing_behind) {
  const auto own = own_certificate(hub.path("").string());  // of two days
  const WebPartner web(
      [](const Asked& asked) {
        return asked.headers.contains("authorization") ? Reply{200, {}, "id,nome\n"} : Reply{401, {}, ""};
      },
      {own.certificate, own.key});
  const SftpPartner server;
  server.make_folder("in");
  hub.write("in/a.csv", "id,nome\n");
  hub.configure(
      reading("elenco", "{files: {path: in/*.csv}}") +
          reading("web", "{http: {url: " + web.url("/albo.csv") + ", networks: [127.0.0.1], tls: {ca: " +
                             own.certificate + "}, auth: {bearer: {secret: albo}}}}") +
          reading("server", "{sftp: {host: 127.0.0.1, port: " + std::to_string(server.port()) +
                                ", user: " + server.user() + ", key: " + server.key() + ", host_key: \"" +
                                server.fingerprint() + "\", networks: [127.0.0.1], path: in/*.csv}}") +
          "  - id: portale\n    plugin: hsds\n    subscribe: {topics: [services]}\n"
          "    to: {files: {folder: out}}\n",
      "secrets: {folder: secrets}\nhttp: {admin: \"127.0.0.1:0\"}\n");
  const auto ran = doctor();
  EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
  EXPECT_THAT(
      ran.out,
      AllOf(HasSubstr("elenco: "), HasSubstr("1 file matches"), HasSubstr("/albo.csv: it answers 200"),
            HasSubstr("doubt  web: "), HasSubstr("its certificate ends on 20"),
            HasSubstr("/in: it is the right server"), HasSubstr("http.admin: 127.0.0.1:0: free"),
            HasSubstr("hub.data: "), HasSubstr("portale: ")));
  EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("chiave-segreta")));
  EXPECT_FALSE(std::filesystem::exists(hub.path("var")));
  EXPECT_FALSE(std::filesystem::exists(hub.path("out")));
}

TEST_F(Doctor, says_of_each_thing_that_cannot_work_what_to_do) {
  const WebPartner web([](const Asked&) { return Reply{401, {}, ""}; });
  hub.configure(reading("elenco", "{files: {path: manca/*.csv}}") +
                    reading("web", "{http: {url: " + web.url("/albo.csv") + ", networks: [127.0.0.1]}}") +
                    "  - id: portale\n    plugin: hsds\n    subscribe: {topics: [services]}\n"
                    "    to: {files: {folder: no/such/out}}\n",
                "http: {admin: \"127.0.0.1:" + std::to_string(web.port()) + "\"}\n");
  const auto ran = doctor();
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("wrong  elenco: "), HasSubstr("manca"), HasSubstr("wrong  web: "),
                             HasSubstr("it answered 401"), HasSubstr("wrong  http.admin: "),
                             HasSubstr("wrong  portale: "), HasSubstr("no/such")));
}

TEST_F(Doctor, does_not_take_the_running_hub_for_somebody_at_its_address) {
  hub.write("in/a.csv", "id,nome\n");
  hub.configure(reading("elenco", "{files: {path: in/*.csv}}"), "http: {admin: \"127.0.0.1:0\"}\n");
  auto daemon = hub.start({"run", "hub.yaml"});
  ASSERT_TRUE(daemon.says("at work"));
  const auto ran = doctor();
  EXPECT_EQ(ran.exit, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("the hub is at work"));
}

TEST_F(Doctor, says_that_brokers_do_not_answer_and_check_only_notes_it) {
  hub.configure("  []\n", "backbone: {kafka: {brokers: \"127.0.0.1:1\"}}\n");
  const auto ran = doctor();
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("wrong  backbone: "), HasSubstr("127.0.0.1:1")));
  const auto checked = hub.raccordo({"check", "hub.yaml"});
  EXPECT_EQ(checked.exit, 0) << checked.out << checked.err;
  EXPECT_THAT(checked.err, HasSubstr("127.0.0.1:1"));
}

TEST_F(Doctor, looks_at_the_keys_for_peoples_data) {
  hub.write("in/a.csv", "id,nome\n");
  hub.configure(reading("elenco", "{files: {path: in/*.csv}}"), "people: {keys: secrets/people.key}\n");
  EXPECT_THAT(doctor().out, HasSubstr("there is no key file " + hub.path("secrets/people.key").string()));
  ASSERT_EQ(hub.raccordo({"keys", "new", "secrets/people.key"}).exit, 0);
  EXPECT_THAT(doctor().out, AllOf(HasSubstr("good   people.keys: "), HasSubstr(" seals")));
  EXPECT_EQ(hub.raccordo({"check", "hub.yaml"}).exit, 0);

  std::filesystem::permissions(hub.path("secrets/people.key"), std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_THAT(doctor().out,
              AllOf(HasSubstr("wrong  people.keys: "), HasSubstr("has mode 0604"), HasSubstr("chmod 600")));
  const auto checked = hub.raccordo({"check", "hub.yaml"});
  EXPECT_EQ(checked.exit, 78);
  EXPECT_THAT(checked.out, AllOf(HasSubstr("hub.yaml:"), HasSubstr("has mode 0604")));
}

TEST_F(Doctor, sees_each_key_that_the_command_for_keys_makes) {
  ASSERT_EQ(hub.raccordo({"keys", "new", "people.key"}).exit, 0);
  const auto refused = hub.raccordo({"keys", "new", "people.key"});
  EXPECT_NE(refused.exit, 0);
  EXPECT_THAT(refused.err, HasSubstr("is not overwritten"));
  const auto shown = hub.raccordo({"keys", "show", "people.key", "--json"}).out;
  EXPECT_EQ(hub.raccordo({"keys", "add", "people.key", "--expires", "2999-12-31"}).exit, 0);
  const auto both = hub.raccordo({"keys", "show", "people.key", "--json"}).out;
  EXPECT_THAT(both,
              AllOf(HasSubstr(shown.substr(0, 20)), HasSubstr(R"("expires":"2999-12-31","seals":true)")));
  EXPECT_THAT(hub.read("people.key"), HasSubstr("expires: 2999-12-31"));
}

}  // namespace
}  // namespace raccordo::testing
