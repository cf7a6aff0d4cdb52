// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/xml_token.hpp"

#include <algorithm>
#include <array>

#include "core/framing/text_reader.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kMaxReference = 12;  // "&#x10FFFF;" and some zeros

bool starts_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' || byte == ':' ||
         byte >= 0x80;
}
bool continues_name(char c) { return starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 && !is_blank(c); }

// "#233", "#xE9", "amp"
bool is_reference(std::string_view name) {
  constexpr std::array<std::string_view, 5> kKnown{"amp", "lt", "gt", "quot", "apos"};
  if (name.empty() || name[0] != '#') return std::find(kKnown.begin(), kKnown.end(), name) != kKnown.end();
  const bool hex = name.size() > 1 && name[1] == 'x';
  name.remove_prefix(hex ? 2 : 1);
  std::uint32_t code = 0;
  for (const char c : name) {
    const bool digit = c >= '0' && c <= '9';
    const char lower = static_cast<char>(c | 0x20);
    if (!digit && !(hex && lower >= 'a' && lower <= 'f')) return false;
    code = code * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit ? c - '0' : lower - 'a' + 10);
    if (code > 0x10FFFF) return false;
  }
  const bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
  return !name.empty() && !control && !(code >= 0xD800 && code < 0xE000) && code != 0xFFFE && code != 0xFFFF;
}

Text syntax(std::string_view it, std::string_view en) {
  return {fmt::format("XML non valido: {}", it), fmt::format("invalid XML: {}", en)};
}

class Scanner {
 public:
  Scanner(std::string_view bytes, bool last, const FramingLimits& limits,
          std::vector<std::string_view>& names)
      : bytes_(bytes), last_(last), limits_(limits), names_(names) {
    names_.clear();
  }

  XmlToken token() {
    if (bytes_[0] != '<') {
      text();
    } else if (bytes_.size() < 2) {
      unfinished();
    } else if (bytes_[1] == '!') {
      declaration();
    } else if (bytes_[1] == '?') {
      instruction();
    } else {
      tag();
    }
    return token_;
  }

 private:
  void text() {
    token_.size = std::min(bytes_.find('<'), bytes_.size());
    const bool more_may_come = token_.size == bytes_.size() && !last_;
    characters(0, token_.size, more_may_come);
  }

  // No control characters, only references that everyone knows.
  bool characters(std::size_t from, std::size_t to, bool more_may_come) {
    for (std::size_t i = from; i < to; ++i) {
      const char c = bytes_[i];
      if (is_control(c)) return fail("syntax", syntax("un carattere di controllo", "a control character"), i);
      if (c == '&' && !reference(i, to, more_may_come)) return false;
    }
    return true;
  }

  // Behind the "&" at `at`, and before `to`.
  bool reference(std::size_t at, std::size_t to, bool more_may_come) {
    const auto rest = bytes_.substr(at + 1, std::min(to - at - 1, kMaxReference));
    const auto end = rest.find(';');
    if (end == rest.npos && rest.size() < kMaxReference && more_may_come) return unfinished();
    if (end != rest.npos && is_reference(rest.substr(0, end))) return true;
    return fail("syntax",
                syntax("un riferimento sconosciuto dietro \"&\"", "an unknown reference behind \"&\""), at);
  }

  void declaration() {
    constexpr std::string_view kComment = "<!--";
    constexpr std::string_view kCdata = "<![CDATA[";
    constexpr std::string_view kDoctype = "<!DOCTYPE";
    for (const auto& [start, kind] :
         {std::pair{kComment, XmlKind::kComment}, std::pair{kCdata, XmlKind::kCdata},
          std::pair{kDoctype, XmlKind::kDoctype}}) {
      if (bytes_.starts_with(start)) {
        token_.kind = kind;
        if (kind == XmlKind::kDoctype) {
          fail("doctype", say("DOCTYPE non è ammesso", "DOCTYPE is not allowed"), 0);
        } else {
          until();
        }
        return;
      }
      if (start.starts_with(bytes_)) {
        unfinished();
        return;
      }
    }
    fail("syntax", syntax("\"<!\" inatteso", "unexpected \"<!\""), 0);
  }

  void instruction() {
    token_.kind = XmlKind::kInstruction;
    if (bytes_.size() < 3) {
      unfinished();
    } else if (!starts_name(bytes_[2])) {
      fail("syntax", syntax("un nome comincia così", "a name cannot start like this"), 2);
    } else {
      until();
    }
  }

  void until() {
    const auto ending = xml_end_of(token_.kind);
    const auto end = bytes_.find(ending, 2);
    if (end == std::string_view::npos) {
      unfinished();
      return;
    }
    token_.size = end + ending.size();
  }

  void tag() {
    const bool closing = bytes_[1] == '/';
    token_.kind = closing ? XmlKind::kEnd : XmlKind::kStart;
    at_ = closing ? 2 : 1;
    if (!name(token_.name)) return;
    for (;;) {
      const std::size_t before = at_;
      blanks();
      if (at_ == bytes_.size()) {
        unfinished();
        return;
      }
      if (bytes_[at_] == '>') {
        token_.size = at_ + 1;
        return;
      }
      if (bytes_[at_] == '/' && !closing) {
        empty();
        return;
      }
      if (before == at_ || closing) {
        fail("syntax", syntax("un carattere inatteso nel tag", "an unexpected character in the tag"), at_);
        return;
      }
      if (!attribute()) return;
    }
  }

  void empty() {
    if (at_ + 1 == bytes_.size()) {
      unfinished();
      return;
    }
    if (bytes_[at_ + 1] != '>') {
      fail("syntax", syntax("\"/\" inatteso nel tag", "unexpected \"/\" in the tag"), at_);
      return;
    }
    token_.kind = XmlKind::kEmpty;
    token_.size = at_ + 2;
  }

  bool name(std::string_view& out) {
    const std::size_t start = at_;
    if (at_ < bytes_.size() && !starts_name(bytes_[at_]))
      return fail("syntax", syntax("un nome comincia così", "a name cannot start like this"), at_);
    while (at_ < bytes_.size() && continues_name(bytes_[at_])) ++at_;
    if (at_ == bytes_.size()) return unfinished();
    out = bytes_.substr(start, at_ - start);
    return true;
  }

  bool attribute() {
    const std::size_t start = at_;
    std::string_view found;
    if (!name(found)) return false;
    if (names_.size() == limits_.max_attributes)
      return fail("too_many_attributes",
                  say("più di {} attributi", "more than {} attributes", limits_.max_attributes), start);
    if (std::find(names_.begin(), names_.end(), found) != names_.end())
      return fail("repeated_attribute", say("un attributo ripetuto", "a repeated attribute"), start);
    names_.push_back(found);
    blanks();
    if (at_ == bytes_.size()) return unfinished();
    if (bytes_[at_] != '=')
      return fail("syntax", syntax("un attributo senza valore", "an attribute without value"), at_);
    ++at_;
    blanks();
    return value();
  }

  bool value() {
    if (at_ == bytes_.size()) return unfinished();
    const char quote = bytes_[at_];
    if (quote != '"' && quote != '\'')
      return fail("syntax", syntax("un valore senza virgolette", "a value without quotes"), at_);
    for (std::size_t i = at_ + 1; i < bytes_.size(); ++i) {
      const char c = bytes_[i];
      if (c == quote) {
        at_ = i + 1;
        return true;
      }
      if (c == '<')
        return fail("syntax",
                    syntax("\"<\" nel valore di un attributo", "\"<\" in the value of an attribute"), i);
      if (is_control(c)) return fail("syntax", syntax("un carattere di controllo", "a control character"), i);
      if (c == '&' && !reference(i, bytes_.size(), true)) return false;
    }
    return unfinished();
  }

  void blanks() {
    while (at_ < bytes_.size() && is_blank(bytes_[at_])) ++at_;
  }

  bool unfinished() {
    if (last_)
      return fail("truncated", say("il file finisce a metà", "the file ends in the middle"), bytes_.size());
    token_.end = CutEnd::kUnfinished;
    return false;
  }

  bool fail(std::string_view code, Text why, std::size_t at) {
    token_.end = CutEnd::kFault;
    token_.fault = {code, std::move(why), at};
    return false;
  }

  std::string_view bytes_;
  bool last_;
  const FramingLimits& limits_;
  std::vector<std::string_view>& names_;
  std::size_t at_ = 0;
  XmlToken token_;
};

}  // namespace

XmlToken cut_xml_token(std::string_view bytes, bool last, const FramingLimits& limits,
                       std::vector<std::string_view>& names) {
  return Scanner(bytes, last, limits, names).token();
}

std::string_view attribute_value(std::string_view tag, std::string_view name) {
  const auto behind = tag.substr(static_cast<std::size_t>(name.data() + name.size() - tag.data()));
  const auto open = std::min(behind.find_first_of("\"'"), behind.size() - 1);
  const auto value = behind.substr(open + 1);
  return value.substr(0, value.find(behind[open]));
}

std::string_view xml_end_of(XmlKind kind) {
  if (kind == XmlKind::kComment) return "-->";
  return kind == XmlKind::kCdata ? "]]>" : "?>";
}

std::string_view local_name(std::string_view name) {
  const auto colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

}  // namespace raccordo
