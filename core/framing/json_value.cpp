// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/json_value.hpp"

#include <algorithm>
#include <functional>

#include "core/framing/text_reader.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kFewKeys = 12;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The unit at `text` ("00e8"), or -1.
int hex_unit(std::string_view text) {
  if (text.size() < 4) return -1;
  int unit = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const int digit = hex_value(text[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

char plain_escape(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

Text syntax(std::string_view what_it, std::string_view what_en) {
  return {fmt::format("JSON non valido: {}", what_it), fmt::format("invalid JSON: {}", what_en)};
}

}  // namespace

void append_unescaped(std::string_view content, std::string& out) {
  std::uint32_t high = 0;
  for (std::size_t i = 0; i < content.size(); ++i) {
    if (content[i] != '\\' || i + 1 == content.size()) {
      out += content[i];
      continue;
    }
    ++i;
    const int unit = content[i] == 'u' ? hex_unit(content.substr(i + 1)) : -1;
    if (unit < 0) {
      out += plain_escape(content[i]);
      continue;
    }
    i += 4;
    const auto code = static_cast<std::uint32_t>(unit);
    if (code >= 0xD800 && code < 0xDC00) {
      high = code;
    } else if (high != 0 && code >= 0xDC00 && code < 0xE000) {
      append_code_point(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), out);
      high = 0;
    } else {
      append_code_point(code, out);
    }
  }
}

JsonCut JsonValue::cut(std::string_view bytes, bool last) {
  bytes_ = bytes;
  last_ = last;
  at_ = 0;
  expect_ = Expect::kValue;
  open_.clear();
  keys_.clear();
  cut_ = {};
  while (expect_ != Expect::kNothing)
    if (!step()) return cut_;
  cut_.size = at_;
  return cut_;
}

bool JsonValue::step() {
  while (at_ < bytes_.size() && is_blank(bytes_[at_])) ++at_;
  if (at_ == bytes_.size()) return unfinished();
  const char c = bytes_[at_];
  switch (expect_) {
    case Expect::kValueOrEnd:
      if (c == ']') return close(false);
      [[fallthrough]];
    case Expect::kValue:
      return value(c);
    case Expect::kKeyOrEnd:
      if (c == '}') return close(true);
      [[fallthrough]];
    case Expect::kKey:
      return c == '"' ? key() : unexpected();
    case Expect::kColon:
      if (c != ':') return unexpected();
      expect_ = Expect::kValue;
      ++at_;
      return true;
    case Expect::kCommaOrEnd:
      if (c == '}' || c == ']') return close(c == '}');
      if (c != ',') return unexpected();
      expect_ = open_.back().object ? Expect::kKey : Expect::kValue;
      ++at_;
      return true;
    case Expect::kNothing:
      break;
  }
  return true;
}

bool JsonValue::value(char c) {
  std::size_t content = 0;
  bool escaped = false;
  switch (c) {
    case '{':
      return open(true);
    case '[':
      return open(false);
    case '"':
      if (!string(content, escaped)) return false;
      after_value();
      return true;
    case 't':
      return literal("true");
    case 'f':
      return literal("false");
    case 'n':
      return literal("null");
    default:
      return c == '-' || is_digit(c) ? number() : unexpected();
  }
}

bool JsonValue::open(bool object) {
  if (open_.size() == max_depth_)
    return fail(
        "too_deep",
        say("più di {} livelli uno dentro l'altro", "more than {} levels inside each other", max_depth_),
        at_);
  open_.push_back({object, keys_.size()});
  expect_ = object ? Expect::kKeyOrEnd : Expect::kValueOrEnd;
  ++at_;
  return true;
}

bool JsonValue::close(bool object) {
  if (open_.back().object != object) return unexpected();
  if (object && !no_repeated_keys(open_.back().first_key)) return false;
  keys_.resize(open_.back().first_key);
  open_.pop_back();
  ++at_;
  after_value();
  return true;
}

bool JsonValue::key() {
  const std::size_t start = at_;
  std::size_t content = 0;
  bool escaped = false;
  if (!string(content, escaped)) return false;
  auto text = bytes_.substr(content, at_ - 1 - content);
  if (escaped) {
    unescaped_.clear();
    append_unescaped(text, unescaped_);
    text = unescaped_;
  }
  keys_.push_back({std::hash<std::string_view>{}(text), start});
  expect_ = Expect::kColon;
  return true;
}

// Behind the closing quote when it is whole. `content`: where the text starts.
bool JsonValue::string(std::size_t& content, bool& escaped) {
  content = ++at_;
  for (; at_ < bytes_.size(); ++at_) {
    const auto c = static_cast<unsigned char>(bytes_[at_]);
    if (c == '"') {
      ++at_;
      return true;
    }
    if (c == '\\') {
      escaped = true;
      if (!escape()) return false;
    } else if (c < 0x20) {
      return fail("syntax",
                  syntax("un carattere di controllo in un testo", "a control character in a string"), at_);
    }
  }
  return unfinished();
}

// Leaves `at_` on the escape's last byte.
bool JsonValue::escape() {
  if (at_ + 1 >= bytes_.size()) return unfinished();
  const char c = bytes_[at_ + 1];
  if (c == 'u') {
    if (at_ + 6 > bytes_.size() && !last_) return unfinished();
    if (hex_unit(bytes_.substr(at_ + 2)) >= 0) return at_ += 5, true;
  } else if (std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos) {
    return ++at_, true;
  }
  return fail("syntax", syntax("una sequenza di escape sconosciuta", "an unknown escape"), at_);
}

bool JsonValue::number() {
  std::size_t p = at_;
  const auto digits = [&] {
    const std::size_t from = p;
    while (p < bytes_.size() && is_digit(bytes_[p])) ++p;
    return p > from;
  };
  const auto at = [&](std::string_view any) { return p < bytes_.size() && any.find(bytes_[p]) != any.npos; };
  if (at("-")) ++p;
  bool good = true;
  if (at("0")) {
    ++p;
  } else {
    good = digits();
  }
  if (good && at(".")) good = (++p, digits());
  if (good && at("eE")) {
    ++p;
    if (at("+-")) ++p;
    good = digits();
  }
  if (p == bytes_.size() && !last_) return unfinished();
  if (!good || at("0123456789.eE+-"))
    return fail("syntax", syntax("un numero scritto male", "a number written wrongly"), at_);
  at_ = p;
  after_value();
  return true;
}

bool JsonValue::literal(std::string_view word) {
  const auto text = bytes_.substr(at_, word.size());
  if (text != word) return text.size() < word.size() && word.starts_with(text) ? unfinished() : unexpected();
  at_ += word.size();
  after_value();
  return true;
}

bool JsonValue::no_repeated_keys(std::size_t first) {
  const auto begin = keys_.begin() + static_cast<std::ptrdiff_t>(first);
  const auto repeated = [this](std::size_t at) {
    return fail("repeated_key",
                say("una chiave ripetuta nello stesso oggetto", "a key repeated in the same object"), at);
  };
  if (keys_.size() - first <= kFewKeys) {
    for (auto key = begin; key != keys_.end(); ++key)
      for (auto other = begin; other != key; ++other)
        if (other->hash == key->hash) return repeated(key->at);
    return true;
  }
  std::sort(begin, keys_.end(),
            [](const Key& a, const Key& b) { return std::pair(a.hash, a.at) < std::pair(b.hash, b.at); });
  const auto twice =
      std::adjacent_find(begin, keys_.end(), [](const Key& a, const Key& b) { return a.hash == b.hash; });
  return twice == keys_.end() || repeated(std::next(twice)->at);
}

bool JsonValue::unfinished() {
  if (last_) return fail("truncated", syntax("finisce a metà", "it ends in the middle"), bytes_.size());
  cut_.end = CutEnd::kUnfinished;
  return false;
}

bool JsonValue::unexpected() {
  const auto c = static_cast<unsigned char>(bytes_[at_]);
  if (c <= 0x20 || c >= 0x7F)
    return fail("syntax", syntax("un carattere inatteso", "an unexpected character"), at_);
  const std::string shown(1, static_cast<char>(c));
  return fail("syntax", syntax("\"" + shown + "\" inatteso", "unexpected \"" + shown + "\""), at_);
}

bool JsonValue::fail(std::string_view code, Text why, std::size_t at) {
  cut_.end = CutEnd::kFault;
  cut_.fault = {code, std::move(why), at};
  return false;
}

}  // namespace raccordo
