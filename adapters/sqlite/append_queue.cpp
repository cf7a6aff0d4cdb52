// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sqlite/append_queue.hpp"

namespace raccordo::sqlite {
namespace {

std::size_t bytes_of(std::span<const Message> messages) {
  std::size_t bytes = 0;
  for (const auto& message : messages) bytes += sizeof(Message) + (message.value ? message.value->size() : 0);
  return bytes;
}

}  // namespace

Status AppendQueue::append(std::span<const Message> messages) {
  Waiting mine{messages, bytes_of(messages), std::nullopt};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&mine);
  changed_.wait(lock, [&] { return mine.result || !writing_; });
  while (!mine.result) write_group(lock);
  return std::move(*mine.result);
}

Status AppendQueue::alone(const std::function<Status()>& work) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !writing_; });
  writing_ = true;
  lock.unlock();
  auto result = work();
  lock.lock();
  writing_ = false;
  changed_.notify_all();
  return result;
}

void AppendQueue::write_group(std::unique_lock<std::mutex>& lock) {
  writing_ = true;
  const auto taken = take_group();
  lock.unlock();
  Group group;
  group.reserve(taken.size());
  for (const auto* one : taken) group.push_back(one->messages);
  const auto result = write_(group);
  lock.lock();
  for (auto* one : taken) one->result = result;
  writing_ = false;
  changed_.notify_all();
}

std::vector<AppendQueue::Waiting*> AppendQueue::take_group() {
  std::vector<Waiting*> group;
  std::size_t bytes = 0;
  while (!waiting_.empty() && (group.empty() || bytes + waiting_.front()->bytes <= max_bytes_)) {
    bytes += waiting_.front()->bytes;
    group.push_back(waiting_.front());
    waiting_.pop_front();
  }
  return group;
}

}  // namespace raccordo::sqlite
