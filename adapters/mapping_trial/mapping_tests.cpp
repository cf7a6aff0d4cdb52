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

void add_cases_of(const fs::path& mapping, FoundCases& found) {
  const auto before = found.cases.size();
  for (const auto& input : files_in(tests_of(mapping)))
    if (input.extension() != ".expected")
      found.cases.push_back({mapping, input, fs::path(input).replace_extension(".expected")});
  if (found.cases.size() == before) found.without.push_back(mapping);
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

std::string tests_of(const std::string& mapping) {
  const fs::path path(mapping);
  return path.parent_path() / "tests" / path.stem();
}

Result<FoundCases> find_cases(const std::string& file_or_folder) {
  std::error_code code;
  if (!fs::exists(file_or_folder, code))
    return error(ErrorCode::kNotFound, say("{}: non c'è", "{}: is not there", file_or_folder));
  FoundCases found;
  if (!fs::is_directory(file_or_folder, code)) {
    add_cases_of(file_or_folder, found);
    return found;
  }
  for (const auto& file : files_in(file_or_folder))
    if (is_mapping(file)) add_cases_of(file, found);
  if (!found.cases.empty() || !found.without.empty()) return found;
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
