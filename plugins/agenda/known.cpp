// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/known.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "raccordo/model/uuid.hpp"

namespace agenda {
namespace {

constexpr std::size_t kCase = 32, kTag = 8, kEnd = 6;

// FNV-1a, 32 bits: tells one ETag from the next.
std::string tag_of(std::string_view etag) {
  std::uint32_t hash = 2'166'136'261u;
  for (const char c : etag) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619u;
  return fmt::format("{:08x}", hash);
}

std::string with_dashes(std::string_view digits) {
  return fmt::format("{}-{}-{}-{}-{}", digits.substr(0, 8), digits.substr(8, 4), digits.substr(12, 4),
                     digits.substr(16, 4), digits.substr(20, 12));
}

std::string without_dashes(std::string id) {
  std::erase(id, '-');
  return id;
}

bool is_tag(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

Known Known::of(std::string_view text) {
  Known known;
  for (; text.size() >= kCase + kTag + kEnd && known.size() < kMost;
       text.remove_prefix(kCase + kTag + kEnd)) {
    const auto id = raccordo::Uuid::parse(with_dashes(text.substr(0, kCase)));
    const auto tag = text.substr(kCase, kTag), end = text.substr(kCase + kTag, kEnd);
    Seconds hours = 0;
    std::from_chars(end.data(), end.data() + end.size(), hours, 16);
    if (id && is_tag(tag)) known.entries_[id->text()] = {std::string(tag), hours * kHour, hours == 0};
  }
  return known;
}

std::string Known::text() const {
  std::string out;
  out.reserve(entries_.size() * (kCase + kTag + kEnd));
  for (const auto& [booking, entry] : entries_) {
    const auto hours = std::clamp<Seconds>((entry.end + kHour - 1) / kHour, 1, 0xffffff);
    out += fmt::format("{}{}{:06x}", without_dashes(booking), entry.tag, entry.unread ? 0 : hours);
  }
  return out;
}

const Known::Entry* Known::find(const std::string& booking) const {
  const auto found = entries_.find(booking);
  return found == entries_.end() ? nullptr : &found->second;
}

void Known::seen(const std::string& booking, std::string_view etag) {
  auto tag = tag_of(etag);
  auto& entry = entries_[booking];
  if (entry.tag == tag) return;
  entry = {std::move(tag), entry.end, true};
}

void Known::read(const std::string& booking, Seconds end) {
  const auto found = entries_.find(booking);
  if (found == entries_.end()) return;
  found->second.end = end;
  found->second.unread = false;
}

std::vector<std::string> Known::unread(std::size_t most) const {
  std::vector<std::string> out;
  for (const auto& [booking, entry] : entries_)
    if (entry.unread && out.size() < most) out.push_back(booking);
  return out;
}

std::vector<std::string> Known::bookings() const {
  std::vector<std::string> out;
  for (const auto& [booking, entry] : entries_) out.push_back(booking);
  return out;
}

std::size_t Known::forget_before(Seconds time) {
  std::erase_if(entries_, [&](const auto& each) { return !each.second.unread && each.second.end < time; });
  std::size_t too_much = 0;
  for (; entries_.size() > kMost; ++too_much)
    entries_.erase(std::ranges::min_element(entries_, {}, [](const auto& each) { return each.second.end; }));
  return too_much;
}

}  // namespace agenda
