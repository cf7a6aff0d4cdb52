// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/catalogue/said_index.hpp"

#include <xxhash.h>

#include <algorithm>
#include <cstring>

namespace raccordo {
namespace {

// Read as two words: a library's memcmp for each probe cost an eighth of a whole run.
struct Words {
  std::uint64_t high;
  std::uint64_t low;
  friend bool operator==(const Words&, const Words&) = default;
};

Words words_of(const Uuid& key) {
  Words words;
  std::memcpy(&words, key.bytes.data(), sizeof words);
  return words;
}

// Never a statement's key: its version stands in the first eight bytes.
bool empty(const Said& slot) { return words_of(slot.key).high == 0; }

std::uint32_t start_of(const Uuid& key, std::uint32_t capacity) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, key.bytes.data() + 1, sizeof bits);
  return static_cast<std::uint32_t>(std::uint64_t{bits} * capacity >> 32);
}

template <typename T>
void append_raw(T value, std::string& out) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

Said decode(const char* bytes) {
  Said said;
  std::memcpy(said.key.bytes.data(), bytes, 16);
  std::memcpy(&said.hash, bytes + 16, sizeof said.hash);
  std::memcpy(&said.revision, bytes + 24, sizeof said.revision);
  return said;
}

}  // namespace

Said* SaidIndex::slot_for(Shard& shard, const Uuid& key) {
  const Words wanted = words_of(key);
  Said* slot = &shard.slots[start_of(key, shard.capacity)];
  Said* const end = &shard.slots[0] + shard.capacity;
  while (!empty(*slot) && words_of(slot->key) != wanted)
    if (++slot == end) slot = &shard.slots[0];
  return slot;
}

Said* SaidIndex::find(const Uuid& key) {
  Shard& shard = shard_of(key);
  if (shard.capacity == 0) return nullptr;
  Said* slot = slot_for(shard, key);
  return empty(*slot) ? nullptr : slot;
}

void SaidIndex::grow(Shard& shard) {
  Shard larger;
  larger.capacity = std::max(16u, shard.capacity + shard.capacity / 8);
  larger.slots = std::make_unique<Said[]>(larger.capacity);
  for (std::uint32_t i = 0; i < shard.capacity; ++i)
    if (!empty(shard.slots[i])) *slot_for(larger, shard.slots[i].key) = shard.slots[i];
  larger.used = shard.used;
  shard = std::move(larger);
}

void SaidIndex::put(const Said& said) {
  Shard& shard = shard_of(said.key);
  if (shard.used * 10ull >= shard.capacity * 9ull) grow(shard);
  Said* slot = slot_for(shard, said.key);
  if (!empty(*slot)) {
    live_ -= slot->deleted() ? 0 : 1;
  } else {
    ++shard.used;
    ++size_;
  }
  live_ += said.deleted() ? 0 : 1;
  *slot = said;
}

void SaidIndex::set(Said& said, std::uint64_t hash, std::uint32_t revision) {
  live_ -= said.deleted() ? 0 : 1;
  said.hash = hash;
  said.revision = revision;
  live_ += said.deleted() ? 0 : 1;
}

std::size_t SaidIndex::bytes() const {
  std::size_t total = sizeof *this;
  for (const auto& shard : shards_) total += shard.capacity * sizeof(Said);
  return total;
}

void SaidIndex::each(const std::function<void(Said&)>& visit) {
  for (auto& shard : shards_)
    for (std::uint32_t i = 0; i < shard.capacity; ++i)
      if (!empty(shard.slots[i])) visit(shard.slots[i]);
}

void SaidIndex::encode(const Said& said, std::string& out) {
  out.append(reinterpret_cast<const char*>(said.key.bytes.data()), said.key.bytes.size());
  append_raw(said.hash, out);
  append_raw(said.revision, out);
}

std::string SaidIndex::seal(std::string_view entries) {
  std::string delta;
  delta.reserve(sizeof(std::uint64_t) + entries.size());
  append_raw(XXH3_64bits(entries.data(), entries.size()), delta);
  delta.append(entries);
  return delta;
}

bool SaidIndex::apply(std::string_view delta) {
  std::uint64_t checksum = 0;
  if (delta.size() < sizeof checksum) return false;
  std::memcpy(&checksum, delta.data(), sizeof checksum);
  delta.remove_prefix(sizeof checksum);
  if (delta.size() % kEncodedSize != 0 || XXH3_64bits(delta.data(), delta.size()) != checksum) return false;
  for (; !delta.empty(); delta.remove_prefix(kEncodedSize)) put(decode(delta.data()));
  return true;
}

}  // namespace raccordo
