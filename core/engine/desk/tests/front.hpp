// SPDX-License-Identifier: EUPL-1.2
// The same town, as partners reach it: through the front desk, with enquiries and quotes.
#pragma once

#include "core/engine/desk/enquiry_procedure.hpp"
#include "core/engine/desk/front_desk.hpp"
#include "core/engine/desk/tests/town.hpp"

namespace raccordo::cases {

class Front : public Town {
 protected:
  // One command; each has its own message unless one is named. Its JSON is canonical as the model has it, or
  // the test's fault.
  CaseOutcome tell(const std::string& connector, const std::string& type, const nlohmann::json& json,
                   const std::string& message = "") {
    const CaseCommand command{connector, message.empty() ? "f" + std::to_string(++told_) : message,
                              "hash of " + json.dump(), type, json.dump()};
    const auto outcomes = front.give(std::span(&command, 1));
    EXPECT_TRUE(outcomes.ok()) << outcomes.error().message.en;
    return outcomes.ok() ? outcomes->front() : CaseOutcome{};
  }

  // What the portal is told about home help, of which `more` says who asks and when.
  nlohmann::json quote(const nlohmann::json& more = nlohmann::json::object()) {
    nlohmann::json json{{"service", id_of("help").text()}};
    json.update(more);
    const auto outcome = tell("portale", "quote.v1", json);
    EXPECT_TRUE(outcome.accepted) << outcome.reason.en << outcome.data;
    return nlohmann::json::parse(outcome.data.empty() ? "{}" : outcome.data);
  }
  static nlohmann::json of_offer(const nlohmann::json& quote, std::string_view name) {
    if (quote.contains("offers"))
      for (const auto& offer : quote["offers"])
        if (offer["offer"] == id_of(name).text()) return offer;
    return nullptr;
  }

  static nlohmann::json hour() {
    return {{"kind", "slot"}, {"start", "2026-03-03T09:00:00+01:00"}, {"end", "2026-03-03T10:00:00+01:00"}};
  }
  nlohmann::json of_luca() const {
    auto json = people_of(kLuca);
    json.update({{"plan", id_of("po").text()}, {"relation", "parent"}, {"wallet", luca.text()}});
    return json;
  }

  EnquiryProcedure enquiries{terms};
  CaseDesk all{{"valle-demo", ""}, {&bookings, &enquiries}, store, &seals, clock};
  Quotes quotes{terms, bookings, store, &seals, clock};
  FrontDesk front{all, quotes};

 private:
  int told_ = 0;
};

}  // namespace raccordo::cases
