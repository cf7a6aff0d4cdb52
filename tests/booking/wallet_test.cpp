// SPDX-License-Identifier: EUPL-1.2
// From an employer's payroll file to a wallet, a booking that is paid from it, and the statement of what
// moved.
#include <gmock/gmock.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <regex>

#include "adapters/http_server/tests/visitor.hpp"
#include "raccordo/model/statement_keys.hpp"
#include "tests/integration/hub_folder.hpp"
#include "tests/partner/patient_call.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::testing {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kCatalogue = R"(mapping: 1
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

constexpr const char* kPayroll =
    "Matricola;Codice fiscale;Piano;Importo;Scadenza;Lettera\n"
    "101;VRDLCU80A01D150V;meccanica-po;300,00;31/12/2126;f-ter\n";

// What a person types to sign, as docs/wallets.md says.
constexpr const char* kMakeKey =
    "openssl genpkey -algorithm ed25519 -out $NAME.key 2>/dev/null && openssl pkey -in $NAME.key -pubout "
    "-out $NAME.pub";
constexpr const char* kApprove = R"sh(FILE=paghe/marzo.csv
printf 'raccordo payroll approval 1\nsha256: %s\ntotal: 300.00 EUR\napprover: %s\n' \
  "$(openssl dgst -sha256 -r $FILE | cut -d ' ' -f 1)" $NAME > $NAME.text
openssl pkeyutl -sign -rawin -inkey $NAME.key -in $NAME.text -out $NAME.signature
{ cat $NAME.text; printf 'signature: %s\n' "$(openssl base64 -A -in $NAME.signature)"; } > $FILE.$NAME.approval)sh";

// The last that came to each path. [any]
class Told {
 public:
  Reply take(const Asked& asked) {
    const std::lock_guard lock(mutex_);
    last_[asked.target] = asked.body;
    arrived_.notify_all();
    return {200, {}, "{}"};
  }
  // Waits until what stands under some path holds these words; that.
  Json await(const std::string& words) {
    std::unique_lock lock(mutex_);
    const std::string* found = nullptr;
    const auto is_there = [&] {
      for (const auto& [path, body] : last_)
        if (body.find(words) != std::string::npos) found = &body;
      return found != nullptr;
    };
    if (!arrived_.wait_for(lock, std::chrono::seconds(60), is_there)) return nullptr;
    return Json::parse(*found, nullptr, false);
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::map<std::string, std::string> last_;
};

class PaidFromAWallet : public ::testing::Test {
 protected:
  PaidFromAWallet() {
    for (const char* name : {"counter.so", "cooperative.so"})
      hub.copy(std::filesystem::path(RACCORDO_BOOKING_PLUGINS) / name, std::string("plugins/") + name);
    hub.write("map.yaml", kCatalogue);
    hub.write("in/orari.csv", "id;nome;prezzo;piano\nora;Assistenza domiciliare;2400;meccanica-po\n");
    hub.write("secrets/portale", "gettone");
    std::filesystem::permissions(hub.path("secrets/portale"),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_EQ(hub.raccordo({"keys", "new", hub.path("people.key").string()}).exit, 0);
    hub.write("paghe/marzo.csv", kPayroll);
    for (const char* name : {"rossi", "bianchi"}) shell(name, kMakeKey);
    hub.configure(connectors(), R"(
http: {admin: "127.0.0.1:0", ingress: "127.0.0.1:0"}
secrets: {folder: secrets}
people: {keys: people.key}
wallets:
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
    const auto sink = [](const std::string& url) {
      return "{http: {base_url: \"" + url + "\", networks: [127.0.0.0/8]}}\n";
    };
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
           sink(portal.url("")) +
           R"(
  - id: altro-portale
    plugin: welfare_portal
    subscribe: {topics: [wallets]}
    to: )" +
           sink(other.url("")) +
           R"(
  - id: airone
    plugin: cooperative
    partner: agenda-file
    subscribe: {topics: [bookings]}
    to: )" +
           sink(cooperative.url(""));
  }

  Running start() {
    auto daemon = hub.start({"run", "hub.yaml", "--lang", "en"});
    const std::string words = "partners' calls on port ";
    EXPECT_TRUE(daemon.says(words)) << daemon.log();
    const auto log = daemon.log();
    port_ = static_cast<std::uint16_t>(std::stoi(log.substr(log.find(words) + words.size())));
    return daemon;
  }
  static void stop(Running& daemon) {
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait(), 0) << daemon.log();
  }

  std::string call(const std::string& path, const std::string& body) const {
    return patient_call([&] {
      Visitor visitor(port_);
      visitor.send("POST /in/portale" + path +
                   " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nAuthorization: Bearer gettone\r\n"
                   "Content-Type: application/json\r\nContent-Length: " +
                   std::to_string(body.size()) + "\r\n\r\n" + body);
      return visitor.all();
    });
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
             {"people",
              {{"applicant", {{"fiscal_code", "VRDLCU80A01D150V"}, {"name", "Luca"}, {"surname", "Verdi"}}}}}}
            .dump());
  }

  // What a command prints, in English, while the hub runs.
  std::string shown(std::vector<std::string> command) const {
    command.insert(command.end(), {"--config", "hub.yaml"});
    const auto ran = hub.raccordo(command);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return ran.out;
  }

  HubFolder hub;
  Told at_portal, at_another;
  WebPartner portal{[this](const Asked& asked) { return at_portal.take(asked); }};
  WebPartner other{[this](const Asked& asked) { return at_another.take(asked); }};
  std::atomic<int> says = 201;  // the cooperative
  WebPartner cooperative{[this](const Asked& asked) {
    return Reply{asked.method == "DELETE" ? 204 : says.load(), {}, "{}"};
  }};
  std::uint16_t port_ = 0;
};

// Days and ids differ from run to run.
std::string without_what_differs(std::string csv) {
  csv = std::regex_replace(csv, std::regex(R"([0-9a-f]{8}-[0-9a-f-]{27})"), "ID");
  return std::regex_replace(csv, std::regex(R"((^|\n)20\d\d-\d\d-\d\d;)"), "$1DAY;");
}

TEST_F(PaidFromAWallet, a_payroll_file_that_two_approved_pays_a_booking_and_takes_the_money_back) {
  shell("rossi", kApprove);
  auto daemon = start();
  ASSERT_TRUE(daemon.says("approved by rossi, waits for a second person")) << daemon.log();
  EXPECT_THAT(shown({"wallet", "payrolls"}), HasSubstr("waiting"));
  EXPECT_EQ(hub.raccordo({"wallet", "show", "--config", "hub.yaml"}).err, "no wallets\n");

  shell("bianchi", kApprove);
  const auto credited = at_portal.await(R"("kind":"credit")");
  ASSERT_TRUE(credited.is_object()) << daemon.log();
  EXPECT_EQ(credited["available"], 30'000);
  EXPECT_FALSE(credited.contains("owner"));
  const std::string wallet = credited["id"];

  EXPECT_THAT(book("p1", wallet), HasSubstr(" 201 ")) << daemon.log();
  ASSERT_TRUE(at_portal.await(R"("kind":"capture")").is_object()) << daemon.log();
  ASSERT_TRUE(at_portal.await(R"("state":"confirmed")").is_object()) << daemon.log();
  EXPECT_THAT(shown({"cases", "list", "--connector", "portale"}), HasSubstr("Confirmed"));
  EXPECT_THAT(shown({"cases", "explain", "portale/p1"}), HasSubstr("Confirmed: awaits"));
  EXPECT_THAT(shown({"cases", "timeline", "portale/p1", "--csv"}), HasSubstr("(agenda-file)"));
  EXPECT_THAT(shown({"cases", "show", "portale/p1"}), Not(HasSubstr("Verdi")));

  call("/bookings/p1/cancel", "");
  const auto back = at_portal.await(R"("kind":"give_back")");
  ASSERT_TRUE(back.is_object()) << daemon.log();
  EXPECT_EQ(back["available"], 30'000);

  EXPECT_EQ(without_what_differs(shown({"wallet", "statement", wallet})),
            "Date;Movement;Letter;Amount;Credited;Available;Reserved;Spent;Expired;Reference\r\n"
            ";Opening sums;;;0,00;0,00;0,00;0,00;0,00;\r\n"
            "DAY;Credit;f_ter;300,00;300,00;300,00;0,00;0,00;0,00;ID\r\n"
            "DAY;Reservation;f_ter;24,00;300,00;276,00;24,00;0,00;0,00;ID\r\n"
            "DAY;Spending;f_ter;24,00;300,00;276,00;0,00;24,00;0,00;ID\r\n"
            "DAY;Given back;f_ter;24,00;300,00;300,00;0,00;0,00;0,00;ID\r\n"
            ";Closing sums;;;300,00;300,00;0,00;0,00;0,00;\r\n");
  EXPECT_EQ(shown({"wallet", "statement", "--plan", "meccanica-po"}),
            "Letter;Credited;Available;Reserved;Spent;of which reimbursed;Expired\r\n"
            "f_ter;300,00;;0,00;0,00;0,00;0,00\r\n"
            "Total;300,00;300,00;0,00;0,00;0,00;0,00\r\n");
  stop(daemon);
  EXPECT_THAT(daemon.log(), Not(HasSubstr("VRDLCU80A01D150V")));
  const auto receipt = hub.lines_in("ricevute");
  ASSERT_EQ(receipt.size(), 2u);
  EXPECT_THAT(receipt[1], HasSubstr("101;meccanica-po;300,00;2126-12-31;f_ter;" + wallet));
  (void)hub.once();
  EXPECT_EQ(told(hub.ledger(), "altro-portale"), "received 4 filtered 4") << "wallets are of one partner";
}

TEST_F(PaidFromAWallet, a_payroll_file_credits_once_though_the_hub_is_killed) {
  for (const char* name : {"rossi", "bianchi"}) shell(name, kApprove);
  auto daemon = start();
  ASSERT_TRUE(daemon.says("credited in")) << daemon.log();
  daemon.signal(SIGKILL);
  EXPECT_NE(daemon.wait(), 0);
  auto again = start();
  ASSERT_TRUE(again.says("credited already")) << again.log();
  ASSERT_TRUE(at_portal.await(R"("kind":"credit")").is_object()) << again.log();
  EXPECT_THAT(shown({"wallet", "statement", "--plan", "meccanica-po"}), HasSubstr("Total;300,00;300,00;"));
  stop(again);
}

TEST_F(PaidFromAWallet, a_delivery_that_is_parked_is_found_by_its_case) {
  for (const char* name : {"rossi", "bianchi"}) shell(name, kApprove);
  says = 400;
  auto daemon = start();
  const auto credited = at_portal.await(R"("kind":"credit")");
  ASSERT_TRUE(credited.is_object()) << daemon.log();
  const auto answer = book("p1", credited["id"]);
  const std::string id = Json::parse(answer.substr(answer.find("\r\n\r\n")))["id"];
  ASSERT_TRUE(daemon.says("parked: status")) << daemon.log();
  EXPECT_THAT(shown({"parked", "list", "--case", id}), HasSubstr(id));
  EXPECT_EQ(hub.raccordo({"parked", "list", "--config", "hub.yaml", "--case", std::string(36, '0')}).err,
            "nothing is parked\n");
  stop(daemon);
}

}  // namespace
}  // namespace raccordo::testing
