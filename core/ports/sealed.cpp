// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/sealed.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/ports/base64.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

// What is left of a canonical text. Each of them takes its part off the front, or nothing.
class Rest {
 public:
  explicit Rest(std::string_view text) : text_(text) {}

  bool take(std::string_view literal) {
    if (!text_.starts_with(literal)) return false;
    text_.remove_prefix(literal.size());
    return true;
  }
  // Names and base64url have these letters and no others, so that nothing is ever escaped.
  std::string_view word() {
    std::size_t size = 0;
    while (size < text_.size() && is_letter(text_[size])) ++size;
    const auto word = text_.substr(0, size);
    text_.remove_prefix(size);
    return word;
  }
  [[nodiscard]] bool empty() const { return text_.empty(); }

 private:
  std::string_view text_;
};

std::optional<WrappedKey> take_wrap(Rest& rest) {
  if (!rest.take(R"({"ct":")")) return std::nullopt;
  auto bytes = from_base64url(rest.word());
  if (!bytes || !rest.take(R"(","hub":")")) return std::nullopt;
  const auto hub = rest.word();
  if (hub.empty() || !rest.take(R"(","kid":")")) return std::nullopt;
  const auto kid = rest.word();
  if (!rest.take("\"}")) return std::nullopt;
  return WrappedKey{std::string(hub), std::string(kid), std::move(*bytes)};
}

}  // namespace

bool is_sealed_word(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_letter); }

std::string sealed_text(const Sealed& sealed) {
  return fmt::format(R"({{"alg":"{}","ct":"{}","kid":"{}","v":1}})", sealed.alg, base64url(sealed.bytes),
                     sealed.kid);
}

std::optional<Sealed> from_sealed_text(std::string_view text) {
  const auto canonical = json::canonical(text);
  if (!canonical.ok()) return std::nullopt;
  Rest rest(*canonical);
  if (!rest.take(R"({"alg":")")) return std::nullopt;
  const auto alg = rest.word();
  if (!rest.take(R"(","ct":")")) return std::nullopt;
  auto bytes = from_base64url(rest.word());
  if (!bytes || !rest.take(R"(","kid":")")) return std::nullopt;
  const auto kid = rest.word();
  if (!rest.take(R"(","v":1})") || !rest.empty()) return std::nullopt;
  return Sealed{std::string(alg), std::string(kid), std::move(*bytes)};
}

std::string wraps_text(std::span<const WrappedKey> wraps) {
  std::string out = "[";
  for (const auto& wrap : wraps)
    out += fmt::format(R"({}{{"ct":"{}","hub":"{}","kid":"{}"}})", out.size() > 1 ? "," : "",
                       base64url(wrap.bytes), wrap.hub, wrap.kid);
  return out + "]";
}

std::optional<std::vector<WrappedKey>> from_wraps_text(std::string_view text) {
  const auto canonical = json::canonical(text);
  if (!canonical.ok()) return std::nullopt;
  Rest rest(*canonical);
  std::vector<WrappedKey> wraps;
  if (!rest.take("[")) return std::nullopt;
  while (!rest.take("]")) {
    if (!wraps.empty() && !rest.take(",")) return std::nullopt;
    auto wrap = take_wrap(rest);
    if (!wrap || wraps.size() == kMostWraps) return std::nullopt;
    wraps.push_back(std::move(*wrap));
  }
  if (!rest.empty()) return std::nullopt;
  return wraps;
}

}  // namespace raccordo
