// SPDX-License-Identifier: EUPL-1.2
// Reading the pattern itself: letters of Italian and English spreadsheets, d/g, m, y/a, h, s; mm after hh are
// minutes.
#include <charconv>

#include "plugins/mapping/date.hpp"

namespace raccordo::mapping {
namespace {

using What = DatePart::What;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

struct Letter {
  What what;
  std::size_t most;
};

class PatternReader {
 public:
  explicit PatternReader(std::string_view written) : written_(written) {}

  PatternRead read(Moment moment) {
    while (at_ < written_.size() && out_.trouble.empty()) next();
    if (out_.trouble.empty()) mark_exact();
    if (out_.trouble.empty()) check_complete(moment);
    return std::move(out_);
  }

 private:
  auto& parts() { return out_.pattern.parts; }

  void next() {
    const char c = written_[at_];
    if (c == ' ') return blank();
    if (!is_letter(c)) return literal();
    if (c == 'T' && !parts().empty()) return literal();  // the T between date and time
    letters(lower(c));
  }

  void blank() {
    while (at_ < written_.size() && written_[at_] == ' ') ++at_;
    parts().push_back({What::kBlank, 0, false, ' '});
  }

  void literal() {
    if (static_cast<unsigned char>(written_[at_]) >= 0x80 || (written_[at_] >= '0' && written_[at_] <= '9'))
      return trouble(written_.substr(at_, 1));
    parts().push_back({What::kLiteral, 0, false, written_[at_++]});
  }

  void letters(char c) {
    const std::size_t from = at_;
    while (at_ < written_.size() && lower(written_[at_]) == c) ++at_;
    const std::size_t count = at_ - from;
    if (c == 'm' && count == 1 && at_ < written_.size() && lower(written_[at_]) == 'i')
      return minutes_as_mi();
    const auto part = part_of(c, count);
    if (!part) return trouble(written_.substr(from, count));
    if (out_.pattern.has(part->what)) return repeated(written_.substr(from, count));
    parts().push_back(*part);
  }

  void minutes_as_mi() {
    ++at_;
    parts().push_back({What::kMinute, 2, false, '\0'});
  }

  // As in a spreadsheet: mm after the hours, or once the month is there, are minutes.
  [[nodiscard]] bool minutes_here() const {
    return out_.pattern.has(What::kHour) && !out_.pattern.has(What::kMinute);
  }

  std::optional<DatePart> part_of(char c, std::size_t count) {
    const auto digits = static_cast<std::uint8_t>(count);
    if ((c == 'd' || c == 'g') && count <= 2) return DatePart{What::kDay, 2, false, '\0'};
    if (c == 'm' && count <= 2)
      return DatePart{minutes_here() ? What::kMinute : What::kMonth, 2, false, '\0'};
    if (c == 'm' && count <= 4) return DatePart{What::kMonthName, 0, false, '\0'};
    if ((c == 'y' || c == 'a') && count == 4) return DatePart{What::kYear, digits, true, '\0'};
    if ((c == 'y' || c == 'a') && count == 2) return DatePart{What::kShortYear, digits, true, '\0'};
    if (c == 'h' && count <= 2) return DatePart{What::kHour, 2, false, '\0'};
    if (c == 's' && count <= 2) return DatePart{What::kSecond, 2, false, '\0'};
    return std::nullopt;
  }

  // Where digits follow digits without anything between them, each part has as many as its letters.
  void mark_exact() {
    for (std::size_t i = 0; i + 1 < parts().size(); ++i)
      if (numeric(parts()[i]) && numeric(parts()[i + 1])) parts()[i].exactly = parts()[i + 1].exactly = true;
  }

  static bool numeric(const DatePart& part) { return part.digits != 0; }

  void check_complete(Moment moment) {
    const auto& p = out_.pattern;
    const bool date = p.has(What::kDay) && (p.has(What::kMonth) || p.has(What::kMonthName)) &&
                      (p.has(What::kYear) || p.has(What::kShortYear));
    const bool time = p.has(What::kHour) && p.has(What::kMinute);
    if (moment == Moment::kTime ? time : date) return;
    if (moment == Moment::kTime)
      out_.trouble = say("nel modello «{}» mancano ore o minuti (hh:mm)",
                         "the pattern “{}” lacks hours or minutes (hh:mm)", std::string(written_));
    else
      out_.trouble = say("nel modello «{}» manca giorno, mese o anno (gg/mm/aaaa)",
                         "the pattern “{}” lacks day, month or year (dd/mm/yyyy)", std::string(written_));
  }

  void trouble(std::string_view what) {
    out_.trouble =
        say("nel modello di data «{0}» non si capisce «{1}»",
            "the date pattern “{0}”: “{1}” is not understood", std::string(written_), std::string(what));
  }

  void repeated(std::string_view what) {
    out_.trouble = say("nel modello di data «{0}» «{1}» dice di nuovo la stessa cosa",
                       "the date pattern “{0}”: “{1}” says the same thing again", std::string(written_),
                       std::string(what));
  }

  std::string_view written_;
  std::size_t at_ = 0;
  PatternRead out_;
};

}  // namespace

PatternRead read_pattern(std::string_view written, Moment moment) {
  PatternRead out;
  out.pattern.kind = written == "iso" ? DatePattern::Kind::kIso : DatePattern::Kind::kExcel;
  if (written == "iso" || (written == "excel" && moment != Moment::kTime)) return out;
  return PatternReader(written).read(moment);
}

std::optional<Zone> read_zone(std::string_view written) {
  if (written == "Europe/Rome") return Zone{true, 0};
  if (written == "Z") return Zone{false, 0};
  if (written.size() != 6 || (written[0] != '+' && written[0] != '-') || written[3] != ':')
    return std::nullopt;
  const auto two = [&](std::size_t at) {
    int value = -1;
    std::from_chars(written.data() + at, written.data() + at + 2, value);
    return value;
  };
  const int hours = two(1);
  const int minutes = two(4);
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return std::nullopt;
  return Zone{false, (written[0] == '-' ? -1 : 1) * (hours * 60 + minutes)};
}

}  // namespace raccordo::mapping
