// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/table.hpp"

#include "plugins/mapping/spaces.hpp"

namespace raccordo::mapping {
namespace {

// FNV-1a: keys are short, and they come from a mapping file, not from an attacker.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

// Lower case of A-Z and of the Latin-1 letters À-Þ (C3 80 - C3 9E), × (C3 97) apart.
char lower(char c, unsigned char before) {
  const auto byte = static_cast<unsigned char>(c);
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c + 32);
  if (before == 0xc3 && byte >= 0x80 && byte <= 0x9e && byte != 0x97) return static_cast<char>(byte + 0x20);
  return c;
}

}  // namespace

std::string_view fold(std::string_view text, FoldBuffer& buffer) {
  text = trim_ends(text);
  std::size_t size = 0;
  unsigned char before = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (size == buffer.size()) return {};
    if (std::size_t n = space_at(text, i); n != 0) {
      for (; n != 0; n = space_at(text, i)) i += n;
      buffer[size++] = ' ';
      before = ' ';
      continue;
    }
    buffer[size++] = lower(text[i], before);
    before = static_cast<unsigned char>(text[i++]);
  }
  return {buffer.data(), size};
}

bool Table::add(std::string_view key, std::uint32_t value) {
  FoldBuffer buffer;
  const auto folded = fold(key, buffer);
  const auto hash = hash_of(folded);
  if (row(folded, hash) != nullptr) return false;
  rows_.push_back({std::string(key), std::string(folded), hash, value});
  rehash();
  return true;
}

std::optional<std::uint32_t> Table::find(std::string_view key) const {
  FoldBuffer buffer;
  const auto folded = fold(key, buffer);
  if (folded.empty() && !key.empty() && key.size() > buffer.size()) return std::nullopt;
  if (const Row* found = row(folded, hash_of(folded))) return found->value;
  return std::nullopt;
}

const Table::Row* Table::row(std::string_view folded, std::uint64_t hash) const {
  if (slots_.empty()) return nullptr;
  for (std::size_t at = hash & (slots_.size() - 1); slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
    const Row& candidate = rows_[slots_[at] - 1];
    if (candidate.hash == hash && candidate.folded == folded) return &candidate;
  }
  return nullptr;
}

void Table::rehash() {
  const bool room = rows_.size() * 2 <= slots_.size();
  if (!room) slots_.assign(slots_.empty() ? 8 : slots_.size() * 2, 0);
  const auto put = [&](std::size_t index) {
    std::size_t at = rows_[index].hash & (slots_.size() - 1);
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = static_cast<std::uint32_t>(index + 1);
  };
  for (std::size_t i = room ? rows_.size() - 1 : 0; i < rows_.size(); ++i) put(i);
}

}  // namespace raccordo::mapping
