// SPDX-License-Identifier: EUPL-1.2
#include "adapters/signatures/openssl_signatures.hpp"
#include "core/engine/wallets/tests/payroll_file.hpp"
#include "core/ports/testing/clear_seals.hpp"
#include "raccordo/model/italian_identifiers.hpp"
#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {
namespace {

using namespace wallets;

void check_receipt(const ApprovedPayroll& approved) {
  const testing::ClearSeals seals;
  const Book book("valle-demo", "welfare.wallets");
  const auto credits = credits_of(approved, seals, "2026-03-02", 1);
  std::int64_t total = 0;
  for (const auto& credit : credits)
    must(credit.amount.value > 0, "a credit of nothing"), total += credit.amount.value;
  must(total == approved.payroll().total, "credited is not what was approved");
  const auto receipt = receipt_csv(approved, credits, book);
  for (const auto& row : approved.payroll().rows)
    must(row.employee.find(row.fiscal_code) != std::string::npos ||
             receipt.find(row.fiscal_code) == std::string::npos,
         "a receipt names somebody");
}

}  // namespace

// A payroll file, and the approvals beside it; "signature: ?" gets the right one.
void payroll(std::string_view bytes) {
  auto [file, beside] = cut_at(bytes, kNextPart);
  const auto reading = reading_of(file);
  for (const auto& finding : reading.findings) must(!finding.text.it.empty(), "a finding without words");
  must(reading.findings.empty() || !approve(reading, {}, rossi_and_bianchi(), PlainSignatures()).ok(),
       "credited with findings");
  std::vector<Approval> approvals;
  while (!beside.empty() && approvals.size() < 5) {
    const auto [one, rest] = cut_at(beside, kNextPart);
    std::string text(one);
    for (const char* name : {"rossi", "bianchi"}) {
      const auto mine = approval_of(reading.payroll, name, std::string("key of ") + name);
      if (one == name) text = mine.bytes;
    }
    approvals.push_back({"beside", std::move(text)});
    beside = rest;
  }
  const auto done = approve(reading, approvals, rossi_and_bianchi(), PlainSignatures());
  if (!done.ok()) return must(!done.error().message.it.empty(), "refused without words");
  must(approvals.size() >= 2 && done->by().size() == 2, "credited without two people");
  check_receipt(*done);
}

// The public half of somebody's key, and a signature.
void public_key(std::string_view bytes) {
  const signatures::OpensslSignatures signatures;
  const auto [pem, signature] = cut_at(bytes, kNextPart);
  const auto key = signatures.public_key(pem);
  must(!signatures.verify(key.ok() ? *key : std::string(pem), "text", signature),
       "a signature that nobody made");
}

}  // namespace raccordo::fuzz
