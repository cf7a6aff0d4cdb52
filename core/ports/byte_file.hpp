// SPDX-License-Identifier: EUPL-1.2
// Bytes that stand still: a partner's file, a spooled body. Read at any position, in constant memory.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "raccordo/model/result.hpp"

namespace raccordo {

class ByteFile {
 public:
  virtual ~ByteFile() = default;

  // Reads at most buffer.size() bytes at `offset`; fewer only at the end, 0 behind it. [flow]
  // Errors: kUnavailable (the share went away), kDenied.
  [[nodiscard]] virtual Result<std::size_t> read_at(std::uint64_t offset, std::span<char> buffer) const = 0;

  // The size when it was opened.
  [[nodiscard]] virtual std::uint64_t size() const = 0;

  // The name without its folder, for messages.
  [[nodiscard]] virtual const std::string& name() const = 0;

  // The encoding that whoever sent it declared, in their words; empty: nothing was declared.
  [[nodiscard]] virtual std::string_view declared_encoding() const { return {}; }
};

}  // namespace raccordo
