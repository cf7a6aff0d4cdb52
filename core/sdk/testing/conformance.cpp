// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/testing/conformance.hpp"

#include <fmt/format.h>

#include <array>
#include <ostream>

namespace raccordo {
inline namespace sdk {
namespace {

constexpr std::array kRules{
    ConformanceRule{"descriptor_is_well_formed", descriptor_is_well_formed},
    ConformanceRule{"refuses_wrong_options", refuses_wrong_options},
    ConformanceRule{"answers_every_input", answers_every_input},
    ConformanceRule{"states_what_it_declared", states_what_it_declared},
    ConformanceRule{"keeps_no_borrowed_view", keeps_no_borrowed_view},
    ConformanceRule{"is_deterministic", is_deterministic},
    ConformanceRule{"keeps_no_state", keeps_no_state},
    ConformanceRule{"survives_hostile_inputs", survives_hostile_inputs},
    ConformanceRule{"is_fenced", is_fenced},
};

}  // namespace

std::span<const ConformanceRule> conformance_rules() { return kRules; }

std::ostream& operator<<(std::ostream& out, const ConformanceRule& rule) { return out << rule.name; }

Complaints complaints_about(const Candidate& candidate) {
  Complaints all;
  for (const auto& rule : kRules)
    for (const auto& complaint : rule.check(candidate))
      all.push_back(fmt::format("{}: {}", rule.name, complaint));
  return all;
}

}  // namespace sdk
}  // namespace raccordo
