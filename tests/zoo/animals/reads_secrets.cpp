// SPDX-License-Identifier: EUPL-1.2
// Reads what is not its own wherever the hub could keep it: when it is loaded, in `create` and for a record
// that says so, which says what it found.
#include <fcntl.h>
#include <unistd.h>

#include "zoo.hpp"

namespace {

std::string found;

void note(const std::string& what) {
  if (found.find(what) == std::string::npos) found += " " + what;
}

void open_file(const std::string& path) {
  if (::open(path.c_str(), O_RDONLY | O_CLOEXEC) >= 0) note(path);
}

// From the hub's own folder, where its processes run, and from any other.
void try_files() {
  const auto hub = "/proc/" + std::to_string(::getppid());
  for (const char* name : {"hub.yaml", "secrets/pg", "var/store.sqlite", "var/backbone.sqlite", "var/lock",
                           "var/control.sock", "plugins/zoo_good.so", "in/good.ndjson"}) {
    open_file(name);
    open_file(hub + "/cwd/" + name);
    open_file("/proc/self/cwd/" + std::string(name));
  }
  for (const char* name : {"/mem", "/maps", "/environ", "/cmdline", "/fd/0", "/fd/3", "/root"}) {
    open_file(hub + name);
    open_file("/proc/self" + std::string(name));
  }
  for (const char* path :
       {".", "/", "/etc", "/etc/passwd", "/etc/shadow", "/etc/hostname", "/etc/ssl/private", "/dev/mem",
        "/dev/shm", "/tmp", "/run", "/var/lib", "/proc/1/environ", "/sys/kernel/notes"})
    open_file(path);
}

void try_environment() {
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable)
    if (std::string_view(*variable).find("SECRET") != std::string_view::npos) note(*variable);
}

void try_descriptors() {
  for (int fd = 4; fd < 1'024; ++fd)
    if (::fcntl(fd, F_GETFD) >= 0) note("descriptor " + std::to_string(fd));
}

void try_all() {
  try_files();
  try_environment();
  try_descriptors();
}

struct AtLoad {
  AtLoad() { try_all(); }
};
const AtLoad at_load;

void* create(const raccordo_host* host, const raccordo_options* options) {
  try_all();
  return zoo::create(host, options);
}

raccordo_verdict handle(void*, const raccordo_input* input) {
  if (!zoo::is_bad(input)) return zoo::publish(input);
  try_all();
  return zoo::refused(found.empty() ? "found nothing" : "FOUND:" + found);
}

}  // namespace

extern "C" RACCORDO_EXPORT const raccordo_plugin* raccordo_plugin_entry() {
  static const raccordo_plugin plugin = [] {
    auto described = zoo::describe("reads_secrets", handle);
    described.create = create;
    return described;
  }();
  return &plugin;
}
