// SPDX-License-Identifier: EUPL-1.2
// A portal and a cooperative as systems of partners, and a hub between them, with plugins of the tests' own.
#pragma once

#include <gmock/gmock.h>

#include <atomic>

#include "raccordo/model/statement_keys.hpp"
#include "tests/booking/hub_at_work.hpp"
#include "tests/booking/partner_system.hpp"
#include "tests/partner/patient_call.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::testing {

inline constexpr const char* kBookingMapping = R"(mapping: 1
input: {format: csv, separator: ";"}
entities:
  - service: {id: {column: id}, name: {column: nome}}
  - offer: {id: {column: id}, service: {id_of: service}, channel: {constant: pay}}
  - capacity: {id: {column: id}, service: {id_of: service}, total: {column: posti, number: plain}}
)";

inline constexpr const char* kFiscalCode = "VRDLCU80A01D150V";

// The canonical id of an offer, as the cooperative calls it.
inline std::string offer(const std::string& id = "ora") {
  return StatementKeys(statement_space("prova", "agenda-file")).key("offer", id).text();
}

class Booking : public ::testing::Test {
 protected:
  using Json = nlohmann::json;

  Booking() {
    bring_plugins(hub, {"counter", "cooperative"});
    hub.write("map.yaml", kBookingMapping);
    hub.write("in/orari.csv", "id;nome;posti\nora;Assistenza domiciliare;1\n");
    keep_secret(hub, "portale", "gettone");
    about_people_ = called_about_people(hub);
    hub.configure(connectors(), about_people_);
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
    to: )" +
           partner_at(portal.url("")) + R"(  - id: airone
    plugin: cooperative
    partner: agenda-file
    subscribe: {topics: [bookings]}
    to: )" +
           partner_at(cooperative.url(""));
  }

  Running start() { return start(hub, port_); }
  static Running start(const HubFolder& folder, std::uint16_t& port) {
    return start_taking_calls(folder, port);
  }

  std::string call(const std::string& path, const std::string& body, const std::string& message = "") const {
    return post(port_, {asks_, key_}, path, body, message);
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
  WebPartner portal{[this](const Asked& asked) { return at_portal.take(asked); }};
  WebPartner cooperative{[this](const Asked& asked) {
    if (says == 201 || asked.method == "DELETE") at_cooperative.keep(asked);
    return Reply{asked.method == "DELETE" ? 204 : says.load(), {}, "{}"};
  }};
  std::string asks_ = "portale";
  std::string key_ = "gettone";
  std::string about_people_;
  std::uint16_t port_ = 0;
};

}  // namespace raccordo::testing
