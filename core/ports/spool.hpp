// SPDX-License-Identifier: EUPL-1.2
// What was fetched from a partner, kept until it is read. It outlives a restart, and may be lost: it is
// fetched again.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ports/byte_file.hpp"

namespace raccordo {

struct Spooled {
  std::uint64_t size = 0;
  std::uint64_t hash = 0;  // of its bytes
  std::string note;        // of whoever kept it
  friend bool operator==(const Spooled&, const Spooled&) = default;
};

// Something on its way in. Destroyed before it is kept, it leaves nothing. [flow]
class SpoolWriter {
 public:
  virtual ~SpoolWriter() = default;

  // Errors: kFull, kDenied, kUnavailable.
  [[nodiscard]] virtual Status append(std::string_view bytes) = 0;
  // Takes the place of what had its name; whoever reads that one still does. Errors: those of append.
  [[nodiscard]] virtual Result<Spooled> keep(std::string note) = 0;
};

class Spool {
 public:
  virtual ~Spool() = default;

  // `name` is any text. Two writers of one name: the later to keep wins. [flow]
  [[nodiscard]] virtual Result<std::unique_ptr<SpoolWriter>> write(const std::string& name) = 0;

  // Nothing when there is none, or when its bytes are not those that were kept. [flow]
  [[nodiscard]] virtual Result<std::optional<Spooled>> find(const std::string& name) = 0;

  // `shown` is what the file is called in messages. Errors: kNotFound, those of append. [flow]
  [[nodiscard]] virtual Result<std::unique_ptr<ByteFile>> open(const std::string& name,
                                                               std::string shown) = 0;

  // Removes all others. [flow]
  [[nodiscard]] virtual Status keep_only(const std::vector<std::string>& names) = 0;
};

}  // namespace raccordo
