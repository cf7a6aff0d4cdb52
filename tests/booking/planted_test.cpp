// SPDX-License-Identifier: EUPL-1.2
// What is said about people is planted in a whole run, and looked for in everything that it leaves behind.
#include <gmock/gmock.h>

#include "tests/booking/paid_from_a_wallet.hpp"
#include "tests/booking/traces.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* kTaxCode = "VRDLCU80A01D150V";
constexpr const char* kQuestion = "celiaco dalla nascita";
constexpr const char* kAnswer = "portate il referto";
constexpr const char* kPlanted[] = {kTaxCode,  "Lucanio", "Verdiglione",      "0372 555100",   "0372555100",
                                    kQuestion, kAnswer,   "via Gramatica 12", "+39 0372555100"};
// Says nothing about anybody, and stands where what does would stand.
constexpr const char* kPublicName = "Assistenza palese a casa";
constexpr const char* kPublicId = "pratica-palese-1";

class Planted : public PaidFromAWallet {
 protected:
  Planted() {
    hub.write("in/orari.csv",
              std::string("id;nome;prezzo;piano\nora;") + kPublicName + ";2400;meccanica-po\n");
    keep_secret(hub, "sportello", "gettone");
    auto configuration = hub.read("hub.yaml") + R"(
  - id: sportello
    plugin: welfare_portal
    from: {webhook: {auth: {bearer: {secret: sportello}}}}
  - id: sportello-esiti
    plugin: welfare_portal
    partner: sportello
    subscribe: {topics: [enquiries]}
    to: )" + partner_at(portal.url(""));
    hub.write("hub.yaml", configuration);
    people = {{"applicant",
               {{"fiscal_code", kTaxCode},
                {"name", "Lucanio"},
                {"surname", "Verdiglione"},
                {"phone", "0372 555100"},
                {"email", "lucanio@verdiglione.example"},
                {"address", {{"street", "via Gramatica 12"}}}}}};
    // It repeats what it was told about people.
    cooperative.answer_with([this](const Asked& asked) {
      if (asked.target.starts_with("/enquiries/")) return Reply{200, {}, kAnswer};
      return Reply{asked.method == "DELETE" ? 204 : says.load(), {}, asked.body};
    });
  }

  std::string call_counter(const std::string& path, const Json& json) const {
    return patient_call([&] { return post(port_, {"sportello", "gettone"}, path, json.dump()); });
  }
  static std::string id(const std::string& kind) {
    return StatementKeys(statement_space("prova", "agenda-file")).key(kind, "ora").text();
  }

  void pay_book_refuse_and_cancel(Running& daemon) {
    for (const char* name : {"rossi", "bianchi"}) shell(name, kApprove);
    const auto credited = at_portal.await(R"("kind":"credit")");
    ASSERT_TRUE(credited.is_object()) << daemon.log();
    wallet = credited["id"];
    EXPECT_THAT(book(kPublicId, wallet), HasSubstr(" 201 ")) << daemon.log();
    ASSERT_TRUE(at_portal.await("\"confirmed\"", kPublicId).is_object()) << daemon.log();
    says = 409;
    EXPECT_THAT(book("p2", wallet), HasSubstr(" 201 ")) << daemon.log();
    ASSERT_TRUE(at_portal.await("\"refused\"", "\"p2\"").is_object()) << daemon.log();
    EXPECT_THAT(call(std::string("/bookings/") + kPublicId + "/cancel", ""), HasSubstr(" 201 "));
    ASSERT_TRUE(at_portal.await(R"("kind":"give_back")").is_object()) << daemon.log();
  }
  void ask() const {
    EXPECT_THAT(call_counter("/quotes", {{"service", id("service")}, {"people", people}}),
                HasSubstr(" 200 "));
    auto asked = people;
    asked["text"] = kQuestion;
    EXPECT_THAT(call_counter("/enquiries", {{"id", "D-1"}, {"service", id("service")}, {"people", asked}}),
                HasSubstr(" 201 "));
  }
  // A call that says nothing of use, a path and a body, a row, an answer: all of them about somebody.
  void say_what_nobody_can_use(Running& daemon) {
    EXPECT_THAT(call(std::string("/") + kTaxCode, Json{{"of", people}}.dump()), HasSubstr(" 400 "));
    EXPECT_THAT(call(std::string("/bookings/") + kTaxCode + "/cancel", ""), HasSubstr(" 4"));
    EXPECT_THAT(call("/bookings", people.dump().substr(1)), HasSubstr(" 4"));
    EXPECT_THAT(call_counter("/bookings", {{"id", "p9"}, {"people", people}, {kTaxCode, "Verdiglione"}}),
                HasSubstr(" 422 "));
    hub.write("in/altri.csv", std::string("id;nome;prezzo;piano\nx;Verdiglione;") + kTaxCode + ";\n");
    says = 400;
    EXPECT_THAT(book("p3", wallet), HasSubstr(" 201 ")) << daemon.log();
    ASSERT_TRUE(daemon.says("parked: status")) << daemon.log();
    ASSERT_TRUE(daemon.says("parked: missing (piano)")) << daemon.log();
  }

  std::string wallet;
};

TEST_F(Planted, are_left_nowhere_but_sealed) {
  auto killed = start();
  pay_book_refuse_and_cancel(killed);
  ask();
  ASSERT_TRUE(at_portal.await("\"answered\"").is_object()) << killed.log();
  say_what_nobody_can_use(killed);
  auto traces = traces_of_running(killed);
  killed.signal(SIGKILL);
  EXPECT_NE(killed.wait(), 0);
  says = 201;
  auto daemon = start();
  EXPECT_THAT(book("p4", wallet), HasSubstr(" 201 ")) << daemon.log();
  ASSERT_TRUE(at_portal.await("\"confirmed\"", "\"p4\"").is_object()) << daemon.log();
  stop(daemon);
  traces.merge(traces_of_stopped(hub));
  for (const auto& [where, content] : traces)
    for (const char* planted : kPlanted) EXPECT_FALSE(tells(content, planted)) << planted << " in " << where;

  const bool kafka = std::getenv("RACCORDO_TEST_KAFKA") != nullptr;
  const bool postgresql = std::getenv("RACCORDO_TEST_POSTGRESQL") != nullptr;
  EXPECT_TRUE(tells(traces, kTopics, kPublicName)) << "what may be read is found";
  EXPECT_TRUE(tells(traces, kTopics, kPublicId));
  EXPECT_TRUE(tells(traces, kafka ? kBroker : kFiles, kPublicName));
  EXPECT_TRUE(tells(traces, postgresql ? kDatabase : kFiles, kPublicId));
  EXPECT_TRUE(tells(traces, postgresql ? kDatabaseFiles : kFiles, kPublicId));
  EXPECT_TRUE(tells(traces, kCommands, kPublicId));
  EXPECT_TRUE(tells(traces, kMeasures, "portale-esiti"));
  EXPECT_TRUE(tells(traces, kLog, "agenda-file"));
}

// The same search, where there is something to find.
TEST_F(Planted, are_found_where_a_hub_has_no_keys) {
  auto text = hub.read("hub.yaml");
  hub.configure(text.substr(text.find("connectors:\n") + 12,
                            text.find("  - id: portale") - text.find("connectors:\n") - 12));
  hub.write("in/altri.csv", std::string("id;nome;prezzo;piano\nx;Verdiglione;") + kTaxCode + ";\n");
  (void)hub.once(3);
  const auto traces = traces_of_stopped(hub);
  const bool postgresql = std::getenv("RACCORDO_TEST_POSTGRESQL") != nullptr;
  EXPECT_TRUE(tells(traces, postgresql ? kDatabase : kFiles, kTaxCode));
  EXPECT_TRUE(tells(traces, postgresql ? kDatabaseFiles : kFiles, "Verdiglione"));
}

TEST(Traces, are_found_as_they_are_and_in_other_letters) {
  EXPECT_TRUE(tells("della Verdiglione", "Verdiglione"));
  EXPECT_TRUE(tells("vrdlcu80a01d150v", "VRDLCU80A01D150V"));
  EXPECT_TRUE(tells("\\\\x5665726469", "Verdi"));
  for (const char* base64 : {"VmVyZGlnbGlvbmU=", "YVZlcmRpZ2xpb25lIGU=", "YWFWZXJkaWdsaW9uZSBl"})
    EXPECT_TRUE(tells(base64, "Verdiglione")) << base64;
  EXPECT_FALSE(tells("verde", "Verdi"));
}

}  // namespace
}  // namespace raccordo::testing
