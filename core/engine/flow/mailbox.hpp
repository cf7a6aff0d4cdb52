// SPDX-License-Identifier: EUPL-1.2
// Errands for a flow from other threads: done by the flow's own thread, between two pieces of its work.
#pragma once

#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>

#include "core/ports/clock.hpp"

namespace raccordo {

class Mailbox {
 public:
  // Ends as soon as it can once `hurry` is stopped. Others may stop it, too.
  using Errand = std::function<void(std::stop_source& hurry)>;

  // `came` is told that there is an errand, and is to see to it that `serve` is called. [any but the flow]
  explicit Mailbox(std::function<void()> came) : came_(std::move(came)) {}

  enum class Answer {
    kDone,
    kNotBegun,  // and never will be
    kClosed,    // the flow ended before
  };

  // Leaves an errand and waits until it was done. When `patience` ends, one that was not begun is taken back;
  // one that was is told to hurry and waited for. [any but the flow]
  Answer ask(Errand errand, Clock& clock, Duration patience) {
    const auto letter = std::make_shared<Letter>();
    letter->errand = std::move(errand);
    auto answer = letter->answer.get_future();
    {
      const std::lock_guard lock(mutex_);
      if (closed_) return Answer::kClosed;
      letters_.push_back(letter);
    }
    came_();
    if (clock.wait(patience, letter->answered.get_token())) {
      if (take_back(letter)) return Answer::kNotBegun;
      letter->hurry.request_stop();
    }
    return answer.get();
  }

  // Does what there is. [flow]
  void serve() {
    while (const auto letter = take()) {
      letter->errand(letter->hurry);
      end(*letter, Answer::kDone);
    }
  }

  // Takes what comes again. [any, while nobody serves]
  void open() {
    const std::lock_guard lock(mutex_);
    closed_ = false;
  }

  // Refuses what is left and what comes. [flow]
  void close() {
    std::deque<std::shared_ptr<Letter>> left;
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
      left.swap(letters_);
    }
    for (const auto& letter : left) end(*letter, Answer::kClosed);
  }

 private:
  struct Letter {
    Errand errand;
    std::stop_source hurry;
    std::stop_source answered;  // wakes the one who asked
    std::promise<Answer> answer;
  };

  static void end(Letter& letter, Answer answer) {
    letter.answer.set_value(answer);
    letter.answered.request_stop();
  }

  std::shared_ptr<Letter> take() {
    const std::lock_guard lock(mutex_);
    if (letters_.empty()) return nullptr;
    auto letter = std::move(letters_.front());
    letters_.pop_front();
    return letter;
  }

  bool take_back(const std::shared_ptr<Letter>& letter) {
    const std::lock_guard lock(mutex_);
    return std::erase(letters_, letter) > 0;
  }

  std::function<void()> came_;
  std::mutex mutex_;
  std::deque<std::shared_ptr<Letter>> letters_;
  bool closed_ = false;
};

}  // namespace raccordo
