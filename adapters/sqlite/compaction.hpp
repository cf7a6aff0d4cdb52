// SPDX-License-Identifier: EUPL-1.2
// Compaction of one topic: one pass in order, 24 to 48 bytes of memory a key, in steps between which others
// append. Stopped anywhere, the topic still says the same: a superseded message may go at any time, an old
// deletion goes after everything that it deletes. The last message of a topic stays, so offsets never start
// again.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "adapters/sqlite/topic_tables.hpp"

namespace raccordo::sqlite {

// `erase` removes messages in one transaction of the writer.
[[nodiscard]] Status compact_topic(Database& reader, const TopicTable& topic,
                                   std::int64_t tombstones_before_ms,
                                   const std::function<Status(std::span<const std::int64_t>)>& erase);

[[nodiscard]] Status erase_messages(Database& writer, const std::string& table,
                                    std::span<const std::int64_t> offsets);

}  // namespace raccordo::sqlite
