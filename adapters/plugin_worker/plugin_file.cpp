// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/plugin_file.hpp"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "adapters/plugin_worker/plugin_worker.hpp"
#include "adapters/plugin_worker/refusal.hpp"
#include "adapters/plugin_worker/unique_fd.hpp"
#include "core/ports/system_words.hpp"

namespace raccordo {
namespace {

#if defined(__x86_64__)
constexpr unsigned kThisMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kThisMachine = EM_AARCH64;
#elif defined(__riscv)
constexpr unsigned kThisMachine = EM_RISCV;
#else
#error "name this machine's ELF number"
#endif

std::string machine_name(unsigned machine) {
  switch (machine) {
    case EM_X86_64:
      return "x86-64";
    case EM_AARCH64:
      return "aarch64";
    case EM_RISCV:
      return "riscv";
    case EM_386:
      return "i386";
    case EM_ARM:
      return "arm";
    default:
      return fmt::format("ELF {}", machine);
  }
}

Error not_opened(const std::string& path, int why) {
  if (why == ENOENT || why == ENOTDIR)
    return error(ErrorCode::kNotFound, say("il plugin {} non esiste", "there is no plugin {}", path),
                 say("controllare il nome e `plugins.folders` nella configurazione",
                     "check its name and `plugins.folders` in the configuration"));
  const auto words = system_words(why);
  return error(ErrorCode::kDenied,
               say("il plugin {0} non si può leggere: {1}", "plugin {0} cannot be read: {2}", path, words.it,
                   words.en),
               say("dare all'utente del servizio il permesso di leggerlo", "let the service's user read it"));
}

Error not_a_library(const std::string& path) {
  return refused(
      path, say("non è una libreria condivisa (ELF a 64 bit)", "it is not a shared library (64-bit ELF)"),
      say("indicare il file .so del plugin, non il suo sorgente né un archivio",
          "name the plugin's .so file, not its source nor an archive"));
}

Status check_header(const std::string& path, const Elf64_Ehdr& header) {
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64 ||
      header.e_type != ET_DYN)
    return not_a_library(path);
  if (header.e_machine != kThisMachine)
    return refused(
        path,
        say("è compilato per {}, questa macchina è {}", "it is compiled for {}, this machine is {}",
            machine_name(header.e_machine), machine_name(kThisMachine)),
        say("installare il plugin per questa architettura", "install the plugin for this architecture"));
  return done();
}

// Its tables' sizes are 16-bit counts of 16-bit sizes; where they begin may be any number.
bool ends_within(std::uint64_t begin, std::uint64_t size, std::uint64_t file_size) {
  return begin <= file_size && size <= file_size - begin;
}

// The table of its sections stands at the end of a library: where it is cut, the copy broke off.
Status check_whole(const std::string& path, const Elf64_Ehdr& header, std::uint64_t size) {
  if (ends_within(header.e_phoff, std::uint64_t{header.e_phnum} * header.e_phentsize, size) &&
      ends_within(header.e_shoff, std::uint64_t{header.e_shnum} * header.e_shentsize, size))
    return done();
  return refused(path,
                 say("è troncato: finisce dopo {} byte, prima delle sue tabelle",
                     "it is cut short: it ends after {} bytes, before its tables", size),
                 say("copiarlo di nuovo per intero", "copy it again, whole"));
}

}  // namespace

Status check_plugin_file(const std::string& path, std::uint64_t max_bytes) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file) return not_opened(path, errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return not_opened(path, errno);
  if (!S_ISREG(status.st_mode)) return not_a_library(path);
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > max_bytes)
    return refused(path,
                   say("pesa {} byte, il limite è {}", "it has {} bytes, the limit is {}", size, max_bytes),
                   say("togliere i simboli di debug (strip) o dividere il plugin",
                       "remove its debug symbols (strip) or split the plugin"),
                   ErrorCode::kTooLarge);
  Elf64_Ehdr header{};
  if (::pread(file.get(), &header, sizeof header, 0) != static_cast<ssize_t>(sizeof header))
    return not_a_library(path);
  RACCORDO_CHECK(check_header(path, header));
  return check_whole(path, header, size);
}

std::string stamp_of_file(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return {};
  return fmt::format("{}:{}:{}:{}.{}", found.st_dev, found.st_ino, found.st_size, found.st_mtim.tv_sec,
                     found.st_mtim.tv_nsec);
}

}  // namespace raccordo
