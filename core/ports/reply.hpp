// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <optional>
#include <utility>

namespace raccordo {

// An answer that is given later, from any thread, once. Who lets it go without having answered answers too: with nothing.
template <typename Answer>
class Reply {
 public:
  using Take = std::function<void(std::optional<Answer>)>;  // none: there will be no answer

  explicit Reply(Take take) : take_(std::move(take)) {}
  Reply(Reply&& other) noexcept : take_(std::exchange(other.take_, nullptr)) {}
  Reply& operator=(Reply&& other) noexcept {
    std::swap(take_, other.take_);
    return *this;
  }
  ~Reply() {
    if (take_) take_(std::nullopt);
  }

  // What is said behind the first answer is heard by nobody. [any]
  void answer(Answer answer) {
    if (const auto take = std::exchange(take_, nullptr)) take(std::move(answer));
  }

 private:
  Take take_;
};

}  // namespace raccordo
