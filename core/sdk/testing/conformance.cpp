// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/testing/conformance.hpp"

#include <fmt/format.h>

#include <array>
#include <ostream>

namespace raccordo {
inline namespace sdk {
namespace {

constexpr std::array kRules{
    Rule{"descriptor_is_well_formed", descriptor_is_well_formed},
    Rule{"refuses_wrong_options", refuses_wrong_options},
    Rule{"answers_every_input", answers_every_input},
    Rule{"states_what_it_declared", states_what_it_declared},
    Rule{"keeps_no_borrowed_view", keeps_no_borrowed_view},
    Rule{"is_deterministic", is_deterministic},
    Rule{"keeps_no_state", keeps_no_state},
    Rule{"survives_hostile_inputs", survives_hostile_inputs},
    Rule{"is_fenced", is_fenced},
};

}  // namespace

std::span<const Rule> conformance_rules() { return kRules; }

std::ostream& operator<<(std::ostream& out, const Rule& rule) { return out << rule.name; }

Complaints complaints_about(const Candidate& candidate) {
  Complaints all;
  for (const auto& rule : kRules)
    for (const auto& complaint : rule.check(candidate))
      all.push_back(fmt::format("{}: {}", rule.name, complaint));
  return all;
}

}  // namespace sdk
}  // namespace raccordo
