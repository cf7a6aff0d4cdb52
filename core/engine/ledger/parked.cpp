// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/ledger/parked.hpp"

#include <fmt/format.h>
#include <xxhash.h>

namespace raccordo {

ParkedRecord park(const Origin& origin, ParkReason why, WallTime now) {
  ParkedRecord record;
  record.connector = origin.connector;
  record.place = fmt::format("{}:{}", origin.file, origin.place.offset);
  record.content = XXH3_64bits(origin.original.data(), origin.original.size());
  record.line = origin.place.line;
  record.stage = std::move(why.stage);
  record.reason = std::move(why.reason);
  record.field = std::move(why.field);
  record.text = std::move(why.text);
  record.scan = origin.scan;
  record.first_ms = record.last_ms = milliseconds(now);
  record.context = origin.context;
  record.original.bytes = origin.original.substr(0, kMaxOriginal);
  return record;
}

ParkedMove after_replay(std::int64_t id, End end, const ParkReason& why, WallTime now) {
  ParkedMove move;
  move.id = id;
  move.time_ms = milliseconds(now);
  if (end == End::kParked) {
    move.to = ParkedState::kParked;
    move.stage = why.stage;
    move.reason = why.reason;
    move.field = why.field;
    move.text = why.text;
  } else {
    count_move(end, move.counts);
  }
  return move;
}

ParkedMove set_aside(std::int64_t id, ParkedState to, WallTime now) {
  ParkedMove move;
  move.id = id;
  move.to = to;
  move.time_ms = milliseconds(now);
  count_move(End::kFiltered, move.counts);
  return move;
}

std::string place_for_people(std::string_view file, std::uint64_t line) {
  return fmt::format("{}:{}", file, line);
}

Text log_line(const std::string& reason, const std::string& field) {
  const auto what = field.empty() ? reason : fmt::format("{} ({})", reason, field);
  return say("accantonato: {}", "parked: {}", what);
}

std::int64_t milliseconds(WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

}  // namespace raccordo
