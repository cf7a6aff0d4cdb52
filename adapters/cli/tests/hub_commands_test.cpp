// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "adapters/cli/tests/command_test.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(CommandTest, ledger_is_a_table_and_must_add_up) {
  hub_.answers["ledger"] = {
      R"({"ok":true,"connectors":[{"id":"albo","received":650,"delivered":648,"unchanged":0,"filtered":0,"parked":2,"in_flight":0,"entities":648,"deleted":0},{"id":"rsa-lombardia","received":3,"delivered":1,"unchanged":0,"filtered":0,"parked":0,"in_flight":0,"entities":1,"deleted":0}]})"};
  expect_golden("ledger", {"ledger", "hub.yaml"});
}

TEST_F(CommandTest, status_says_what_each_connector_does_and_where) {
  const std::string shared =
      R"({"ok":true,"hub":"valle","version":"0.1.0","since_ms":1,"daemon":"nodo-a","daemons":[{"name":"nodo-a","until_ms":1,"holds":2},{"name":"nodo-b","until_ms":1,"holds":1}],"cases_held_by":"nodo-a","connectors":[{"id":"albo","state":"waiting","it":"","en":"","held_by":"nodo-a"},{"id":"portale","state":"elsewhere","it":"se ne occupa nodo-b","en":"nodo-b works at it","held_by":"nodo-b"}]})";
  hub_.answers["status"] = {shared};
  EXPECT_EQ(type({"status", "hub.yaml", "--lang", "it"}), 0);
  EXPECT_THAT(out(), HasSubstr("se ne occupa nodo-b"));
  EXPECT_THAT(out(), HasSubstr("hub nodo-a (questo): anche scadenze e annunci delle pratiche"));
  hub_.answers["status"] = {shared};
  EXPECT_EQ(type({"status", "hub.yaml"}), 0);
  EXPECT_THAT(out(), HasSubstr("worked at by"));
  EXPECT_THAT(out(), HasSubstr("daemon nodo-b\n"));
  hub_.answers["status"] = {
      R"({"ok":true,"hub":"valle","version":"0.1.0","since_ms":1,"connectors":[{"id":"albo","state":"failing","it":"assente","en":"away"}]})"};
  EXPECT_EQ(type({"status", "hub.yaml"}), 0);
  EXPECT_THAT(out(), HasSubstr("away"));
  EXPECT_THAT(out(), ::testing::Not(HasSubstr("worked at by")));
  hub_.answers["status"] = {shared};
  EXPECT_EQ(type({"status", "hub.yaml", "--json"}), 0);
  EXPECT_THAT(out(), HasSubstr(R"({"hub":"valle",)"));
}

TEST_F(CommandTest, findings_say_how_many_more_there_are) {
  const std::string one =
      R"("findings":[{"connector":"albo","code":"x","place":"a.csv:2","field":"","it":"letto","en":"read","time_ms":1}])";
  hub_.answers["findings"] = {fmt::format(R"({{"ok":true,{},"more":12}})", one),
                              fmt::format(R"({{"ok":true,{},"more":0}})", one)};
  EXPECT_EQ(type({"findings", "hub.yaml", "--limit", "1", "--lang", "it"}), 0);
  EXPECT_THAT(out(), HasSubstr("a.csv:2"));
  EXPECT_EQ(err(), "12 altre segnalazioni: --limit\n");
  EXPECT_EQ(type({"findings", "hub.yaml", "--limit", "1"}), 0);
  EXPECT_EQ(err(), "");
}

TEST_F(CommandTest, a_failed_answer_becomes_words_and_an_exit_code) {
  hub_.answers["ledger"] = {
      R"({"ok":false,"error":{"code":"unavailable","it":"assente","en":"away","hint_it":"","hint_en":"wait"}})"};
  EXPECT_EQ(type({"ledger", "hub.yaml"}), 75);
  EXPECT_EQ(err(), "raccordo: away: wait\n");
  hub_.answers["ledger"] = {"garbage"};
  EXPECT_EQ(type({"ledger", "hub.yaml"}), 70);
}

TEST_F(CommandTest, events_are_read_to_the_end) {
  const std::string first =
      R"({"ok":true,"events":[{"partition":0,"offset":0,"time_ms":1772352930000,"key":"k1","event":{"type":"it.raccordo.service.changed.v1","source":"urn:raccordo:a:r","data":{"id":"k1","name":"Airone"}}}],"next":"0:1","at_end":false})";
  const std::string second =
      R"({"ok":true,"events":[{"partition":0,"offset":1,"time_ms":1772352931000,"key":"k1","event":null}],"next":"0:2","at_end":true})";
  hub_.answers["events"] = {first, second, first, second};
  expect_golden("events", {"events", "services", "--config", "hub.yaml"});
  hub_.asked.clear();
  hub_.answers["events"] = {first, second};
  EXPECT_EQ(
      type({"events", "welfare.services", "--config", "hub.yaml", "--json", "--key", "k1", "--limit", "2"}),
      0);
  EXPECT_THAT(out(),
              HasSubstr(R"({"partition":0,"offset":1,"time_ms":1772352931000,"key":"k1","event":null})"));
  EXPECT_THAT(
      hub_.asked,
      ElementsAre(R"({"do":"events","topic":"services","from":"begin","key":"k1","limit":2})",
                  R"({"do":"events","topic":"services","from":"0:1","key":"k1","limit":1,"wait_ms":0})"));
}

constexpr auto kRecord =
    R"("id":7,"connector":"albo","place":"albo.csv:1234","line":17,"stage":"validation","reason":"invalid_field","field":"POSTI LIBERI","it":"«venti» non è un numero intero","en":"\"venti\" is not a whole number","scan":2,"attempts":3,"first_ms":1772352930000,"last_ms":1772352931000,"state":"parked","size":12)";

TEST_F(CommandTest, parked_records_are_listed_with_their_reason) {
  hub_.answers["parked_list"] = {fmt::format(R"({{"ok":true,"records":[{{{}}}],"more":false}})", kRecord)};
  expect_golden("parked-list", {"parked", "list", "--config", "hub.yaml"});
  EXPECT_EQ(type({"parked", "list", "--config", "hub.yaml", "--connector", "albo", "--json"}), 0);
  EXPECT_EQ(out(), fmt::format("{{{}}}\n", kRecord));
  EXPECT_EQ(hub_.asked.back(), R"({"do":"parked_list","state":"parked","after":0,"connector":"albo"})");
  hub_.answers["parked_list"] = {R"({"ok":true,"records":[],"more":false})"};
  EXPECT_EQ(type({"parked", "list", "--config", "hub.yaml"}), 0);
  EXPECT_EQ(err(), "nothing is parked\n");
}

TEST_F(CommandTest, a_parked_record_is_shown_with_its_original_bytes) {
  hub_.answers["parked_show"] = {fmt::format(
      R"({{"ok":true,"record":{{{},"context":"{{}}","original":{{"alg":"none","kid":"","base64":"QWlyb25lO3ZlbnRpCg=="}}}}}})",
      kRecord)};
  expect_golden("parked-show", {"parked", "show", "7", "--config", "hub.yaml"});
  hub_.answers["parked_show"] = {fmt::format(
      R"({{"ok":true,"record":{{{},"context":"{{}}","original":{{"alg":"none","kid":"","base64":"AAEb/w=="}}}}}})",
      kRecord)};
  EXPECT_EQ(type({"parked", "show", "7", "--config", "hub.yaml"}), 0);
  EXPECT_THAT(out(), HasSubstr("00000000  00 01 1b ff"));
}

TEST_F(CommandTest, a_parked_record_that_was_cut_says_so_and_what_to_do_instead_of_a_replay) {
  hub_.answers["parked_show"] = {fmt::format(
      R"({{"ok":true,"record":{{{},"cut":true,"context":"{{}}","original":{{"alg":"none","kid":"","base64":"QWlyb25l"}},"never_again":{{"it":"far correggere il file","en":"have the file corrected"}}}}}})",
      kRecord)};
  expect_golden("parked-show-cut", {"parked", "show", "7", "--config", "hub.yaml"});
  EXPECT_EQ(type({"parked", "show", "7", "--config", "hub.yaml", "--json"}), 0);
  EXPECT_THAT(out(), HasSubstr(R"("cut":true)"));
}

TEST_F(CommandTest, several_parked_records_are_shown_one_after_the_other) {
  const auto answer = [](int id, std::string_view bytes) {
    return fmt::format(
        R"({{"ok":true,"record":{{"id":{},"connector":"albo","original":{{"alg":"none","kid":"","base64":"{}"}}}}}})",
        id, bytes);
  };
  hub_.answers["parked_show"] = {answer(7, "QQ=="), answer(9, "Qg==")};
  EXPECT_EQ(type({"parked", "show", "7", "9", "--config", "hub.yaml"}), 0);
  EXPECT_THAT(out(), HasSubstr("  A\n\nid:"));
  EXPECT_THAT(out(), HasSubstr("  B\n"));
  EXPECT_EQ(hub_.asked,
            (std::vector<std::string>{R"({"do":"parked_show","id":7})", R"({"do":"parked_show","id":9})"}));
  EXPECT_EQ(type({"parked", "show", "--config", "hub.yaml"}), 64);
  EXPECT_EQ(type({"parked", "show", "7", "x", "--config", "hub.yaml"}), 64);
}

TEST_F(CommandTest, replay_and_discard_want_to_know_which_records) {
  hub_.answers["parked_replay"] = {
      R"({"ok":true,"replayed":1,"parked_again":1,"refused":[{"id":9,"it":"più vecchio","en":"older"}]})"};
  hub_.answers["parked_discard"] = {R"({"ok":true,"discarded":2,"refused":[]})"};
  EXPECT_EQ(type({"parked", "replay", "--config", "hub.yaml"}), 64);
  EXPECT_THAT(err(), HasSubstr("which records?"));
  EXPECT_EQ(type({"parked", "replay", "7", "--all", "--config", "hub.yaml"}), 64);
  EXPECT_EQ(type({"parked", "replay", "x", "--config", "hub.yaml"}), 64);
  EXPECT_THAT(hub_.asked, IsEmpty());
  expect_golden("parked-replay", {"parked", "replay", "7", "9", "--force", "--config", "hub.yaml"});
  EXPECT_EQ(hub_.asked.back(), R"({"do":"parked_replay","ids":[7,9],"force":true})");
  EXPECT_EQ(type({"parked", "discard", "--connector", "albo", "--config", "hub.yaml", "--json"}), 0);
  EXPECT_EQ(out(), "{\"discarded\":2,\"refused\":[]}\n");
  EXPECT_EQ(type({"parked", "discard", "--all", "--config", "hub.yaml"}), 0);
  EXPECT_EQ(hub_.asked.back(), R"({"do":"parked_discard","all":true})");
}

TEST_F(CommandTest, a_replay_that_something_outside_keeps_from_its_record_ends_as_what_may_pass) {
  hub_.answers["parked_replay"] = {
      R"({"ok":true,"replayed":0,"parked_again":0,"refused":[{"id":7,"code":"conflict","it":"x","en":"x"},{"id":9,"code":"unavailable","it":"attende","en":"waits"}]})",
      R"({"ok":true,"replayed":1,"parked_again":0,"refused":[{"id":7,"code":"conflict","it":"x","en":"x"}]})"};
  EXPECT_EQ(type({"parked", "replay", "--all", "--config", "hub.yaml"}), 75);
  EXPECT_THAT(err(), HasSubstr("9: waits"));
  EXPECT_EQ(type({"parked", "replay", "--all", "--config", "hub.yaml"}), 1);
}

TEST_F(CommandTest, a_hub_is_not_asked_with_a_wrong_configuration) {
  EXPECT_EQ(type({"parked", "list", "--config", "none.yaml"}), 78);
  EXPECT_EQ(err(), "none.yaml: there is no file none.yaml\nraccordo: the configuration is not valid\n");
}

}  // namespace
}  // namespace raccordo
