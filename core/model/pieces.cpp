// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/pieces.hpp"

#include <charconv>

#include "canonical_reader.hpp"

namespace raccordo::json {

bool Pieces::next() {
  CanonicalReader in(rest_, Spelling::kUnknown);
  const char* const end = rest_.data() + rest_.size();
  const auto over = [&] {
    whole_ = in.take(close_) && in.at_end();
    rest_ = {};
    return false;
  };
  const bool first = close_ == 0;
  if (first) {
    close_ = in.is_at('{') ? '}' : ']';
    if (!in.take('{') && !in.take('[')) return rest_ = {}, false;
    if (in.is_at(close_)) return over();
  } else if (!in.take(',')) {
    return over();
  }
  bool escaped = false;
  if (close_ == '}' && !in.read_key(key_, escaped)) return rest_ = {}, false;
  const char* const begin = in.here();
  if (!in.skip_value()) return rest_ = {}, false;
  value_ = {begin, in.here()};
  rest_ = {in.here(), end};
  return true;
}

std::string_view member(std::string_view canonical_object, std::string_view name) {
  Pieces members(canonical_object);
  while (members.next())
    if (members.key() == name) return members.value();
  return {};
}

std::optional<std::string> text_of(std::string_view value) {
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::nullopt;
  std::string text;
  decode_string(value.substr(1, value.size() - 2), text);
  return text;
}

namespace {

template <typename Number>
std::optional<Number> read(std::string_view value) {
  Number number{};
  const char* const end = value.data() + value.size();
  const auto [at, wrong] = std::from_chars(value.data(), end, number);
  if (wrong != std::errc() || at != end) return std::nullopt;
  return number;
}

}  // namespace

std::optional<std::int64_t> integer_of(std::string_view value) { return read<std::int64_t>(value); }

std::optional<double> number_of(std::string_view value) { return read<double>(value); }

std::optional<bool> boolean_of(std::string_view value) {
  if (value != "true" && value != "false") return std::nullopt;
  return value == "true";
}

}  // namespace raccordo::json
