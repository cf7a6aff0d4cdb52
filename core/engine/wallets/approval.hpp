// SPDX-License-Identifier: EUPL-1.2
// Two people approve a payroll file before it credits anything. Each writes a small file beside it:
//
//   raccordo payroll approval 1
//   sha256: 64 hexadecimal digits, of the payroll file
//   total: 1250.00 EUR
//   approver: rossi
//   signature: base64, Ed25519 over the four lines above with the line feed behind each
//
// docs/wallets.md shows the openssl commands that make one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/wallets/payroll.hpp"
#include "core/ports/signatures.hpp"

namespace raccordo::wallets {

struct Approver {
  std::string name;  // a-z, 0-9, dot, hyphen, underscore
  std::string key;   // as Signatures::public_key gives it
};

// Errors: kInvalid: a name that is none, a key that is none, one name or one key for two people, fewer than
// two.
[[nodiscard]] Result<std::vector<Approver>> approvers(
    std::span<const std::pair<std::string, std::string>> names_and_pems, const Signatures& signatures);

struct Approval {
  std::string file;  // its name, for messages
  std::string bytes;
};

inline constexpr std::size_t kMaxApprovalBytes = 4096;

// What an approver signs.
[[nodiscard]] std::string approval_text(const Payroll& payroll, std::string_view approver);

// Errors: kUnavailable: it waits for another person; kInvalid: a row could not be read (with the first
// reason), or an approval is of another file or total, by somebody who may not, or not signed with their key.
// One that is wrong spoils the others.
[[nodiscard]] Result<ApprovedPayroll> approve(PayrollReading reading, std::span<const Approval> approvals,
                                              std::span<const Approver> approvers,
                                              const Signatures& signatures);

}  // namespace raccordo::wallets
