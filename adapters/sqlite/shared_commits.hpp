// SPDX-License-Identifier: EUPL-1.2
// Threads that write at once share commits: the first to come writes for all who wait, the others wait for
// the result. Bounded by its callers: each waits for its own part.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "raccordo/model/result.hpp"

namespace raccordo::sqlite {

// `Part`: what one caller writes, and where it finds what is its own of the answer.
template <typename Part>
class SharedCommits {
 public:
  using Group = std::vector<Part*>;
  using Commit = std::function<Status(const Group&)>;

  // `commit` is called by one thread at a time and makes a whole group durable, or nothing of it.
  SharedCommits(Commit commit, std::size_t max_group_size)
      : commit_(std::move(commit)), max_size_(max_group_size) {}

  // Returns once the part is durable, or could not be written. It may be written by the thread of another
  // caller. `size` counts towards the group's. [any]
  [[nodiscard]] Status write(Part& part, std::size_t size) {
    Waiting mine{&part, size, std::nullopt};
    std::unique_lock lock(mutex_);
    waiting_.push_back(&mine);
    changed_.wait(lock, [&] { return mine.result || !writing_; });
    while (!mine.result) write_group(lock);
    return std::move(*mine.result);
  }

  // Runs `work` as the only writer, between groups. [any]
  [[nodiscard]] Status alone(const std::function<Status()>& work) {
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

  // How many wait for the next group. [any]
  [[nodiscard]] std::size_t waiting() {
    const std::scoped_lock lock(mutex_);
    return waiting_.size();
  }

 private:
  struct Waiting {
    Part* part;
    std::size_t size;
    std::optional<Status> result;
  };

  void write_group(std::unique_lock<std::mutex>& lock) {
    writing_ = true;
    const auto taken = take_group();
    lock.unlock();
    Group group;
    group.reserve(taken.size());
    for (const auto* one : taken) group.push_back(one->part);
    const auto result = commit_(group);
    lock.lock();
    for (auto* one : taken) one->result = result;
    writing_ = false;
    changed_.notify_all();
  }

  std::vector<Waiting*> take_group() {
    std::vector<Waiting*> group;
    std::size_t size = 0;
    while (!waiting_.empty() && (group.empty() || size + waiting_.front()->size <= max_size_)) {
      size += waiting_.front()->size;
      group.push_back(waiting_.front());
      waiting_.pop_front();
    }
    return group;
  }

  Commit commit_;
  std::size_t max_size_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting*> waiting_;
  bool writing_ = false;
};

}  // namespace raccordo::sqlite
