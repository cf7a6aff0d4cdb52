// SPDX-License-Identifier: EUPL-1.2
// What a portal asks before it books: quotes for three people, and an enquiry that becomes a booking.
#include <gmock/gmock.h>

#include <cstdlib>

#include "adapters/clock/system_clock.hpp"
#include "adapters/postgresql/postgres_case_store.hpp"
#include "adapters/sodium/sodium_seals.hpp"
#include "adapters/sqlite/sqlite_case_store.hpp"
#include "core/engine/wallets/book.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "raccordo/model/statement_keys.hpp"
#include "tests/booking/hub_at_work.hpp"
#include "tests/booking/partner_system.hpp"
#include "tests/partner/patient_call.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::testing {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;

constexpr const char* kLuca = "VRDLCU80A01D150V";

constexpr const char* kRegister =
    R"({"entity":{"id":"sad","name":"Assistenza domiciliare","organization":"airone"},"kind":"service"}
{"entity":{"channel":"pay","id":"a-pagamento","price":{"cents":2400,"currency":"EUR","unit":"hour"},"provider":"airone","service":"sad"},"kind":"offer"}
{"entity":{"channel":"company_plan","id":"col-piano","price":{"cents":2400,"currency":"EUR","unit":"hour"},"provider":"airone","service":"sad","split":[{"party":"plan","percent":75},{"party":"user","percent":25}],"tuir_letter":"f_ter"},"kind":"offer"}
{"entity":{"channel":"municipal_entitlement","id":"col-titolo","price":{"cents":2250,"currency":"EUR","unit":"hour"},"provider":"airone","service":"sad","split":[{"cents":1650,"party":"body"},{"cents":600,"party":"user"}]},"kind":"offer"}
{"entity":{"id":"ore","service":"sad","total":2},"kind":"capacity"}
{"entity":{"id":"dd-12","kind":"accreditamento","provider":"airone","state":"granted"},"kind":"accreditation"}
{"entity":{"id":"po","name":"Meccanica Po","relations":["parent"]},"kind":"plan"}
{"entity":{"holder":"P-1","id":"titolo-7","unit_type":"sad"},"kind":"entitlement"}
)";

// Where the hub has its cases.
Result<std::unique_ptr<CaseStore>> cases_of(const HubFolder& hub, Clock& clock) {
  const char* const database = std::getenv("RACCORDO_TEST_POSTGRESQL");
  if (database == nullptr) return sqlite::open_case_store(hub.path("var/cases.sqlite").string(), clock);
  postgresql::ServerOptions server;
  server.url = database;
  server.schema = hub.schema();
  return postgresql::open_case_store(std::move(server));
}

class Quotes : public ::testing::Test {
 protected:
  Quotes() {
    bring_plugins(hub, {"register", "cooperative"});
    hub.write("in/albo.txt", kRegister);
    keep_secret(hub, "portale", "gettone");
    hub.configure(connectors(), called_about_people(hub));
  }
  void SetUp() override { EXPECT_EQ(told(hub.once(), "albo"), "received 8 delivered 8 entities 8"); }

  std::string connectors() {
    return R"(
  - id: albo
    plugin: register
    from: {files: {path: "in/*.txt", poll: 100ms}}
  - id: portale
    plugin: welfare_portal
    from: {webhook: {auth: {bearer: {secret: portale}}}}
  - id: portale-esiti
    plugin: welfare_portal
    partner: portale
    subscribe: {topics: [bookings, enquiries]}
    to: )" +
           partner_at(portal.url("")) + R"(  - id: airone
    plugin: cooperative
    partner: albo
    subscribe: {topics: [bookings, enquiries]}
    to: )" +
           partner_at(cooperative.url(""));
  }

  // Luca's wallet of the plan, with 100.00 on it; before the hub runs.
  std::string credit() {
    SimulatedClock clock;
    const auto seals = sodium::open_seals(hub.path("people.key").string(), "prova", SystemClock().now());
    EXPECT_TRUE(seals.ok());
    const auto store = cases_of(hub, clock);
    EXPECT_TRUE(store.ok());
    const wallets::Book book("prova", "welfare.wallets");
    const wallets::Credit credit{Uuid::random(),  id("plan", "po"), (*seals)->pseudonym("fiscal_code", kLuca),
                                 {10'000, "EUR"}, "f_ter",          "2126-12-31",
                                 Uuid::random(),  "2026-03-02",     1};
    const CaseStore::Work work = [&](CaseTransaction& transaction) {
      return book.credit(transaction, credit);
    };
    const auto outcomes = (*store)->transact(std::span(&work, 1));
    EXPECT_TRUE(outcomes.ok() && outcomes->front().ok());
    return book.wallet_of(credit).text();
  }

  Running start() { return start_taking_calls(hub, port_); }

  // The whole answer; asked again while the hub says "later".
  std::string call(const std::string& path, const Json& json) const {
    return patient_call([&] { return post(port_, {}, path, json.dump()); });
  }
  // What one offer is to somebody, for two hours.
  Json quoted(Json asks, const std::string& offer) const {
    asks.update({{"service", id("service", "sad")},
                 {"quantity", 2},
                 {"kind", "slot"},
                 {"start", kStart},
                 {"end", kEnd}});
    const auto answer = call("/quotes", asks);
    EXPECT_THAT(answer, HasSubstr(" 200 "));
    const auto quote = body_of(answer);
    if (quote.contains("offers"))
      for (const auto& each : quote["offers"])
        if (each["offer"] == id("offer", offer)) return each;
    ADD_FAILURE() << answer;
    return {};
  }
  static std::string id(const std::string& kind, const std::string& name) {
    return StatementKeys(statement_space("prova", "albo")).key(kind, name).text();
  }

  static constexpr const char* kStart = "2126-03-05T09:00:00+01:00";
  static constexpr const char* kEnd = "2126-03-05T11:00:00+01:00";

  HubFolder hub;
  PartnerSystem at_portal;
  PartnerSystem at_cooperative;
  WebPartner portal{[this](const Asked& asked) { return at_portal.take(asked); }};
  // It takes bookings, and answers questions in words.
  WebPartner cooperative{[this](const Asked& asked) {
    at_cooperative.keep(asked);
    const bool question = asked.target.find("/enquiries/") != std::string::npos;
    return question ? Reply{200, {}, "Da lunedì"} : Reply{201, {}, "{}"};
  }};
  std::uint16_t port_ = 0;
};

TEST_F(Quotes, say_to_each_of_three_people_what_they_may_have_and_what_it_costs) {
  const auto wallet = credit();
  auto daemon = start();
  const auto citizen = quoted(Json::object(), "a-pagamento");
  EXPECT_EQ(citizen["state"], "requested") << daemon.log();
  EXPECT_EQ(citizen["split"].dump(), R"([{"cents":4800,"party":"user"}])");
  EXPECT_TRUE(citizen["places_left"]);
  EXPECT_EQ(quoted(Json::object(), "col-piano")["reason"]["code"], "no_wallet");
  EXPECT_EQ(quoted(Json::object(), "col-titolo")["needs"]["code"], "no_proof");

  const Json worker{{"plan", id("plan", "po")},
                    {"wallet", wallet},
                    {"relation", "parent"},
                    {"people", {{"applicant", {{"fiscal_code", kLuca}}}}}};
  const auto by_plan = quoted(worker, "col-piano");
  EXPECT_EQ(by_plan["state"], "requested") << by_plan;
  EXPECT_TRUE(by_plan["wallet_covers"]);
  EXPECT_EQ(by_plan["split"].dump(), R"([{"cents":3600,"party":"plan"},{"cents":1200,"party":"user"}])");
  EXPECT_EQ(by_plan["tuir_letter"], "f_ter");

  const auto entitled = quoted({{"entitlement", id("entitlement", "titolo-7")}}, "col-titolo");
  EXPECT_EQ(entitled["state"], "requested") << entitled;
  EXPECT_EQ(entitled["split"].dump(), R"([{"cents":3300,"party":"body"},{"cents":1200,"party":"user"}])");

  const auto wrong = call("/quotes", {{"service", id("service", "nessuno")}});
  EXPECT_THAT(wrong, HasSubstr(" 422 "));
  EXPECT_EQ(body_of(wrong)["field"], "service");
  stop(daemon);
  EXPECT_TRUE(hub.events("bookings").empty()) << "nothing came of asking";
}

TEST_F(Quotes, lead_from_a_question_to_a_booking_that_knows_it) {
  auto daemon = start();
  const auto asked = call(
      "/enquiries",
      {{"id", "D-1"},
       {"service", id("service", "sad")},
       {"people",
        {{"text", "Da quando potete venire?"}, {"applicant", {{"name", "Luca"}, {"fiscal_code", kLuca}}}}}});
  EXPECT_THAT(asked, HasSubstr(" 201 ")) << daemon.log();
  const auto enquiry = body_of(asked)["case"].get<std::string>();
  const auto question = at_cooperative.await("Da quando potete venire?");
  ASSERT_TRUE(question.is_object()) << daemon.log();
  EXPECT_FALSE(question["people"].contains("applicant")) << "of a class that it does not see";
  ASSERT_TRUE(at_portal.await("\"answered\"").is_object()) << daemon.log();

  const auto converted = call("/enquiries/D-1/convert", {{"request",
                                                          {{"id", "D-1"},
                                                           {"offer", id("offer", "a-pagamento")},
                                                           {"kind", "slot"},
                                                           {"start", kStart},
                                                           {"end", kEnd}}}});
  EXPECT_THAT(converted, HasSubstr(" 200 ")) << daemon.log();
  const auto booking = body_of(converted)["booking"].get<std::string>();
  const auto confirmed = at_portal.await("\"confirmed\"");
  ASSERT_TRUE(confirmed.is_object()) << daemon.log();
  EXPECT_EQ(confirmed["case"], booking);
  EXPECT_EQ(confirmed["enquiry"], enquiry);
  EXPECT_EQ(confirmed["id"], "D-1");
  const auto status = at_portal.await("\"converted\"");
  ASSERT_TRUE(status.is_object()) << daemon.log();
  EXPECT_EQ(status["booking"], booking);
  stop(daemon);
  EXPECT_EQ(hub.events("enquiries").size(), 3u) << "open, answered, converted";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(hub.path("var"))) {
    if (!entry.is_regular_file()) continue;
    const auto content = hub.read(std::filesystem::relative(entry.path(), hub.path("")).string());
    for (const char* planted : {kLuca, "Da quando potete", "Da lunedì"})
      EXPECT_EQ(content.find(planted), std::string::npos) << planted << " in " << entry.path();
  }
}

}  // namespace
}  // namespace raccordo::testing
