// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <string>

namespace raccordo::testing {

// Runs `look` in a child without root's rights, so that permissions count, and gives back what it said ("" if
// the child died). Where the tests run as somebody already, the child is that somebody.
[[nodiscard]] inline std::string as_nobody(const std::function<std::string()>& look) {
  int ends[2];
  if (::pipe(ends) != 0) return {};
  const auto child = ::fork();
  if (child == 0) {
    constexpr unsigned kNobody = 65'534;
    std::string said = "cannot become nobody";
    if (::geteuid() != 0 || (::setgroups(0, nullptr) == 0 && ::setresgid(kNobody, kNobody, kNobody) == 0 &&
                             ::setresuid(kNobody, kNobody, kNobody) == 0))
      said = look();
    const auto written = ::write(ends[1], said.data(), said.size());
    ::_exit(written == static_cast<ssize_t>(said.size()) ? 0 : 1);
  }
  ::close(ends[1]);
  std::string said;
  char buffer[1'024];
  for (ssize_t n = 0; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;)
    said.append(buffer, static_cast<std::size_t>(n));
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  return said;
}

}  // namespace raccordo::testing
