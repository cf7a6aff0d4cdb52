// SPDX-License-Identifier: EUPL-1.2
// The daemon's end of a worker's socket, which never blocks: batches go out, answers come in, checked.
#pragma once

#include <sys/uio.h>

#include <array>
#include <string>
#include <vector>

#include "adapters/plugin_worker/backlog.hpp"
#include "adapters/plugin_worker/wire.hpp"

namespace raccordo {

// Sends one piece at a time, from where it lies in its batch.
class PieceSender {
 public:
  enum class Sent { kAll, kPart, kBroken };

  [[nodiscard]] bool busy() const { return !rest_.empty(); }
  void begin(const Piece& piece);  // the piece's batch stays as it is until all is sent
  [[nodiscard]] Sent go_on(int socket);
  void forget() { rest_ = {}; }

 private:
  void lay_out_head(const Piece& piece);

  std::string head_;   // frame, batch, items, sizes of columns
  std::string names_;  // file and columns
  std::array<iovec, 4> parts_{};
  std::span<iovec> rest_;
};

// Collects one frame of answers at a time.
class AnswerReader {
 public:
  enum class Got { kNothing, kFrame, kEnd, kNonsense };

  explicit AnswerReader(std::uint64_t max_output_bytes);

  // Reads what there is. After kFrame the accessors hold until the next call.
  [[nodiscard]] Got read(int socket);
  [[nodiscard]] const AnswersHead& head() const { return heads_.answers; }
  [[nodiscard]] Answers answers() const { return {outputs_, effects_, sizes_}; }
  [[nodiscard]] std::string take_bytes() { return std::move(bytes_); }
  void forget() { await_heads(); }

 private:
  struct Heads {
    FrameHead frame;
    AnswersHead answers;
  };

  void await_heads();
  [[nodiscard]] bool await_body();

  std::uint64_t max_cost_;
  Heads heads_;
  bool in_body_ = false;
  std::vector<WireOutput> outputs_;
  std::vector<WireEffect> effects_;
  std::vector<std::uint32_t> sizes_;
  std::string bytes_;
  std::array<iovec, 4> parts_{};
  std::span<iovec> rest_;
};

}  // namespace raccordo
