// SPDX-License-Identifier: EUPL-1.2
// The port that a server chose: some do not say which the system gave them.
#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>

namespace raccordo::testing {

inline std::filesystem::path process_of(pid_t pid) { return "/proc/" + std::to_string(pid); }

// The inodes of a process's sockets.
inline std::set<std::string> sockets_of(pid_t pid) {
  std::set<std::string> inodes;
  std::error_code gone;
  for (const auto& descriptor : std::filesystem::directory_iterator(process_of(pid) / "fd", gone)) {
    const auto target = std::filesystem::read_symlink(descriptor, gone).string();
    if (target.starts_with("socket:[")) inodes.insert(target.substr(8, target.size() - 9));
  }
  return inodes;
}

// Nothing: it does not listen yet. A child that we have just made holds our own sockets, too: not those.
inline std::optional<int> listens_at(pid_t pid) {
  constexpr const char* kListening = "0A";
  auto own = sockets_of(pid);
  for (const auto& ours : sockets_of(::getpid())) own.erase(ours);
  std::ifstream table(process_of(pid) / "net/tcp");
  for (std::string line; std::getline(table, line);) {
    std::istringstream words(line);
    std::string number, local, remote, state, queues, timer, retransmits, user, timeout, inode;
    words >> number >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >> inode;
    if (state == kListening && own.contains(inode))
      return std::stoi(local.substr(local.find(':') + 1), nullptr, 16);
  }
  return std::nullopt;
}

}  // namespace raccordo::testing
