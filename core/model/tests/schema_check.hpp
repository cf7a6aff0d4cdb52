// SPDX-License-Identifier: Apache-2.0
// JSON values against an official JSON schema, through python3-jsonschema.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/model/tests/vectors.hpp"

namespace raccordo {

struct SchemaCheck {
  bool possible = true;  // false: python3-jsonschema is missing
  std::string problems;  // empty: every line is valid
};

// Each line is one JSON value.
inline SchemaCheck check_against(const std::filesystem::path& schema, const std::vector<std::string>& lines,
                                 const std::filesystem::path& folder) {
  const auto file = folder / ("lines-" + std::to_string(::getpid()) + ".json");  // tests run side by side
  std::ofstream out(file);
  for (const auto& line : lines) out << line << '\n';
  out.close();
  const auto script = std::filesystem::path(RACCORDO_SOURCE_DIR) / "core/model/tests/validate_json.py";
  const auto command = std::string(RACCORDO_PYTHON) + " '" + script.string() + "' '" + schema.string() +
                       "' < '" + file.string() + "' 2>&1";
  std::FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return {false, {}};
  SchemaCheck check;
  char part[4096];
  while (const auto size = std::fread(part, 1, sizeof part, pipe)) check.problems.append(part, size);
  const int status = pclose(pipe);
  std::filesystem::remove(file);
  check.possible = !(WIFEXITED(status) && WEXITSTATUS(status) == 77);
  if (status != 0 && check.problems.empty())
    check.problems = "the check ended with " + std::to_string(status);
  return check;
}

}  // namespace raccordo
