// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/ports/environment.hpp"

namespace raccordo {

// The process's variables and the machine's files. Holds nothing. [any]
class SystemEnvironment final : public Environment {
 public:
  [[nodiscard]] std::optional<std::string> variable(const std::string& name) const override;
  [[nodiscard]] Result<std::string> read(const std::string& path, std::size_t limit) const override;
  [[nodiscard]] Result<std::vector<std::string>> matching(const std::string& pattern) const override;
  [[nodiscard]] Result<bool> readable_by_others(const std::string& path) const override;
  [[nodiscard]] std::string absolute(const std::string& path) const override;
};

}  // namespace raccordo
