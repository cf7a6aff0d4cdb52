// SPDX-License-Identifier: EUPL-1.2
// Where a worker keeps the batch that it works on: filled through one view of the memory, lent to the plugin
// through another that can only be read. A plugin that writes into what it borrowed breaks off at once, on
// the record that it was at; the ones beside it stay as they came.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace raccordo {

// One thread. Made before the sandbox, which refuses what it takes.
class BatchMemory {
 public:
  BatchMemory();
  BatchMemory(const BatchMemory&) = delete;
  BatchMemory& operator=(const BatchMemory&) = delete;
  ~BatchMemory();

  // Room for so many bytes, at 8 bytes; what was there before is gone.
  [[nodiscard]] void* make_room(std::size_t bytes);
  // What lies there, until `make_room`.
  [[nodiscard]] const std::uint64_t* lent() const { return lent_; }

 private:
  // Address space, not memory: pages come with what is written. Larger batches, and kernels without memfd,
  // get ordinary memory that a plugin can write to.
  static constexpr std::size_t kRoom = 64u << 20;

  void* filled_ = nullptr;
  void* read_only_ = nullptr;
  std::vector<std::uint64_t> ordinary_;
  const std::uint64_t* lent_ = nullptr;
};

}  // namespace raccordo
