// SPDX-License-Identifier: Apache-2.0
#include "entity_walk.hpp"

#include <algorithm>
#include <charconv>

#include "json_scan.hpp"
#include "raccordo/model/field_checks.hpp"
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
    default:
      return has_form_of(rule.field->type, text);
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

EntityWalk::EntityWalk(std::string_view text, Spelling spelling, StatementKeys* keys, WalkBuffers& buffers,
                       std::string& out, std::vector<DroppedField>& dropped)
    : in_(text, spelling),
      keys_(keys),
      buffers_(buffers),
      out_(out),
      dropped_(dropped),
      dropped_before_(dropped.size()) {
  buffers_.path.clear();
  buffers_.source_id.clear();
  buffers_.key = {};
}

Step EntityWalk::run(const Rules& rules) {
  if (!in_.is_at('{')) {
    if (in_.spelling() == Spelling::kUnknown) return Step::kStop;
    return wrong({"wrong_type", say("atteso un oggetto JSON", "expected a JSON object")});
  }
  const Step step = object(rules);
  if (step == Step::kStop || !in_.at_end()) return Step::kStop;
  if (not_listed_ != 0) {
    auto problem = not_listed(not_listed_);
    dropped_.push_back({{}, problem.code, std::move(problem.text)});
  }
  return step;
}

Step EntityWalk::object(const Rules& rules) {
  const char* const begin = in_.here();
  const auto out_size = out_.size();
  const auto dropped_size = dropped_.size();
  out_ += '{';
  reference_ = {};  // one of another object does not count
  Step step = members(rules);
  reference_ = {};
  if (step == Step::kStop) return step;
  if (step == Step::kTaken && !rules.schema->together.empty()) step = together(*rules.schema, out_size);
  if (step == Step::kTaken && rules.shares != nullptr) check_shares(*rules.shares, out_size);
  if (step == Step::kWrong) {
    out_.resize(out_size);
    dropped_.erase(dropped_.begin() + static_cast<std::ptrdiff_t>(dropped_size), dropped_.end());
    in_.back_to(begin);
    return in_.skip_value() ? Step::kWrong : Step::kStop;
  }
  if (out_.size() == out_size + 1) {
    out_.resize(out_size);
    return Step::kAbsent;
  }
  out_ += '}';
  return Step::kTaken;
}

Step EntityWalk::members(const Rules& rules) {
  in_.take('{');
  auto next = rules.fields.begin();
  if (!in_.take('}')) {
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
    const char* const key_begin = in_.here();
    std::string_view key;
    bool escaped = false;
    if (!in_.read_key(key, escaped)) return Step::kStop;
    const auto key_first = first_bytes(key);
    if (escaped) {  // no field is spelled so
      if (in_.spelling() == Spelling::kUnknown || unknown(rules, key) == Step::kStop) return Step::kStop;
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
    if (in_.take('}')) return Step::kTaken;
    if (!in_.take(',')) return Step::kStop;
  }
}

// Writes the field. kWrong only when the whole object cannot be without it.
Step EntityWalk::field(const Rule& rule, const char* key_begin) {
  const auto& declared = *rule.field;
  const auto out_size = out_.size();
  if (out_.back() != '{') out_ += ',';
  out_.append(key_begin, in_.here());
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
    if (buffers_.ids == PublishedIds::kCanonical) write_source_id(rule);
    return Step::kTaken;
  }
  if (!rule.field->required && !rule.field->advised) return Step::kAbsent;
  buffers_.path.push_back({rule.name});
  wrong(rule.field->required ? missing(*rule.field) : advised(*rule.field));
  if (!rule.field->required) drop();
  buffers_.path.pop_back();
  return rule.field->required ? Step::kWrong : Step::kAbsent;
}

// `id` sorts before `source_id` and is required: it is known here. A reference stands just before its own.
void EntityWalk::write_source_id(const Rule& rule) {
  const bool own = rule.field->of.empty();
  if (!own && reference_ != rule.field->of) return;
  out_ += ",\"";
  out_ += rule.name;
  out_ += "\":\"";
  out_ += own ? raw_id_ : raw_reference_;
  out_ += '"';
}

Step EntityWalk::unknown(const Rules& rules, std::string_view key) {
  buffers_.path.push_back({shown_name(key)});
  wrong(unknown_field(*rules.schema, key));
  drop();
  buffers_.path.pop_back();
  return in_.skip_value() ? Step::kAbsent : Step::kStop;
}

Step EntityWalk::list(const Rule& rule) {
  if (in_.take_word("null")) return Step::kAbsent;
  if (!in_.is_at('[')) return wrong_type_here(rule);
  const char* const begin = in_.here();
  const auto empty = out_.size() + 1;
  in_.take('[');
  out_ += '[';
  if (in_.take(']')) return Step::kAbsent;
  for (std::ptrdiff_t item = 0;; ++item) {
    if (static_cast<std::size_t>(item) == kMaxItems) {
      in_.back_to(begin);
      return in_.skip_value() ? wrong(too_many_items()) : Step::kStop;
    }
    const auto out_size = out_.size();
    if (out_size != empty) out_ += ',';
    buffers_.path.back().item = item;
    const Step step = value(rule);
    if (step == Step::kStop) return step;
    if (step == Step::kWrong) drop();
    if (step != Step::kTaken) out_.resize(out_size);
    if (in_.take(']')) break;
    if (!in_.take(',')) return Step::kStop;
  }
  buffers_.path.back().item = -1;
  if (out_.size() == empty) return Step::kAbsent;
  out_ += ']';
  return Step::kTaken;
}

Step EntityWalk::value(const Rule& rule) {
  if (in_.at_end()) return Step::kStop;
  if (in_.is_at('n')) return in_.take_word("null") ? Step::kAbsent : Step::kStop;
  switch (rule.field->type) {
    case FieldType::kObject:
      return in_.is_at('{') ? object(*rule.object) : wrong_type_here(rule);
    case FieldType::kInteger:
    case FieldType::kNumber:
      return number(rule);
    case FieldType::kBoolean:
      return boolean(rule);
    case FieldType::kId:
    case FieldType::kReference:
      return in_.is_at('"') ? id(rule) : wrong_type_here(rule);
    case FieldType::kSourceId:
      return in_.skip_value() ? wrong(set_by_hub()) : Step::kStop;
    default:
      return in_.is_at('"') ? text(rule) : wrong_type_here(rule);
  }
}

Step EntityWalk::text(const Rule& rule) {
  std::string_view raw;
  bool escaped = false;
  if (!in_.read_string(raw, escaped)) return Step::kStop;
  if (raw.empty()) return Step::kAbsent;
  const auto limit = rule.field->max_length;
  if (raw.size() > limit) {
    buffers_.decoded.clear();
    if (escaped) json::decode_string(raw, buffers_.decoded);
    if (!escaped || buffers_.decoded.size() > limit) return wrong(too_long(limit));
  }
  if (rule.field->type == FieldType::kPartnerId || rule.field->type == FieldType::kPseudonym) {
    buffers_.decoded.clear();
    json::decode_string(raw, buffers_.decoded);
    if (!usable_id(buffers_.decoded) || !has_form_of(rule.field->type, buffers_.decoded))
      return wrong(wrong_value(*rule.field));
  } else if (rule.field->type != FieldType::kText && (escaped || !fits(rule, raw))) {
    return wrong(wrong_value(*rule.field));
  }
  out_.append(raw.data() - 1, raw.size() + 2);
  return Step::kTaken;
}

// The partner's id in, the canonical id out.
Step EntityWalk::id(const Rule& rule) {
  std::string_view raw;
  bool escaped = false;
  if (!in_.read_string(raw, escaped)) return Step::kStop;
  if (raw.empty()) return Step::kAbsent;
  const bool own = rule.field->type == FieldType::kId;
  auto& decoded = own ? buffers_.source_id : buffers_.decoded;
  decoded.clear();
  if (escaped)
    json::decode_string(raw, decoded);
  else
    decoded = raw;
  if (!usable_id(decoded)) return wrong(wrong_value(*rule.field));
  const Uuid key = own ? keys_->key(rule.kind, decoded) : keys_->reference(rule.kind, decoded);
  if (own)
    buffers_.key = key, raw_id_ = raw;
  else
    reference_ = rule.name, raw_reference_ = raw;
  if (buffers_.ids == PublishedIds::kPartners) {
    out_.append(raw.data() - 1, raw.size() + 2);
    return Step::kTaken;
  }
  char spelled[38];
  spelled[0] = spelled[37] = '"';
  key.write(spelled + 1);
  out_.append(spelled, sizeof spelled);
  return Step::kTaken;
}

Step EntityWalk::number(const Rule& rule) {
  const auto& declared = *rule.field;
  if (!in_.is_at_number()) return wrong_type_here(rule);
  std::string_view spelled;
  bool integral = true;
  if (!in_.read_number(spelled, integral)) return Step::kStop;
  const char* const end = spelled.data() + spelled.size();
  double value = 0;
  if (declared.type == FieldType::kInteger) {
    std::int64_t whole = 0;
    if (!integral || std::from_chars(spelled.data(), end, whole).ec != std::errc())
      return wrong(wrong_type(declared));
    value = static_cast<double>(whole);
  } else if (std::from_chars(spelled.data(), end, value).ec != std::errc()) {
    return wrong(wrong_type(declared));
  }
  if (value < declared.min) return wrong(too_small(declared));
  if (value > declared.max) return wrong(too_large(declared));
  return json::append_canonical_number(spelled, integral, out_) ? Step::kTaken : wrong(wrong_type(declared));
}

Step EntityWalk::boolean(const Rule& rule) {
  const char* const begin = in_.here();
  if (!in_.take_word("true") && !in_.take_word("false")) return wrong_type_here(rule);
  out_.append(begin, in_.here());
  return Step::kTaken;
}

Step EntityWalk::wrong(Problem problem) {
  buffers_.wrong = std::move(problem);
  buffers_.wrong_path = path();
  return Step::kWrong;
}

Step EntityWalk::wrong_type_here(const Rule& rule) {
  return in_.skip_value() ? wrong(wrong_type(*rule.field)) : Step::kStop;
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
