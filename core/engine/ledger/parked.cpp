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
  record.original_cut = origin.original_cut || origin.original.size() > kMaxOriginal;
  return record;
}

std::optional<Text> why_never_again(const ParkedRecord& record) {
  if (record.original.alg != "none")
    return say(
        "il suo contenuto è sigillato con la chiave {}, che manca: rimettere la copia del file people.keys",
        "its content is sealed with the key {}, which is missing: put the copy of the file people.keys back",
        record.original.kid);
  const bool unread = record.stage == kStageFraming;
  if (!unread && !record.original_cut) return std::nullopt;
  const Text why = record.original_cut
                       ? say("ne sono stati conservati solo i primi {} byte",
                             "only its first {} bytes were kept", record.original.bytes.size())
                       : say("non si legge come record", "it does not read as a record");
  const std::string_view limit = record.reason == "record_too_large"     ? "record_size"
                                 : record.reason == "document_too_large" ? "document_size"
                                                                         : "";
  const Text instead =
      limit.empty()
          ? say("far correggere il file a chi lo manda, e farlo leggere di nuovo",
                "have the partner correct the file, and have it read again")
          : say("far correggere il file a chi lo manda, o alzare limits.{}, e farlo leggere di nuovo",
                "have the partner correct the file, or raise limits.{}, and have it read again", limit);
  return Text{fmt::format("{}: {}", why.it, instead.it), fmt::format("{}: {}", why.en, instead.en)};
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
