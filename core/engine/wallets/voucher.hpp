// SPDX-License-Identifier: EUPL-1.2
// Welfare vouchers (TUIR art. 51 c. 3-bis, D.M. 25 March 2016 art. 6): a document that gives a right to one
// service.
#pragma once

#include <cstdint>
#include <string>

#include "raccordo/model/result.hpp"

namespace raccordo::wallets {

struct VoucherUse {
  std::string in_name_of;     // pseudonym
  std::string used_by;        // pseudonym of who the service is for
  std::int64_t nominal = 0;   // cents
  std::int64_t price = 0;     // cents, of all that is paid with it
  std::int64_t services = 1;  // how many different ones
  std::string issued_on;      // ISO dates
  std::string given_on;       // when the service is given, or began
  bool used_before = false;
};

// In the name of who uses it, not transferable, for one service and its full nominal value, with nothing
// added in money, and not for expenses already incurred. Errors: kInvalid: which of these it breaks, and what
// to do.
[[nodiscard]] Status may_use(const VoucherUse& use);

}  // namespace raccordo::wallets
