// SPDX-License-Identifier: EUPL-1.2
// A key of the hub's for people's data, as anybody may see it.
#pragma once

#include <string>

namespace raccordo {

struct PeopleKey {
  std::string kid;
  std::string created;  // ISO dates
  std::string expires;  // the last day on which it seals; empty: none
  std::string key;      // its public half, base64url
  bool seals = false;   // what is new is sealed with it
  friend bool operator==(const PeopleKey&, const PeopleKey&) = default;
};

}  // namespace raccordo
