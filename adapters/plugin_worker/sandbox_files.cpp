// SPDX-License-Identifier: EUPL-1.2
// Landlock (landlock(7)): all file access is refused but reading the plugin's own file and the system's
// libraries.
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "adapters/plugin_worker/sandbox.hpp"
#include "adapters/plugin_worker/unique_fd.hpp"
#include "core/ports/system_words.hpp"

namespace raccordo {
namespace {

// The members of landlock_ruleset_attr up to version 6; older headers know only the first.
struct Ruleset {
  std::uint64_t files = 0;
  std::uint64_t network = 0;  // version 4
  std::uint64_t scoped = 0;   // version 6
};

constexpr std::uint64_t kRead = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE;

// Rights that each version added: 1 the first thirteen, 2 refer, 3 truncate, 5 device ioctls.
std::uint64_t all_file_rights(long version) {
  const int rights = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
  return (1ull << rights) - 1;
}

std::size_t ruleset_size(long version) {
  return version >= 6   ? sizeof(Ruleset)
         : version >= 4 ? offsetof(Ruleset, scoped)
                        : offsetof(Ruleset, network);
}

Ruleset ruleset_of(long version) {
  constexpr std::uint64_t kBindAndConnect = 3, kAbstractSocketsAndSignals = 3;
  return {all_file_rights(version), version >= 4 ? kBindAndConnect : 0,
          version >= 6 ? kAbstractSocketsAndSignals : 0};
}

Error not_available(int number) {
  const auto why = system_words(number);
  return error(ErrorCode::kUnavailable,
               say("questo sistema non offre Landlock ({0}): i plugin non si possono isolare",
                   "this system has no Landlock ({1}): plugins cannot be isolated", why.it, why.en),
               say("usare un kernel da 5.13 in su con «landlock» fra i moduli di sicurezza (lsm=)",
                   "use a kernel from 5.13 on with \"landlock\" among its security modules (lsm=)"));
}

// A path that is not there needs no rule.
Status allow(int ruleset, const char* path) {
  const UniqueFd at(::open(path, O_PATH | O_CLOEXEC));
  if (!at) return done();
  struct stat status {};
  ::fstat(at.get(), &status);
  landlock_path_beneath_attr rule{};
  rule.allowed_access = kRead;
  rule.parent_fd = at.get();
  if (::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
    return not_available(errno);
  return done();
}

}  // namespace

Status restrict_files(const std::string& plugin_path) {
  const auto version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return not_available(errno);
  const auto attributes = ruleset_of(version);
  const UniqueFd ruleset(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, ruleset_size(version), 0)));
  if (!ruleset) return not_available(errno);
  for (const char* path : {"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"})
    RACCORDO_CHECK(allow(ruleset.get(), path));
  RACCORDO_CHECK(allow(ruleset.get(), plugin_path.c_str()));
  if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0) return not_available(errno);
  return done();
}

}  // namespace raccordo
