// SPDX-License-Identifier: EUPL-1.2
// The number of the store's last commit, kept beside the store. Written after each commit and never
// synchronised, it may lag behind the store but never run ahead of it: if it is ahead, the store is an older
// copy that was put back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "raccordo/model/result.hpp"

namespace raccordo {

class CommitMark {
 public:
  struct Stand {
    std::string epoch;
    std::int64_t commits = 0;
  };

  // Makes the file when it is missing. Errors: kDenied, kFull.
  [[nodiscard]] static Result<CommitMark> open(const std::string& path);
  CommitMark(CommitMark&& other) noexcept;
  CommitMark& operator=(CommitMark&&) = delete;
  ~CommitMark();

  // None where it was just made, or cannot be read.
  [[nodiscard]] std::optional<Stand> read() const;
  // Best effort: a mark that lags is harmless.
  void write(const Stand& stand) const;

 private:
  explicit CommitMark(int file) : file_(file) {}
  int file_ = -1;
};

}  // namespace raccordo
