// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/read_marks.hpp"

#include <algorithm>
#include <charconv>

namespace raccordo {
namespace {

constexpr std::size_t kMostPartitions = 100'000;

// Takes a number and the mark behind it off the front; false when there is none.
bool take(std::string_view& text, std::int64_t& number) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || number < 0) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!text.empty()) text.remove_prefix(1);
  return true;
}

}  // namespace

ReadMarks::ReadMarks(const Position& from, std::string_view waiting) {
  for (std::size_t i = 0; i < from.next.size(); ++i) part(i).next = from.next[i];
  while (!waiting.empty()) {
    const auto semicolon = std::min(waiting.find(';'), waiting.size());
    auto one = waiting.substr(0, semicolon);
    waiting.remove_prefix(std::min(semicolon + 1, waiting.size()));
    std::int64_t number = 0;
    std::int64_t until = 0;
    if (!take(one, number) || static_cast<std::size_t>(number) >= kMostPartitions || !take(one, until))
      return;
    auto& known = part(static_cast<std::size_t>(number));
    known.known_until = until;
    for (std::int64_t offset = 0; take(one, offset);) known.had_waited.insert(offset);
  }
}

ReadMarks::Part& ReadMarks::part(std::size_t number) {
  if (number >= parts_.size()) parts_.resize(number + 1);
  return parts_[number];
}

bool ReadMarks::ended_before(std::int32_t partition, std::int64_t offset) const {
  const auto number = static_cast<std::size_t>(partition);
  if (number >= parts_.size()) return false;
  const auto& known = parts_[number];
  return offset < known.known_until && !known.had_waited.contains(offset);
}

void ReadMarks::read(std::int32_t partition, std::int64_t offset) {
  part(static_cast<std::size_t>(partition)).waiting.insert(offset);
}

void ReadMarks::end(std::int32_t partition, std::int64_t offset) {
  part(static_cast<std::size_t>(partition)).waiting.erase(offset);
}

void ReadMarks::reached(const Position& next) {
  for (std::size_t i = 0; i < next.next.size(); ++i) part(i).next = next.next[i];
}

Position ReadMarks::position() const {
  Position position;
  for (const auto& each : parts_)
    position.next.push_back(each.waiting.empty() ? each.next : std::min(each.next, *each.waiting.begin()));
  return position;
}

std::string ReadMarks::waiting_text() const {
  std::string text;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const auto& each = parts_[i];
    // Behind a crash in the midst of what was known already, that still holds.
    const auto until = std::max(each.next, each.known_until);
    auto waiting = each.waiting;
    waiting.insert(each.had_waited.lower_bound(each.next), each.had_waited.end());
    if (waiting.empty() && until <= each.next) continue;
    text += (text.empty() ? "" : ";") + std::to_string(i) + ":" + std::to_string(until) + ":";
    for (const auto offset : waiting) text += (text.ends_with(':') ? "" : ",") + std::to_string(offset);
  }
  return text;
}

}  // namespace raccordo
