// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <utility>

namespace raccordo {

// A value that never changes and that thousands may hold: copies are the same one.
template <typename T>
class Shared {
 public:
  Shared() : Shared(T{}) {}
  Shared(T value) : value_(std::make_shared<const T>(std::move(value))) {}  // NOLINT: as good as the value

  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }

 private:
  std::shared_ptr<const T> value_;
};

}  // namespace raccordo
