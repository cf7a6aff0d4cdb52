// SPDX-License-Identifier: EUPL-1.2
// What daemon and worker say to each other over their socket pair. Both are the same program on the same
// machine, so structs go as they lie in memory. The worker runs the plugin's code: the daemon believes none
// of its numbers.
//
//   daemon -> worker   load, then batches           worker -> daemon   loaded or refused, then answers
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/plugin_worker/effects.hpp"
#include "adapters/plugin_worker/instance.hpp"
#include "core/ports/plugin_runner.hpp"

namespace raccordo {

enum class FrameKind : std::uint32_t { kLoad = 1, kBatch = 2, kLoaded = 11, kRefused = 12, kAnswers = 13 };

struct FrameHead {
  std::uint32_t kind = 0;
  std::uint32_t zero = 0;
  std::uint64_t size = 0;  // of what follows
};

inline constexpr std::uint64_t kMaxLoad = 1ull << 30;  // options may be whole files
inline constexpr std::uint64_t kMaxLoaded = 16ull << 20;
inline constexpr std::uint64_t kFlushAt = 1ull << 20;  // answers are sent on when they cost this much

// Behind it: items, sizes of columns, sizes of fields, then bytes: file, columns, fields.
struct BatchHead {
  std::uint32_t slice = 0;
  std::uint32_t format = 0;
  std::uint32_t item_count = 0;
  std::uint32_t column_count = 0;
  std::uint64_t size_count = 0;
  std::uint64_t file_bytes = 0;
  std::uint64_t column_bytes = 0;
  std::uint64_t field_bytes = 0;
};

struct WireItem {
  std::uint32_t kind = 0;
  std::uint32_t field_count = 0;
  std::uint64_t line = 0;
};

// Behind it: outputs, effects, sizes, bytes.
struct AnswersHead {
  std::uint32_t slice = 0;
  std::uint32_t first = 0;  // index in the slice
  std::uint32_t output_count = 0;
  std::uint32_t effect_count = 0;
  std::uint64_t size_count = 0;
  std::uint64_t byte_count = 0;
};

// Shared memory: where the worker is. The worker writes, the daemon reads.
struct SharedPage {
  // slice << 32 | index + 1 of the input being handled; 0: none.
  std::atomic<std::uint64_t> current;
  std::atomic<std::uint32_t> out_of_memory;
  std::atomic<std::uint32_t> step;  // WorkerStep
};
enum class WorkerStep : std::uint32_t { kOpening = 0, kCreating = 1, kServing = 2 };
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

[[nodiscard]] constexpr std::uint64_t mark_of(std::uint32_t slice, std::uint32_t index) {
  return std::uint64_t{slice} << 32 | (std::uint64_t{index} + 1);
}

// What a worker is to do.
struct Load {
  bool describe_only = false;
  bool allow_without_sandbox = false;
  std::string path;
  std::uint64_t memory_bytes = 0;
  std::uint64_t max_output_bytes = 0;
  OptionValues options;
};

[[nodiscard]] std::string pack(const Load& load);
[[nodiscard]] std::string pack(const PluginDescription& description);
[[nodiscard]] std::string pack(const Framing& framing);
[[nodiscard]] std::string pack(const Error& error);

// False: the bytes are not such a message, whole and nothing more.
[[nodiscard]] bool unpack(std::string_view bytes, Load& load);
[[nodiscard]] bool unpack(std::string_view bytes, PluginDescription& description);
[[nodiscard]] bool unpack(std::string_view bytes, Framing& framing);
[[nodiscard]] bool unpack(std::string_view bytes, Error& error);

}  // namespace raccordo
