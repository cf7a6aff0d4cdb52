// SPDX-License-Identifier: EUPL-1.2
// A cooperative that exchanges files: its bookings in a file, its answers in another, and a receipt of that.
// The plugin is `mapping`, on its side no code at all.
#include <gmock/gmock.h>

#include <filesystem>
#include <optional>
#include <thread>

#include "raccordo/model/statement_keys.hpp"
#include "tests/booking/hub_at_work.hpp"
#include "tests/partner/patient_call.hpp"

namespace raccordo::testing {
namespace {

using Json = nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
namespace fs = std::filesystem;

constexpr const char* kCatalogue = R"(mapping: 1
input: {format: csv, separator: ";"}
entities:
  - service: {id: {column: id}, name: {column: nome}}
  - offer: {id: {column: id}, service: {id_of: service}, channel: {constant: pay}}
  - capacity: {id: {column: id}, service: {id_of: service}, total: {column: posti, number: plain}}
)";

constexpr const char* kBookings = R"(mapping: 1
input: {format: events}
rows:
  - prenotazioni:
      when: {path: state, is: requested}
      columns:
        Pratica: {path: id}
        Inizio: {path: start}
        Cognome: {path: people.beneficiary.surname}
        Telefono: {path: people.beneficiary.phone}
)";

constexpr const char* kAnswers = R"(mapping: 1
input: {format: csv, separator: ";"}
steps:
  - confirm: {when: {column: Esito, is: OK}, case: {column: Pratica}}
  - refuse:
      when: {column: Esito, is: "NO"}
      case: {column: Pratica}
      reason: {code: not_available, text: {column: Note}}
)";

constexpr const char* kConnectors = R"(
  - id: airone-catalogo
    plugin: mapping
    options: {mapping: catalogo.yaml}
    from: {files: {path: "in/*.csv", poll: 100ms}}
  - id: airone-prenotazioni
    plugin: mapping
    partner: airone-catalogo
    options: {mapping: prenotazioni.yaml}
    subscribe: {topics: [bookings]}
    to: {files: {folder: out, name: "{file}-{seq}.csv", roll: 1s}}
  - id: airone-risposte
    plugin: mapping
    partner: airone-catalogo
    options: {mapping: risposte.yaml}
    from: {receipts: ricevute, files: {path: "risposte/*.csv", poll: 100ms}}
  - id: portale
    plugin: counter
    from: {webhook: {auth: {bearer: {secret: portale}}}}
)";

class BookingByFiles : public ::testing::Test {
 protected:
  BookingByFiles() {
    bring_plugins(hub, {"counter"});
    hub.write("catalogo.yaml", kCatalogue);
    hub.write("prenotazioni.yaml", kBookings);
    hub.write("risposte.yaml", kAnswers);
    hub.write("in/orari.csv", "id;nome;posti\nora;Assistenza domiciliare;1\n");
    keep_secret(hub, "portale", "gettone");
    fs::create_directory(hub.path("risposte"));
    hub.configure(kConnectors, called_about_people(hub));
  }
  void SetUp() override {
    EXPECT_EQ(told(hub.once(), "airone-catalogo"), "received 1 delivered 1 entities 3");
  }

  Running start() { return start_taking_calls(hub, port_); }

  // Once the hub has read its catalogue. The case's number.
  std::string book() const {
    const auto body =
        Json{{"id", "p1"},
             {"offer", StatementKeys(statement_space("prova", "airone-catalogo")).key("offer", "ora").text()},
             {"kind", "slot"},
             {"start", "2126-03-03T09:00:00+01:00"},
             {"end", "2126-03-03T10:00:00+01:00"},
             {"people", {{"beneficiary", {{"surname", "Verdi"}, {"phone", "0372 555100"}}}}}}
            .dump();
    const auto answer = patient_call([&] { return post(port_, {}, "/bookings", body); });
    EXPECT_THAT(answer, HasSubstr(" 201 "));
    return body_of(answer).value("id", "");
  }

  // Waits until the folder holds a file of this name.
  std::string await(const std::string& file) const {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!fs::exists(hub.path(file)) && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_TRUE(fs::exists(hub.path(file))) << file;
    return fs::exists(hub.path(file)) ? hub.read(file) : "";
  }
  // A file appears whole.
  void drop(const std::string& name, const std::string& content) const {
    hub.write("aside.tmp", content);
    fs::rename(hub.path("aside.tmp"), hub.path("risposte/" + name));
  }
  std::vector<std::string> states() const {
    std::vector<std::string> states;
    for (const auto& event : hub.events("bookings")) states.push_back(event["data"]["state"]);
    return states;
  }

  HubFolder hub;
  std::uint16_t port_ = 0;
};

TEST_F(BookingByFiles, goes_out_in_a_file_and_comes_back_in_one_with_a_receipt) {
  auto daemon = start();
  const auto id = book();
  EXPECT_EQ(await("out/prenotazioni-1.csv"),
            "Pratica;Inizio;Cognome;Telefono\n" + id + ";2126-03-03T09:00:00+01:00;Verdi;0372 555100\n");

  const auto answers = "Pratica;Esito;Note\n" + id + ";OK;\n0;NO;chiuso\n";
  drop("lunedi.csv", answers);
  const auto receipt = await("ricevute/lunedi-1.csv");
  EXPECT_THAT(receipt, HasSubstr("line;case;outcome;code;why\n2;\"" + id + "\";taken;;\n3;\"0\";refused;"));
  EXPECT_THAT(states(), ElementsAre("requested", "confirmed")) << daemon.log();

  drop("lunedi.csv", answers);
  EXPECT_EQ(await("ricevute/lunedi-2.csv"), receipt) << "the same file again changes nothing";
  drop("martedi.csv", "Pratica;Esito;Note\n" + id + ";NO;malata\n");
  EXPECT_THAT(await("ricevute/martedi-3.csv"), HasSubstr("refused;too_late;")) << "confirmed is confirmed";
  stop(daemon);

  EXPECT_THAT(states(), ElementsAre("requested", "confirmed"));
  EXPECT_THAT(hub.parked(), SizeIs(2));
  EXPECT_EQ(told(hub.ledger(), "airone-risposte"), "received 5 delivered 1 unchanged 1 filtered 1 parked 2");
  EXPECT_EQ(told(hub.ledger(), "airone-prenotazioni"), "received 2 delivered 1 filtered 1");
}

TEST_F(BookingByFiles, answered_while_the_hub_was_away_is_confirmed_by_a_run_that_ends) {
  auto daemon = start();
  const auto id = book();
  EXPECT_THAT(await("out/prenotazioni-1.csv"), HasSubstr(id));
  stop(daemon);
  drop("lunedi.csv", "Pratica;Esito;Note\n" + id + ";OK;\n");
  EXPECT_EQ(told(hub.once(), "airone-risposte"), "received 1 delivered 1");
  EXPECT_THAT(states(), ElementsAre("requested", "confirmed"));
  EXPECT_THAT(await("ricevute/lunedi-1.csv"), HasSubstr("taken"));
}

}  // namespace
}  // namespace raccordo::testing
