// SPDX-License-Identifier: EUPL-1.2
// A procedure that the engine has never heard of: a library lends books.
#include <gmock/gmock.h>

#include "core/engine/desk/case_desk.hpp"
#include "core/ports/testing/memory_case_store.hpp"
#include "core/ports/testing/simulated_clock.hpp"

namespace raccordo::cases {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr State kStates[] = {{"asked", {"Chiesto", "Asked"}, Party::kProvider},
                             {"lent", {"Prestato", "Lent"}, Party::kCustomer},
                             {"overdue", {"In ritardo", "Overdue"}, Party::kCustomer},
                             {"returned", {"Reso", "Returned"}, Party::kHub, true},
                             {"refused", {"Rifiutato", "Refused"}, Party::kHub, true}};
constexpr Named kEvents[] = {{"ask", {"Chiedere", "Ask"}},
                             {"lend", {"Prestare", "Lend"}},
                             {"remind", {"Sollecitare", "Remind"}},
                             {"return", {"Rendere", "Return"}},
                             {"refuse", {"Rifiutare", "Refuse"}}};
constexpr Named kGuards[] = {{"on_the_shelf", {"è sullo scaffale", "it is on the shelf"}}};
constexpr Named kEffects[] = {{"take_copy", {"prende la copia", "takes the copy"}},
                              {"put_back", {"la rimette", "puts it back"}},
                              {"tell", {"lo dice", "tells it"}}};
constexpr Guard kToAsk[] = {{"on_the_shelf", "refuse", {}}};
constexpr Transition kTransitions[] = {
    {"", "ask", "asked", Party::kCustomer, kToAsk, "take_copy tell"},
    {"", "refuse", "refused", Party::kHub, {}, "tell"},
    {"asked", "lend", "lent", Party::kProvider, {}, "tell"},
    {"lent", "remind", "overdue", Party::kHub, {}, "tell"},
    {"lent overdue", "return", "returned", Party::kProvider, {}, "put_back tell"}};
constexpr Timeout kTimeouts[] = {{"lent", "remind", "", 0, 86'400}};
constexpr Machine kLoan{"loan",   {"Prestito", "Loan"}, kStates,  kEvents, kGuards,
                        kEffects, kTransitions,         kTimeouts};

class Loans final : public Procedure {
 public:
  [[nodiscard]] const Machine& machine() const override { return kLoan; }
  [[nodiscard]] Status begin(Handling& handling) const override {
    handling.data["book"] = handling.command.at("book");
    handling.record.answered_by = "library";
    return done();
  }
  [[nodiscard]] Status amend(Handling&) const override { return done(); }
  [[nodiscard]] Result<Said> ask(std::string_view, const Handling& handling) const override {
    RACCORDO_TRY(const auto taken, handling.transaction.taken_places(handling.data["book"]));
    if (taken == 0) return Said{};
    return Said{Held::kFails, "lent_already", say("è in prestito", "it is lent")};
  }
  [[nodiscard]] Status make(std::string_view effect, Handling& handling) const override {
    if (effect == "put_back") return handling.transaction.give_places_back(handling.record.id);
    RACCORDO_TRY(const bool taken,
                 handling.transaction.take_places(handling.data["book"], handling.record.id, 1, 1));
    if (handling.data["book"] == "torn") handling.data["book"].at("page");  // a member of what has none
    return taken ? done() : Status(error(ErrorCode::kInvalid, say("non c'è", "it is not there")));
  }
};

class Library : public ::testing::Test {
 protected:
  CaseOutcome give(const std::string& connector, const std::string& event, const nlohmann::json& json) {
    const CaseCommand command{connector, "m" + std::to_string(++messages_), "c", "loan." + event + ".v1",
                              json.dump()};
    return desk_.give(std::span(&command, 1)).value().front();
  }
  std::string state(const std::string& id) {
    for (const auto& each : *store_.cases({}))
      if (each.asked_id == "loan:" + id) return each.state;
    return "";
  }

  testing::SimulatedClock clock_;
  testing::MemoryCaseStore store_{clock_};
  Loans loans_;
  CaseDesk desk_{{"valle-demo", ""}, {&loans_}, store_, nullptr, clock_};
  int messages_ = 0;
};

TEST_F(Library, lends_takes_back_and_reminds) {
  EXPECT_TRUE(give("reader", "ask", {{"id", "1"}, {"book", "Promessi sposi"}}).accepted);
  EXPECT_TRUE(give("reader", "ask", {{"id", "2"}, {"book", "Promessi sposi"}}).accepted);
  EXPECT_EQ(state("2"), "refused") << "there is one copy";
  const auto id = store_.cases({.state = "asked"})->front().id.text();
  EXPECT_TRUE(give("library", "lend", {{"case", id}}).accepted);
  clock_.advance(25h);
  ASSERT_TRUE(desk_.let_time_pass().ok());
  EXPECT_EQ(state("1"), "overdue");
  const auto not_theirs = give("reader", "return", {{"case", id}});
  EXPECT_FALSE(not_theirs.accepted);
  EXPECT_TRUE(give("library", "return", {{"case", id}}).accepted);
  EXPECT_TRUE(give("reader", "ask", {{"id", "3"}, {"book", "Promessi sposi"}}).accepted);
  EXPECT_EQ(state("3"), "asked") << "it is on the shelf again";
}

TEST_F(Library, undoes_what_a_step_did_before_it_met_what_it_cannot_read) {
  const auto outcome = give("reader", "ask", {{"id", "1"}, {"book", "torn"}});
  EXPECT_EQ(outcome.code, "invalid_command");
  const CaseStore::Work look = [](CaseTransaction& transaction) -> Status {
    EXPECT_EQ(*transaction.taken_places("torn"), 0);
    return done();
  };
  ASSERT_TRUE(store_.look(look).ok());
}

}  // namespace
}  // namespace raccordo::cases
