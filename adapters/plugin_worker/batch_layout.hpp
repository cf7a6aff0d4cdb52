// SPDX-License-Identifier: EUPL-1.2
// A batch as the worker got it: views into the memory of its frame.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "adapters/plugin_worker/wire.hpp"

namespace raccordo {

// What stands behind a BatchHead. At 8 bytes, so that its arrays can be used where they lie.
struct BatchBytes {
  const std::uint64_t* data = nullptr;
  std::uint64_t size = 0;  // bytes
};

struct ReceivedBatch {
  Format format = Format::kNone;
  std::string_view file;
  std::vector<raccordo_bytes> columns;
  std::span<const WireItem> items;
  std::span<const std::uint32_t> sizes;  // of all items' fields
  const char* fields = nullptr;
};

// False when the head's numbers, the items and the sizes do not add up to these bytes: nothing is to be read
// then. Memory of `batch` is reused.
[[nodiscard]] bool lay_out(const BatchHead& head, BatchBytes bytes, ReceivedBatch& batch);

}  // namespace raccordo
