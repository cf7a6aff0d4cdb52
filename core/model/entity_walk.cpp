// SPDX-License-Identifier: Apache-2.0
#include "entity_walk.hpp"

#include <algorithm>
#include <charconv>

#include "json_scan.hpp"
#include "raccordo/model/field_checks.hpp"
#include "raccordo/model/italian_identifiers.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kLongestShownName = 64;

bool is_code_of(const Rule& rule, std::string_view text) {
  const auto first = first_bytes(text);
  auto at = std::ranges::lower_bound(rule.code_firsts, first);
  for (; at != rule.code_firsts.end() && *at == first; ++at)
    if (rule.codes[static_cast<std::size_t>(at - rule.code_firsts.begin())].code == text) return true;
  return false;
}

// `text` has no escapes: characters that need one are in none of these.
bool fits(const Rule& rule, std::string_view text) {
  switch (rule.field->type) {
    case FieldType::kCode:
    case FieldType::kCountry:
    case FieldType::kCurrency:
      return is_code_of(rule, text);
    case FieldType::kDate:
      return is_date(text);
    case FieldType::kDateTime:
      return is_date_time(text);
    case FieldType::kTime:
      return is_time(text);
    case FieldType::kEmail:
      return is_email(text);
    case FieldType::kUrl:
      return is_url(text);
    case FieldType::kLanguage:
      return is_language(text);
    case FieldType::kFiscalCode:
      return is_fiscal_code(text);
    case FieldType::kVatNumber:
      return is_vat_number(text);
    default:
      return true;
  }
}

// A control character has no place in an identifier that people type and files carry.
bool usable_id(std::string_view id) {
  return id.size() <= kMaxIdBytes &&
         std::ranges::none_of(id, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

// Cuts before the character that would not fit whole.
std::string_view shown_name(std::string_view name) {
  if (name.size() <= kLongestShownName) return name;
  auto size = kLongestShownName;
  while (size > 0 && (static_cast<unsigned char>(name[size]) & 0xc0) == 0x80) --size;
  return name.substr(0, size);
}

}  // namespace

EntityWalk::EntityWalk(std::string_view text, Spelling spelling, StatementKeys& keys, WalkBuffers& buffers,
                       std::string& out, std::vector<DroppedField>& dropped)
    : at_(text.data()),
      end_(at_ + text.size()),
      spelling_(spelling),
      keys_(keys),
      buffers_(buffers),
      out_(out),
      dropped_(dropped),
      dropped_before_(dropped.size()) {
  buffers_.path.clear();
}

Step EntityWalk::run(const Rules& rules) {
  if (at_ == end_ || *at_ != '{') {
    if (spelling_ == Spelling::kUnknown) return Step::kStop;
    return wrong({"wrong_type", say("atteso un oggetto JSON", "expected a JSON object")});
  }
  const Step step = object(rules);
  if (step == Step::kStop || at_ != end_) return Step::kStop;
  if (not_listed_ != 0) {
    auto problem = not_listed(not_listed_);
    dropped_.push_back({{}, problem.code, std::move(problem.text)});
  }
  return step;
}

Step EntityWalk::object(const Rules& rules) {
  const char* const begin = at_;
  const auto out_size = out_.size();
  const auto dropped_size = dropped_.size();
  out_ += '{';
  const Step step = members(rules);
  if (step == Step::kStop) return step;
  if (step == Step::kWrong) {
    out_.resize(out_size);
    dropped_.erase(dropped_.begin() + static_cast<std::ptrdiff_t>(dropped_size), dropped_.end());
    at_ = begin;
    return skip_value(1) ? Step::kWrong : Step::kStop;
  }
  if (out_.size() == out_size + 1) {
    out_.resize(out_size);
    return Step::kAbsent;
  }
  out_ += '}';
  return Step::kTaken;
}

Step EntityWalk::members(const Rules& rules) {
  ++at_;
  auto next = rules.fields.begin();
  if (!take('}')) {
    if (const Step step = members_until_brace(rules, next); step != Step::kTaken) return step;
  }
  for (; next != rules.fields.end(); ++next)
    if (not_given(*next) == Step::kWrong) return Step::kWrong;
  return Step::kTaken;
}

Step EntityWalk::members_until_brace(const Rules& rules, std::vector<Rule>::const_iterator& next) {
  std::string_view last;
  std::uint64_t last_first = 0;
  for (bool first = true;; first = false) {
    const char* const key_begin = at_;
    std::string_view key;
    bool escaped = false;
    if (!read_key(key, escaped)) return Step::kStop;
    const auto key_first = first_bytes(key);
    if (escaped) {  // no field is spelled so
      if (spelling_ == Spelling::kUnknown || unknown(rules, key) == Step::kStop) return Step::kStop;
    } else {
      if (!first && compare_names(key_first, key, last_first, last) <= 0) return Step::kStop;
      last = key, last_first = key_first;
      int order = 1;
      while (next != rules.fields.end() &&
             (order = compare_names(next->name_first, next->name, key_first, key)) < 0)
        if (not_given(*next++) == Step::kWrong) return Step::kWrong;
      const bool known = next != rules.fields.end() && order == 0;
      const Step step = known ? field(*next++, key_begin) : unknown(rules, key);
      if (step == Step::kStop || step == Step::kWrong) return step;
    }
    if (take('}')) return Step::kTaken;
    if (!take(',')) return Step::kStop;
  }
}

// Writes the field. kWrong only when the whole object cannot be without it.
Step EntityWalk::field(const Rule& rule, const char* key_begin) {
  const auto& declared = *rule.field;
  const auto out_size = out_.size();
  if (out_.back() != '{') out_ += ',';
  out_.append(key_begin, at_);
  buffers_.path.push_back({rule.name});
  Step step = declared.list ? list(rule) : value(rule);
  if (step == Step::kAbsent && declared.required) step = wrong(missing(declared));
  if (step == Step::kWrong && !declared.required && declared.type != FieldType::kSourceId) {
    drop();
    step = Step::kAbsent;
  }
  if (step != Step::kTaken) out_.resize(out_size);
  buffers_.path.pop_back();
  return step;
}

Step EntityWalk::not_given(const Rule& rule) {
  if (rule.field->type == FieldType::kSourceId) {
    write_source_id();
    return Step::kTaken;
  }
  if (!rule.field->required) return Step::kAbsent;
  buffers_.path.push_back({rule.name});
  wrong(missing(*rule.field));
  buffers_.path.pop_back();
  return Step::kWrong;
}

// `id` sorts before `source_id` and is required: it is known here.
void EntityWalk::write_source_id() {
  out_ += ",\"source_id\":\"";
  out_ += raw_id_;
  out_ += '"';
}

Step EntityWalk::unknown(const Rules& rules, std::string_view key) {
  buffers_.path.push_back({shown_name(key)});
  wrong(unknown_field(*rules.schema, key));
  drop();
  buffers_.path.pop_back();
  return skip_value(1) ? Step::kAbsent : Step::kStop;
}

Step EntityWalk::list(const Rule& rule) {
  if (take_word("null")) return Step::kAbsent;
  if (at_ == end_ || *at_ != '[') return wrong_type_here(rule);
  const char* const begin = at_;
  const auto empty = out_.size() + 1;
  ++at_;
  out_ += '[';
  if (take(']')) return Step::kAbsent;
  for (std::ptrdiff_t item = 0;; ++item) {
    if (static_cast<std::size_t>(item) == kMaxItems) {
      at_ = begin;
      return skip_value(1) ? wrong(too_many_items()) : Step::kStop;
    }
    const auto out_size = out_.size();
    if (out_size != empty) out_ += ',';
    buffers_.path.back().item = item;
    const Step step = value(rule);
    if (step == Step::kStop) return step;
    if (step == Step::kWrong) drop();
    if (step != Step::kTaken) out_.resize(out_size);
    if (take(']')) break;
    if (!take(',')) return Step::kStop;
  }
  buffers_.path.back().item = -1;
  if (out_.size() == empty) return Step::kAbsent;
  out_ += ']';
  return Step::kTaken;
}

Step EntityWalk::value(const Rule& rule) {
  if (at_ == end_) return Step::kStop;
  if (*at_ == 'n') return take_word("null") ? Step::kAbsent : Step::kStop;
  switch (rule.field->type) {
    case FieldType::kObject:
      return *at_ == '{' ? object(*rule.object) : wrong_type_here(rule);
    case FieldType::kInteger:
    case FieldType::kNumber:
      return number(rule);
    case FieldType::kBoolean:
      return boolean(rule);
    case FieldType::kId:
    case FieldType::kReference:
      return *at_ == '"' ? id(rule) : wrong_type_here(rule);
    case FieldType::kSourceId:
      return skip_value(1) ? wrong(set_by_hub()) : Step::kStop;
    default:
      return *at_ == '"' ? text(rule) : wrong_type_here(rule);
  }
}

Step EntityWalk::text(const Rule& rule) {
  std::string_view raw;
  bool escaped = false;
  if (!read_string(raw, escaped)) return Step::kStop;
  if (raw.empty()) return Step::kAbsent;
  const auto limit = rule.field->max_length;
  if (raw.size() > limit) {
    buffers_.decoded.clear();
    if (escaped) json::decode_string(raw, buffers_.decoded);
    if (!escaped || buffers_.decoded.size() > limit) return wrong(too_long(limit));
  }
  if (rule.field->type != FieldType::kText && (escaped || !fits(rule, raw)))
    return wrong(wrong_value(*rule.field));
  out_.append(raw.data() - 1, raw.size() + 2);
  return Step::kTaken;
}

// The partner's id in, the canonical id out.
Step EntityWalk::id(const Rule& rule) {
  std::string_view raw;
  bool escaped = false;
  if (!read_string(raw, escaped)) return Step::kStop;
  if (raw.empty()) return Step::kAbsent;
  const bool own = rule.field->type == FieldType::kId;
  auto& decoded = own ? buffers_.source_id : buffers_.decoded;
  decoded.clear();
  if (escaped)
    json::decode_string(raw, decoded);
  else
    decoded = raw;
  if (!usable_id(decoded)) return wrong(wrong_value(*rule.field));
  const Uuid key = own ? keys_.key(rule.kind, decoded) : keys_.reference(rule.kind, decoded);
  if (own) buffers_.key = key, raw_id_ = raw;
  char spelled[38];
  spelled[0] = spelled[37] = '"';
  key.write(spelled + 1);
  out_.append(spelled, sizeof spelled);
  return Step::kTaken;
}

Step EntityWalk::number(const Rule& rule) {
  const auto& declared = *rule.field;
  if (*at_ != '-' && !json::is_digit(*at_)) return wrong_type_here(rule);
  const char* const begin = at_;
  bool integral = true;
  at_ = json::skip_number(at_, end_, integral);
  if (at_ == nullptr) return Step::kStop;
  double value = 0;
  if (declared.type == FieldType::kInteger) {
    std::int64_t whole = 0;
    if (!integral || std::from_chars(begin, at_, whole).ec != std::errc()) return wrong(wrong_type(declared));
    value = static_cast<double>(whole);
  } else if (std::from_chars(begin, at_, value).ec != std::errc()) {
    return wrong(wrong_type(declared));
  }
  if (value < declared.min) return wrong(too_small(declared));
  if (value > declared.max) return wrong(too_large(declared));
  return json::append_canonical_number({begin, at_}, integral, out_) ? Step::kTaken
                                                                     : wrong(wrong_type(declared));
}

Step EntityWalk::boolean(const Rule& rule) {
  const char* const begin = at_;
  if (!take_word("true") && !take_word("false")) return wrong_type_here(rule);
  out_.append(begin, at_);
  return Step::kTaken;
}

bool EntityWalk::take(char c) {
  if (at_ == end_ || *at_ != c) return false;
  ++at_;
  return true;
}

bool EntityWalk::take_word(std::string_view word) {
  if (!std::string_view(at_, end_).starts_with(word)) return false;
  at_ += word.size();
  return true;
}

bool EntityWalk::read_key(std::string_view& key, bool& escaped) {
  return at_ != end_ && *at_ == '"' && read_string(key, escaped) && take(':');
}

// `at_` is at a quote.
bool EntityWalk::read_string(std::string_view& raw, bool& escaped) {
  const char* const begin = ++at_;
  for (;;) {
    at_ = json::skip_plain(at_, end_);
    if (at_ == end_) return false;
    if (*at_ == '"') break;
    if (!canonical_escape()) return false;
    escaped = true;
  }
  raw = {begin, at_};
  ++at_;
  return true;
}

// Only what must be escaped is, and in one way only.
bool EntityWalk::canonical_escape() {
  if (end_ - at_ < 2 || *at_ != '\\') return false;
  if (std::string_view("\"\\bfnrt").find(at_[1]) != std::string_view::npos) {
    at_ += 2;
    return true;
  }
  if (end_ - at_ < 6 || std::string_view(at_ + 1, 3) != "u00" || (at_[4] != '0' && at_[4] != '1'))
    return false;
  const char low = at_[5];
  if (!json::is_digit(low) && !(low >= 'a' && low <= 'f')) return false;
  if (at_[4] == '0' && std::string_view("89acd").find(low) != std::string_view::npos) return false;
  at_ += 6;
  return true;
}

bool EntityWalk::skip_value(int depth) {
  if (at_ == end_ || depth > json::kMaxDepth) return false;
  std::string_view raw;
  bool escaped = false;
  switch (*at_) {
    case '{':
      return skip_object(depth);
    case '[':
      return skip_array(depth);
    case '"':
      return read_string(raw, escaped);
    case 't':
      return take_word("true");
    case 'f':
      return take_word("false");
    case 'n':
      return take_word("null");
    default:
      at_ = json::skip_number(at_, end_, escaped);
      return at_ != nullptr;
  }
}

bool EntityWalk::skip_object(int depth) {
  ++at_;
  if (take('}')) return true;
  std::string_view last;
  for (bool first = true;; first = false) {
    std::string_view key;
    bool escaped = false;
    if (!read_key(key, escaped)) return false;
    if (spelling_ == Spelling::kUnknown && (escaped || (!first && key <= last))) return false;
    last = key;
    if (!skip_value(depth + 1)) return false;
    if (take('}')) return true;
    if (!take(',')) return false;
  }
}

bool EntityWalk::skip_array(int depth) {
  ++at_;
  if (take(']')) return true;
  for (;;) {
    if (!skip_value(depth + 1)) return false;
    if (take(']')) return true;
    if (!take(',')) return false;
  }
}

Step EntityWalk::wrong(Problem problem) {
  buffers_.wrong = std::move(problem);
  buffers_.wrong_path = path();
  return Step::kWrong;
}

Step EntityWalk::wrong_type_here(const Rule& rule) {
  return skip_value(1) ? wrong(wrong_type(*rule.field)) : Step::kStop;
}

void EntityWalk::drop() {
  if (dropped_.size() - dropped_before_ == kMaxDropped) {
    ++not_listed_;
    return;
  }
  if (const auto here = path(); here != buffers_.wrong_path) {  // a part that lacks what it cannot be without
    buffers_.wrong.text.it += fmt::format("; {} è stato lasciato fuori", here);
    buffers_.wrong.text.en += fmt::format("; {} was left out", here);
  }
  dropped_.push_back({std::move(buffers_.wrong_path), buffers_.wrong.code, std::move(buffers_.wrong.text)});
}

std::string EntityWalk::path() const {
  std::string out;
  for (const auto& place : buffers_.path) {
    if (!out.empty()) out += '.';
    out += place.name;
    if (place.item >= 0) out += fmt::format("[{}]", place.item);
  }
  return out;
}

}  // namespace raccordo
