// SPDX-License-Identifier: EUPL-1.2
#include <array>
#include <charconv>

#include "core/ports/backbone.hpp"
#include "core/ports/store.hpp"

namespace raccordo {
namespace {

// "3:17" at `text`, as (partition, offset).
bool read_pair(std::string_view text, std::size_t& partition, std::int64_t& offset) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const auto* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), text.data() + colon, partition);
  const auto second = std::from_chars(text.data() + colon + 1, end, offset);
  return first.ec == std::errc{} && first.ptr == text.data() + colon && second.ec == std::errc{} && second.ptr == end;
}

class AppendInOne final : public Append {
 public:
  explicit AppendInOne(Backbone& backbone) : backbone_(backbone) {}
  void ahead(std::span<const Message>) override {}
  Status finish(std::span<const Message> messages) override { return backbone_.append(messages); }

 private:
  Backbone& backbone_;
};

}  // namespace

std::unique_ptr<Append> Backbone::begin_append() { return std::make_unique<AppendInOne>(*this); }

Error too_large(const Message& message, std::size_t limit) {
  return error(
      ErrorCode::kTooLarge,
      say("un messaggio di {} byte per {}: il limite è {}", "a message of {} bytes for {}: the limit is {}",
          message.value->size(), message.topic, limit),
      say("fare più piccola l'entità", "make the entity smaller"));
}

std::string Position::text() const {
  std::string out;
  for (std::size_t i = 0; i < next.size(); ++i) {
    if (i > 0) out += ',';
    out += std::to_string(i) + ':' + std::to_string(next[i]);
  }
  return out;
}

std::optional<Position> Position::parse(std::string_view text) {
  Position position;
  while (!text.empty()) {
    const auto comma = text.find(',');
    std::size_t partition = 0;
    std::int64_t offset = 0;
    if (!read_pair(text.substr(0, comma), partition, offset) || partition != position.next.size()) return std::nullopt;
    position.next.push_back(offset);
    text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
  }
  return position;
}

bool Position::reached(const Position& end) const {
  for (std::size_t i = 0; i < end.next.size(); ++i)
    if ((i < next.size() ? next[i] : 0) < end.next[i]) return false;
  return true;
}

std::string Bookmark::text() const { return log.empty() ? at.text() : at.text() + '@' + log; }

std::optional<Bookmark> Bookmark::parse(std::string_view text) {
  const auto sign = text.find('@');
  auto at = Position::parse(text.substr(0, sign));
  if (!at) return std::nullopt;
  return Bookmark{sign == std::string_view::npos ? "" : std::string(text.substr(sign + 1)), std::move(*at)};
}

Counts& Counts::operator+=(const Counts& other) {
  received += other.received;
  delivered += other.delivered;
  unchanged += other.unchanged;
  filtered += other.filtered;
  parked += other.parked;
  entities += other.entities;
  deleted += other.deleted;
  requests += other.requests;
  attempts += other.attempts;
  return *this;
}

std::string_view name_of(ParkedState state) {
  constexpr std::array<std::string_view, 4> kNames{"parked", "replayed", "discarded", "superseded"};
  return kNames[static_cast<std::size_t>(state)];
}

}  // namespace raccordo
