// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/backlog.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace raccordo {
namespace {

constexpr std::size_t kMaxRemembered = 1'000;

std::string_view bytes_of(const InputBatch& batch, const InputItem& item) {
  const auto first = batch.sizes.begin() + item.first_field;
  const auto size = std::accumulate(first, first + item.field_count, std::uint64_t{0});
  return std::string_view(batch.bytes).substr(item.first_byte, size);
}

std::size_t fingerprint(const InputBatch& batch, std::size_t index) {
  const auto& item = batch.items[index];
  const auto* const sizes = reinterpret_cast<const char*>(batch.sizes.data() + item.first_field);
  const std::hash<std::string_view> hash;
  return hash(bytes_of(batch, item)) * 31 + hash({sizes, item.field_count * sizeof(std::uint32_t)});
}

Piece piece_of(const InputBatch& batch, std::size_t begin, std::size_t end) {
  return {&batch, begin, end, begin, 0, {}, false};
}

Piece ended_piece(const InputBatch& batch, std::size_t index, Output output) {
  return {&batch, index, index + 1, index, 0, std::move(output), false};
}

}  // namespace

void Backlog::add(const InputBatch& batch) {
  batches_.push_back({.batch = &batch});
  add_pieces(batch);
  settle();
}

void Backlog::add_pieces(const InputBatch& batch) {
  std::size_t begin = 0;
  const auto cut = [&](std::size_t end) {
    if (begin < end) pieces_.push_back(piece_of(batch, begin, end));
  };
  for (std::size_t i = 0; i < batch.size() && !remembered_.empty(); ++i) {
    const auto known = remembered_.find(fingerprint(batch, i));
    if (known == remembered_.end()) continue;
    cut(i);
    pieces_.push_back(ended_piece(batch, i, known->second));
    batches_.back().endings.push_back(known->first);
    begin = i + 1;
  }
  cut(batch.size());
}

const Piece* Backlog::to_send() {
  while (sent_ < pieces_.size() && pieces_[sent_].ending) ++sent_;
  if (sent_ == pieces_.size()) return nullptr;
  auto& piece = pieces_[sent_];
  if (piece.id == 0) piece.id = ++last_id_ == 0 ? ++last_id_ : last_id_;
  return &piece;
}

void Backlog::sent() { ++sent_; }

Backlog::UnderWay& Backlog::filling() {
  return *std::find_if(batches_.begin(), batches_.end(),
                       [](const UnderWay& batch) { return batch.out.outputs.size() < batch.batch->size(); });
}

void Backlog::settle() {
  while (!pieces_.empty() && pieces_.front().ending) {
    filling().out.outputs.push_back(std::move(*pieces_.front().ending));
    pieces_.pop_front();
    if (sent_ > 0) --sent_;
  }
}

void Backlog::take(const Answers& answers, std::string bytes) {
  auto& batch = filling();
  batch.bytes += bytes.size() + answers.effects.size_bytes() + answers.sizes.size_bytes();
  if (batch.bytes <= max_batch_bytes_) {
    decode(answers, std::move(bytes), batch.out);
    return;
  }
  const Output failed{Ending::kFailed, say("gli effetti di un lotto superano {} byte",
                                           "the effects of one batch are over {} bytes", max_batch_bytes_)};
  batch.out.outputs.insert(batch.out.outputs.end(), answers.outputs.size(), failed);
}

bool Backlog::answered(const AnswersHead& head, const Answers& answers, std::string bytes) {
  if (pieces_.empty() || head.output_count == 0) return false;
  auto& piece = pieces_.front();
  if (piece.id == 0 || piece.id != head.slice || head.first != piece.next - piece.begin ||
      head.output_count > piece.end - piece.next || !agree(answers, bytes.size()))
    return false;
  take(answers, std::move(bytes));
  answered_since_start_ = true;
  piece.next += head.output_count;
  if (piece.next == piece.end) {
    pieces_.pop_front();
    if (sent_ > 0) --sent_;
    settle();
  }
  return true;
}

std::optional<std::size_t> Backlog::named_by(std::uint64_t mark) const {
  if (mark == 0 || pieces_.empty()) return std::nullopt;
  const auto& piece = pieces_.front();
  const auto index = piece.begin + static_cast<std::uint32_t>(mark) - 1;
  if (piece.id == 0 || piece.id != mark >> 32 || index < piece.next || index >= piece.end)
    return std::nullopt;
  return index;
}

std::string Backlog::end_input(std::size_t index, Output output) {
  const auto piece = pieces_.front();
  const auto& batch = *piece.batch;
  const auto known = fingerprint(batch, index);
  filling().endings.push_back(known);
  if (remembered_.size() >= kMaxRemembered) remembered_.erase(remembered_.begin());
  remembered_[known] = output;
  pieces_.pop_front();
  if (index + 1 < piece.end) pieces_.push_front(piece_of(batch, index + 1, piece.end));
  pieces_.push_front(ended_piece(batch, index, std::move(output)));
  if (piece.next < index) pieces_.push_front(piece_of(batch, piece.next, index));
  start_over();
  return fmt::format("{}:{}", batch.file, batch.items[index].place.line);
}

void Backlog::cut_before(std::size_t index) {
  auto& piece = pieces_.front();
  if (index == piece.next) return;
  const auto before = piece_of(*piece.batch, piece.next, index);
  piece.next = index;
  pieces_.push_front(before);
}

std::optional<std::size_t> Backlog::single_out() {
  if (sent_ == 0) return std::nullopt;
  const auto piece = pieces_.front();
  if (piece.alone) return piece.next;
  pieces_.pop_front();
  for (auto index = piece.end; index-- > piece.next;) {
    pieces_.push_front(piece_of(*piece.batch, index, index + 1));
    pieces_.front().alone = true;
  }
  start_over();
  return std::nullopt;
}

void Backlog::start_over() {
  for (auto& piece : pieces_) {
    piece.begin = piece.next;
    piece.id = 0;
  }
  sent_ = 0;
  answered_since_start_ = false;
  settle();
}

bool Backlog::front_is_complete() const {
  return !batches_.empty() && batches_.front().out.outputs.size() == batches_.front().batch->size();
}

OutputBatch Backlog::take_front() {
  for (const auto ended : batches_.front().endings) remembered_.erase(ended);
  auto out = std::move(batches_.front().out);
  batches_.pop_front();
  return out;
}

void Backlog::drop_front() {
  const auto left = batches_.front().batch->size() - batches_.front().out.outputs.size();
  for (std::size_t dropped = 0; dropped < left; pieces_.pop_front())
    dropped += pieces_.front().end - pieces_.front().next;
  batches_.pop_front();
  start_over();
}

}  // namespace raccordo
