// SPDX-License-Identifier: EUPL-1.2
#include "tests/partner/http2_partner.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <thread>

namespace raccordo::testing {
namespace {

constexpr const char* kServer = "/usr/sbin/nghttpd";

std::filesystem::path process(pid_t pid) { return "/proc/" + std::to_string(pid); }

// The inodes of a process's sockets.
std::set<std::string> sockets_of(pid_t pid) {
  std::set<std::string> inodes;
  std::error_code gone;
  for (const auto& descriptor : std::filesystem::directory_iterator(process(pid) / "fd", gone)) {
    const auto target = std::filesystem::read_symlink(descriptor, gone).string();
    if (target.starts_with("socket:[")) inodes.insert(target.substr(8, target.size() - 9));
  }
  return inodes;
}

// It does not say which port it was given: the system does.
std::optional<int> listens_at(pid_t pid) {
  constexpr const char* kListening = "0A";
  const auto own = sockets_of(pid);
  std::ifstream table(process(pid) / "net/tcp");
  for (std::string line; std::getline(table, line);) {
    std::istringstream words(line);
    std::string number, local, remote, state, queues, timer, retransmits, user, timeout, inode;
    words >> number >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >> inode;
    if (state == kListening && own.contains(inode))
      return std::stoi(local.substr(local.find(':') + 1), nullptr, 16);
  }
  return std::nullopt;
}

}  // namespace

bool Http2Partner::installed() { return ::access(kServer, X_OK) == 0; }

Http2Partner::Http2Partner(const OwnCertificate& own, const std::filesystem::path& folder)
    : account_(folder / "http2_partner.txt") {
  const auto file = account_.string();
  pid_ = ::fork();
  if (pid_ == 0) {
    const int out = ::open(file.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_APPEND, 0600);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    ::execl(kServer, kServer, "--verbose", "--address=127.0.0.1", "--echo-upload", "0", own.key.c_str(),
            own.certificate.c_str(), nullptr);
    ::_exit(127);
  }
  while (pid_ > 0 && port_ == 0) {
    if (::waitpid(pid_, nullptr, WNOHANG) != 0) pid_ = -1;  // it ended
    if (pid_ > 0) port_ = listens_at(pid_).value_or(0);
    std::this_thread::yield();
  }
  EXPECT_NE(port_, 0) << account();
}

Http2Partner::~Http2Partner() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
}

std::string Http2Partner::url(const std::string& path) const {
  return "https://localhost:" + std::to_string(port_) + path;
}

std::string Http2Partner::account() const {
  std::ifstream file(account_);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace raccordo::testing
