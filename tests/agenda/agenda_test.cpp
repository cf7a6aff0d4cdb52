// SPDX-License-Identifier: EUPL-1.2
// From a portal's click into a cooperative's agenda on a real CalDAV server, and back.
#include <gmock/gmock.h>

#include <fmt/format.h>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <map>
#include <mutex>

#include "adapters/http_server/tests/visitor.hpp"
#include "raccordo/model/statement_keys.hpp"
#include "tests/integration/hub_folder.hpp"
#include "tests/partner/caldav_partner.hpp"
#include "tests/partner/patient_call.hpp"

namespace raccordo::testing {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kMapping = R"(mapping: 1
input: {format: csv, separator: ";"}
entities:
  - service: {id: {column: id}, name: {column: nome}}
  - offer: {id: {column: id}, service: {id_of: service}, channel: {constant: pay}}
)";

// On the day on which clocks change to summer time: 09:00 is 07:00 UTC.
constexpr const char* kNine = "2126-03-31T09:00:00+02:00";
constexpr const char* kTen = "2126-03-31T10:00:00+02:00";

std::string calendar(const std::string& lines) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Prova//IT\r\nBEGIN:VEVENT\r\nUID:libero\r\n"
         "DTSTAMP:20260101T000000Z\r\n" +
         lines + "END:VEVENT\r\nEND:VCALENDAR\r\n";
}
const std::string kOffered =
    calendar("DTSTART:21260331T060000Z\r\nDTEND:21260331T100000Z\r\nSUMMARY:Libero\r\nCATEGORIES:LIBERO\r\n");

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto found = text.find(what);
  EXPECT_NE(found, std::string::npos) << what << " in " << text;
  if (found != std::string::npos) text.replace(found, what.size(), with);
  return text;
}

// What the portal was told, the last of each booking. [any]
class Portal {
 public:
  [[nodiscard]] std::string url() const { return server_.url(""); }
  // Waits until it was told of this state; what it was told.
  Json await(const std::string& state) {
    std::unique_lock lock(mutex_);
    const auto found = [&]() -> const std::string* {
      for (const auto& [path, body] : last_)
        if (body.find("\"state\":\"" + state + "\"") != std::string::npos) return &body;
      return nullptr;
    };
    if (!told_.wait_for(lock, std::chrono::seconds(60), [&] { return found() != nullptr; })) return nullptr;
    return Json::parse(*found(), nullptr, false);
  }

 private:
  std::mutex mutex_;
  std::condition_variable told_;
  std::map<std::string, std::string> last_;
  WebPartner server_{[this](const Asked& asked) {
    const std::lock_guard lock(mutex_);
    last_[asked.target] = asked.body;
    told_.notify_all();
    return Reply{200, {}, "{}"};
  }};
};

class Agenda : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!CalDavPartner::installed()) GTEST_SKIP() << "no CalDAV server: install Debian's radicale";
    agenda = std::make_unique<CalDavPartner>(hub.path("radicale"));
    hub.copy(std::filesystem::path(RACCORDO_BOOKING_PLUGINS) / "counter.so", "plugins/counter.so");
    hub.write("map.yaml", kMapping);
    hub.write("in/orari.csv", "id;nome\nora;Assistenza domiciliare\n");
    secret("portale", "gettone");
    secret("agenda", CalDavPartner::kPassword);
    EXPECT_EQ(hub.raccordo({"keys", "new", hub.path("people.key").string()}).exit, 0);
  }
  void secret(const std::string& name, const std::string& value) const {
    hub.write("secrets/" + name, value);
    std::filesystem::permissions(hub.path("secrets/" + name),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }

  // `options` of the agenda.
  Running start(const std::string& options = "") {
    const auto http = fmt::format(
        "{{base_url: \"{}\", networks: [127.0.0.0/8], tls: {{ca: {}}}, auth: {{basic: {{user: {}, "
        "password: {{secret: agenda}}}}}}",
        agenda->url(), agenda->certificate(), CalDavPartner::kUser);
    hub.configure(fmt::format(R"(
  - id: catalogo
    plugin: mapping
    options: {{mapping: map.yaml}}
    from: {{files: {{path: "in/*.csv", poll: 100ms}}}}
  - id: portale
    plugin: counter
    from: {{webhook: {{auth: {{bearer: {{secret: portale}}}}}}}}
  - id: portale-esiti
    plugin: counter
    partner: portale
    subscribe: {{topics: [bookings]}}
    to: {{http: {{base_url: "{}", networks: [127.0.0.0/8]}}}}
  - id: agenda
    plugin: agenda
    partner: catalogo
    options: {{title: Assistenza domiciliare{}}}
    subscribe: {{topics: [bookings]}}
    to: {{http: {}}}}}
  - id: agenda-letta
    plugin: agenda
    partner: catalogo
    from: {{http: {}, poll: 200ms}}}}
)",
                              portal.url(), options, http, http),
                  "http: {admin: \"127.0.0.1:0\", ingress: \"127.0.0.1:0\"}\nsecrets: {folder: "
                  "secrets}\npeople: {keys: people.key}\n");
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

  [[nodiscard]] std::string call(const std::string& path, const std::string& body) const {
    Visitor visitor(port_);
    visitor.send("POST /in/portale" + path +
                 " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nAuthorization: Bearer gettone\r\n"
                 "Content-Type: application/json\r\nContent-Length: " +
                 std::to_string(body.size()) + "\r\n\r\n" + body);
    return visitor.all();
  }
  // Once the hub has read its catalogue.
  std::string book(Json times = {{"kind", "slot"}, {"start", kNine}, {"end", kTen}}) const {
    times["id"] = "p1";
    times["offer"] = StatementKeys(statement_space("prova", "catalogo")).key("offer", "ora").text();
    times["people"] = {
        {"beneficiary",
         {{"fiscal_code", "VRDLCU80A01D150V"}, {"name", "Ada"}, {"surname", "Verdi, di Crema"}}}};
    for (;;) {  // the catalogue is read while the hub works already
      auto answer = patient_call([&] { return call("/bookings", times.dump()); });
      if (answer.find("there is no offer") == std::string::npos) return answer;
    }
  }

  HubFolder hub;
  Portal portal;
  std::unique_ptr<CalDavPartner> agenda;
  std::uint16_t port_ = 0;
};

TEST_F(Agenda, takes_a_booking_for_a_time_that_it_offers) {
  agenda->put("libero.ics", kOffered);
  auto daemon = start();
  EXPECT_THAT(book(), HasSubstr(" 201 ")) << daemon.log();
  ASSERT_TRUE(portal.await("confirmed").is_object()) << daemon.log() << agenda->log();
  const auto name = agenda->await("STATUS:CONFIRMED");
  ASSERT_NE(name, "") << daemon.log();
  const auto event = agenda->get(name);
  EXPECT_THAT(event, HasSubstr("DTSTART;TZID=Europe/Rome:21260331T090000"))
      << "the clocks were changed that night";
  EXPECT_THAT(event, HasSubstr("Ada Verdi\\, di Crema"));
  EXPECT_THAT(event, Not(HasSubstr("VRDLCU80A01D150V")));
  EXPECT_THAT(agenda->names(), SizeIs(2));
  stop(daemon);
}

TEST_F(Agenda, refuses_a_time_that_is_taken_and_says_what_is_free) {
  agenda->put("libero.ics", kOffered);
  agenda->put("visita.ics", replaced(calendar("DTSTART:21260331T073000Z\r\nDTEND:21260331T080000Z\r\n"),
                                     "UID:libero", "UID:visita"));
  auto daemon = start();
  book();
  const auto told = portal.await("refused");
  ASSERT_TRUE(told.is_object()) << daemon.log();
  EXPECT_EQ(told["reason"]["code"], "slot_taken");
  EXPECT_THAT(told["reason"]["text"].get<std::string>(), HasSubstr("31/03/2126 10:00-12:00"));
  EXPECT_THAT(agenda->names(), SizeIs(2)) << "nothing was written";
  stop(daemon);
}

TEST_F(Agenda, takes_a_series_as_one_event) {
  auto daemon = start(", confirm: by_hand");
  book({{"kind", "series"},
        {"sessions",
         {{{"start", "2126-03-24T09:00:00+01:00"}, {"end", "2126-03-24T10:00:00+01:00"}},
          {{"start", kNine}, {"end", kTen}}}}});
  const auto name = agenda->await("RDATE;TZID=Europe/Rome:21260331T090000");
  EXPECT_NE(name, "") << daemon.log() << agenda->log();
  stop(daemon);
}

TEST_F(Agenda, holds_one_event_where_the_hub_is_killed_before_the_answer) {
  agenda->put("libero.ics", kOffered);
  auto daemon = start();
  std::promise<void> killed;
  agenda->once_done([&, once = true](const Asked& asked) mutable {
    if (asked.method != "PUT" || !std::exchange(once, false)) return;
    daemon.signal(SIGKILL);
    killed.set_value();
  });
  book();
  ASSERT_EQ(killed.get_future().wait_for(std::chrono::seconds(60)), std::future_status::ready)
      << daemon.log();
  EXPECT_NE(daemon.wait(), 0);
  agenda->once_done({});
  EXPECT_NE(agenda->await("STATUS:TENTATIVE"), "") << "it was done, and nobody heard";
  auto again = start();
  ASSERT_TRUE(portal.await("confirmed").is_object()) << again.log();
  EXPECT_NE(agenda->await("STATUS:CONFIRMED"), "");
  EXPECT_THAT(agenda->names(), SizeIs(2)) << "what is offered, and one booking";
  stop(again);
}

TEST_F(Agenda, marks_what_the_customer_cancels) {
  auto daemon = start(", confirm: by_hand");
  book();
  EXPECT_NE(agenda->await("STATUS:TENTATIVE"), "") << daemon.log();
  EXPECT_THAT(call("/bookings/p1/cancel", ""), HasSubstr(" 201 "));
  EXPECT_NE(agenda->await("STATUS:CANCELLED"), "") << daemon.log();
  stop(daemon);
}

TEST_F(Agenda, tells_the_portal_what_a_person_confirms_and_takes_out) {
  auto daemon = start(", confirm: by_hand");
  book();
  const auto name = agenda->await("STATUS:TENTATIVE");
  ASSERT_NE(name, "") << daemon.log();
  agenda->put(name, replaced(agenda->get(name), "STATUS:TENTATIVE", "STATUS:CONFIRMED"));
  ASSERT_TRUE(portal.await("confirmed").is_object()) << daemon.log();
  ASSERT_NE(agenda->await("X-RACCORDO-STATUS:CONFIRMED"), "") << daemon.log();
  agenda->take_out(name);
  const auto told = portal.await("cancelled_by_provider");
  ASSERT_TRUE(told.is_object()) << daemon.log();
  EXPECT_EQ(told["reason"]["code"], "deleted_in_agenda");
  stop(daemon);
}

TEST_F(Agenda, proposes_the_time_to_which_a_person_moves_it) {
  agenda->put("libero.ics", kOffered);
  auto daemon = start();
  book();
  ASSERT_TRUE(portal.await("confirmed").is_object()) << daemon.log();
  const auto name = agenda->await("X-RACCORDO-STATUS:CONFIRMED");
  const auto moved = replaced(agenda->get(name), "DTSTART;TZID=Europe/Rome:21260331T090000",
                              "DTSTART;TZID=Europe/Rome:21260331T110000");
  agenda->put(name, replaced(moved, "DTEND;TZID=Europe/Rome:21260331T100000",
                             "DTEND;TZID=Europe/Rome:21260331T120000"));
  const auto told = portal.await("held");
  ASSERT_TRUE(told.is_object()) << daemon.log();
  EXPECT_EQ(told["start"], "2126-03-31T11:00:00+02:00");
  stop(daemon);
}

}  // namespace
}  // namespace raccordo::testing
