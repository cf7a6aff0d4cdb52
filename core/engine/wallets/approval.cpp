// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/approval.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/engine/config/suggestion.hpp"
#include "core/ports/base64.hpp"

namespace raccordo::wallets {
namespace {

constexpr std::string_view kFirstLine = "raccordo payroll approval 1";
constexpr std::size_t kNeeded = 2;

std::string total_text(std::int64_t cents) { return fmt::format("{}.{:02} EUR", cents / 100, cents % 100); }

bool is_name(std::string_view name) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789.-_";
  return !name.empty() && name.size() <= 64 && name.find_first_not_of(kAllowed) == std::string_view::npos;
}

struct Written {
  std::string_view sha256;
  std::string_view total;
  std::string_view approver;
  std::string_view signature;
};

// The value of the next line, which must be of that name. Lines may end with CR, too: the signed text is made
// anew.
std::optional<std::string_view> next_value(std::string_view& rest, std::string_view name) {
  const auto end = rest.find('\n');
  auto line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (!line.starts_with(name)) return std::nullopt;
  return line.substr(name.size());
}

std::optional<Written> read(std::string_view bytes) {
  if (bytes.size() > kMaxApprovalBytes) return std::nullopt;
  auto rest = bytes;
  if (next_value(rest, kFirstLine) != std::string_view()) return std::nullopt;
  const auto sha256 = next_value(rest, "sha256: ");
  const auto total = next_value(rest, "total: ");
  const auto approver = next_value(rest, "approver: ");
  const auto signature = next_value(rest, "signature: ");
  if (!sha256 || !total || !approver || !signature || !rest.empty()) return std::nullopt;
  return Written{*sha256, *total, *approver, *signature};
}

Error wrong(const Approval& approval, const Text& why, Text hint) {
  return error(ErrorCode::kInvalid, say("{0}: {1}", "{0}: {2}", approval.file, why.it, why.en),
               std::move(hint));
}

Result<std::string> check(const Payroll& payroll, const Approval& approval,
                          std::span<const Approver> approvers, const Signatures& signatures) {
  const auto written = read(approval.bytes);
  if (!written)
    return wrong(
        approval, say("non è un'approvazione", "it is no approval"),
        say("le cinque righe sono descritte in docs/wallets.md", "docs/wallets.md describes the five lines"));
  if (written->sha256 != payroll.sha256)
    return wrong(approval,
                 say("approva un altro contenuto di {}", "it approves another content of {}", payroll.file),
                 say("il file è cambiato dopo la firma: controllarlo e firmare di nuovo",
                     "the file changed after it was signed: check it and sign again"));
  if (written->total != total_text(payroll.total))
    return wrong(
        approval,
        say("approva un totale di {}, le righe di {} fanno {}",
            "it approves a total of {}, the rows of {} make {}", written->total, payroll.file,
            total_text(payroll.total)),
        say("controllare il file e firmare il totale giusto", "check the file and sign the right total"));
  const auto approver = std::find_if(approvers.begin(), approvers.end(),
                                     [&](const auto& known) { return known.name == written->approver; });
  if (approver == approvers.end()) {
    std::vector<std::string_view> names;
    for (const auto& known : approvers) names.push_back(known.name);
    return wrong(approval, say("«{}» non può approvare", "\"{}\" may not approve", written->approver),
                 suggestion(written->approver, names));
  }
  const auto signature = from_base64(written->signature);
  if (!signature || !signatures.verify(approver->key, approval_text(payroll, approver->name), *signature))
    return wrong(approval, say("la firma non è di {}", "the signature is not of {}", approver->name),
                 say("firmare con la chiave la cui parte pubblica sta nella configurazione",
                     "sign with the key whose public half stands in the configuration"));
  return approver->name;
}

Result<std::vector<std::string>> names_of(const Payroll& payroll, std::span<const Approval> approvals,
                                          std::span<const Approver> approvers, const Signatures& signatures) {
  std::vector<std::string> names;
  for (const auto& approval : approvals) {
    RACCORDO_TRY(auto name, check(payroll, approval, approvers, signatures));
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  if (names.size() >= kNeeded) return names;
  return error(ErrorCode::kUnavailable,
               names.empty()
                   ? say("{}: attende l'approvazione di due persone",
                         "{}: waits for the approval of two people", payroll.file)
                   : say("{}: approvato da {}, attende una seconda persona",
                         "{}: approved by {}, waits for a second person", payroll.file, names.front()),
               say("ciascuna mette accanto al file la propria approvazione (docs/wallets.md)",
                   "each puts their approval beside the file (docs/wallets.md)"));
}

Error unreadable(const PayrollReading& reading) {
  const auto& first = reading.findings.front();
  return error(
      ErrorCode::kInvalid,
      say("{0}:{1}: {2}", "{0}:{1}: {3}", reading.payroll.file, first.line, first.text.it, first.text.en),
      say("di questo file non si accredita nulla: correggerlo e approvarlo di nuovo ({} in tutto da "
          "correggere)",
          "nothing of this file is credited: correct it and approve it again ({} to correct in all)",
          reading.findings.size()));
}

}  // namespace

Result<std::vector<Approver>> approvers(std::span<const std::pair<std::string, std::string>> names_and_pems,
                                        const Signatures& signatures) {
  std::vector<Approver> known;
  for (const auto& [name, pem] : names_and_pems) {
    if (!is_name(name))
      return error(ErrorCode::kInvalid,
                   say("«{}» non è un nome di chi approva: a-z, 0-9, punto, trattini",
                       "\"{}\" is no name of an approver: a-z, 0-9, dot, hyphens", name));
    auto key = signatures.public_key(pem);
    if (!key.ok())
      return error(ErrorCode::kInvalid,
                   say("{0}: {1}", "{0}: {2}", name, key.error().message.it, key.error().message.en),
                   key.error().hint);
    for (const auto& other : known)
      if (other.name == name || other.key == *key)
        return error(
            ErrorCode::kInvalid,
            say("{} e {} hanno lo stesso nome o la stessa chiave: approvano due persone diverse",
                "{} and {} have one name or one key: two different people approve", other.name, name));
    known.push_back({name, *key});
  }
  if (known.size() < kNeeded)
    return error(ErrorCode::kInvalid, say("chi approva: {}, ne servono almeno {}",
                                          "approvers: {}, at least {} are needed", known.size(), kNeeded));
  return known;
}

std::string approval_text(const Payroll& payroll, std::string_view approver) {
  return fmt::format("{}\nsha256: {}\ntotal: {}\napprover: {}\n", kFirstLine, payroll.sha256,
                     total_text(payroll.total), approver);
}

struct Approving {
  static ApprovedPayroll of(Payroll payroll, std::vector<std::string> by) {
    return {std::move(payroll), std::move(by)};
  }
};

Result<ApprovedPayroll> approve(PayrollReading reading, std::span<const Approval> approvals,
                                std::span<const Approver> approvers, const Signatures& signatures) {
  if (!reading.findings.empty()) return unreadable(reading);
  RACCORDO_TRY(auto names, names_of(reading.payroll, approvals, approvers, signatures));
  return Approving::of(std::move(reading.payroll), std::move(names));
}

}  // namespace raccordo::wallets
