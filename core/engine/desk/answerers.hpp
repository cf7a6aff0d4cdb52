// SPDX-License-Identifier: EUPL-1.2
// Whether somebody answers the bookings of an offer, and only one: said when the offer is published, not when
// it is booked.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "raccordo/model/text.hpp"

namespace raccordo::cases {

// The connectors of each partner that are told of bookings, or call: those that can answer.
using Answerers = std::map<std::string, std::set<std::string>>;

// An offer as far as it says who answers.
struct OfferSaid {
  std::string name;         // its source's own
  std::string answered_by;  // or the source that states it; empty: another hub's, and it names nobody
};

struct Finding {
  std::string about;  // what it was said of once: "airone 0"
  Text text;
  Text hint;
};

// One for each partner, with the number of its offers and the first of them.
[[nodiscard]] std::vector<Finding> who_answers(const std::vector<OfferSaid>& offers,
                                               const Answerers& answerers);

}  // namespace raccordo::cases
