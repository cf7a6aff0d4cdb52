// SPDX-License-Identifier: EUPL-1.2
#include "adapters/mapping_trial/mapping_tests.hpp"

#include <algorithm>
#include <filesystem>

namespace raccordo::mapping_trial {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostDifferences = 10;

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code code;
  for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code))
    if (at->is_regular_file(code)) out.push_back(at->path());
  std::sort(out.begin(), out.end());
  return out;
}

bool is_mapping(const fs::path& path) { return path.extension() == ".yaml" || path.extension() == ".yml"; }

fs::path tests_of(const fs::path& mapping) { return mapping.parent_path() / "tests" / mapping.stem(); }

Result<std::vector<TestCase>> cases_of(const fs::path& mapping) {
  std::vector<TestCase> out;
  for (const auto& input : files_in(tests_of(mapping))) {
    if (input.extension() == ".expected") continue;
    out.push_back({mapping, input, fs::path(input).replace_extension(".expected")});
  }
  if (!out.empty()) return out;
  return error(ErrorCode::kNotFound, say("{}: non ha prove", "{}: has no tests", mapping.string()),
               say("mettere in {} un file d'ingresso e, con lo stesso nome, .expected",
                   "put an input file into {}, and .expected of the same name", tests_of(mapping).string()));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    auto line = text.substr(at, end - at);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t'))
      line.pop_back();
    if (!line.empty()) out.push_back(std::move(line));
    at = end + 1;
  }
  return out;
}

}  // namespace

Result<std::vector<TestCase>> find_cases(const std::string& file_or_folder) {
  std::error_code code;
  if (!fs::exists(file_or_folder, code))
    return error(ErrorCode::kNotFound, say("{}: non c'è", "{}: is not there", file_or_folder));
  if (!fs::is_directory(file_or_folder, code)) return cases_of(file_or_folder);
  std::vector<TestCase> out;
  bool any = false;
  for (const auto& mapping : files_in(file_or_folder)) {
    if (!is_mapping(mapping)) continue;
    any = true;
    RACCORDO_TRY(const auto cases, cases_of(mapping));
    out.insert(out.end(), cases.begin(), cases.end());
  }
  if (any) return out;
  return error(ErrorCode::kNotFound,
               say("{}: nessun file di mappatura (.yaml)", "{}: no mapping file (.yaml)", file_or_folder));
}

std::vector<Text> differences(const std::string& expected, const std::vector<std::string>& came) {
  const auto wanted = lines_of(expected);
  std::vector<Text> out;
  const std::string nothing = "-";
  for (std::size_t i = 0; i < std::max(wanted.size(), came.size()) && out.size() < kMostDifferences; ++i) {
    const auto& left = i < wanted.size() ? wanted[i] : nothing;
    const auto& right = i < came.size() ? came[i] : nothing;
    if (left != right)
      out.push_back(say("riga {}\n  atteso:  {}\n  ottenuto: {}", "line {}\n  expected: {}\n  came:     {}",
                        i + 1, left, right));
  }
  return out;
}

}  // namespace raccordo::mapping_trial
