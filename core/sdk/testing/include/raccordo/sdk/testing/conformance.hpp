// SPDX-License-Identifier: Apache-2.0
// What every plugin must keep to, whatever it translates. One line in a plugin's test:
//
//   RACCORDO_CONFORMANCE({raccordo_plugin_entry(), {{"centre", "cdd-1"}}, {Sample::row({...}), ...}})
//
// Give samples of each kind of input that the plugin declares: good ones, one that it filters, one that it
// rejects. The hostile inputs are made from them, the same at every run.
#pragma once

#include <raccordo/abi.h>

#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "raccordo/sdk/testing/sample.hpp"

namespace raccordo {
inline namespace sdk {

struct Candidate {
  const raccordo_plugin* plugin = nullptr;
  Pairs options;  // as in a configuration
  std::vector<Sample> samples;
  std::uint64_t seed = 1;
};

// Each complaint is one sentence that names what was seen; none when the rule holds.
using Complaints = std::vector<std::string>;

struct ConformanceRule {
  std::string_view name;
  Complaints (*check)(const Candidate&);
};
std::ostream& operator<<(std::ostream& out, const ConformanceRule& rule);

[[nodiscard]] std::span<const ConformanceRule> conformance_rules();

// All complaints of all rules, "rule: complaint".
[[nodiscard]] Complaints complaints_about(const Candidate& candidate);

// The rules, one by one.
[[nodiscard]] Complaints descriptor_is_well_formed(const Candidate& candidate);
[[nodiscard]] Complaints refuses_wrong_options(const Candidate& candidate);
[[nodiscard]] Complaints answers_every_input(const Candidate& candidate);
[[nodiscard]] Complaints states_what_it_declared(const Candidate& candidate);
[[nodiscard]] Complaints keeps_no_borrowed_view(const Candidate& candidate);
[[nodiscard]] Complaints is_deterministic(const Candidate& candidate);
[[nodiscard]] Complaints keeps_no_state(const Candidate& candidate);
[[nodiscard]] Complaints survives_hostile_inputs(const Candidate& candidate);
[[nodiscard]] Complaints is_fenced(const Candidate& candidate);

}  // namespace sdk
}  // namespace raccordo

// A test for each rule. Needs <gtest/gtest.h> and <gmock/gmock.h>, once in a program.
#define RACCORDO_CONFORMANCE(...)                                                                          \
  class PluginConformance : public ::testing::TestWithParam<::raccordo::ConformanceRule> {};               \
  TEST_P(PluginConformance, holds) {                                                                       \
    const ::raccordo::Candidate candidate = __VA_ARGS__;                                                   \
    EXPECT_THAT(GetParam().check(candidate), ::testing::IsEmpty());                                        \
  }                                                                                                        \
  INSTANTIATE_TEST_SUITE_P(                                                                                \
      Plugin, PluginConformance,                                                                           \
      ::testing::ValuesIn(::raccordo::conformance_rules().begin(), ::raccordo::conformance_rules().end()), \
      [](const auto& rule) { return std::string(rule.param.name); })
