// SPDX-License-Identifier: EUPL-1.2
// Which parts of an XLSX package make up the sheet that is asked for.
#pragma once

#include <string>
#include <vector>

#include "core/framing/zip_package.hpp"

namespace raccordo {

struct WorkbookParts {
  std::string sheet;           // xl/worksheets/sheet1.xml
  std::string shared_strings;  // empty: there are none
  std::string styles;          // empty: there are none
  bool from_1904 = false;
};

// `sheet`: its name, or empty: the first that is visible. Errors: kNotFound (no such sheet: names those there
// are), kCorrupt, those of the package.
[[nodiscard]] Result<WorkbookParts> find_parts(ZipPackage& package, const std::string& sheet);

}  // namespace raccordo
