// SPDX-License-Identifier: Apache-2.0
// The parts of the C contract that do not depend on a plugin's class: its descriptor, and the fences. Plugin
// authors do not need this header.
#pragma once

#include <raccordo/abi.h>

#include <exception>
#include <span>
#include <string>
#include <vector>

#include "raccordo/sdk/declaration.hpp"
#include "raccordo/sdk/effects.hpp"
#include "raccordo/sdk/row.hpp"

namespace raccordo {
inline namespace sdk {

struct Functions {
  void* (*create)(const raccordo_host*, const raccordo_options*);
  raccordo_verdict (*handle)(void*, const raccordo_input*);
  void (*destroy)(void*);
};

template <typename Struct, typename... Declared>
[[nodiscard]] std::vector<OptionFacts> option_list(const OptionsOf<Struct, Declared...>& options) {
  std::vector<OptionFacts> list;
  std::apply([&](const auto&... one) { (list.push_back(one.facts), ...); }, options.all);
  return list;
}

// The declaration in the contract's form. `options` outlives it.
class Descriptor {
 public:
  Descriptor(const PluginFacts& facts, const std::vector<OptionFacts>& options, std::uint32_t inputs,
             Functions functions);
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] const raccordo_plugin& contract() const { return contract_; }

 private:
  // Of names, in one block that does not move.
  [[nodiscard]] raccordo_list list(std::span<const std::string_view> names);
  [[nodiscard]] raccordo_option described(const OptionFacts& facts);

  std::vector<std::vector<raccordo_bytes>> lists_;
  std::vector<std::string> defaults_;
  std::vector<raccordo_option> options_;
  raccordo_framing framing_;
  raccordo_plugin contract_{};
};

namespace sdk_detail {

// Reused from call to call, never read across them.
struct Memory {
  std::string scratch;
  ColumnGuesses guesses;
};

void explain(const raccordo_host& host, const char* words) noexcept;
void reject_exception(const raccordo_host& host, const char* words) noexcept;
void reject_unknown(const raccordo_input& input, Effects& effects);

template <typename Build>
void* fenced_create(const raccordo_host& host, Build build) noexcept {
  try {
    return build();
  } catch (const std::exception& failure) {
    explain(host, failure.what());
  } catch (...) {
    explain(host, "unknown exception");
  }
  return nullptr;
}

template <typename Handle>
raccordo_verdict fenced_handle(const raccordo_host& host, Memory& memory, Handle handle) noexcept {
  try {
    Effects effects(host, memory.scratch);
    handle(effects);
    return effects.ended();
  } catch (const std::exception& failure) {
    reject_exception(host, failure.what());
  } catch (...) {
    reject_exception(host, "unknown exception");
  }
  return RACCORDO_DONE;
}

template <typename Destroy>
void fenced_destroy(Destroy destroy) noexcept {
  try {
    destroy();
  } catch (...) {
    // The instance is gone either way, and there is nobody left to tell.
  }
}

}  // namespace sdk_detail
}  // namespace sdk
}  // namespace raccordo
