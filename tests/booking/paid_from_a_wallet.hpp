// SPDX-License-Identifier: EUPL-1.2
// An employer's payroll file that two approve, a portal whose bookings are paid from what it credits, and the
// cooperative that takes them.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>

#include "raccordo/model/statement_keys.hpp"
#include "tests/booking/hub_at_work.hpp"
#include "tests/booking/partner_system.hpp"
#include "tests/partner/patient_call.hpp"

namespace raccordo::testing {

inline constexpr const char* kPaidCatalogue = R"(mapping: 1
input: {format: csv, separator: ";"}
entities:
  - service: {id: {column: id}, name: {column: nome}}
  - offer:
      id: {column: id}
      service: {id_of: service}
      channel: {constant: company_plan}
      tuir_letter: {constant: f_ter}
      wallet_captured: {constant: confirmation}
      price: {cents: {column: prezzo, number: plain}, currency: EUR, unit: hour}
  - plan: {id: {column: piano}, name: {constant: Meccanica Po}, relations: [parent]}
)";

inline constexpr const char* kPayroll =
    "Matricola;Codice fiscale;Piano;Importo;Scadenza;Lettera\n"
    "101;VRDLCU80A01D150V;meccanica-po;300,00;31/12/2126;f-ter\n";

// What a person types to sign, as docs/wallets.md says.
inline constexpr const char* kMakeKey =
    "openssl genpkey -algorithm ed25519 -out $NAME.key 2>/dev/null && openssl pkey -in $NAME.key -pubout "
    "-out $NAME.pub";
inline constexpr const char* kApprove = R"sh(FILE=paghe/marzo.csv
printf 'raccordo payroll approval 1\nsha256: %s\ntotal: 300.00 EUR\napprover: %s\n' \
  "$(openssl dgst -sha256 -r $FILE | cut -d ' ' -f 1)" $NAME > $NAME.text
openssl pkeyutl -sign -rawin -inkey $NAME.key -in $NAME.text -out $NAME.signature
{ cat $NAME.text; printf 'signature: %s\n' "$(openssl base64 -A -in $NAME.signature)"; } > $FILE.$NAME.approval)sh";

class PaidFromAWallet : public ::testing::Test {
 protected:
  using Json = nlohmann::json;

  PaidFromAWallet() {
    bring_plugins(hub, {"counter", "cooperative"});
    hub.write("map.yaml", kPaidCatalogue);
    hub.write("in/orari.csv", "id;nome;prezzo;piano\nora;Assistenza domiciliare;2400;meccanica-po\n");
    keep_secret(hub, "portale", "gettone");
    hub.write("paghe/marzo.csv", kPayroll);
    for (const char* name : {"rossi", "bianchi"}) shell(name, kMakeKey);
    hub.configure(connectors(), called_about_people(hub) + R"(wallets:
  approvers: [{name: rossi, key: rossi.pub}, {name: bianchi, key: bianchi.pub}]
  plans: [{id: meccanica-po, provider: portale}]
  payrolls: [{id: paghe, path: "paghe/*.csv", plans: [meccanica-po], receipts: ricevute, poll: 100ms}]
)");
  }
  void SetUp() override { EXPECT_EQ(told(hub.once(), "agenda-file"), "received 1 delivered 1 entities 3"); }

  void shell(const std::string& name, const std::string& script) const {
    hub.write("script.sh", "set -e\ncd " + hub.path("").string() + "\nNAME=" + name + "\n" + script + "\n");
    ASSERT_EQ(std::system(("sh " + hub.path("script.sh").string()).c_str()), 0) << script;
  }

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
    plugin: welfare_portal
    partner: portale
    subscribe: {topics: [bookings, wallets]}
    to: )" +
           partner_at(portal.url("")) +
           R"(
  - id: altro-portale
    plugin: welfare_portal
    subscribe: {topics: [wallets]}
    to: )" +
           partner_at(other.url("")) +
           R"(
  - id: airone
    plugin: cooperative
    partner: agenda-file
    subscribe: {topics: [bookings, enquiries]}
    to: )" +
           partner_at(cooperative.url(""));
  }

  Running start() { return start_taking_calls(hub, port_); }
  std::string call(const std::string& path, const std::string& body) const {
    return patient_call([&] { return post(port_, {}, path, body); });
  }
  std::string book(const std::string& id, const std::string& wallet) const {
    return call(
        "/bookings",
        Json{{"id", id},
             {"offer", StatementKeys(statement_space("prova", "agenda-file")).key("offer", "ora").text()},
             {"kind", "slot"},
             {"wallet", wallet},
             {"relation", "parent"},
             {"start", "2126-03-03T09:00:00+01:00"},
             {"end", "2126-03-03T10:00:00+01:00"},
             {"people", people}}
            .dump());
  }

  // What a command prints, in English, while the hub runs.
  std::string shown(std::vector<std::string> command) const {
    command.insert(command.end(), {"--config", "hub.yaml"});
    const auto ran = hub.raccordo(command);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return ran.out;
  }

  Json people{{"applicant", {{"fiscal_code", "VRDLCU80A01D150V"}, {"name", "Luca"}, {"surname", "Verdi"}}}};
  HubFolder hub;
  PartnerSystem at_portal, at_another;
  WebPartner portal{[this](const Asked& asked) { return at_portal.take(asked); }};
  WebPartner other{[this](const Asked& asked) { return at_another.take(asked); }};
  std::atomic<int> says = 201;  // the cooperative
  WebPartner cooperative{[this](const Asked& asked) {
    return Reply{asked.method == "DELETE" ? 204 : says.load(), {}, "{}"};
  }};
  std::uint16_t port_ = 0;
};

}  // namespace raccordo::testing
