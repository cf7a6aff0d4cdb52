// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/batch_layout.hpp"

#include <algorithm>
#include <numeric>

namespace raccordo {
namespace {

std::uint64_t sum(std::span<const std::uint32_t> sizes) {
  return std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0});
}

// No count is larger than the bytes that it counts, so the sum cannot overflow.
bool adds_up(const BatchHead& head, std::uint64_t size) {
  if (std::max({head.size_count, head.file_bytes, head.column_bytes, head.field_bytes}) > size) return false;
  const auto arrays = std::uint64_t{head.item_count} * sizeof(WireItem) +
                      (std::uint64_t{head.column_count} + head.size_count) * sizeof(std::uint32_t);
  return arrays + head.file_bytes + head.column_bytes + head.field_bytes == size;
}

}  // namespace

bool lay_out(const BatchHead& head, BatchBytes bytes, ReceivedBatch& batch) {
  if (!adds_up(head, bytes.size) || head.format > static_cast<std::uint32_t>(Format::kDocument)) return false;
  const auto* at = reinterpret_cast<const char*>(bytes.data);
  batch.items = {reinterpret_cast<const WireItem*>(at), head.item_count};
  at += batch.items.size_bytes();
  const std::span column_sizes(reinterpret_cast<const std::uint32_t*>(at), head.column_count);
  at += column_sizes.size_bytes();
  batch.sizes = {reinterpret_cast<const std::uint32_t*>(at), head.size_count};
  at += batch.sizes.size_bytes();
  const auto fields =
      std::accumulate(batch.items.begin(), batch.items.end(), std::uint64_t{0},
                      [](std::uint64_t count, const WireItem& item) { return count + item.field_count; });
  if (sum(column_sizes) != head.column_bytes || fields != head.size_count ||
      sum(batch.sizes) != head.field_bytes)
    return false;
  batch.format = static_cast<Format>(head.format);
  batch.file = {at, head.file_bytes};
  at += head.file_bytes;
  batch.columns.clear();
  for (const auto size : column_sizes) {
    batch.columns.push_back({at, size});
    at += size;
  }
  batch.fields = at;
  return true;
}

}  // namespace raccordo
