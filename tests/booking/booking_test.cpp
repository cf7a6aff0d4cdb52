// SPDX-License-Identifier: EUPL-1.2
// From a portal's click to the cooperative's system and back.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

#include "adapters/control/control_client.hpp"
#include "adapters/http_server/tests/visitor.hpp"
#include "raccordo/model/statement_keys.hpp"
#include "tests/booking/partner_system.hpp"
#include "tests/integration/hub_folder.hpp"
#include "tests/partner/patient_call.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::testing {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kMapping = R"(mapping: 1
input: {format: csv, separator: ";"}
entities:
  - service: {id: {column: id}, name: {column: nome}}
  - offer: {id: {column: id}, service: {id_of: service}, channel: {constant: pay}}
  - capacity: {id: {column: id}, service: {id_of: service}, total: {column: posti, number: plain}}
)";

constexpr const char* kFiscalCode = "VRDLCU80A01D150V";

// The canonical id of the offer that the cooperative calls "ora".
std::string offer() {
  return StatementKeys(statement_space("prova", "agenda-file")).key("offer", "ora").text();
}

class Booking : public ::testing::Test {
 protected:
  Booking() {
    for (const char* name : {"counter.so", "cooperative.so"})
      hub.copy(std::filesystem::path(RACCORDO_BOOKING_PLUGINS) / name, std::string("plugins/") + name);
    hub.write("map.yaml", kMapping);
    hub.write("in/orari.csv", "id;nome;posti\nora;Assistenza domiciliare;1\n");
    hub.write("secrets/portale", "gettone");
    std::filesystem::permissions(hub.path("secrets/portale"),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_EQ(hub.raccordo({"keys", "new", hub.path("people.key").string()}).exit, 0);
    hub.configure(connectors(),
                  "http: {admin: \"127.0.0.1:0\", ingress: \"127.0.0.1:0\"}\nsecrets: {folder: "
                  "secrets}\npeople: {keys: people.key}\n");
  }

  // The catalogue is there before anybody asks.
  void SetUp() override { EXPECT_EQ(told(hub.once(), "agenda-file"), "received 1 delivered 1 entities 3"); }

  std::string connectors() {
    return R"(
  - id: agenda-file
    plugin: mapping
    options: {mapping: map.yaml}
    from: {files: {path: "in/*.csv", poll: 100ms}}
  - id: portale
    plugin: counter
    from: {webhook: {auth: {bearer: {secret: portale}}}}
  - id: portale-esiti
    plugin: counter
    partner: portale
    subscribe: {topics: [bookings]}
    to: {http: {base_url: ")" +
           portal.url("") + R"(", networks: [127.0.0.0/8]}}
  - id: airone
    plugin: cooperative
    partner: agenda-file
    subscribe: {topics: [bookings]}
    to: {http: {base_url: ")" +
           cooperative.url("") + R"(", networks: [127.0.0.0/8]}}
)";
  }

  Running start() {
    auto daemon = hub.start({"run", "hub.yaml", "--lang", "en"});
    EXPECT_TRUE(daemon.says("partners' calls on port")) << daemon.log();
    const auto log = daemon.log();
    const auto at = log.find("partners' calls on port ") + std::string("partners' calls on port ").size();
    port_ = static_cast<std::uint16_t>(std::stoi(log.substr(at)));
    return daemon;
  }
  static void stop(Running& daemon) {
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait(), 0) << daemon.log();
  }

  std::string call(const std::string& path, const std::string& body, const std::string& message = "") const {
    Visitor visitor(port_);
    std::string head = "POST /in/" + asks_ + path +
                       " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nAuthorization: Bearer " + key_ +
                       "\r\n";
    if (!message.empty()) head += "Idempotency-Key: " + message + "\r\n";
    visitor.send(head + "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                 "\r\n\r\n" + body);
    return visitor.all();
  }
  // Once the hub has read its catalogue.
  std::string book(const std::string& id, const std::string& message = "") const {
    const auto body = Json{{"id", id},
                           {"offer", offer()},
                           {"kind", "slot"},
                           {"start", "2126-03-03T09:00:00+01:00"},
                           {"end", "2126-03-03T10:00:00+01:00"},
                           {"people",
                            {{"beneficiary",
                              {{"fiscal_code", kFiscalCode},
                               {"name", "Ada"},
                               {"surname", "Verdi"},
                               {"phone", "0372 555100"}}}}}}
                          .dump();
    return patient_call([&] { return call("/bookings", body, message); });
  }

  HubFolder hub;
  PartnerSystem at_portal;
  PartnerSystem at_cooperative;
  std::atomic<int> says = 201;  // the cooperative
  WebPartner portal{[this](const Asked& asked) {
    at_portal.keep(asked);
    return Reply{200, {}, "{}"};
  }};
  WebPartner cooperative{[this](const Asked& asked) {
    if (says == 201 || asked.method == "DELETE") at_cooperative.keep(asked);
    return Reply{asked.method == "DELETE" ? 204 : says.load(), {}, "{}"};
  }};
  std::string asks_ = "portale";
  std::string key_ = "gettone";
  std::uint16_t port_ = 0;
};

TEST_F(Booking, reaches_the_cooperative_and_its_answer_reaches_the_portal) {
  auto daemon = start();
  const auto answer = book("p1");
  EXPECT_THAT(answer, HasSubstr(" 201 ")) << daemon.log();
  EXPECT_THAT(answer, HasSubstr("\"state\":\"requested\""));
  const auto appointment = at_cooperative.await("requested");
  ASSERT_TRUE(appointment.is_object()) << daemon.log();
  EXPECT_EQ(appointment["people"]["beneficiary"]["phone"], "0372 555100");
  EXPECT_FALSE(appointment["people"]["beneficiary"].contains("fiscal_code")) << "it sees contacts only";
  const auto status = at_portal.await("confirmed");
  ASSERT_TRUE(status.is_object()) << daemon.log();
  EXPECT_EQ(status["requested_id"], "p1");
  EXPECT_FALSE(status.contains("people"));
  call("/bookings/p1/cancel", "");
  ASSERT_TRUE(at_portal.await("cancelled_by_customer").is_object()) << daemon.log();
  at_cooperative.await_none();
  stop(daemon);
  EXPECT_THAT(daemon.log(), Not(HasSubstr("nobody will answer")));
  EXPECT_EQ(told(hub.ledger(), "portale"), "received 2 delivered 2");
}

TEST_F(Booking, refused_by_the_cooperative_is_told_to_the_portal) {
  says = 409;
  auto daemon = start();
  EXPECT_THAT(book("p1"), HasSubstr(" 201 "));
  const auto status = at_portal.await("refused");
  ASSERT_TRUE(status.is_object()) << daemon.log();
  EXPECT_EQ(status["reason"]["code"], "slot_taken");
  stop(daemon);
}

TEST_F(Booking, of_the_last_place_goes_to_one) {
  auto daemon = start();
  EXPECT_THAT(book("piero"), HasSubstr("\"state\":\"requested\""));
  EXPECT_THAT(book("nadia"), HasSubstr("\"state\":\"waitlisted\""));
  stop(daemon);
}

// Beside the portal, a counter of the municipality.
class TwoPortals : public Booking {
 protected:
  void SetUp() override {
    hub.write("secrets/sportello", "altro");
    std::filesystem::permissions(hub.path("secrets/sportello"),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    hub.configure(connectors() + R"(
  - id: sportello
    plugin: counter
    from: {webhook: {auth: {bearer: {secret: sportello}}}}
  - id: sportello-esiti
    plugin: counter
    partner: sportello
    subscribe: {topics: [bookings]}
    to: {http: {base_url: ")" +
                      counter.url("") +
                      R"(", networks: [127.0.0.0/8]}}
)",
                  "http: {admin: \"127.0.0.1:0\", ingress: \"127.0.0.1:0\"}\nsecrets: {folder: "
                  "secrets}\npeople: {keys: people.key}\n");
    Booking::SetUp();
  }
  void speak_as(const std::string& who, const std::string& key) { asks_ = who, key_ = key; }

  PartnerSystem at_counter;
  WebPartner counter{[this](const Asked& asked) {
    at_counter.keep(asked);
    return Reply{200, {}, "{}"};
  }};
};

TEST_F(TwoPortals, a_place_that_one_gives_up_goes_to_who_waits_at_the_other) {
  auto daemon = start();
  EXPECT_THAT(book("piero"), HasSubstr("\"state\":\"requested\""));
  ASSERT_TRUE(at_portal.await("confirmed").is_object()) << daemon.log();
  speak_as("sportello", "altro");
  EXPECT_THAT(book("nadia"), HasSubstr("\"state\":\"waitlisted\""));
  speak_as("portale", "gettone");
  EXPECT_THAT(call("/bookings/piero/cancel", ""), HasSubstr(" 201 "));
  const auto offered = at_counter.await("\"state\":\"held\"");
  ASSERT_TRUE(offered.is_object()) << daemon.log();
  EXPECT_EQ(offered["requested_id"], "nadia");
  EXPECT_EQ(offered["awaits"], "customer");
  ASSERT_TRUE(at_portal.await("cancelled_by_customer").is_object()) << daemon.log();
  speak_as("sportello", "altro");
  EXPECT_THAT(call("/bookings/nadia/accept_place", ""), HasSubstr("\"state\":\"requested\""));
  const auto confirmed = at_counter.await("\"state\":\"confirmed\"");
  ASSERT_TRUE(confirmed.is_object()) << daemon.log();
  EXPECT_TRUE(at_cooperative.await(offered["id"].get<std::string>()).is_object());
  EXPECT_FALSE(at_portal.knows_of("nadia")) << "each is told of its own";
  EXPECT_FALSE(at_counter.knows_of("piero"));
  stop(daemon);
}

TEST_F(Booking, asked_for_again_under_the_same_name_is_one) {
  auto daemon = start();
  const auto first = book("p1", "m1");
  EXPECT_EQ(Json::parse(first.substr(first.find("\r\n\r\n"))), [&] {
    const auto again = book("p1", "m1");
    return Json::parse(again.substr(again.find("\r\n\r\n")));
  }());
  EXPECT_THAT(call("/bookings", R"({"id":"p2"})", "m1"), HasSubstr(" 409 "));
  ASSERT_TRUE(at_portal.await("confirmed").is_object()) << daemon.log();
  stop(daemon);
  EXPECT_EQ(hub.events("bookings").size(), 2u) << "requested and confirmed";
}

// A key that changes is not configuration: the file that names it stays as it was.
TEST_F(Booking, is_asked_for_with_the_new_key_once_a_reload_was_asked_for_over_the_socket) {
  auto daemon = start();
  hub.write("secrets/portale", "nuovo");
  const auto client = ControlClient::open(hub.path("var"));
  ASSERT_TRUE(client.ok()) << client.error().message.en;
  EXPECT_THAT((*client)->perform(R"({"do":"reload"})"), HasSubstr("\"ok\":true"));
  EXPECT_THAT(call("/bookings", "{}"), HasSubstr(" 401 "));
  key_ = "nuovo";
  EXPECT_THAT(book("p1"), HasSubstr(" 201 "));
  stop(daemon);
}

TEST_F(Booking, survives_that_the_hub_is_killed) {
  auto daemon = start();
  EXPECT_THAT(book("p1"), HasSubstr(" 201 "));
  daemon.signal(SIGKILL);
  EXPECT_NE(daemon.wait(), 0);
  auto again = start();
  ASSERT_TRUE(at_portal.await("confirmed").is_object()) << again.log();
  EXPECT_THAT(book("p1"), HasSubstr("p1"));
  stop(again);
}

TEST_F(Booking, leaves_nothing_about_people_behind_but_sealed) {
  auto daemon = start();
  EXPECT_THAT(book("p1"), HasSubstr(" 201 "));
  ASSERT_TRUE(at_portal.await("confirmed").is_object()) << daemon.log();
  EXPECT_THAT(call("/nowhere", std::string("{\"of\":\"") + kFiscalCode + "\"}"), HasSubstr(" 400 "));
  stop(daemon);
  EXPECT_THAT(daemon.log(), Not(HasSubstr(kFiscalCode)));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(hub.path("var"))) {
    if (!entry.is_regular_file()) continue;
    const auto content = hub.read(std::filesystem::relative(entry.path(), hub.path("")).string());
    for (const char* planted : {kFiscalCode, "Verdi", "0372 555100"})
      EXPECT_EQ(content.find(planted), std::string::npos) << planted << " in " << entry.path();
  }
}

}  // namespace
}  // namespace raccordo::testing
