// SPDX-License-Identifier: EUPL-1.2
// What whoever looks after the hub is told of a partner's server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/sftp/tests/rig.hpp"

namespace raccordo::sftp {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using testing::SftpPartner;

auto is(Health health, const std::string& words) {
  return AllOf(Field(&Diagnosis::health, health),
               Field(&Diagnosis::what, Field(&Text::en, HasSubstr(words))));
}

TEST(SftpExamination, says_of_each_folder_whether_it_can_be_read) {
  const SftpPartner partner;
  partner.make_folder("in");
  EXPECT_THAT(examine(reaching(partner), {"in", "out"}, {}),
              ElementsAre(is(Health::kGood, "/in: it is the right server"),
                          is(Health::kBad, "/out: the folder does not exist")));
  EXPECT_TRUE(std::filesystem::is_empty(partner.folder() / "in")) << "nothing is left there";
}

TEST(SftpExamination, says_who_is_there_instead) {
  const SftpPartner partner;
  auto server = reaching(partner);
  server.host_keys = {"SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"};
  EXPECT_THAT(examine(server, {"."}, {}), ElementsAre(is(Health::kBad, partner.fingerprint())));
  server.port = 1;
  EXPECT_THAT(examine(server, {"."}, {}), ElementsAre(is(Health::kBad, "sftp://127.0.0.1:1")));
}

TEST(SftpExamination, looks_into_the_folders_that_patterns_name) {
  EXPECT_THAT(folders_of({"in/a-*.csv", "in/b.csv", "c.csv", "/d/e.csv", "*/no.csv"}),
              ElementsAre(".", "/d", "in"));
}

}  // namespace
}  // namespace raccordo::sftp
