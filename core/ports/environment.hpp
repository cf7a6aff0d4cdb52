// SPDX-License-Identifier: EUPL-1.2
// What the hub was started in: its variables, and the small files that people write for it (configuration,
// mapping files, secrets).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "raccordo/model/result.hpp"

namespace raccordo {

class Environment {
 public:
  virtual ~Environment() = default;

  // [any]
  [[nodiscard]] virtual std::optional<std::string> variable(const std::string& name) const = 0;

  // The whole content. [any] Errors, each naming the path: kNotFound, kDenied, kTooLarge (more than `limit`
  // bytes), kInvalid (a folder), kUnavailable.
  [[nodiscard]] virtual Result<std::string> read(const std::string& path, std::size_t limit) const = 0;

  // The files whose names match; `*` and `?` may stand in any part of the path and match no slash. Sorted;
  // none is no error. [any] Errors: kDenied, kUnavailable.
  [[nodiscard]] virtual Result<std::vector<std::string>> matching(const std::string& pattern) const = 0;

  // Whether users other than the owner and the group may read the file. [any] Errors as `read`.
  [[nodiscard]] virtual Result<bool> readable_by_others(const std::string& path) const = 0;

  // The path from the root, without looking at the disk. [any]
  [[nodiscard]] virtual std::string absolute(const std::string& path) const = 0;
};

}  // namespace raccordo
