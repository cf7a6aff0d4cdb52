// SPDX-License-Identifier: EUPL-1.2
// The topics of the backbone's file: table `m<number>` for each, and where each ends.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "core/ports/backbone.hpp"

namespace raccordo::sqlite {

struct TopicTable {
  std::int64_t number = 0;
  bool compacted = true;
  std::int64_t end = 0;  // offset of the next message: known to readers once it is durable

  [[nodiscard]] std::string table() const { return fmt::format("m{}", number); }
};

// Changed by the writer alone; looked at by anyone. Entries stay where they are.
class TopicTables {
 public:
  // Reads what the file holds. [control]
  [[nodiscard]] Status load(Database& writer);
  // Makes a topic, or checks its settings. By the writer.
  [[nodiscard]] Status ensure(Database& writer, const TopicSettings& settings);

  // A copy. Errors: kNotFound, with the nearest known name. [any]
  [[nodiscard]] Result<TopicTable> find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;
  // By the writer: what `moved` ends at now. `ends` are offsets by topic name.
  void moved(const std::map<std::string_view, std::int64_t>& ends);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, TopicTable, std::less<>> tables_;
};

}  // namespace raccordo::sqlite
