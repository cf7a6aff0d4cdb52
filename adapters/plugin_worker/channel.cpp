// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/channel.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <numeric>

namespace raccordo {
namespace {

// Takes `count` bytes off the front of the parts, empty ones included.
void advance(std::span<iovec>& parts, std::size_t count) {
  while (!parts.empty()) {
    auto& part = parts.front();
    const auto here = std::min(count, part.iov_len);
    part.iov_base = static_cast<char*>(part.iov_base) + here;
    part.iov_len -= here;
    count -= here;
    if (part.iov_len > 0) return;
    parts = parts.subspan(1);
  }
}

iovec part(const void* data, std::size_t size) { return {const_cast<void*>(data), size}; }

template <typename T>
void append(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

}  // namespace

void PieceSender::lay_out_head(const Piece& piece) {
  const auto& batch = *piece.batch;
  const auto items = std::span(batch.items).subspan(piece.begin, piece.end - piece.begin);
  const auto first_field = items.front().first_field;
  const auto field_end = items.back().first_field + items.back().field_count;
  const auto byte_end =
      piece.end < batch.items.size() ? batch.items[piece.end].first_byte : batch.bytes.size();
  names_ = batch.file;
  for (const auto& column : batch.columns) names_ += column;

  BatchHead head;
  head.slice = piece.id;
  head.format = static_cast<std::uint32_t>(batch.format);
  head.item_count = static_cast<std::uint32_t>(items.size());
  head.column_count = static_cast<std::uint32_t>(batch.columns.size());
  head.size_count = field_end - first_field;
  head.file_bytes = batch.file.size();
  head.column_bytes = names_.size() - batch.file.size();
  head.field_bytes = byte_end - items.front().first_byte;

  head_.clear();
  append(head_, FrameHead{});
  append(head_, head);
  for (const auto& item : items)
    append(head_, WireItem{static_cast<std::uint32_t>(item.kind), item.field_count, item.place.line});
  for (const auto& column : batch.columns) append(head_, static_cast<std::uint32_t>(column.size()));
  parts_ = {part(head_.data(), head_.size()),
            part(batch.sizes.data() + first_field, head.size_count * sizeof(std::uint32_t)),
            part(names_.data(), names_.size()),
            part(batch.bytes.data() + items.front().first_byte, head.field_bytes)};
}

void PieceSender::begin(const Piece& piece) {
  lay_out_head(piece);
  FrameHead frame{static_cast<std::uint32_t>(FrameKind::kBatch), 0, 0};
  for (const auto& piece_part : parts_) frame.size += piece_part.iov_len;
  frame.size -= sizeof frame;
  std::memcpy(head_.data(), &frame, sizeof frame);
  rest_ = parts_;
}

PieceSender::Sent PieceSender::go_on(int socket) {
  while (!rest_.empty()) {
    msghdr message{};
    message.msg_iov = rest_.data();
    message.msg_iovlen = rest_.size();
    const auto sent = ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0)
      advance(rest_, static_cast<std::size_t>(sent));
    else if (errno == EAGAIN)
      return Sent::kPart;
    else if (errno != EINTR)
      return Sent::kBroken;
  }
  return Sent::kAll;
}

AnswerReader::AnswerReader(std::uint64_t max_output_bytes)
    : max_cost_(kFlushAt + std::min<std::uint64_t>(max_output_bytes, 1ull << 30) + (64u << 10)) {
  await_heads();
}

void AnswerReader::await_heads() {
  in_body_ = false;
  parts_[0] = part(&heads_, sizeof heads_);
  rest_ = std::span(parts_).first(1);
}

// The worker's numbers: bounded before memory is taken, and they must add up to the frame.
bool AnswerReader::await_body() {
  const auto& [frame, answers] = heads_;
  if (frame.kind != static_cast<std::uint32_t>(FrameKind::kAnswers)) return false;
  if (answers.byte_count > max_cost_ || answers.output_count > max_cost_ ||
      answers.effect_count > max_cost_ / 16 || answers.size_count > max_cost_ / 16)
    return false;
  outputs_.resize(answers.output_count);
  effects_.resize(answers.effect_count);
  sizes_.resize(answers.size_count);
  bytes_.resize(answers.byte_count);
  parts_ = {part(outputs_.data(), std::span(outputs_).size_bytes()),
            part(effects_.data(), std::span(effects_).size_bytes()),
            part(sizes_.data(), std::span(sizes_).size_bytes()), part(bytes_.data(), bytes_.size())};
  rest_ = parts_;
  in_body_ = true;
  auto size = sizeof(AnswersHead);
  for (const auto& piece : parts_) size += piece.iov_len;
  return frame.size == size;
}

AnswerReader::Got AnswerReader::read(int socket) {
  while (true) {
    const auto got = ::readv(socket, rest_.data(), static_cast<int>(rest_.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return Got::kNothing;
    if (got <= 0) return Got::kEnd;
    advance(rest_, static_cast<std::size_t>(got));
    if (!rest_.empty()) continue;
    if (in_body_) {
      await_heads();
      return Got::kFrame;
    }
    if (!await_body()) return Got::kNonsense;
  }
}

}  // namespace raccordo
