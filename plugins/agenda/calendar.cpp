// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/calendar.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "plugins/agenda/ical.hpp"

namespace agenda {
namespace {

using namespace raccordo;

constexpr std::size_t kLongestLine = 64u << 10;

bool same_word(std::string_view one, std::string_view other) {
  return std::ranges::equal(
      one, other, [](unsigned char a, unsigned char b) { return std::toupper(a) == std::toupper(b); });
}

bool starts(std::string_view line, std::string_view word) {
  return line.size() >= word.size() && same_word(line.substr(0, word.size()), word);
}

template <typename Each>
void for_lines(std::string_view text, Each each) {
  for (std::size_t line = 1; !text.empty(); ++line) {
    const auto end = std::min(text.find('\n'), text.size());
    each(text.substr(0, end), line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// The line in the file where the n-th event says this, or begins.
std::size_t line_of(std::string_view text, std::size_t event, std::string_view property) {
  std::size_t events = 0, begins = 0, found = 0;
  for_lines(text, [&](std::string_view line, std::size_t number) {
    if (starts(line, "BEGIN:VEVENT") && events++ == event) begins = number;
    if (begins != 0 && found == 0 && events == event + 1 && starts(line, property)) found = number;
  });
  return found == 0 ? begins : found;
}

// The events of one UID: the one that repeats, and those that stand for one of its times.
struct Together {
  icalcomponent* main = nullptr;
  std::size_t line_of_main = 0;  // as the n-th event
  std::vector<std::pair<icalcomponent*, std::size_t>> others;
};

class Reader {
 public:
  Reader(std::string_view text, icalcomponent* calendar, const Span& window)
      : text_(text), calendar_(calendar), window_(window) {}

  Calendar read() {
    std::map<std::string, Together> all;
    std::size_t number = 0;
    for (auto* const event : events_of(calendar_)) {
      auto& together = all[text_of(event, ICAL_UID_PROPERTY)];
      if (property_of(event, ICAL_RECURRENCEID_PROPERTY) == nullptr && together.main == nullptr) {
        together.main = event;
        together.line_of_main = number;
      } else {
        together.others.emplace_back(event, number);
      }
      ++number;
    }
    for (const auto& [uid, together] : all) take(uid, together);
    return std::move(out_);
  }

 private:
  void take(const std::string& uid, const Together& together) {
    auto* const said = together.main != nullptr ? together.main : together.others.front().first;
    Appointment one;
    one.uid = uid;
    one.stands = stands_of(text_of(said, ICAL_STATUS_PROPERTY));
    one.transparent = same_word(text_of(said, ICAL_TRANSP_PROPERTY), "TRANSPARENT");
    one.marks = marks_of(said);
    for (auto* const each : properties_of(said, ICAL_CATEGORIES_PROPERTY))
      add_categories(icalproperty_get_categories(each), one.categories);
    if (uid.empty())
      return trouble(uid, together.line_of_main,
                     {"missing", "UID", say("manca l'identificativo", "the identifier is missing")});
    Times times;
    if (together.main != nullptr)
      if (auto why = read_times(together.main, calendar_, window_, left_, times))
        return trouble(uid, together.line_of_main, std::move(*why));
    for (const auto& [other, number] : together.others)
      if (auto why = replace(other, times)) return trouble(uid, number, std::move(*why));
    std::ranges::sort(times.spans);
    one.all_day = times.all_day;
    one.times = std::move(times.spans);
    out_.appointments.push_back(std::move(one));
  }

  // One time, elsewhere or not at all.
  std::optional<TimesTrouble> replace(icalcomponent* other, Times& times) {
    Span span;
    bool all_day = false;
    if (auto* const which = property_of(other, ICAL_RECURRENCEID_PROPERTY)) {
      const auto clock = Clock::of(which, calendar_);
      if (!clock)
        return TimesTrouble{"unknown_zone", "RECURRENCE-ID",
                            say("il fuso orario non è noto", "the time zone is not known")};
      const auto time = icalproperty_get_recurrenceid(which);
      const auto at = clock->seconds_of(time);
      std::erase_if(times.spans, [&](const Span& each) { return each.start == at; });
    }
    if (stands_of(text_of(other, ICAL_STATUS_PROPERTY)) == Stands::kCancelled) return std::nullopt;
    if (auto why = read_first(other, calendar_, all_day, span)) return why;
    times.all_day |= all_day;
    if (Span{span.start, std::max(span.end, span.start + 1)}.overlaps(window_)) times.spans.push_back(span);
    return std::nullopt;
  }

  static void add_categories(const char* said, std::vector<std::string>& into) {
    std::string_view rest = said == nullptr ? "" : said;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(','), rest.size());
      auto word = rest.substr(0, end);
      while (word.starts_with(' ')) word.remove_prefix(1);
      while (word.ends_with(' ') || word.ends_with('\\')) word.remove_suffix(1);
      if (!word.empty()) into.emplace_back(word);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  void trouble(const std::string& uid, std::size_t event, TimesTrouble why) {
    out_.troubles.push_back(
        {why.code, uid.substr(0, 200), line_of(text_, event, why.property), std::move(why.text)});
  }

  std::string_view text_;
  icalcomponent* calendar_;
  Span window_;
  StepsLeft left_;
  Calendar out_;
};

Error too_large(const Text& what) { return error(ErrorCode::kTooLarge, what); }

}  // namespace

std::string_view name_of(Stands stands) {
  switch (stands) {
    case Stands::kTentative:
      return "TENTATIVE";
    case Stands::kConfirmed:
      return "CONFIRMED";
    case Stands::kCancelled:
      return "CANCELLED";
    case Stands::kNowhere:
      break;
  }
  return {};
}

Stands stands_of(std::string_view name) {
  for (const auto each : {Stands::kTentative, Stands::kConfirmed, Stands::kCancelled})
    if (same_word(name, name_of(each))) return each;
  return Stands::kNowhere;
}

bool Appointment::is_in(std::string_view category) const {
  return std::ranges::any_of(categories, [&](const auto& each) { return same_word(each, category); });
}

std::string unfolded(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\r') continue;
    if (c == '\n' && at + 1 < text.size() && (text[at + 1] == ' ' || text[at + 1] == '\t')) {
      ++at;
      continue;
    }
    const auto code = static_cast<unsigned char>(c);
    if (c == '\n' || c == '\t' || (code >= 0x20 && code != 0x7f)) out += c;
  }
  return out;
}

// libical frees what lies within each other by calling itself.
Status may_be_read(std::string_view text) {
  if (text.size() > kMostBytes)
    return too_large(say("il calendario supera {} byte", "the calendar is over {} bytes", kMostBytes));
  std::size_t depth = 0, deepest = 0, components = 0, longest = 0;
  bool ends_before = false;  // libical says so on standard error, each time
  for_lines(text, [&](std::string_view line, std::size_t) {
    longest = std::max(longest, line.size());
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
    if (starts(line, "BEGIN")) deepest = std::max(deepest, ++depth), ++components;
    if (!starts(line, "END:")) return;
    ends_before |= depth == 0;
    if (depth > 0) --depth;
  });
  if (longest > kLongestLine)
    return too_large(say("una riga supera {} byte", "a line is over {} bytes", kLongestLine));
  if (components > kMostComponents)
    return too_large(
        say("più di {} parti in un calendario", "more than {} parts in a calendar", kMostComponents));
  if (ends_before)
    return error(ErrorCode::kInvalid,
                 say("una parte finisce senza essere cominciata", "a part ends that did not begin"));
  if (deepest > kDeepest)
    return error(ErrorCode::kInvalid,
                 say("più di {} parti una dentro l'altra", "more than {} parts within each other", kDeepest));
  return done();
}

Result<Calendar> read_calendar(std::string_view text, const Span& window) {
  RACCORDO_TRY(const auto root, parsed(text));
  return Reader(text, root.get(), window).read();
}

}  // namespace agenda
