// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/wallets_of.hpp"

#include <fstream>
#include <sstream>

#include "adapters/files/files.hpp"

namespace raccordo {
namespace {

Result<std::string> text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  if (file) return text.str();
  return error(ErrorCode::kInvalid, say("{}: non si legge", "{}: cannot be read", path));
}

}  // namespace

Result<wallets::Tuir> tuir_of(const WalletsConfiguration& wallets) {
  if (wallets.tuir.empty()) return wallets::built_in_tuir();
  RACCORDO_TRY(const auto text, text_of_file(wallets.tuir));
  ConfigurationFindings findings;
  auto tuir = wallets::read_tuir(wallets.tuir, text, findings);
  if (tuir) return *std::move(tuir);
  return error(ErrorCode::kInvalid,
               {findings.front().line(Language::kItalian), findings.front().line(Language::kEnglish)});
}

Result<std::vector<wallets::Approver>> approvers_of(const WalletsConfiguration& wallets,
                                                    const Signatures& signatures) {
  if (wallets.payrolls.empty()) return std::vector<wallets::Approver>();
  std::vector<std::pair<std::string, std::string>> names_and_pems;
  for (const auto& each : wallets.approvers) {
    RACCORDO_TRY(auto pem, text_of_file(each.key));
    names_and_pems.emplace_back(each.name, std::move(pem));
  }
  return wallets::approvers(names_and_pems, signatures);
}

Result<std::vector<cases::PayrollFolder>> payroll_folders_of(const Configuration& configuration,
                                                             const Clock& clock) {
  std::vector<cases::PayrollFolder> folders;
  for (const auto& each : configuration.wallets.payrolls) {
    cases::PayrollFolder folder{each.id, each.plans, nullptr, nullptr, each.poll};
    auto patterns = each.path;
    for (const auto& path : each.path) patterns.push_back(path + ".*.approval");
    RACCORDO_TRY(folder.files, files::watch(patterns));
    RACCORDO_TRY(folder.receipts, files::write_to({.folder = each.receipts,
                                                   .name = "{file}",
                                                   .owner = configuration.hub.id + "." + each.id},
                                                  clock));
    folders.push_back(std::move(folder));
  }
  return folders;
}

std::map<std::string, std::string> owners_of(const WalletsConfiguration& wallets) {
  std::map<std::string, std::string> owners;
  for (const auto& plan : wallets.plans)
    if (!plan.provider.empty()) owners[plan.id] = plan.provider;
  return owners;
}

std::map<std::string, std::string> employers_of(const WalletsConfiguration& wallets) {
  std::map<std::string, std::string> employers;
  for (const auto& plan : wallets.plans)
    if (!plan.employer.empty()) employers[plan.id] = plan.employer;
  return employers;
}

}  // namespace raccordo
