// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/people.hpp"

#include <algorithm>
#include <vector>

#include "raccordo/model/pieces.hpp"

namespace raccordo {
namespace {

using json::Pieces;

bool is_empty(std::string_view value) { return value.empty() || value == "{}"; }

// An object that is written member by member, in their order.
class Writing {
 public:
  explicit Writing(std::string& out) : out_(out) { out_ += '{'; }
  void add(std::string_view key, std::string_view value) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += key;
    out_ += "\":";
    out_ += value;
  }
  void end() { out_ += '}'; }

 private:
  std::string& out_;
  bool first_ = true;
};

std::string list_of(const std::vector<std::string>& items) {
  std::string out;
  for (const auto& item : items) {
    out += out.empty() ? '[' : ',';
    out += item;
  }
  return out.empty() ? "[]" : out += ']';
}

// -------------------------------------------------------------------------------------------- apart

bool apart(std::string_view object, const Schema& schema, PeopleApart& out);

bool list_apart(std::string_view list, const Schema& schema, PeopleApart& out) {
  if (!list.starts_with('[')) return false;
  std::vector<std::string> open, people;
  Pieces items(list);
  while (items.next()) {
    PeopleApart item;
    if (!apart(items.value(), schema, item)) return false;
    open.push_back(std::move(item.open));
    people.push_back(std::move(item.people));
  }
  out.open = list_of(open);
  if (!std::ranges::all_of(people, is_empty)) out.people = list_of(people);
  return items.whole();
}

bool apart(std::string_view object, const Schema& schema, PeopleApart& out) {
  if (!object.starts_with('{')) return false;
  Writing open(out.open), people(out.people);
  Pieces members(object);
  while (members.next()) {
    const Field* field = schema.find(members.key());
    if (field == nullptr) return false;
    PeopleApart parts;
    if (!field->people.empty())
      parts.people = members.value();
    else if (field->object == nullptr)
      parts.open = members.value();
    else if (!(field->list ? list_apart : apart)(members.value(), *field->object, parts))
      return false;
    if (!parts.open.empty() && (parts.open != "{}" || is_empty(parts.people)))
      open.add(field->name, parts.open);
    if (!is_empty(parts.people)) people.add(field->name, parts.people);
  }
  open.end(), people.end();
  return members.whole();
}

// ----------------------------------------------------------------------------------------- together

class Joining {
 public:
  // Without classes: all.
  explicit Joining(const std::span<const std::string_view>* classes) : classes_(classes) {}

  bool objects(std::string_view open, std::string_view people, const Schema& schema, std::string& out) const {
    if (!open.starts_with('{') || !people.starts_with('{')) return false;
    Writing writing(out);
    Pieces left(open), right(people);
    bool more_left = left.next(), more_right = right.next();
    while (more_left || more_right) {
      const int order = !more_right ? -1 : !more_left ? 1 : left.key().compare(right.key());
      std::string value;
      if (order < 0) {
        value = left.value();
      } else {
        const Field* field = schema.find(right.key());
        if (field == nullptr || !member(*field, order == 0 ? left.value() : "", right.value(), value))
          return false;
      }
      if (!value.empty()) writing.add(order <= 0 ? left.key() : right.key(), value);
      if (order <= 0) more_left = left.next();
      if (order >= 0) more_right = right.next();
    }
    writing.end();
    return left.whole() && right.whole();
  }

 private:
  // `out` stays empty where nothing of it may be seen.
  bool member(const Field& field, std::string_view open, std::string_view people, std::string& out) const {
    if (!field.people.empty()) {
      if (allowed(field)) out = people;
      return open.empty();
    }
    if (field.object == nullptr) return false;
    if (field.list) return lists(*field.object, open, people, out);
    if (!objects(open.empty() ? "{}" : open, people, *field.object, out)) return false;
    if (open.empty() && is_empty(out)) out.clear();
    return true;
  }

  bool lists(const Schema& schema, std::string_view open, std::string_view people, std::string& out) const {
    if (!open.starts_with('[') || !people.starts_with('[')) return false;
    std::vector<std::string> items;
    Pieces left(open), right(people);
    while (left.next()) {
      if (!right.next() || !objects(left.value(), right.value(), schema, items.emplace_back())) return false;
    }
    if (right.next()) return false;
    out = list_of(items);
    return left.whole() && right.whole();
  }

  bool allowed(const Field& field) const {
    return classes_ == nullptr || std::ranges::find(*classes_, field.people) != classes_->end();
  }

  const std::span<const std::string_view>* classes_;
};

Result<std::string> joined(const Joining& joining, std::string_view open, std::string_view people,
                           const Schema& schema) {
  std::string out;
  if (joining.objects(open, people, schema, out)) return out;
  return error(ErrorCode::kInvalid, say("{}: i dati di persone non sono di questo testo",
                                        "{}: the people's data are not of this text", schema.kind));
}

}  // namespace

Result<PeopleApart> take_people(std::string_view canonical, const Schema& schema) {
  PeopleApart out;
  if (apart(canonical, schema, out)) return out;
  return error(
      ErrorCode::kInvalid,
      say("{}: non è JSON canonico con i soli campi del modello, e i dati di persone non si possono separare",
          "{}: not canonical JSON with the model's fields only, and people's data cannot be told apart",
          schema.kind));
}

Result<std::string> put_back(std::string_view open, std::string_view people, const Schema& schema,
                             std::span<const std::string_view> classes) {
  return joined(Joining(&classes), open, people, schema);
}

Result<std::string> put_all_back(std::string_view open, std::string_view people, const Schema& schema) {
  return joined(Joining(nullptr), open, people, schema);
}

}  // namespace raccordo
