// SPDX-License-Identifier: EUPL-1.2
#include "tests/partner/http2_partner.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "tests/partner/listens_at.hpp"

namespace raccordo::testing {
namespace {

constexpr const char* kServer = "/usr/sbin/nghttpd";

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
