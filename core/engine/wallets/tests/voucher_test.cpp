// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/voucher.hpp"

#include <gtest/gtest.h>

namespace raccordo::wallets {
namespace {

VoucherUse good() { return {"luca", "luca", 16'100, 16'100, 1, "2026-03-02", "2026-03-05", false}; }

std::string why(const VoucherUse& use) {
  const auto status = may_use(use);
  return status.ok() ? "yes"
                     : status.error().message.en.substr(sizeof("voucher (TUIR art. 51 c. 3-bis): ") - 1);
}

TEST(Voucher, pays_one_service_of_its_full_value_to_whom_it_names) { EXPECT_EQ(why(good()), "yes"); }

TEST(Voucher, is_not_transferable) {
  auto use = good();
  use.used_by = "piero";
  EXPECT_EQ(why(use), "it is not in the name of who uses the service");
  use.used_by = use.in_name_of = "";
  EXPECT_EQ(why(use), "it is not in the name of who uses the service");
}

TEST(Voucher, takes_no_top_up_and_gives_no_change) {
  auto use = good();
  use.price = 23'000;
  EXPECT_EQ(why(use), "it is worth €161.00, the service costs €230.00: nothing is added in money");
  use.price = 16'000;
  EXPECT_EQ(why(use), "it is worth €161.00, the service costs €160.00: it is used for its full value");
}

TEST(Voucher, is_for_one_service_once) {
  auto use = good();
  use.services = 2;
  EXPECT_EQ(why(use), "it gives a right to one service, not to 2");
  use = good();
  use.used_before = true;
  EXPECT_EQ(why(use), "it was used before");
}

TEST(Voucher, pays_no_expense_already_incurred) {
  auto use = good();
  use.given_on = "2026-03-01";
  EXPECT_EQ(why(use),
            "the service is of 2026-03-01, before it was issued (2026-03-02): it does not pay expenses "
            "already incurred");
  use.given_on = use.issued_on;
  EXPECT_EQ(why(use), "yes");
}

}  // namespace
}  // namespace raccordo::wallets
