// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "adapters/cli/tests/command_test.hpp"

namespace raccordo {
namespace {

using ::testing::HasSubstr;

Diagnosis of(Health health, const char* it, const char* en, Text hint = {}) {
  return {health, {it, en}, std::move(hint)};
}

TEST_F(CommandTest, doctor_tells_what_is_good_too_and_ends_with_0) {
  program_.examine = [](const ReadyConfiguration& ready, const TellDiagnosis& tell) {
    EXPECT_TRUE(ready.ok());
    tell("hub.data", of(Health::kGood, "var: si può scrivere", "var: it can be written to"));
    tell("albo", of(Health::kDoubtful, "scade", "it ends", say("rinnovare", "renew it")));
  };
  EXPECT_EQ(type({"doctor", "hub.yaml"}), 0) << err();
  EXPECT_EQ(out(), "good   hub.data: var: it can be written to\ndoubt  albo: it ends: renew it\n");
}

TEST_F(CommandTest, doctor_ends_with_1_when_something_cannot_work) {
  program_.examine = [](const ReadyConfiguration&, const TellDiagnosis& tell) {
    tell("albo", of(Health::kBad, "rotto", "broken", say("riparare", "mend it")));
    tell("faro", of(Health::kGood, "bene", "fine"));
  };
  EXPECT_EQ(type({"doctor", "hub.yaml", "--lang", "it"}), 1);
  EXPECT_EQ(out(), "errore albo: rotto: riparare\nbene   faro: bene\n");
  EXPECT_EQ(type({"doctor", "hub.yaml", "--json"}), 1);
  EXPECT_THAT(out(),
              HasSubstr(R"({"part":"albo","health":"bad","it":"rotto","en":"broken","hint_it":"riparare",)"
                        R"("hint_en":"mend it"})"));
}

TEST_F(CommandTest, doctor_of_a_configuration_with_mistakes_says_them_and_asks_nobody) {
  environment_.files["/hub.yaml"] = "config: 1\n";
  program_.examine = [](const ReadyConfiguration&, const TellDiagnosis&) { FAIL(); };
  EXPECT_EQ(type({"doctor", "hub.yaml"}), 78);
}

class CheckOverKafka : public CommandTest {
 protected:
  CheckOverKafka() {
    environment_.files["/hub.yaml"] =
        "config: 1\nhub: {id: a}\nbackbone:\n  kafka: {brokers: kafka.example:9092}\n";
    program_.examine_backbone = [this](const Configuration&) { return found_; };
  }
  std::vector<Diagnosis> found_;
};

TEST_F(CheckOverKafka, finds_a_topic_that_would_lose_something) {
  found_ = {of(Health::kBad, "politica sbagliata", "wrong policy", say("correggere", "correct it"))};
  EXPECT_EQ(type({"check", "hub.yaml"}), 78);
  EXPECT_THAT(out(), HasSubstr("hub.yaml:4:10: wrong policy: correct it"));
}

TEST_F(CheckOverKafka, only_notes_that_the_brokers_are_away) {
  found_ = {bad(error(ErrorCode::kUnavailable, say("i broker non rispondono", "the brokers do not answer")))};
  EXPECT_EQ(type({"check", "hub.yaml"}), 0);
  EXPECT_THAT(err(), HasSubstr("the brokers do not answer"));
}

}  // namespace
}  // namespace raccordo
