// SPDX-License-Identifier: EUPL-1.2
// Which messages of one topic were read and have not ended: what is remembered goes forward behind them only,
// and a message that ended ahead of one that waits is not counted again after a crash.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/backbone.hpp"

namespace raccordo {

// [flow] throughout.
class ReadMarks {
 public:
  // Reading begins at `from`; `waiting` is what `waiting_text` told when that position was remembered.
  ReadMarks(const Position& from, std::string_view waiting);
  ReadMarks() = default;

  // True: it ended in an earlier run, ahead of others.
  [[nodiscard]] bool ended_before(std::int32_t partition, std::int64_t offset) const;

  void read(std::int32_t partition, std::int64_t offset);
  void end(std::int32_t partition, std::int64_t offset);
  // Reading stands here now.
  void reached(const Position& next);

  // Everything before it has ended.
  [[nodiscard]] Position position() const;
  // What behind `position` has not ended, of partitions where something may have: "0:40:17,25;3:9:8", the
  // partition, where reading stood, and the offsets before that which wait.
  [[nodiscard]] std::string waiting_text() const;

 private:
  struct Part {
    std::int64_t next = 0;
    std::set<std::int64_t> waiting;
    std::int64_t known_until = 0;  // of an earlier run: what stands before it and does not wait has ended
    std::set<std::int64_t> had_waited;
  };
  [[nodiscard]] Part& part(std::size_t number);
  std::vector<Part> parts_;
};

}  // namespace raccordo
