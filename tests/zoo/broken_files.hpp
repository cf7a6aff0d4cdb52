// SPDX-License-Identifier: EUPL-1.2
// Files that are no plugins for this machine, made from one that is.
#pragma once

#include <elf.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace raccordo::test {

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

inline Elf64_Ehdr& header_of(std::string& library) { return *reinterpret_cast<Elf64_Ehdr*>(library.data()); }

inline void make_not_elf(const std::filesystem::path& path) {
  write_bytes(path,
              "#!/bin/sh\n# a wrapper that somebody found handy\nexec true\n" + std::string(4'096, '\n'));
}

inline void make_other_architecture(const std::filesystem::path& good, const std::filesystem::path& path) {
  auto library = bytes_of(good);
  auto& machine = header_of(library).e_machine;
  machine = machine == EM_AARCH64 ? EM_X86_64 : EM_AARCH64;
  write_bytes(path, library);
}

// As a copy that broke off leaves it.
inline void make_truncated(const std::filesystem::path& good, const std::filesystem::path& path,
                           std::size_t size) {
  write_bytes(path, bytes_of(good).substr(0, size));
}

// A symbol table of 1.5 GB behind the rest, which takes no room on the disk.
inline void make_huge_symbol_table(const std::filesystem::path& good, const std::filesystem::path& path) {
  constexpr std::uint64_t kSymbols = 1'500'000'000 / sizeof(Elf64_Sym);
  auto library = bytes_of(good);
  const auto& header = header_of(library);
  auto* const sections = reinterpret_cast<Elf64_Shdr*>(library.data() + header.e_shoff);
  for (int i = 0; i < header.e_shnum; ++i)
    if (sections[i].sh_type == SHT_SYMTAB || sections[i].sh_type == SHT_DYNSYM) {
      sections[i].sh_offset = library.size();
      sections[i].sh_size = kSymbols * sizeof(Elf64_Sym);
    }
  write_bytes(path, library);
  std::filesystem::resize_file(path, library.size() + kSymbols * sizeof(Elf64_Sym));
}

// The loader's own table of symbols says that it has four thousand million buckets.
inline void make_lying_symbol_table(const std::filesystem::path& good, const std::filesystem::path& path) {
  auto library = bytes_of(good);
  const auto& header = header_of(library);
  const auto* const sections = reinterpret_cast<const Elf64_Shdr*>(library.data() + header.e_shoff);
  for (int i = 0; i < header.e_shnum; ++i)
    if (sections[i].sh_type == SHT_GNU_HASH)
      *reinterpret_cast<std::uint32_t*>(library.data() + sections[i].sh_offset) = 0xffff'ffff;
  write_bytes(path, library);
}

}  // namespace raccordo::test
