// SPDX-License-Identifier: EUPL-1.2
// What a configuration says of wallets, made of its files.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/engine/config/configuration.hpp"
#include "core/engine/desk/payrolls.hpp"
#include "core/engine/wallets/tuir.hpp"

namespace raccordo {

// The law that holds for this hub. Errors: the file cannot be read, or what is wrong in it, with its line.
[[nodiscard]] Result<wallets::Tuir> tuir_of(const WalletsConfiguration& wallets);

// Who may approve. Errors: a key that cannot be read, that is none, or that stands twice.
[[nodiscard]] Result<std::vector<wallets::Approver>> approvers_of(const WalletsConfiguration& wallets,
                                                                  const Signatures& signatures);

// `clock` is borrowed. Errors: a pattern that cannot match, a folder that is not there.
[[nodiscard]] Result<std::vector<cases::PayrollFolder>> payroll_folders_of(const Configuration& configuration,
                                                                           const Clock& clock);

// Plan -> whose its wallets are; only those that are named.
[[nodiscard]] std::map<std::string, std::string> owners_of(const WalletsConfiguration& wallets);
// Plan -> the partner that is told its sums; only those that are named.
[[nodiscard]] std::map<std::string, std::string> employers_of(const WalletsConfiguration& wallets);

}  // namespace raccordo
