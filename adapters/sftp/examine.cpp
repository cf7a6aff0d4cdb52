// SPDX-License-Identifier: EUPL-1.2
#include <set>

#include "adapters/sftp/remote.hpp"
#include "adapters/sftp/remote_pattern.hpp"

namespace raccordo::sftp {
namespace {

constexpr Duration kLongest = std::chrono::seconds(30);  // a person waits

std::string path_of(const Server& server, const std::string& folder) {
  return shown(server) + (folder.starts_with('/') ? "" : "/") + folder;
}

}  // namespace

std::vector<Diagnosis> examine(const Server& server, const std::vector<std::string>& folders,
                               const std::stop_token& stop) {
  auto hasty = server;
  hasty.whole = std::min(hasty.whole, kLongest);
  Remote remote(std::move(hasty));
  std::vector<Diagnosis> found;
  for (const auto& folder : folders) {
    auto listed = remote.list(folder.empty() ? "/" : folder, stop);
    if (listed.ok())
      found.push_back({Health::kGood,
                       say("{}: il server è quello giusto e la cartella si legge",
                           "{}: it is the right server, and the folder can be read", path_of(server, folder)),
                       {}});
    else
      found.push_back(bad(std::move(listed).error()));
  }
  return found;
}

std::vector<std::string> folders_of(const std::vector<std::string>& patterns) {
  std::set<std::string> folders;
  for (const auto& pattern : patterns)
    if (const auto parsed = RemotePattern::parse(pattern); parsed.ok()) folders.insert(parsed->folder);
  return {folders.begin(), folders.end()};
}

}  // namespace raccordo::sftp
