// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/sandbox.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <memory>

#include "core/ports/system_words.hpp"

namespace raccordo {
namespace {

Status limit(__rlimit_resource resource, std::uint64_t value, std::string_view name) {
  rlimit current{};
  ::getrlimit(resource, &current);
  if (current.rlim_max != RLIM_INFINITY && value > current.rlim_max) value = current.rlim_max;
  const rlimit wanted{value, value};
  if (::setrlimit(resource, &wanted) == 0) return done();
  const auto why = system_words(errno);
  return error(ErrorCode::kUnavailable, say("il limite {0} non si imposta: {1}",
                                            "limit {0} cannot be set: {2}", name, why.it, why.en));
}

#ifndef RACCORDO_SANITIZED
// Address space and data that the process has before the plugin comes, in bytes (proc(5), statm).
struct Footprint {
  std::uint64_t address_space = 0;
  std::uint64_t data = 0;
};

Footprint footprint() {
  unsigned long long size = 0, data = 0;
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen("/proc/self/statm", "re"), &std::fclose);
  if (file && std::fscanf(file.get(), "%llu %*u %*u %*u %*u %llu", &size, &data) != 2) size = data = 0;
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return {size * page, data * page};
}

// Data is what a heap takes; the address space has room beside it for libraries and stacks.
Status limit_memory(std::uint64_t bytes) {
  constexpr std::uint64_t kRoomForLibraries = 256ull << 20;
  const auto now = footprint();
  RACCORDO_CHECK(limit(RLIMIT_DATA, now.data + bytes, "RLIMIT_DATA"));
  return limit(RLIMIT_AS, now.address_space + bytes + kRoomForLibraries, "RLIMIT_AS");
}
#endif

// Landlock binds the calling thread and those it starts: another one would share memory with the plugin,
// unbound.
Status only_thread() {
#ifndef RACCORDO_SANITIZED  // ThreadSanitizer has a thread of its own
  std::error_code ignored;
  const std::filesystem::directory_iterator threads("/proc/self/task", ignored);
  if (std::distance(threads, std::filesystem::directory_iterator()) > 1)
    return error(ErrorCode::kBug,
                 say("il worker ha già altri thread", "the worker has other threads already"));
#endif
  return done();
}

}  // namespace

Status limit_resources(const SandboxSpec& spec) {
#ifndef RACCORDO_SANITIZED  // sanitizers reserve terabytes of address space
  if (spec.memory_bytes > 0) RACCORDO_CHECK(limit_memory(spec.memory_bytes));
#endif
  RACCORDO_CHECK(limit(RLIMIT_CORE, 0, "RLIMIT_CORE"));
  if (!spec.prints_to_files) RACCORDO_CHECK(limit(RLIMIT_FSIZE, 0, "RLIMIT_FSIZE"));
  RACCORDO_CHECK(limit(RLIMIT_NOFILE, 64, "RLIMIT_NOFILE"));
  RACCORDO_CHECK(limit(RLIMIT_MEMLOCK, 0, "RLIMIT_MEMLOCK"));
  return limit(RLIMIT_MSGQUEUE, 0, "RLIMIT_MSGQUEUE");
}

Status enter_sandbox(const SandboxSpec& spec) {
  RACCORDO_CHECK(only_thread());
  RACCORDO_CHECK(limit_resources(spec));
  // A core handler that reads from a pipe ignores RLIMIT_CORE: what cannot be dumped is not handed to it
  // either.
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    const auto why = system_words(errno);
    return error(ErrorCode::kUnavailable, say("no_new_privs: {0}", "no_new_privs: {1}", why.it, why.en));
  }
  for (auto status : {restrict_files(spec.plugin_path), restrict_calls()})
    if (!status.ok() && !spec.allow_without) return status;
  return done();
}

}  // namespace raccordo
