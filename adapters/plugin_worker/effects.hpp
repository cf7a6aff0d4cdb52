// SPDX-License-Identifier: EUPL-1.2
// The effects of a batch in one compact form: filled by an instance, carried over a socket or handed over as
// it is, and decoded, mistrusted, into an OutputBatch.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/plugin_runner.hpp"

namespace raccordo {

struct WireOutput {
  std::uint32_t ending = 0;
  std::uint32_t effect_count = 0;
  std::uint32_t words_it = 0;  // bytes
  std::uint32_t words_en =
      0;  // bytes; 0 where the words are a plugin's own and are the same in both languages
};

struct WireEffect {
  std::uint32_t kind = 0;
  std::uint32_t number = 0;
  std::uint32_t field_count = 0;
};

// `bytes` holds, for each output, the fields of its effects in order and then its words.
struct EffectBuffer {
  std::vector<WireOutput> outputs;
  std::vector<WireEffect> effects;
  std::vector<std::uint32_t> sizes;  // of fields
  std::string bytes;

  void clear();

  // The state to go back to when a call's effects do not count.
  struct Mark {
    std::size_t effects, sizes, bytes;
  };
  [[nodiscard]] Mark mark() const { return {effects.size(), sizes.size(), bytes.size()}; }
  void cut(const Mark& mark) {
    effects.resize(mark.effects);
    sizes.resize(mark.sizes);
    bytes.resize(mark.bytes);
  }
  // Forgets the effects since the mark, log lines apart.
  void keep_only_logs(const Mark& mark);

  void begin(EffectKind kind, std::uint32_t number = 0) {
    effects.push_back({static_cast<std::uint32_t>(kind), number, 0});
  }
  void field(std::string_view value) {
    bytes.append(value);
    sizes.push_back(static_cast<std::uint32_t>(value.size()));
    ++effects.back().field_count;
  }
  // Bytes, and a price for what has none, so that empty effects are bounded too.
  [[nodiscard]] std::uint64_t cost() const {
    return bytes.size() + 16 * (effects.size() + sizes.size() + outputs.size());
  }
  void end_output(Ending ending, const Mark& mark, const Text& words);
};

// What came back for some inputs, by whoever ran them. `bytes` is taken over.
struct Answers {
  std::span<const WireOutput> outputs;
  std::span<const WireEffect> effects;
  std::span<const std::uint32_t> sizes;
};

// Whether all counts and sizes agree with each other, and endings, kinds and numbers of fields are known
// ones.
[[nodiscard]] bool agree(const Answers& answers, std::size_t byte_count);

// Appends to `batch` what agrees. Texts that people will read lose control characters and invalid UTF-8;
// payloads stay as they are.
void decode(const Answers& answers, std::string bytes, OutputBatch& batch);

}  // namespace raccordo
