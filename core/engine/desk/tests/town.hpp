// SPDX-License-Identifier: EUPL-1.2
// A town whose portal asks for bookings and whose cooperative answers them: the desk over a store in memory,
// with what the catalogue says told by the test, and time that is only told.
#pragma once

#include <gmock/gmock.h>

#include <map>
#include <string>
#include <vector>

#include "core/engine/desk/booking_procedure.hpp"
#include "core/engine/desk/case_desk.hpp"
#include "core/engine/desk/case_fact.hpp"
#include "core/engine/desk/times.hpp"
#include "core/engine/people/sealed_people.hpp"
#include "core/ports/testing/clear_seals.hpp"
#include "core/ports/testing/memory_case_store.hpp"
#include "core/ports/testing/simulated_clock.hpp"

namespace raccordo::cases {

inline Uuid id_of(std::string_view name) { return uuid_v5(kNamespaceUrl, name); }

class ToldTerms final : public Terms {
 public:
  // An entity by its name, which is its source id; "id" is added.
  void say(const std::string& kind, const std::string& name, nlohmann::json data,
           const std::string& connector = "agenda");
  void forget(const std::string& kind, const std::string& name) { stated_.erase({kind, name}); }

  [[nodiscard]] std::optional<Stated> find(std::string_view kind, std::string_view id) const override;
  [[nodiscard]] std::vector<Stated> of(std::string_view kind, std::string_view owner) const override;

 private:
  std::map<std::pair<std::string, std::string>, Stated> stated_;
};

class Town : public ::testing::Test {
 protected:
  // Monday 2 March 2026, 08:00 in Rome. A paid hour of home help, 24.00, which the connector "agenda"
  // answers.
  Town();

  // The outcome of one command of that connector; each has its own message unless one is named.
  CaseOutcome give(const std::string& connector, const std::string& type, const nlohmann::json& json,
                   const std::string& message = "");
  // "portale" asks for the hour that begins on Tuesday at 9; what `more` says is added.
  CaseOutcome request(const std::string& id, const nlohmann::json& more = nlohmann::json::object());
  // "agenda" says something about the case that the portal calls `id`.
  CaseOutcome provider(const std::string& event, const std::string& id,
                       const nlohmann::json& more = nlohmann::json::object());
  CaseOutcome customer(const std::string& event, const std::string& id,
                       const nlohmann::json& more = nlohmann::json::object());
  void pass(Duration time);

  [[nodiscard]] CaseRecord find(const std::string& id);
  [[nodiscard]] std::string state(const std::string& id) { return find(id).state; }
  // The types of what the backbone is to be told, without prefix and version: "booking.confirmed".
  [[nodiscard]] std::vector<std::string> told();
  // Luca's wallet: available, reserved, spent.
  [[nodiscard]] std::vector<std::int64_t> wallet();
  void credit(std::int64_t cents);

  static nlohmann::json people_of(const std::string& fiscal_code) {
    return {
        {"people", {{"applicant", {{"fiscal_code", fiscal_code}, {"name", "Luca"}, {"surname", "Verdi"}}}}}};
  }

  testing::SimulatedClock clock;
  testing::MemoryCaseStore store{clock};
  testing::ClearSeals seals;
  ToldTerms terms;
  wallets::Book book{"valle-demo", "welfare.wallets"};
  BookingProcedure bookings{terms, book};
  CaseDesk desk{{"valle-demo", ""}, {&bookings}, store, &seals, clock};
  Uuid luca;

 private:
  int messages_ = 0;
};

inline constexpr const char* kLuca = "VRDLCU80A01D150V";

}  // namespace raccordo::cases
