// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/cases/check_machine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/engine/cases/machines.hpp"

namespace raccordo::cases {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(EveryMachine, says_nothing_against_itself) {
  ASSERT_FALSE(machines().empty());
  for (const auto* machine : machines()) {
    EXPECT_THAT(check_machine(*machine), IsEmpty()) << machine->name;
    EXPECT_EQ(machine_named(machine->name), machine);
  }
  EXPECT_EQ(machine_named("nothing"), nullptr);
}

// A door: closed, open, walled up.
struct Door {
  std::vector<State> states{{"closed", {"Chiusa", "Closed"}, Party::kCustomer},
                            {"open", {"Aperta", "Open"}, Party::kCustomer},
                            {"walled_up", {"Murata", "Walled up"}, Party::kHub, true}};
  std::vector<Named> events{
      {"build", {"Costruire", "Build"}}, {"open", {"Aprire", "Open"}}, {"wall_up", {"Murare", "Wall up"}}};
  std::vector<Named> guards{{"key", {"c'è la chiave", "there is a key"}}};
  std::vector<Named> effects{{"tell", {"dice", "tells"}}};
  std::vector<Guard> has_key{{"key", "wall_up", {}}};
  std::vector<Transition> transitions{{"", "build", "closed", Party::kProvider, {}, "tell"},
                                      {"closed", "open", "open", Party::kCustomer, has_key, "tell"},
                                      {"closed open", "wall_up", "walled_up", Party::kHub, {}, "tell"}};
  std::vector<Timeout> timeouts{{"closed", "wall_up", "", 0, 60}};
  std::vector<NameElsewhere> elsewhere{{"open", "English", "ajar"}};

  [[nodiscard]] std::vector<std::string> findings() const {
    return check_machine(
        {"door", {"Porta", "Door"}, states, events, guards, effects, transitions, timeouts, elsewhere});
  }
};

TEST(AMachine, that_is_well_made_has_no_findings) { EXPECT_THAT(Door().findings(), IsEmpty()); }

TEST(AMachine, names_only_what_it_has) {
  Door door;
  door.transitions[1].from = "closed ajar";
  door.transitions[1].effects = "tell creak";
  door.transitions[2].to = "gone";
  door.timeouts[0].state = "shut";
  door.elsewhere[0].state = "wide";
  door.has_key[0].rule = "lock";
  const auto findings = door.findings();
  for (const auto* finding :
       {"open from closed ajar: unknown state \"ajar\"", "open from closed ajar: unknown effect \"creak\"",
        "wall_up from closed open: unknown state \"gone\"", "time-outs: unknown state \"shut\"",
        "names elsewhere: unknown state \"wide\"", "open from closed ajar: unknown guard \"lock\"",
        "guard \"key\" stands in no step"})
    EXPECT_THAT(findings, Contains(finding));
}

TEST(AMachine, has_one_step_for_each_state_event_and_party) {
  Door door;
  door.transitions.push_back({"open", "wall_up", "closed", Party::kHub | Party::kProvider, {}, "tell"});
  EXPECT_THAT(door.findings(), ElementsAre("two steps \"wall_up\" from open by hub"));
}

TEST(AMachine, may_tell_steps_apart_by_who_is_awaited) {
  Door door;
  door.transitions[2].while_awaited = Party::kCustomer;
  door.transitions.push_back({"open", "wall_up", "closed", Party::kHub, {}, "tell", Party::kProvider});
  EXPECT_THAT(door.findings(), IsEmpty());
}

TEST(AMachine, reaches_each_of_its_states) {
  Door door;
  door.states.insert(door.states.begin(), {"ajar", {"Socchiusa", "Ajar"}, Party::kCustomer});
  door.transitions[2].from = "ajar closed open";
  EXPECT_THAT(door.findings(), ElementsAre("no step leads to ajar"));
}

TEST(AMachine, leads_from_each_of_its_states_to_an_end) {
  Door door;
  door.transitions[2].from = "closed";
  EXPECT_THAT(door.findings(), ElementsAre("nothing leads from open to an end"));
}

TEST(AMachine, goes_from_ends_to_ends_only) {
  Door door;
  door.transitions.push_back({"walled_up", "open", "open", Party::kProvider, {}, "tell"});
  EXPECT_THAT(door.findings(), ElementsAre("open from walled_up: walled_up is an end, open is none"));
}

TEST(AMachine, says_everything_in_both_languages) {
  Door door;
  door.states[0].label.it = "";
  door.events[0].label.en = "";
  EXPECT_THAT(door.findings(),
              ElementsAre("state \"closed\" lacks a label", "event \"build\" lacks a label"));
}

TEST(AMachine, waits_only_where_there_is_something_to_wait_for) {
  Door door;
  door.timeouts = {
      {"walled_up", "open", "", 0, 60}, {"open", "open", "", 0, 60}, {"closed", "wall_up", "", 0, 0}};
  EXPECT_THAT(door.findings(), ElementsAre("walled_up is an end, and has a time-out",
                                           "walled_up: the hub cannot make \"open\" when time is over",
                                           "open: the hub cannot make \"open\" when time is over",
                                           "closed: a time-out without a time"));
}

TEST(AMachine, can_make_what_its_guards_put_in_a_steps_place) {
  Door door;
  door.transitions[2].from = "open";
  door.timeouts.clear();
  EXPECT_THAT(door.findings(),
              ElementsAre("open from closed: the hub cannot make \"wall_up\" where key decides so"));
}

TEST(AMachine, does_not_go_round_in_guards) {
  Door door;
  door.transitions[2].guards = door.has_key;
  EXPECT_THAT(door.findings(), Contains("open from closed: \"wall_up\" in its place leads to itself"));
}

}  // namespace
}  // namespace raccordo::cases
