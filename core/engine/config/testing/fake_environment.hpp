// SPDX-License-Identifier: EUPL-1.2
// An Environment in memory, for tests. Paths start at /; files and variables are set by hand, and may be made
// to fail.
#pragma once

#include <fnmatch.h>

#include <map>
#include <set>

#include "core/ports/environment.hpp"

namespace raccordo::testing {

class FakeEnvironment final : public Environment {
 public:
  std::map<std::string, std::string> variables;
  std::map<std::string, std::string> files;  // by absolute path
  std::map<std::string, ErrorCode> failing;  // paths that do not read
  std::set<std::string> open_to_others;

  [[nodiscard]] std::optional<std::string> variable(const std::string& name) const override {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  }

  [[nodiscard]] Result<std::string> read(const std::string& path, std::size_t limit) const override {
    if (const auto failure = failing.find(absolute(path)); failure != failing.end())
      return error(failure->second, say("{} non si legge", "{} cannot be read", path));
    const auto found = files.find(absolute(path));
    if (found == files.end())
      return error(ErrorCode::kNotFound, say("il file {} non c'è", "there is no file {}", path));
    if (found->second.size() > limit)
      return error(ErrorCode::kTooLarge,
                   say("{} supera il limite di {} byte", "{} is over the limit of {} bytes", path, limit));
    return found->second;
  }

  [[nodiscard]] Result<std::vector<std::string>> matching(const std::string& pattern) const override {
    std::vector<std::string> paths;
    for (const auto& [path, content] : files)
      if (::fnmatch(absolute(pattern).c_str(), path.c_str(), FNM_PATHNAME) == 0) paths.push_back(path);
    return paths;
  }

  [[nodiscard]] Result<bool> readable_by_others(const std::string& path) const override {
    return open_to_others.contains(absolute(path));
  }

  [[nodiscard]] std::string absolute(const std::string& path) const override {
    return path.starts_with('/') ? path : "/" + path;
  }
};

}  // namespace raccordo::testing
