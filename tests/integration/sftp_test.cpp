// SPDX-License-Identifier: EUPL-1.2
// A partner whose register stands on an SFTP server, and another who fetches deliveries from one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/integration/hub_folder.hpp"
#include "tests/partner/sftp_partner.hpp"

namespace raccordo::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
namespace fs = std::filesystem;

class OverSftp : public ::testing::Test {
 protected:
  OverSftp() {
    hub.write("albo.yaml",
              "mapping: 1\ninput: {format: csv, separator: \";\"}\nentities:\n  - service:\n"
              "      id: {column: id}\n      name: {column: nome}\n");
    put(rows_);
  }

  void put(const std::string& rows) { std::ofstream(partner.folder() / "albo-2026.csv") << rows; }

  [[nodiscard]] std::string server(const std::string& login, const std::string& host_key) const {
    return "host: 127.0.0.1\n        port: " + std::to_string(partner.port()) +
           "\n        user: " + partner.user() + "\n        " + login + "\n        host_key: \"" + host_key +
           "\"\n        networks: [127.0.0.1]\n";
  }
  void configure(const std::string& login, const std::string& host_key) {
    hub.configure(
        "  - id: albo\n    plugin: mapping\n    options: {mapping: albo.yaml}\n    from:\n      sftp:\n"
        "        " +
            server(login, host_key) +
            "        path: albo-*.csv\n        snapshot: complete\n  - id: portale\n    plugin: hsds\n"
            "    subscribe: {topics: [services]}\n    to:\n      sftp:\n        " +
            server(login, host_key) + "        folder: out\n        name: \"{file}-{seq}.ndjson\"\n",
        "secrets: {folder: secrets}\n");
  }
  void configure() { configure("key: " + partner.key(), partner.fingerprint()); }

  [[nodiscard]] std::vector<std::string> delivered() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(partner.folder() / "out"))
      names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  [[nodiscard]] std::string content(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(partner.folder() / "out" / name).rdbuf();
    return text.str();
  }

  SftpPartner partner;
  HubFolder hub;
  std::string rows_ =
      "id;nome\n1;Airone\n2;Brezza\n3;Cicogna\n4;Dalia\n5;Edera\n6;Faro\n7;Gelso\n8;Iris\n9;Luna\n"
      "10;Mare\n11;Nido\n";
};

TEST_F(OverSftp, a_register_is_read_once_and_its_changes_are_delivered) {
  partner.make_folder("out");
  configure();
  const auto first = hub.once();
  EXPECT_EQ(told(first, "albo"), "received 11 delivered 11 entities 11");
  EXPECT_EQ(told(first, "portale"), "received 11 delivered 11");
  ASSERT_EQ(delivered().size(), 1u);
  EXPECT_THAT(content(delivered()[0]), AllOf(HasSubstr("Airone"), HasSubstr("Nido")));

  EXPECT_EQ(told(hub.once(), "albo"), "received 11 unchanged 11");
  EXPECT_EQ(delivered().size(), 1u);

  rows_.erase(rows_.find("11;Nido"));
  put(rows_);
  EXPECT_EQ(told(hub.once(), "albo"), "received 10 unchanged 10 deleted 1");
  EXPECT_EQ(delivered().size(), 2u);
}

TEST_F(OverSftp, a_server_with_another_key_gets_and_gives_nothing) {
  partner.make_folder("out");
  configure("key: " + partner.key(), "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU");
  const auto refused = hub.raccordo({"run", "hub.yaml", "--once"});
  EXPECT_EQ(refused.exit, 74) << refused.err;
  EXPECT_THAT(refused.err, AllOf(HasSubstr(partner.fingerprint()), HasSubstr("host_key")));
  EXPECT_THAT(delivered(), IsEmpty());
}

TEST_F(OverSftp, a_password_is_a_secret_which_appears_nowhere) {
  partner.make_folder("out");
  hub.write("secrets/comune", SftpPartner::kPassword);
  fs::permissions(hub.path("secrets/comune"), fs::perms::owner_read | fs::perms::owner_write);
  configure("password: {secret: comune}", partner.fingerprint());
  EXPECT_EQ(told(hub.once(), "albo"), "received 11 delivered 11 entities 11");
  hub.write("secrets/comune", "altra-password");
  const auto refused = hub.raccordo({"run", "hub.yaml", "--once"});
  EXPECT_EQ(refused.exit, 74) << refused.err;
  EXPECT_THAT(refused.err, AllOf(HasSubstr("not let in"), Not(HasSubstr("altra-password"))));
}

TEST_F(OverSftp, a_delivery_waits_for_its_server_and_loses_nothing) {
  configure();
  const auto missing = hub.raccordo({"run", "hub.yaml", "--once"});
  EXPECT_THAT(missing.err, HasSubstr("/out: the folder does not exist"));
  partner.make_folder("out");
  EXPECT_EQ(told(hub.once(), "portale"), "received 11 delivered 11");
  EXPECT_THAT(content(delivered().at(0)), HasSubstr("Airone"));
}

TEST_F(OverSftp, is_checked_before_anything_is_asked) {
  hub.configure(
      "  - id: albo\n    plugin: mapping\n    options: {mapping: albo.yaml}\n    from:\n      sftp: {host: "
      "partner.example/x, user: a, path: \"in-*/a.csv\"}\n",
      "");
  const auto checked = hub.raccordo({"check", "hub.yaml"});
  EXPECT_EQ(checked.exit, 78);
  EXPECT_THAT(checked.out + checked.err,
              AllOf(HasSubstr("does not say how the server is recognised"), HasSubstr("ssh-keyscan"),
                    HasSubstr("password and key are missing"), HasSubstr("neither the name nor the address"),
                    HasSubstr("in the name only")));
}

}  // namespace
}  // namespace raccordo::testing
