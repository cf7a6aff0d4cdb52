// SPDX-License-Identifier: EUPL-1.2
// Notices that plugins' libraries were replaced while the hub runs.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace raccordo {

// One thread at a time.
class LibraryWatch {
 public:
  using Stamps = std::map<std::string, std::string>;  // by path

  // Those whose file is `now` another one than was described: each once, when it stood still over two looks.
  [[nodiscard]] std::vector<std::string> replaced(const Stamps& described, Stamps now);

 private:
  Stamps before_;  // at the look before
  Stamps told_;
};

}  // namespace raccordo
