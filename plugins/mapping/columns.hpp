// SPDX-License-Identifier: EUPL-1.2
// Which of a file's columns the mapping's are. Looked up once for a file; for every row only compared.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "raccordo/sdk/borrowed.hpp"

namespace raccordo::mapping {

class Columns {
 public:
  static constexpr std::uint32_t kMissing = 0xffffffff;

  explicit Columns(const std::vector<std::string>& wanted)
      : wanted_(wanted), found_(wanted.size(), kMissing) {}

  // The columns of the row at hand. Costs a comparison of names as long as they stay the same; nothing
  // depends on where they lie in memory.
  void are(const Strings& columns);

  // Where the wanted column stands in the row, or kMissing.
  [[nodiscard]] std::uint32_t operator[](std::size_t wanted) const { return found_[wanted]; }
  // The first wanted column that the file does not have, or kMissing.
  [[nodiscard]] std::uint32_t first_missing() const { return first_missing_; }
  // The file's column that is written most like the missing one, or empty.
  [[nodiscard]] std::string_view nearest_to_missing() const { return nearest_; }

 private:
  [[nodiscard]] bool same(const Strings& columns) const;
  void look_up();
  [[nodiscard]] std::uint32_t find(std::string_view name) const;

  const std::vector<std::string>& wanted_;
  std::vector<std::uint32_t> found_;
  std::vector<std::string> names_;  // of the file at hand
  bool known_ = false;
  std::uint32_t first_missing_ = kMissing;
  std::string nearest_;
};

}  // namespace raccordo::mapping
