// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/compaction.hpp"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

namespace raccordo::sqlite {
namespace {

constexpr std::int64_t kRowsOfAStep = 10'000;
constexpr std::int64_t kNone = -1;

// Key -> offset of its last message. Open addressing; the keys are hashes already.
class LastOffsets {
 public:
  LastOffsets() : slots_(1u << 10) {}

  // What stood there before, or kNone.
  std::int64_t put(const Uuid& key, std::int64_t offset) {
    if ((used_ + 1) * 4 > slots_.size() * 3) grow();
    auto& slot = slot_of(slots_, key);
    if (slot.offset == kNone) ++used_;
    slot.key = key;
    return std::exchange(slot.offset, offset);
  }
  [[nodiscard]] std::int64_t of(const Uuid& key) { return slot_of(slots_, key).offset; }

 private:
  struct Slot {
    Uuid key;
    std::int64_t offset = kNone;
  };

  static Slot& slot_of(std::vector<Slot>& slots, const Uuid& key) {
    const std::size_t mask = slots.size() - 1;
    std::size_t at = std::hash<Uuid>{}(key)&mask;
    while (slots[at].offset != kNone && slots[at].key != key) at = (at + 1) & mask;
    return slots[at];
  }

  void grow() {
    std::vector<Slot> wider(slots_.size() * 2);
    for (const auto& slot : slots_)
      if (slot.offset != kNone) slot_of(wider, slot.key) = slot;
    slots_.swap(wider);
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

struct Row {
  std::int64_t offset = 0;
  Uuid key;
  bool old_tombstone = false;
};

// The next rows from `from` on. Values are not looked at: long ones stay on the disk.
Status read_rows(Database& reader, const TopicTable& topic, std::int64_t from, std::int64_t tombstones_before,
                 std::vector<Row>& rows) {
  rows.clear();
  RACCORDO_TRY(auto query,
               reader.query("SELECT offset, key, value IS NULL AND time < ?3 FROM " + topic.table() +
                            " WHERE offset >= ?1 AND offset < ?2 ORDER BY offset LIMIT ?4"));
  query.bind(from, topic.end, tombstones_before, kRowsOfAStep);
  for (;;) {
    RACCORDO_TRY(const bool more, query.next());
    if (!more) return done();
    auto& row = rows.emplace_back();
    row.offset = query.integer(0);
    const auto key = query.bytes(1);
    std::memcpy(row.key.bytes.data(), key.data(), std::min(key.size(), row.key.bytes.size()));
    row.old_tombstone = query.integer(2) != 0;
  }
}

}  // namespace

Status compact_topic(Database& reader, const TopicTable& topic, std::int64_t tombstones_before_ms,
                     const std::function<Status(std::span<const std::int64_t>)>& erase) {
  LastOffsets last;
  std::vector<Row> rows;
  std::vector<Row> tombstones;
  std::vector<std::int64_t> gone;
  for (std::int64_t from = 0;; from = rows.back().offset + 1) {
    RACCORDO_CHECK(read_rows(reader, topic, from, tombstones_before_ms, rows));
    if (rows.empty()) break;
    gone.clear();
    for (const auto& row : rows) {
      if (const auto before = last.put(row.key, row.offset); before != kNone) gone.push_back(before);
      if (row.old_tombstone) tombstones.push_back(row);
    }
    if (!gone.empty()) RACCORDO_CHECK(erase(gone));
  }
  gone.clear();
  for (const auto& row : tombstones)
    if (last.of(row.key) == row.offset && row.offset + 1 < topic.end) gone.push_back(row.offset);
  for (std::span<const std::int64_t> rest = gone; !rest.empty();) {
    const auto step = rest.first(std::min<std::size_t>(rest.size(), kRowsOfAStep));
    RACCORDO_CHECK(erase(step));
    rest = rest.subspan(step.size());
  }
  return done();
}

Status erase_messages(Database& writer, const std::string& table, std::span<const std::int64_t> offsets) {
  std::vector<std::int64_t> sorted(offsets.begin(), offsets.end());
  std::sort(sorted.begin(), sorted.end());  // neighbours lie on the same page
  RACCORDO_TRY(auto transaction, Transaction::begin(writer));
  RACCORDO_TRY(auto query, writer.query("DELETE FROM " + table + " WHERE offset = ?1"));
  for (const auto offset : sorted) RACCORDO_CHECK(query.bind(offset).run());
  return transaction.commit();
}

}  // namespace raccordo::sqlite
