// SPDX-License-Identifier: EUPL-1.2
#include <nlohmann/json.hpp>

#include "core/engine/desk/booking_procedure.hpp"
#include "core/engine/desk/case_desk.hpp"
#include "core/engine/desk/case_fact.hpp"
#include "core/engine/desk/case_operations.hpp"
#include "core/engine/desk/enquiry_procedure.hpp"
#include "core/engine/desk/front_desk.hpp"
#include "core/engine/desk/times.hpp"
#include "core/engine/people/sealed_people.hpp"
#include "core/engine/wallets/split.hpp"
#include "core/ports/testing/clear_seals.hpp"
#include "core/ports/testing/memory_case_store.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {
namespace {

using namespace cases;

constexpr std::int64_t kPlaces = 2;
constexpr const char* kLuca = "VRDLCU80A01D150V";

Uuid id_of(std::string_view name) { return uuid_v5(kNamespaceUrl, name); }

void put_id(const std::string& name, const std::string& id, std::string& text) {
  const auto mark = "\"$" + name + "\"";
  for (auto at = text.find(mark); at != text.npos; at = text.find(mark))
    text.replace(at, mark.size(), "\"" + id + "\"");
}

// Ids stand in a seed as $name: of the catalogue, the wallet, and of cases as whoever asked calls them.
std::string with_ids(std::string text, CaseStore& store) {
  if (text.find("\"$") == text.npos) return text;
  for (const char* name : {"hour", "plan-hour", "granted-hour", "member-hour", "help", "po", "ada"})
    put_id(name, id_of(name).text(), text);
  put_id("wallet", store.wallets("")->front().id.text(), text);
  for (const auto& record : *store.cases({})) put_id(record.asked_id, record.id.text(), text);
  return text;
}

// Home help in four ways; Ada is granted some, Luca has a wallet.
class FewTerms final : public Terms {
 public:
  FewTerms() {
    const auto help = id_of("help").text(), airone = id_of("airone").text();
    const nlohmann::json price{{"cents", 2400}, {"currency", "EUR"}, {"unit", "hour"}};
    say("service", "help", {{"organization", airone}, {"unit_type", "sad"}});
    say("offer", "hour", {{"service", help}, {"channel", "pay"}, {"price", price}});
    say("offer", "plan-hour",
        {{"service", help},
         {"channel", "company_plan"},
         {"tuir_letter", "f_ter"},
         {"wallet_captured", "confirmation"},
         {"price", price},
         {"split", {{{"party", "plan"}, {"percent", 70.5}}, {{"party", "user"}}}}});
    say("offer", "granted-hour", {{"service", help}, {"channel", "municipal_entitlement"}, {"price", price}});
    say("offer", "member-hour", {{"service", help}, {"channel", "membership"}, {"proved_by", "cassa"}});
    say("capacity", "room", {{"service", help}, {"total", kPlaces}});
    say("plan", "po", {{"name", "Meccanica Po"}, {"relations", {"parent"}}, {"valid_to", "2026-12-31"}});
    say("accreditation", "act", {{"provider", airone}, {"state", "granted"}});
    say("entitlement", "ada",
        {{"unit_type", "sad"}, {"holder", "P-1"}, {"quantity", {{"unit", "hour"}, {"per_week", 5}}}});
  }

  std::optional<Stated> find(std::string_view kind, std::string_view id) const override {
    for (const auto& [of, each] : stated_)
      if (of == kind && each.data["id"] == id) return each;
    return std::nullopt;
  }
  std::vector<Stated> of(std::string_view kind, std::string_view owner) const override {
    std::vector<Stated> found;
    const char* const field = kind == "capacity" || kind == "offer" ? "service" : "provider";
    for (const auto& [of, each] : stated_)
      if (of == kind && each.data.value(field, "") == owner) found.push_back(each);
    return found;
  }

 private:
  void say(const std::string& kind, const std::string& name, nlohmann::json data) {
    data["id"] = id_of(name).text();
    stated_.emplace_back(kind, Stated{std::move(data), "agenda"});
  }

  std::vector<std::pair<std::string, Stated>> stated_;
};

const FewTerms& terms() {
  static const FewTerms kTerms;
  return kTerms;
}

struct Counter {
  Counter() {
    clock.set(WallTime(std::chrono::milliseconds(*unix_ms_of("2026-03-02T08:00:00+01:00"))));
    wallets::Credit credit;
    credit.id = id_of("credit");
    credit.plan = "po";
    credit.holder = seals.pseudonym("fiscal_code", kLuca);
    credit.amount.value = 10'000;
    credit.amount.unit = "EUR";
    credit.letter = "f_ter";
    credit.valid_to = "2026-12-31";
    credit.about = id_of("file");
    credit.date = "2026-03-02";
    credit.time_ms = 1;
    const CaseStore::Work work = [&](CaseTransaction& t) { return book.credit(t, credit); };
    must(store.transact(std::span(&work, 1))->front().ok(), "no wallet");
  }

  testing::SimulatedClock clock;
  testing::MemoryCaseStore store{clock};
  testing::ClearSeals seals;
  wallets::Book book{"valle-demo", "welfare.wallets"};
  BookingProcedure bookings{terms(), book};
  EnquiryProcedure enquiries{terms()};
  CaseDesk desk{{"valle-demo", "", {}}, {&bookings, &enquiries}, store, &seals, clock};
  Quotes quotes{terms(), bookings, store, &seals, clock};
  FrontDesk front{desk, quotes};
};

void check_wallets(Counter& counter) {
  const auto wallets = counter.store.wallets("");
  for (const auto& each : *wallets) {
    must(each.credited == each.available + each.reserved + each.spent + each.expired, "money is lost");
    must(std::min({each.available, each.reserved, each.spent, each.expired}) >= 0, "money below nothing");
  }
  std::int64_t reserved = 0, spent = 0;
  const auto cases = counter.store.cases({});
  for (const auto& each : *cases) {
    const auto data = nlohmann::json::parse(each.data);
    if (!data.contains("hub") || !data["hub"].contains("money")) continue;
    reserved += data["hub"]["money"].value("reserved", 0L);
    spent += data["hub"]["money"].value("spent", 0L);
  }
  must(wallets->front().reserved == reserved, "a case holds other money than its wallet says");
  must(wallets->front().spent == spent, "a case spent other money than its wallet says");
}

void check_places(Counter& counter) {
  const auto pool = id_of("help").text() + "/";
  const CaseStore::Work work = [&](CaseTransaction& t) -> Status {
    for (const auto& record : *counter.store.cases({})) {
      const auto pools = t.pools_of(record.id);
      must(!record.ended || pools->empty(), "a place of a case that is over");
      for (const auto& each : *pools) must(*t.taken_places(each) <= kPlaces, "oversold");
    }
    return done();
  };
  must(counter.store.look(work).ok(), "unreadable");
}

void check_told(Counter& counter) {
  const auto messages = counter.store.to_tell(1'000);
  for (const auto& message : *messages)
    must(message.value.find("\"fiscal_code\":\"") == std::string::npos ||
             message.value.find("ct") != std::string::npos,
         "somebody is named in the open");
  for (const auto& allowance : *counter.store.allowances(id_of("ada")))
    must(allowance.left >= 0 && allowance.held >= 0 && allowance.used >= 0, "more than was granted");
}

void let_pass(Counter& counter, std::string_view hours) {
  counter.clock.advance(std::chrono::hours(hours.size() < 5 ? std::atoi(std::string(hours).c_str()) : 1));
  for (int round = 0; round < 100; ++round) {
    const auto next = counter.desk.let_time_pass();
    must(next.ok(), "time stands still");
    if (*next > Duration::zero()) return;
  }
  must(false, "time does not pass");
}

void give(Counter& counter, std::string_view line, int number) {
  const auto [connector, rest] = cut_at(line, " ");
  if (connector == "wait") return let_pass(counter, rest);
  const auto [type, written] = cut_at(rest, " ");
  auto json = with_ids(std::string(written), counter.store);
  const CaseCommand command{std::string(connector), "m" + std::to_string(number), "c", std::string(type),
                            json};
  const auto outcomes = counter.front.give(std::span(&command, 1));
  must(outcomes.ok(), "a command that nobody answers");
  const auto& outcome = outcomes->front();
  must(outcome.accepted || (!outcome.code.empty() && !outcome.reason.it.empty()), "refused without words");
  must(outcome.data.empty() || nlohmann::json::accept(outcome.data), "an outcome that is no JSON");
  must(outcome.data.find("\"hub\":") == std::string::npos, "the hub's own is told");
  const auto again = counter.front.give(std::span(&command, 1));
  must(again.ok() && (type == "quote.v1" || again->front().accepted == outcome.accepted ||
                      outcome.code == "not_possible"),
       "the same message is answered otherwise");
}

}  // namespace

// Lines of connector, command and JSON, as partners' plugins give them; "wait HOURS" lets time pass.
void desk(std::string_view bytes) {
  Counter counter;
  int number = 0;
  while (!bytes.empty() && number < 40) {
    const auto [line, rest] = cut_at(bytes, "\n");
    give(counter, line, ++number);
    bytes = rest;
  }
  check_wallets(counter);
  check_places(counter);
  check_told(counter);
}

// A case as some store gives it back: its data, and what is sealed of it.
void kept_case(std::string_view bytes) {
  Counter counter;
  const auto [data, people] = cut_at(bytes, kNextPart);
  CaseRecord record;
  record.id = id_of("case");
  record.machine = "booking";
  record.state = "requested";
  record.revision = 1;
  record.data = data;
  record.people = people;
  record.asked_by = "portale";
  record.asked_id = "p1";
  record.answered_by = "agenda";
  record.due_ms = 1;
  record.due_event = "expire";
  const CaseStep step{record.id, 1,   "request",         "", "requested", "customer",
                      "portale", "m", std::string(data), 1};
  const CaseStore::Work work = [&](CaseTransaction& t) { return t.put(record, step); };
  if (!counter.store.transact(std::span(&work, 1))->front().ok()) return;
  for (const char* command : {"booking.confirm.v1", "booking.cancel.v1", "booking.reschedule.v1"}) {
    const CaseCommand one{"agenda", command, "c", command, R"({"case":")" + record.id.text() + R"("})"};
    static_cast<void>(counter.front.give(std::span(&one, 1)));
  }
  must(counter.desk.let_time_pass().ok(), "one case stops the time of all");
  const nlohmann::ordered_json named{{"case", record.id.text()}};
  static_cast<void>(show_case(named, counter.store));
  static_cast<void>(explain_case(named, counter.store));
  static_cast<void>(case_timeline(named, counter.store));
  static_cast<void>(list_cases({{"awaiting", "provider"}}, counter.store));
  const std::vector<std::string> classes{"identity", "contact", "note"};
  for (const char* kind : {"booking", "enquiry"})
    static_cast<void>(seen_of({"agenda", classes, &counter.seals}, kind, data));
}

// "CENTS UNITS" of each session, then a share a line: "party", "party CENTS" or "party HUNDREDTHS%".
void split(std::string_view bytes) {
  const auto number = [](std::string_view text) {
    return std::strtoll(std::string(text.substr(0, 20)).c_str(), nullptr, 10);
  };
  std::vector<wallets::Charge> sessions;
  std::vector<wallets::ShareRule> rules;
  for (auto [charges, shares] = cut_at(bytes, kNextPart); !charges.empty() && sessions.size() < 1'000;) {
    const auto [line, rest] = cut_at(charges, "\n");
    const auto [cents, units] = cut_at(line, " ");
    sessions.push_back({number(cents), number(units)});
    charges = rest;
  }
  for (auto rest = cut_at(bytes, kNextPart).second; !rest.empty() && rules.size() < 100;) {
    const auto [line, behind] = cut_at(rest, "\n");
    const auto [party, amount] = cut_at(line, " ");
    wallets::ShareRule rule{std::string(party), {}, {}};
    if (amount.ends_with('%'))
      rule.hundredths = number(amount);
    else if (!amount.empty())
      rule.cents = number(amount);
    rules.push_back(std::move(rule));
    rest = behind;
  }
  const auto splits = wallets::split_sessions(sessions, rules);
  if (!splits.ok()) return must(!splits.error().message.it.empty(), "refused without words");
  must(splits->size() == sessions.size(), "not a split for each session");
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    std::int64_t sum = 0;
    for (const auto& share : (*splits)[i])
      must(share.cents >= 0, "a share below nothing"), sum += share.cents;
    must(rules.empty() || sum == sessions[i].unit_cents * sessions[i].units, "a cent is lost");
  }
}

}  // namespace raccordo::fuzz
