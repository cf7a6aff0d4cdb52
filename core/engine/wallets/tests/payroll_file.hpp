// SPDX-License-Identifier: EUPL-1.2
// A payroll file of three invented workers, and a twin of Signatures: a signature is the key and the text
// itself.
#pragma once

#include <fmt/format.h>

#include <functional>

#include "core/engine/wallets/approval.hpp"
#include "core/ports/base64.hpp"
#include "core/ports/signatures.hpp"

namespace raccordo::wallets {

class PlainSignatures final : public Signatures {
 public:
  std::string sha256(std::string_view bytes) const override {
    return fmt::format("{:064x}", std::hash<std::string_view>()(bytes));
  }
  Result<std::string> public_key(std::string_view pem) const override {
    if (!pem.starts_with("key of "))
      return error(ErrorCode::kInvalid, say("non è una chiave", "it is no key"));
    return std::string(pem);
  }
  bool verify(std::string_view key, std::string_view text, std::string_view signature) const override {
    return signature == sign(key, text);
  }

  static std::string sign(std::string_view key, std::string_view text) {
    return std::string(key) + "|" + std::string(text);
  }
};

inline constexpr const char* kPayroll =
    "Matricola;Codice fiscale;Piano;Importo;Scadenza;Lettera TUIR\r\n"
    "101;RSSMRA80A01H501U;meccanica-po;300,00;31/12/2026;f-ter\r\n"
    "102;VRDLGU75B02F205A;meccanica-po;1.250,50;2026-12-31;\r\n"
    "101;rssmra80a01h501u;meccanica-po;50;31/12/2026;c.3\r\n";

inline PayrollReading reading_of(std::string_view bytes) {
  return read_payroll("paghe.csv", bytes, {"meccanica-po"}, "2026-03-02", PlainSignatures());
}

inline std::vector<Approver> rossi_and_bianchi() {
  return *approvers(std::vector<std::pair<std::string, std::string>>{{"rossi", "key of rossi"},
                                                                     {"bianchi", "key of bianchi"}},
                    PlainSignatures());
}

inline Approval approval_of(const Payroll& of, const std::string& name, const std::string& key) {
  const auto text = approval_text(of, name);
  return {"paghe.csv." + name, text + "signature: " + base64(PlainSignatures::sign(key, text)) + "\n"};
}

inline Result<ApprovedPayroll> approved(const PayrollReading& reading) {
  const std::vector<Approval> approvals{approval_of(reading.payroll, "rossi", "key of rossi"),
                                        approval_of(reading.payroll, "bianchi", "key of bianchi")};
  return approve(reading, approvals, rossi_and_bianchi(), PlainSignatures());
}

}  // namespace raccordo::wallets
