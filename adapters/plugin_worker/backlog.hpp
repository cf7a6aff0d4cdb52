// SPDX-License-Identifier: EUPL-1.2
// The batches that a worker owes answers for, cut into pieces that survive its end: what is answered stays
// answered, the input that ended it gets its ending, all others go to the next worker, in order.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>

#include "adapters/plugin_worker/wire.hpp"

namespace raccordo {

// Inputs [begin, end) of one batch, as they are sent.
struct Piece {
  const InputBatch* batch = nullptr;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t next = 0;          // the first that is not answered
  std::uint32_t id = 0;          // of the slice on the wire; 0 until it is sent
  std::optional<Output> ending;  // of its only input, which is never sent
  bool alone = false;            // its only input is one of those that a worker may have ended at
};

// One thread at a time. [flow]
class Backlog {
 public:
  explicit Backlog(std::uint64_t max_output_bytes)
      : max_batch_bytes_(max_output_bytes * kInputsOfMaximalOutput) {}

  void add(const InputBatch& batch);

  // The next piece to send, or nullptr. It stays the same until `sent`.
  [[nodiscard]] const Piece* to_send();
  void sent();

  // False when the answers do not fit what was asked: nothing was taken.
  [[nodiscard]] bool answered(const AnswersHead& head, const Answers& answers, std::string bytes);

  // The input that the mark of a shared page names, if it is one that is owed.
  [[nodiscard]] std::optional<std::size_t> named_by(std::uint64_t mark) const;
  // Whether that input would be the first that its worker handled.
  [[nodiscard]] bool is_first(std::size_t index) const {
    return !answered_since_start_ && index == pieces_.front().next;
  }
  // Whether its worker had handled inputs of the same piece that are not answered.
  [[nodiscard]] bool handled_before(std::size_t index) const { return index > pieces_.front().next; }
  // Ends that input, found by named_by. "file:line" of it.
  std::string end_input(std::size_t index, Output output);
  // That input will be the first of its piece, so that what is before it is answered before it is tried
  // again.
  void cut_before(std::size_t index);
  // A worker ended, and nothing says at which of the inputs of the first piece: they will be sent one by one.
  // Where that was done already, the one that it ended at.
  [[nodiscard]] std::optional<std::size_t> single_out();
  // All that is owed will be sent again, to another worker.
  void start_over();

  [[nodiscard]] std::size_t batches() const { return batches_.size(); }
  [[nodiscard]] bool owed() const { return !pieces_.empty(); }
  [[nodiscard]] bool front_is_complete() const;
  [[nodiscard]] OutputBatch take_front();
  // Its inputs will be submitted again; those that ended a worker are remembered and end at once then.
  void drop_front();

  // Effects of a batch beyond this many times the limit of one input are not kept.
  static constexpr std::uint64_t kInputsOfMaximalOutput = 16;

 private:
  struct UnderWay {
    const InputBatch* batch = nullptr;
    OutputBatch out;
    std::uint64_t bytes = 0;
    std::deque<std::size_t> endings;  // fingerprints of inputs that ended a worker
  };

  [[nodiscard]] UnderWay& filling();
  void add_pieces(const InputBatch& batch);
  // Moves endings that stand at the front into their batch.
  void settle();
  void take(const Answers& answers, std::string bytes);

  std::uint64_t max_batch_bytes_;
  std::deque<UnderWay> batches_;
  std::deque<Piece> pieces_;
  std::size_t sent_ = 0;  // pieces that are sent, from the front
  std::uint32_t last_id_ = 0;
  bool answered_since_start_ = false;
  std::map<std::size_t, Output> remembered_;  // fingerprint of an input -> how it ended a worker
};

}  // namespace raccordo
