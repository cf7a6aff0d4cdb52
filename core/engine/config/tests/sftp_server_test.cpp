// SPDX-License-Identifier: EUPL-1.2
// `from.sftp` and `to.sftp` as people write them, right and wrong.
#include <gmock/gmock.h>

#include "core/engine/config/tests/loading.hpp"

namespace raccordo {
namespace {

using raccordo::testing::FakeEnvironment;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(LoadConfiguration, reads_an_sftp_server_for_what_comes_and_for_what_goes) {
  const auto loading = load(R"(config: 1
hub: {id: a}
connectors:
  - id: albo
    plugin: mapping
    from:
      sftp:
        host: sftp.partner.example
        user: raccordo
        password: {secret: albo}
        host_key: "SHA256:uNiVztksCsDhcc0u9e8BrrVzTRG8CqOTxTiIZzgGKNQ"
        path: in/albo-*.csv
        snapshot: complete
        max_size: 20MiB
  - id: portale
    plugin: hsds
    subscribe: {topics: [services]}
    to:
      sftp: {host: "fd00::7", port: 2222, user: raccordo, key: keys/portale, known_hosts: known_hosts, folder: out, roll: 1h}
)");
  ASSERT_THAT(lines(loading), IsEmpty());
  const auto& from = *loading.configuration.connectors[0].from;
  EXPECT_EQ(from.sftp->port, 22);
  EXPECT_EQ(from.sftp->password->name, "albo");
  EXPECT_THAT(from.sftp->path, ElementsAre("in/albo-*.csv")) << "the server's, not ours";
  EXPECT_EQ(from.sftp->max_size, 20u << 20);
  EXPECT_EQ(from.snapshot(), SnapshotKind::kComplete);
  EXPECT_EQ(from.poll(), std::chrono::minutes(5));
  const auto& to = *loading.configuration.connectors[1].to;
  EXPECT_EQ(to.sftp->port, 2222);
  EXPECT_EQ(to.sftp->key, "/keys/portale") << "beside the file that wrote it";
  EXPECT_EQ(to.roll().interval, std::chrono::hours(1));
}

TEST(LoadConfiguration, refuses_an_sftp_server_that_nobody_could_recognise) {
  const auto found = lines(load(R"(config: 1
hub: {id: a}
connectors:
  - id: albo
    plugin: mapping
    from:
      sftp: {host: partner.example, port: 2222, user: a, password: {secret: a}, path: a.csv}
  - id: faro
    plugin: mapping
    from:
      sftp: {host: partner.example, user: a, password: {secret: a}, host_key: "MD5:aa:bb", path: a.csv}
)"));
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_THAT(found[0], AllOf(HasSubstr("from.sftp: does not say how the server is recognised"),
                              HasSubstr("ssh-keyscan -p 2222 partner.example | ssh-keygen -l -f -")));
  EXPECT_THAT(found[1], HasSubstr("from.sftp.host_key: \"MD5:aa:bb\" is no fingerprint"));
}

TEST(LoadConfiguration, refuses_two_connectors_that_write_the_same_files_on_a_server) {
  const std::string to =
      "    plugin: hsds\n    subscribe: {topics: [services]}\n    to: {sftp: {host: p.example, user: a, key: "
      "k, "
      "known_hosts: h, folder: out}}\n";
  EXPECT_THAT(lines(load("config: 1\nhub: {id: a}\nconnectors:\n  - id: uno\n" + to + "  - id: due\n" + to)),
              ElementsAre(AllOf(HasSubstr("due writes the same files as uno"), HasSubstr("to.sftp.folder"))));
}

}  // namespace
}  // namespace raccordo
