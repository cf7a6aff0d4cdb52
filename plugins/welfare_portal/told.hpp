// SPDX-License-Identifier: EUPL-1.2
// What a portal is told of cases and wallets: the members of the contract and no others, so never what is
// said about people. All of them out of JSON as the hub writes it. Errors: kInvalid: it is something else.
#pragma once

#include <string>
#include <string_view>

#include "raccordo/model/result.hpp"

namespace welfare_portal {

struct Told {
  std::string id;    // what the portal calls it; empty: it is not the portal's
  std::string body;  // JSON
};

// A booking, an enquiry: the case as it stands.
[[nodiscard]] raccordo::Result<Told> booking_told(std::string_view data);
[[nodiscard]] raccordo::Result<Told> enquiry_told(std::string_view data);
[[nodiscard]] raccordo::Result<Told> quote_told(std::string_view data);
// The sums of a wallet, which everybody calls by the hub's id; what moved; a warning of a ceiling.
[[nodiscard]] raccordo::Result<Told> wallet_told(std::string_view data);
// The sums of a plan by TUIR letter, for its employer.
[[nodiscard]] raccordo::Result<Told> totals_told(std::string_view data);

}  // namespace welfare_portal
