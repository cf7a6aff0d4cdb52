// SPDX-License-Identifier: EUPL-1.2
// The tests of mapping files: beside maps/NAME.yaml stands maps/tests/NAME/, and in it pairs of files with
// one stem: an input of any kind, and CASE.expected with the lines that `raccordo mapping run --json` prints
// for it.
#pragma once

#include <string>
#include <vector>

#include "raccordo/model/result.hpp"

namespace raccordo::mapping_trial {

struct TestCase {
  std::string mapping;  // paths
  std::string input;
  std::string expected;  // may not exist yet
};

struct FoundCases {
  std::vector<TestCase> cases;
  std::vector<std::string> without;  // mapping files that have none
};

// Where the cases of a mapping file lie.
[[nodiscard]] std::string tests_of(const std::string& mapping);

// The cases of one mapping file, or of all `*.yaml` in a folder, in the order of their names.
// Errors: kNotFound (no such file or folder; no mapping file in it).
[[nodiscard]] Result<FoundCases> find_cases(const std::string& file_or_folder);

// Where two lists of lines part: "line 3: expected ..., came ...". Empty when they are the same. White space
// at the ends of lines and empty lines do not count.
[[nodiscard]] std::vector<Text> differences(const std::string& expected,
                                            const std::vector<std::string>& came);

}  // namespace raccordo::mapping_trial
