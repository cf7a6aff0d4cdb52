// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/testing/memory_backbone.hpp"

#include <algorithm>
#include <unordered_map>

namespace raccordo::testing {
namespace {

std::int64_t milliseconds(Duration time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

}  // namespace

Result<MemoryBackbone::Topic*> MemoryBackbone::find(std::string_view name) {
  const auto found = topics_.find(name);
  if (found != topics_.end()) return &found->second;
  return error(ErrorCode::kNotFound, say("nessun topic di nome {}", "no topic named {}", name));
}

Status MemoryBackbone::ensure(std::span<const TopicSettings> topics) {
  const std::scoped_lock lock(mutex_);
  for (const auto& settings : topics) {
    const auto [entry, made] = topics_.try_emplace(settings.name);
    if (made) entry->second.compacted = settings.compacted;
    if (entry->second.compacted != settings.compacted)
      return error(ErrorCode::kInvalid, say("il topic {} esiste con altre regole",
                                            "topic {} exists with other settings", settings.name));
  }
  return done();
}

Status MemoryBackbone::append(std::span<const Message> messages) {
  const std::scoped_lock lock(mutex_);
  for (const auto& message : messages) {
    RACCORDO_CHECK(find(message.topic));
    if (message.value && message.value->size() > max_message_bytes_)
      return error(ErrorCode::kTooLarge,
                   say("un messaggio di {} byte", "a message of {} bytes", message.value->size()));
  }
  const auto now = milliseconds(clock_.now().time_since_epoch());
  for (const auto& message : messages) {
    auto& topic = topics_.find(message.topic)->second;
    auto& entry = topic.entries[topic.end++];
    entry.time_ms = now;
    entry.key = message.key;
    if (message.value) entry.value = *message.value;
  }
  if (!messages.empty()) ++appends_;
  appended_.notify_all();
  return done();
}

Result<std::unique_ptr<MessageBatch>> MemoryBackbone::read(const std::string& name, const Position& from,
                                                           std::size_t limit, Duration patience) {
  std::unique_lock lock(mutex_);
  RACCORDO_TRY(Topic* const topic, find(name));
  const auto offset = from.next.empty() ? 0 : std::max<std::int64_t>(0, from.next.front());
  if (offset > topic->end)
    return error(ErrorCode::kConflict, say("{}: {} sta oltre la fine {}", "{}: {} lies behind the end {}",
                                           name, offset, topic->end));
  auto batch = std::make_unique<MessageBatch>();
  batch->next.next = {offset};
  if (limit == 0) return batch;
  appended_.wait_for(lock, patience, [&] { return topic->end > offset; });
  std::vector<const Entry*> taken;
  for (auto at = topic->entries.lower_bound(offset); at != topic->entries.end() && taken.size() < limit;
       ++at) {
    const auto& entry = at->second;
    batch->messages.push_back({0, at->first, entry.time_ms, entry.key, !entry.value.has_value(), {}});
    batch->bytes += entry.value.value_or("");
    batch->next.next = {at->first + 1};
    taken.push_back(&entry);
  }
  if (taken.size() < limit) batch->next.next = {topic->end};  // past markers
  std::size_t begin = 0;
  for (std::size_t i = 0; i < taken.size(); ++i) {
    const auto size = taken[i]->value ? taken[i]->value->size() : 0;
    batch->messages[i].value = std::string_view(batch->bytes).substr(begin, size);
    begin += size;
  }
  return batch;
}

Result<Position> MemoryBackbone::end(const std::string& topic) {
  const std::scoped_lock lock(mutex_);
  RACCORDO_TRY(const Topic* const found, find(topic));
  return Position{{found->end}};
}

Result<Position> MemoryBackbone::begin(const std::string& topic) {
  const std::scoped_lock lock(mutex_);
  RACCORDO_TRY(const Topic* const found, find(topic));
  return Position{{found->entries.empty() ? 0 : found->entries.begin()->first}};
}

Result<std::string> MemoryBackbone::identity(const std::string& topic) {
  const std::scoped_lock lock(mutex_);
  RACCORDO_CHECK(find(topic));
  return made_;
}

void MemoryBackbone::make_anew() {
  const std::scoped_lock lock(mutex_);
  made_ = Uuid::random().text();
  for (auto& [name, topic] : topics_) topic = {topic.compacted, 0, {}};
}

void MemoryBackbone::append_marker(const std::string& topic) {
  const std::scoped_lock lock(mutex_);
  ++topics_.at(topic).end;
}

Result<std::vector<std::string>> MemoryBackbone::topics() {
  const std::scoped_lock lock(mutex_);
  std::vector<std::string> names;
  for (const auto& [name, topic] : topics_) names.push_back(name);
  return names;
}

std::size_t MemoryBackbone::appends() const {
  const std::scoped_lock lock(mutex_);
  return appends_;
}

Status MemoryBackbone::compact(Duration keep_tombstones) {
  const std::scoped_lock lock(mutex_);
  const auto before = milliseconds(clock_.now().time_since_epoch()) - milliseconds(keep_tombstones);
  for (auto& [name, topic] : topics_)
    if (topic.compacted) compact(topic, before);
  return done();
}

void MemoryBackbone::compact(Topic& topic, std::int64_t tombstones_before_ms) {
  std::unordered_map<Uuid, std::int64_t> last;
  for (const auto& [offset, entry] : topic.entries) last[entry.key] = offset;
  std::erase_if(topic.entries, [&](const auto& item) {
    const auto& [offset, entry] = item;
    if (last[entry.key] != offset) return true;
    return !entry.value && entry.time_ms < tombstones_before_ms && offset + 1 < topic.end;
  });
}

}  // namespace raccordo::testing
