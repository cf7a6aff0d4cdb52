// SPDX-License-Identifier: EUPL-1.2
#include "adapters/kafka/topic_mark.hpp"

#include <charconv>
#include <cstdint>
#include <cstring>

#include "raccordo/model/uuid.hpp"

namespace raccordo::kafka {
namespace {

constexpr std::uint64_t kLeastMark = 1ull << 52;
constexpr std::uint64_t kMostMark = (1ull << 53) - 1;

}  // namespace

std::string new_mark() {
  const Uuid random = Uuid::random();
  std::uint64_t drawn = 0;
  std::memcpy(&drawn, random.bytes.data() + 9, 7);  // behind the bits that all random UUIDs share
  return std::to_string(kLeastMark | (drawn & (kLeastMark - 1)));
}

std::string mark_in(const TopicConfiguration& is) {
  const auto found = is.find(kMarkSetting);
  if (found == is.end()) return {};
  const auto& text = found->second;
  std::uint64_t mark = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), mark);
  const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return whole && mark >= kLeastMark && mark <= kMostMark ? text : std::string();
}

}  // namespace raccordo::kafka
