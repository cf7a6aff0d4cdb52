// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/topic_tables.hpp"

namespace raccordo::sqlite {
namespace {

Error no_topic(std::string_view name, const std::string& known) {
  return error(ErrorCode::kNotFound, say("nessun topic di nome {}", "no topic named {}", name),
               say("i topic sono: {}", "the topics are: {}", known));
}

Error other_settings(const std::string& name, bool compacted) {
  const auto now = compacted
                       ? Label{"tiene l'ultimo messaggio per chiave", "keeps the last message of each key"}
                       : Label{"tiene ogni messaggio", "keeps every message"};
  return error(ErrorCode::kInvalid,
               Text{fmt::format("il topic {} esiste con altre regole: {}", name, now.it),
                    fmt::format("topic {} exists with other settings: it {}", name, now.en)},
               say("dare al topic un altro nome", "give the topic another name"));
}

}  // namespace

Status TopicTables::load(Database& writer) {
  std::map<std::string, TopicTable, std::less<>> found;
  {
    RACCORDO_TRY(auto rows, writer.query("SELECT name, id, compacted FROM topics"));
    for (;;) {
      RACCORDO_TRY(const bool more, rows.next());
      if (!more) break;
      found[rows.text(0)] = {rows.integer(1), rows.integer(2) != 0, 0};
    }
  }
  for (auto& [name, topic] : found) {
    // Compaction leaves a topic's last message, so this never goes back.
    RACCORDO_TRY(topic.end, writer.number("SELECT max(offset) + 1 FROM " + topic.table()));
  }
  const std::scoped_lock lock(mutex_);
  tables_ = std::move(found);
  return done();
}

Status TopicTables::ensure(Database& writer, const TopicSettings& settings) {
  if (const auto known = find(settings.name); known.ok()) {
    if (known->compacted == settings.compacted) return done();
    return other_settings(settings.name, known->compacted);
  }
  RACCORDO_TRY(auto transaction, Transaction::begin(writer));
  RACCORDO_TRY(auto insert, writer.query("INSERT INTO topics(name, compacted) VALUES(?1, ?2)"));
  RACCORDO_CHECK(insert.bind(std::string_view(settings.name), std::int64_t{settings.compacted}).run());
  const TopicTable topic{writer.last_id(), settings.compacted, 0};
  RACCORDO_CHECK(writer.execute(fmt::format(
      "CREATE TABLE {}(offset INTEGER PRIMARY KEY, time INTEGER NOT NULL, key BLOB NOT NULL, value BLOB)",
      topic.table())));
  RACCORDO_CHECK(transaction.commit());
  const std::scoped_lock lock(mutex_);
  tables_[settings.name] = topic;
  return done();
}

Result<TopicTable> TopicTables::find(std::string_view name) const {
  const std::scoped_lock lock(mutex_);
  const auto found = tables_.find(name);
  if (found != tables_.end()) return found->second;
  std::string known;
  for (const auto& [other, topic] : tables_) known += (known.empty() ? "" : ", ") + other;
  return no_topic(name, known);
}

std::vector<std::string> TopicTables::names() const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::string> names;
  for (const auto& [name, topic] : tables_) names.push_back(name);
  return names;
}

void TopicTables::moved(const std::map<std::string_view, std::int64_t>& ends) {
  const std::scoped_lock lock(mutex_);
  for (const auto& [name, end] : ends)
    if (const auto found = tables_.find(name); found != tables_.end()) found->second.end = end;
}

}  // namespace raccordo::sqlite
