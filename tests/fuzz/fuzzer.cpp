// SPDX-License-Identifier: EUPL-1.2
// The program that libFuzzer drives. RACCORDO_FUZZ_TARGET names what it feeds.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/targets.hpp"

namespace {

const raccordo::fuzz::Target& chosen() {
  const char* const name = std::getenv("RACCORDO_FUZZ_TARGET");
  for (const auto& target : raccordo::fuzz::targets())
    if (name != nullptr && target.name == name) return target;
  std::fprintf(stderr, "RACCORDO_FUZZ_TARGET must be one of:");
  for (const auto& target : raccordo::fuzz::targets())
    std::fprintf(stderr, " %.*s", static_cast<int>(target.name.size()), target.name.data());
  std::fprintf(stderr, "\n");
  std::exit(64);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto& target = chosen();
  target.feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
