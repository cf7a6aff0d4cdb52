// SPDX-License-Identifier: EUPL-1.2
// What a partner is told of each record of a file that it gave: taken, refused and why, or left out. A file
// beside the partner's own, complete once that one was read whole.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/engine/catalogue/statements.hpp"
#include "core/ports/output_files.hpp"

namespace raccordo {

// [flow]
class Receipt {
 public:
  // Borrowed.
  Receipt(OutputFiles& files, Language language) : files_(files), language_(language) {}

  // Errors of all: those of OutputFiles.
  [[nodiscard]] Status begin();
  // A record of this line ended so. The steps that it asked for name its case.
  void add(std::uint64_t line, End end, const ParkReason& why, std::span<const Effect> effects);
  // The same file of the same scan has the same receipt: one that is there already stays.
  [[nodiscard]] Status publish(std::string_view file, std::int64_t scan);

 private:
  [[nodiscard]] Status flush();

  OutputFiles& files_;
  Language language_;
  std::unique_ptr<OutputFile> file_;
  std::string lines_;  // not written yet
  Status written_ = done();
};

}  // namespace raccordo
