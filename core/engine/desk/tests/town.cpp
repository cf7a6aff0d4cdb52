// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/tests/town.hpp"

namespace raccordo::cases {
namespace {

constexpr std::string_view kStart = "2026-03-02T08:00:00+01:00";

}  // namespace

void ToldTerms::say(const std::string& kind, const std::string& name, nlohmann::json data,
                    const std::string& connector) {
  data["id"] = id_of(name).text();
  data["source_id"] = name;
  stated_[{kind, name}] = {std::move(data), connector};
}

std::optional<Stated> ToldTerms::find(std::string_view kind, std::string_view id) const {
  for (const auto& [name, stated] : stated_)
    if (name.first == kind && (name.second == id || stated.data["id"] == id)) return stated;
  return std::nullopt;
}

std::vector<Stated> ToldTerms::of(std::string_view kind, std::string_view owner) const {
  std::vector<Stated> found;
  for (const auto& [name, stated] : stated_)
    if (name.first == kind &&
        stated.data.value(kind == "capacity" || kind == "offer" ? "service" : "provider", "") == owner)
      found.push_back(stated);
  return found;
}

Town::Town() {
  clock.set(WallTime(std::chrono::milliseconds(*unix_ms_of(kStart))));
  terms.say("service", "help", {{"organization", id_of("airone").text()}});
  terms.say("offer", "hour",
            {{"service", id_of("help").text()},
             {"channel", "pay"},
             {"price", {{"cents", 2400}, {"currency", "EUR"}, {"unit", "hour"}}}});
  terms.say("offer", "plan-hour",
            {{"service", id_of("help").text()},
             {"channel", "company_plan"},
             {"tuir_letter", "f_ter"},
             {"price", {{"cents", 2400}, {"currency", "EUR"}, {"unit", "hour"}}}});
  terms.say("plan", "po", {{"name", "Meccanica Po"}, {"relations", {"parent"}}, {"valid_to", "2026-12-31"}},
            "paghe");
}

CaseOutcome Town::give(const std::string& connector, const std::string& type, const nlohmann::json& json,
                       const std::string& message) {
  const CaseCommand command{connector, message.empty() ? "m" + std::to_string(++messages_) : message,
                            "hash of " + json.dump(), type, json.dump()};
  const auto outcomes = desk.give(std::span(&command, 1));
  EXPECT_TRUE(outcomes.ok()) << outcomes.error().message.en;
  return outcomes.ok() ? outcomes->front() : CaseOutcome{};
}

CaseOutcome Town::request(const std::string& id, const nlohmann::json& more) {
  nlohmann::json json{{"id", id},
                      {"offer", "hour"},
                      {"kind", "slot"},
                      {"start", "2026-03-03T09:00:00+01:00"},
                      {"end", "2026-03-03T10:00:00+01:00"}};
  json.update(more);
  return give("portale", "booking.request.v1", json);
}

CaseOutcome Town::provider(const std::string& event, const std::string& id, const nlohmann::json& more) {
  nlohmann::json json{{"case", find(id).id.text()}};
  json.update(more);
  return give("agenda", "booking." + event + ".v1", json);
}

CaseOutcome Town::customer(const std::string& event, const std::string& id, const nlohmann::json& more) {
  nlohmann::json json{{"id", id}};
  json.update(more);
  return give("portale", "booking." + event + ".v1", json);
}

void Town::pass(Duration time) {
  clock.advance(time);
  for (;;) {
    const auto next = desk.let_time_pass();
    ASSERT_TRUE(next.ok()) << next.error().message.en;
    if (*next > Duration::zero()) return;
  }
}

CaseRecord Town::find(const std::string& id) {
  const auto cases = *store.cases({});
  const auto found = std::ranges::find(cases, id, &CaseRecord::asked_id);
  return found == cases.end() ? CaseRecord{} : *found;
}

std::vector<std::string> Town::told() {
  std::vector<std::string> types;
  for (const auto& message : *store.to_tell(1'000)) {
    const auto type = nlohmann::json::parse(message.value)["type"].get<std::string>();
    constexpr std::string_view kPrefix = "it.raccordo.", kVersion = ".v1";
    types.push_back(type.substr(kPrefix.size(), type.size() - kPrefix.size() - kVersion.size()));
  }
  return types;
}

std::vector<std::int64_t> Town::wallet() {
  for (const auto& each : *store.wallets(""))
    if (each.id == luca) return {each.available, each.reserved, each.spent};
  return {};
}

void Town::credit(std::int64_t cents) {
  const wallets::Credit credit{id_of("credit"), "po",         seals.pseudonym("fiscal_code", kLuca),
                               {cents, "EUR"},  "f_ter",      "2026-12-31",
                               id_of("file"),   "2026-03-02", 1};
  luca = book.wallet_of(credit);
  const CaseStore::Work work = [&](CaseTransaction& transaction) { return book.credit(transaction, credit); };
  const auto outcomes = store.transact(std::span(&work, 1));
  ASSERT_TRUE(outcomes.ok() && outcomes->front().ok());
}

}  // namespace raccordo::cases
