// SPDX-License-Identifier: EUPL-1.2
// What a portal reads when nothing came of its request: application/problem+json (RFC 9457). Words in Italian
// and English, never with a value that was sent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "raccordo/model/text.hpp"
#include "raccordo/sdk/effects.hpp"

namespace welfare_portal {

struct Mistake {
  std::string code;   // "invalid_date"
  std::string field;  // "people.applicant.birth_date"; empty: all of it
  raccordo::Text text;
};

struct Problem {
  std::uint32_t status = 0;
  std::vector<Mistake> mistakes;       // one at least
  std::vector<std::string> legal_now;  // steps that would be accepted
  std::uint64_t revision = 0;          // of the case; 0: there is none
};

[[nodiscard]] Problem problem(std::uint32_t status, std::string code, std::string field, raccordo::Text text);

// The fields that the hub found to be wrong, in what it says to a command; none: it names none.
[[nodiscard]] std::vector<Mistake> mistakes_in(std::string_view data);

// The answer to the portal.
void respond(const Problem& problem, raccordo::Effects& effects);
// And a finding for whoever runs the hub.
void refuse(const Problem& problem, raccordo::Effects& effects);

}  // namespace welfare_portal
