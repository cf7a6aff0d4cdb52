// SPDX-License-Identifier: EUPL-1.2
// What one source last said, by statement key: enough to tell changed from unchanged, and what a snapshot no
// longer holds. Lives in memory, owned by its flow; 32 bytes an entry, at most 40 MB a million keys.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "raccordo/model/uuid.hpp"

namespace raccordo {

struct Said {
  Uuid key;
  std::uint64_t hash = 0;        // of the published data; 0: deleted
  std::uint32_t revision = 0;    // the scan that changed it
  std::uint32_t generation = 0;  // the scan that saw it last, or kNotCounted; not kept across restarts

  // It was published, and a crash kept the ledger from hearing of it.
  static constexpr std::uint32_t kNotCounted = 0xffffffff;

  [[nodiscard]] bool deleted() const { return hash == 0; }
};
static_assert(sizeof(Said) == 32);

// [flow] throughout.
class SaidIndex {
 public:
  // Null when the key was never said. The pointer is good until the next `put`.
  [[nodiscard]] Said* find(const Uuid& key);

  // Adds or replaces.
  void put(const Said& said);

  [[nodiscard]] std::size_t size() const { return size_; }
  // Entries that are not deletions.
  [[nodiscard]] std::size_t live() const { return live_; }
  [[nodiscard]] std::size_t bytes() const;

  // Marks an entry found here as deleted at this revision, or said again.
  void set(Said& said, std::uint64_t hash, std::uint32_t revision);

  void each(const std::function<void(Said&)>& visit);

  // One entry in the form that deltas carry: key, hash, revision; 28 bytes, little endian.
  static constexpr std::size_t kEncodedSize = 28;
  static void encode(const Said& said, std::string& out);
  // Applies a whole delta: a checksum, then entries. False when it is not one: nothing was applied.
  [[nodiscard]] bool apply(std::string_view delta);
  // Puts the checksum in front of encoded entries.
  [[nodiscard]] static std::string seal(std::string_view entries);

 private:
  // Open addressing in shards that grow by an eighth: growing never holds the whole table twice, and the load
  // stays between 0.8 and 0.9.
  struct Shard {
    std::unique_ptr<Said[]> slots;
    std::uint32_t capacity = 0;
    std::uint32_t used = 0;
  };
  static constexpr std::size_t kShards = 256;

  [[nodiscard]] Shard& shard_of(const Uuid& key) { return shards_[key.bytes[0]]; }
  static Said* slot_for(Shard& shard, const Uuid& key);
  static void grow(Shard& shard);

  std::array<Shard, kShards> shards_;
  std::size_t size_ = 0;
  std::size_t live_ = 0;
};

}  // namespace raccordo
