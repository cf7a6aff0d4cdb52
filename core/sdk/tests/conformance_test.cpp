// SPDX-License-Identifier: Apache-2.0
// Each rule of the suite catches the plugin that was made to break it.
#include "raccordo/sdk/testing/conformance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bad_plugins.hpp"
#include "raccordo/sdk/testing/poll.hpp"

namespace raccordo {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

const Pairs kRow{{"SERVIZIO", "12"}, {"POSTI", "4"}};
const Pairs kOther{{"SERVIZIO", "1234"}, {"POSTI", "5"}};

Candidate candidate(const raccordo_plugin* plugin, Pairs options = {}) {
  return {plugin, std::move(options), {Sample::row(kRow), Sample::row(kOther)}};
}

struct Case {
  const char* name;
  const raccordo_plugin* (*entry)();
  Complaints (*rule)(const Candidate&);
  const char* complaint;
  Pairs options = {};
};
void PrintTo(const Case& bad, std::ostream* out) { *out << bad.name; }

class Conformance : public ::testing::TestWithParam<Case> {};

TEST_P(Conformance, complains_about) {
  const auto& bad = GetParam();
  EXPECT_THAT(bad.rule(candidate(bad.entry(), bad.options)), Contains(HasSubstr(bad.complaint)));
}

INSTANTIATE_TEST_SUITE_P(
    Rule, Conformance,
    ::testing::Values(
        Case{"an_option_without_help", no_help, descriptor_is_well_formed, "option least has no help"},
        Case{"a_default_out_of_bounds", default_out_of_bounds, descriptor_is_well_formed,
             "outside its own bounds"},
        Case{"an_unknown_kind", unknown_kind, descriptor_is_well_formed, "unknown kind “capcity”"},
        Case{"options_that_are_believed", believes_options, refuses_wrong_options,
             "an instance was created all the same"},
        Case{"a_record_without_an_answer", silent, answers_every_input, "no effect"},
        Case{"an_undeclared_entity", undeclared_kind, states_what_it_declared,
             "undeclared: publish capacity"},
        Case{"an_undeclared_file", undeclared_file, states_what_it_declared, "undeclared file elsewhere"},
        Case{"an_invalid_entity", invalid_entity, states_what_it_declared,
             "an invalid capacity is stated: id"},
        Case{"a_kept_view", keeps_a_view, keeps_no_borrowed_view, "filter ##"},
        Case{"kept_options", keeps_its_options, keeps_no_borrowed_view, "filter ##", {{"centre", "cdd-1"}}},
        Case{"a_count_shared_by_instances", counts_everywhere, is_deterministic, "filter 3"},
        Case{"a_count_kept_between_inputs", counts, keeps_no_state, "filter 2"},
        Case{"a_row_that_ends_the_instance", dies_of_a_row, survives_hostile_inputs,
             "one bad input ends the instance"},
        Case{"a_row_asked_again_for_ever", retries_for_ever, survives_hostile_inputs, "asked again for ever"},
        Case{"json_made_by_hand", escapes_nothing, survives_hostile_inputs, "is no JSON"},
        Case{"an_exception_from_handle", throws_across, survives_hostile_inputs,
             "thrown across the boundary"},
        Case{"an_exception_from_create",
             throws_in_create,
             is_fenced,
             "thrown across the boundary",
             {{"centre", "x"}}}),
    [](const auto& bad) { return std::string(bad.param.name); });

TEST(ConformanceSuite, complains_when_a_kind_of_input_has_no_sample) {
  const Candidate without{silent(), {}, {}};
  EXPECT_THAT(answers_every_input(without), Contains("it takes a record, and there is no sample of one"));
}

// Of plugins that ask their partner for pages.
TEST(ConformanceSuite, complains_about_pages_that_are_dropped_counted_or_asked_for_with_a_key) {
  const auto asking = [](const raccordo_plugin* plugin) {
    return Candidate{
        plugin, {}, {Sample::tick(0), Sample::response(200, "{}", "1"), Sample::response(200, "{}", "2")}};
  };
  EXPECT_THAT(answers_every_input(asking(drops_pages())), Contains(HasSubstr("no effect")));
  EXPECT_THAT(states_what_it_declared(asking(asks_with_a_key())),
              ::testing::IsSupersetOf({HasSubstr("the header Authorization, which is the host's"),
                                       HasSubstr("characters that have to be escaped")}));
  EXPECT_THAT(keeps_no_state(asking(counts_pages())), Contains(HasSubstr("page=")));
}

TEST(FakeHostPolls, until_its_plugin_asks_no_more_or_asks_the_same_again) {
  FakeHost host(counts_pages());
  const auto cut = poll(host, [](const Sent&) { return Sample::response(200, ""); }, {.most_requests = 3});
  EXPECT_EQ(cut.cut, "too many requests");
  EXPECT_EQ(cut.asked.size(), 3u);
  FakeHost other(drops_pages());
  EXPECT_EQ(poll(other, [](const Sent&) { return Sample::response(200, ""); }).cut, "");
}

TEST(ConformanceSuite, says_why_a_plugin_could_not_be_created) {
  const Candidate wrong{no_help(), {{"least", "many"}}, {Sample::row(kRow)}};
  EXPECT_THAT(keeps_no_state(wrong), Contains(HasSubstr("option “least”: “many” is not a whole number")));
}

}  // namespace
}  // namespace raccordo
