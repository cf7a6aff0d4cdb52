// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/number.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "plugins/mapping/arena.hpp"
#include "plugins/mapping/spaces.hpp"

namespace raccordo::mapping {
namespace {

constexpr int kMostDigits = 18;  // all that fits 64 bits for certain
constexpr int kMostExponent = 30;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// value = (negative ? -1 : 1) * digits / 10^scale
struct Decimal {
  std::uint64_t digits = 0;
  int significant = 0;
  int scale = 0;
  bool negative = false;
};

class Reader {
 public:
  Reader(std::string_view text, const NumberFormat& format) : text_(text), format_(format) {}

  NumberTrouble read(Decimal& out) {
    if (!sign(out) || !whole_part(out) || !fraction(out) || !exponent(out) || at_ != text_.size())
      return NumberTrouble::kNotANumber;
    return too_long_ ? NumberTrouble::kTooLarge : NumberTrouble::kNone;
  }

 private:
  [[nodiscard]] bool here(char c) const { return at_ < text_.size() && text_[at_] == c; }
  [[nodiscard]] bool digit_here() const { return at_ < text_.size() && is_digit(text_[at_]); }

  bool sign(Decimal& out) {
    out.negative = here('-');
    if (here('-') || here('+')) ++at_;
    return true;
  }

  void digit(Decimal& out) {
    const auto value = static_cast<std::uint64_t>(text_[at_++] - '0');
    if (out.significant == 0 && value == 0) return;
    if (++out.significant > kMostDigits)
      too_long_ = true;
    else
      out.digits = out.digits * 10 + value;
  }

  // How many bytes of thousands separator stand here.
  [[nodiscard]] std::size_t separator() const {
    if (format_.thousands == '\0') return 0;
    if (format_.thousands == ' ') return space_at(text_, at_);
    return here(format_.thousands) ? 1 : 0;
  }

  bool whole_part(Decimal& out) {
    int group = digits(out);
    if (group == 0) return false;
    bool grouped = false;
    for (std::size_t n = separator(); n != 0; n = separator()) {
      if (group > 3 || (grouped && group != 3)) return false;
      at_ += n;
      group = digits(out);
      grouped = true;
    }
    return !grouped || group == 3;
  }

  int digits(Decimal& out) {
    int count = 0;
    for (; digit_here(); ++count) digit(out);
    return count;
  }

  bool fraction(Decimal& out) {
    if (!here(format_.decimal)) return true;
    ++at_;
    std::size_t end = at_;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    if (end == at_) return false;
    std::size_t kept = end;  // zeros at the end say nothing
    while (kept > at_ && text_[kept - 1] == '0') --kept;
    while (at_ < kept) {
      digit(out);
      ++out.scale;
    }
    at_ = end;
    return true;
  }

  bool exponent(Decimal& out) {
    if (!format_.exponent || !(here('e') || here('E'))) return true;
    ++at_;
    const bool down = here('-');
    if (here('-') || here('+')) ++at_;
    int value = 0;
    if (!digit_here()) return false;
    while (digit_here()) {
      if (value <= kMostExponent) value = value * 10 + (text_[at_] - '0');
      ++at_;
    }
    if (value > kMostExponent)
      too_long_ = true;
    else
      out.scale += down ? value : -value;
    return true;
  }

  std::string_view text_;
  const NumberFormat& format_;
  std::size_t at_ = 0;
  bool too_long_ = false;
};

std::string_view without_unit(std::string_view text, std::string_view unit) {
  if (unit.empty()) return text;
  if (text.starts_with(unit)) return trim_ends(text.substr(unit.size()));
  if (text.ends_with(unit)) return trim_ends(text.substr(0, text.size() - unit.size()));
  return text;
}

// digits * times / 10^scale, whole.
NumberTrouble to_whole(const Decimal& number, const NumberFormat& format, std::int64_t& out) {
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  std::uint64_t value = 0;
  if (__builtin_mul_overflow(number.digits, std::uint64_t{format.times}, &value))
    return NumberTrouble::kTooLarge;
  for (int scale = number.scale; scale < 0 && value != 0; ++scale)
    if (__builtin_mul_overflow(value, std::uint64_t{10}, &value)) return NumberTrouble::kTooLarge;
  bool half = false;
  bool exact = true;
  for (int scale = number.scale; scale > 0; --scale) {
    half = value % 10 >= 5;
    exact = exact && value % 10 == 0;
    value /= 10;
  }
  if (!exact && !format.round) return NumberTrouble::kNotWhole;
  if (half && format.round) ++value;
  if (value > kMax) return NumberTrouble::kTooLarge;
  out = number.negative ? -static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value);
  return NumberTrouble::kNone;
}

// The double nearest to what was written: through the characters, which from_chars rounds rightly.
double to_double(const Decimal& number, std::uint32_t times) {
  char buffer[64];
  char* to = buffer;
  if (number.negative) *to++ = '-';
  to = std::to_chars(to, buffer + 32, number.digits).ptr;
  *to++ = 'e';
  to = std::to_chars(to, buffer + sizeof buffer, -number.scale).ptr;
  double value = 0;
  std::from_chars(buffer, to, value);
  return value * times;
}

NumberRead write_whole(std::int64_t value, Arena& arena) {
  char* const out = arena.take(24);
  char* const end = std::to_chars(out, out + 24, value).ptr;
  return {{out, static_cast<std::size_t>(end - out)}, true, NumberTrouble::kNone};
}

NumberRead write_double(double value, Arena& arena) {
  if (value == 0) value = 0;  // no negative zero
  char* const out = arena.take(32);
  char* const end = std::to_chars(out, out + 32, value).ptr;
  return {{out, static_cast<std::size_t>(end - out)}, false, NumberTrouble::kNone};
}

}  // namespace

NumberRead read_number(std::string_view text, const NumberFormat& format, NumberKind kind, Arena& arena) {
  Decimal number;
  const auto bare = without_unit(trim_ends(text), format.unit);
  if (const auto trouble = Reader(bare, format).read(number); trouble != NumberTrouble::kNone)
    return {{}, false, trouble};
  std::int64_t whole = 0;
  const auto trouble = to_whole(number, format, whole);
  if (kind == NumberKind::kWhole && trouble != NumberTrouble::kNone) return {{}, false, trouble};
  const bool exact = trouble == NumberTrouble::kNone && (kind == NumberKind::kWhole || !format.round);
  if (exact) return write_whole(whole, arena);
  return write_double(to_double(number, format.times), arena);
}

std::string example(const NumberFormat& format, NumberKind kind) {
  std::string out = "1";
  if (format.thousands != '\0') out += format.thousands;
  out += "234";
  if (kind == NumberKind::kDecimal || format.times != 1) {
    out += format.decimal;
    out += "50";
  }
  return out;
}

}  // namespace raccordo::mapping
