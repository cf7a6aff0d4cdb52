// SPDX-License-Identifier: EUPL-1.2
// Who we speak to, and how we are let in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "adapters/sftp/tests/rig.hpp"
#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::sftp {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::MemorySpool;
using testing::MemorySpoolContent;
using ::testing::Not;
using testing::SftpPartner;

// "" when a look finds the folder, else the code and the words.
std::string looked(const Server& server, const std::stop_token& stop = {}) {
  MemorySpoolContent spooled;
  const auto files = watch({server, {"*.csv"}}, std::make_unique<MemorySpool>(spooled)).value();
  const auto look = files->look(stop);
  return look.ok() ? "" : std::string(name_of(look.error().code)) + " " + look.error().in(Language::kEnglish);
}

TEST(SftpLogin, a_server_that_shows_the_pinned_key_lets_our_key_in) {
  const SftpPartner partner;
  EXPECT_EQ(looked(reaching(partner)), "");
}

TEST(SftpLogin, a_server_with_another_key_is_told_nothing_and_its_fingerprint_is_said) {
  const SftpPartner partner;
  auto server = reaching(partner);
  server.host_keys = {"SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"};
  EXPECT_THAT(looked(server), AllOf(HasSubstr("denied sftp://127.0.0.1:"),
                                    HasSubstr("ED25519 " + partner.fingerprint()), HasSubstr("host_key")));
  EXPECT_THAT(partner.log(), Not(HasSubstr("Accepted")));
}

TEST(SftpLogin, without_any_pinned_key_no_server_is_spoken_to) {
  const SftpPartner partner;
  auto server = reaching(partner);
  server.host_keys.clear();
  EXPECT_THAT(looked(server), HasSubstr(partner.fingerprint()));
  EXPECT_THAT(partner.log(), Not(HasSubstr("Accepted")));
}

TEST(SftpLogin, any_of_the_servers_keys_may_be_the_pinned_one) {
  const SftpPartner partner({{"ed25519", "ecdsa"}});
  auto server = reaching(partner);
  for (const auto* kind : {"ed25519", "ecdsa"}) {
    server.host_keys = {partner.fingerprint(kind)};
    EXPECT_EQ(looked(server), "") << kind;
  }
  server.host_keys = {"SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"};
  EXPECT_THAT(looked(server), AllOf(HasSubstr("ED25519 " + partner.fingerprint("ed25519")),
                                    HasSubstr("ECDSA " + partner.fingerprint("ecdsa"))));
}

TEST(SftpLogin, a_server_that_has_only_an_ecdsa_key_is_recognised) {
  const SftpPartner partner({{"ecdsa"}});
  auto server = reaching(partner);
  server.host_keys = {partner.fingerprint("ecdsa")};
  EXPECT_EQ(looked(server), "");
}

TEST(SftpLogin, known_hosts_tell_the_server_too) {
  const SftpPartner partner;
  const SftpPartner another;
  const testing::TempFolder folder;
  auto server = reaching(partner);
  server.host_keys.clear();
  server.known_hosts = folder.file("known_hosts");
  EXPECT_THAT(looked(server), AllOf(HasSubstr("invalid"), HasSubstr("known_hosts"))) << "it is not there";
  write(server.known_hosts, "# ours\n" + partner.known_host());
  EXPECT_EQ(looked(server), "");
  write(server.known_hosts, another.known_host());
  EXPECT_THAT(looked(server), HasSubstr("denied")) << "another server's";
  write(server.known_hosts, "@revoked " + partner.known_host() + partner.known_host());
  EXPECT_THAT(looked(server), HasSubstr("invalid")) << "what the line means is not known";
}

TEST(SftpLogin, a_key_that_the_server_does_not_know_is_not_let_in) {
  const SftpPartner partner;
  auto server = reaching(partner);
  server.key = partner.strange_key();
  EXPECT_THAT(looked(server),
              AllOf(HasSubstr("denied"), HasSubstr("user " + partner.user()), HasSubstr("publickey")));
}

TEST(SftpLogin, a_sealed_key_needs_its_password) {
  const SftpPartner partner;
  auto server = reaching(partner);
  server.key = partner.sealed_key();
  server.key_password = SftpPartner::kPassword;
  EXPECT_EQ(looked(server), "");
  server.key_password = "sbagliata";
  EXPECT_THAT(looked(server),
              AllOf(HasSubstr("invalid"), HasSubstr("key_password"), Not(HasSubstr("sbagliata"))));
  server.key = "/nowhere/key";
  EXPECT_THAT(looked(server), AllOf(HasSubstr("invalid"), HasSubstr("/nowhere/key")));
}

TEST(SftpLogin, a_password_lets_in_and_a_wrong_one_does_not) {
  const SftpPartner partner;
  auto server = reaching(partner);
  server.key.clear();
  server.password = SftpPartner::kPassword;
  EXPECT_EQ(looked(server), "");
  server.password = "sbagliata";
  EXPECT_THAT(looked(server),
              AllOf(HasSubstr("denied"), HasSubstr("user and password"), Not(HasSubstr("sbagliata"))));
}

TEST(SftpLogin, an_address_inside_is_reached_only_where_it_is_named) {
  const SftpPartner partner;
  auto server = reaching(partner);
  server.networks.clear();
  EXPECT_THAT(looked(server), AllOf(HasSubstr("denied"), HasSubstr("127.0.0.1"), HasSubstr("networks")));
  EXPECT_EQ(partner.connections(), 0);
}

TEST(SftpLogin, nobody_at_the_port_is_something_that_passes) {
  Server server;
  {
    const SftpPartner partner;
    server = reaching(partner);
  }
  EXPECT_THAT(looked(server), HasSubstr("unavailable"));
}

TEST(SftpLogin, something_else_at_the_port_is_said) {
  testing::SftpPartner partner;
  partner.cut_after(10);  // within its first words
  EXPECT_THAT(looked(reaching(partner)), AllOf(HasSubstr("unavailable"), HasSubstr("SSH server")));
}

TEST(SftpLogin, a_server_that_says_nothing_is_given_up) {
  SftpPartner partner;
  partner.hang_after(0);
  auto server = reaching(partner);
  server.silence = std::chrono::milliseconds(50);
  EXPECT_THAT(looked(server), HasSubstr("timeout"));
}

TEST(SftpLogin, a_stop_ends_the_waiting) {
  SftpPartner partner;
  partner.hang_after(0);
  std::stop_source stop;
  const std::jthread asks([&] {
    while (partner.connections() == 0) std::this_thread::yield();
    stop.request_stop();
  });
  EXPECT_THAT(looked(reaching(partner), stop.get_token()), HasSubstr("stopped"));
}

}  // namespace
}  // namespace raccordo::sftp
