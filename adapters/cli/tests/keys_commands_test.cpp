// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "adapters/cli/tests/command_test.hpp"

namespace raccordo {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class KeysCommands : public CommandTest {
 protected:
  KeysCommands() {
    program_.keys = [this](const KeysRequest& request) -> Result<std::vector<PeopleKey>> {
      asked_ = request;
      return std::vector<PeopleKey>{{"3f9a0c11d2e4", "2026-11-23", "2028-11-23", "AAAA", false},
                                    {"b7e1c0aa9f52", "2028-11-01", "", "BBBB", true}};
    };
  }
  std::optional<KeysRequest> asked_;
};

TEST_F(KeysCommands, show_the_public_part) {
  expect_golden("keys-show", {"keys", "show", "people.key"});
  EXPECT_EQ(asked_->action, KeysAction::kShow);
  EXPECT_EQ(asked_->file, "people.key");
  EXPECT_EQ(type({"keys", "show", "people.key", "--json"}), 0);
  EXPECT_THAT(out(), HasSubstr(R"({"kid":"b7e1c0aa9f52","created":"2028-11-01","expires":"","seals":true,)"
                               R"("public_key":"BBBB"})"));
}

TEST_F(KeysCommands, make_and_add_and_say_what_to_take_care_of) {
  EXPECT_EQ(type({"keys", "new", "people.key", "--expires", "2030-12-31"}), 0);
  EXPECT_EQ(asked_->action, KeysAction::kNew);
  EXPECT_EQ(asked_->expires, "2030-12-31");
  EXPECT_THAT(err(), HasSubstr("keep a copy of the file in a safe place"));
  EXPECT_EQ(type({"keys", "add", "people.key"}), 0);
  EXPECT_EQ(asked_->action, KeysAction::kAdd);
  EXPECT_EQ(asked_->expires, "");
  EXPECT_THAT(err(), AllOf(HasSubstr("keep a copy"), HasSubstr("from the hub's next start")));
}

TEST_F(KeysCommands, end_with_the_code_of_what_went_wrong) {
  program_.keys = [](const KeysRequest&) -> Result<std::vector<PeopleKey>> {
    return error(ErrorCode::kConflict, say("c'è già", "it is there already"));
  };
  EXPECT_EQ(type({"keys", "new", "people.key"}), exit_code_of(ErrorCode::kConflict));
  EXPECT_EQ(err(), "raccordo: it is there already\n");
  EXPECT_EQ(type({"keys", "new"}), 64);
}

class CheckWithKeys : public CommandTest {
 protected:
  CheckWithKeys() {
    environment_.files["/hub.yaml"] = "config: 1\nhub: {id: a}\npeople:\n  keys: people.key\n";
    program_.examine_keys = [this](const Configuration& configuration) {
      EXPECT_EQ(configuration.people.keys, "/people.key");
      return found_;
    };
  }
  std::optional<Diagnosis> found_;
};

TEST_F(CheckWithKeys, finds_keys_that_cannot_be_used) {
  found_ = {Health::kBad, say("permessi 0644", "mode 0644"), say("chmod 600", "chmod 600")};
  EXPECT_EQ(type({"check", "hub.yaml"}), 78);
  EXPECT_THAT(out(), HasSubstr("hub.yaml:4:9: mode 0644: chmod 600"));
}

TEST_F(CheckWithKeys, only_notes_that_a_key_expires_soon) {
  found_ = {Health::kDoubtful, say("scade", "it expires"), {}};
  EXPECT_EQ(type({"check", "hub.yaml"}), 0);
  EXPECT_THAT(err(), HasSubstr("it expires"));
  found_ = {Health::kGood, say("bene", "fine"), {}};
  EXPECT_EQ(type({"check", "hub.yaml"}), 0);
  EXPECT_EQ(err(), "");
}

}  // namespace
}  // namespace raccordo
