// SPDX-License-Identifier: Apache-2.0
// How a struct declares itself as a canonical entity. From the one declaration come its codec, its schema and
// its documentation. Members: std::string, std::int64_t, double, bool, another declared struct; std::optional
// of these for what may be missing; std::vector for lists. Fields are declared in the order of their names.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "raccordo/model/json.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo {

template <typename T>
concept Described = requires {
  T::describe();
};

template <Described T>
const Schema& schema_of();

namespace detail {

template <typename T>
struct Unwrap {
  using type = T;
  static constexpr bool optional = false, list = false;
};
template <typename T>
struct Unwrap<std::optional<T>> {
  using type = T;
  static constexpr bool optional = true, list = false;
};
template <typename T>
struct Unwrap<std::vector<T>> {
  using type = T;
  static constexpr bool optional = true, list = true;
};

template <typename T>
constexpr FieldType natural_type() {
  if constexpr (std::same_as<T, bool>)
    return FieldType::kBoolean;
  else if constexpr (std::integral<T>)
    return FieldType::kInteger;
  else if constexpr (std::floating_point<T>)
    return FieldType::kNumber;
  else if constexpr (Described<T>)
    return FieldType::kObject;
  else
    return FieldType::kText;
}

}  // namespace detail

template <typename Owner, typename Member>
struct Declared {
  using Value = typename detail::Unwrap<Member>::type;
  Member Owner::*member;
  Field field;

  [[nodiscard]] constexpr Declared as(FieldType type) const {
    return with([&](Field& f) { f.type = type; });
  }
  [[nodiscard]] constexpr Declared refers_to(std::string_view kind) const {
    return with([&](Field& f) { f.type = FieldType::kReference, f.of = kind; });
  }
  // The partner's id behind `reference`, which stands just before this field.
  [[nodiscard]] constexpr Declared source_id_of(std::string_view reference) const {
    return with([&](Field& f) { f.type = FieldType::kSourceId, f.of = reference; });
  }
  // The canonical id of an entity of this kind, or of a case.
  [[nodiscard]] constexpr Declared id_of(std::string_view kind) const {
    return with([&](Field& f) { f.type = FieldType::kUuid, f.of = kind; });
  }
  [[nodiscard]] constexpr Declared code_of(std::string_view list) const {
    return with([&](Field& f) { f.type = FieldType::kCode, f.of = list; });
  }
  [[nodiscard]] constexpr Declared at_least(double min) const {
    return with([&](Field& f) { f.min = min; });
  }
  [[nodiscard]] constexpr Declared at_most(double max) const {
    return with([&](Field& f) { f.max = max; });
  }
  [[nodiscard]] constexpr Declared at_most_bytes(std::uint32_t n) const {
    return with([&](Field& f) { f.max_length = n; });
  }
  // It says something about a person, of this class. On an object: all that stands in it does.
  [[nodiscard]] constexpr Declared person(std::string_view people_class) const {
    return with([&](Field& f) { f.people = people_class; });
  }
  [[nodiscard]] constexpr Declared advised() const {
    return with([&](Field& f) { f.advised = true; });
  }
  [[nodiscard]] constexpr Declared shares_of(std::string_view price) const {
    return with([&](Field& f) { f.shares_of = price; });
  }

 private:
  template <typename Change>
  [[nodiscard]] constexpr Declared with(Change change) const {
    Declared copy = *this;
    change(copy.field);
    return copy;
  }
};

// A field of an entity: its name on the wire, its member, its labels.
template <typename Owner, typename Member>
[[nodiscard]] constexpr auto field(std::string_view name, Member Owner::*member, std::string_view it,
                                   std::string_view en) {
  using Shape = detail::Unwrap<Member>;
  Declared<Owner, Member> declared{member, {}};
  declared.field.name = name;
  declared.field.type = detail::natural_type<typename Shape::type>();
  declared.field.required = !Shape::optional;
  declared.field.list = Shape::list;
  declared.field.label = {it, en};
  return declared;
}

// What an entity says of itself: static constexpr auto describe() { return entity("service", "services",
// {..}, field...); }
template <typename... Fields>
struct Description {
  std::string_view kind;
  std::string_view topic;
  Label label;
  std::tuple<Fields...> fields;
  std::array<Together, 4> together{};
  std::size_t rules = 0;

  [[nodiscard]] constexpr Description rule(Together added) const {
    Description copy = *this;
    copy.together.at(copy.rules++) = added;
    return copy;
  }
};

template <typename... Fields>
[[nodiscard]] constexpr auto entity(std::string_view kind, std::string_view topic, Label label,
                                    Fields... fields) {
  return Description<Fields...>{kind, topic, label, {fields...}};
}

// A part of an entity that has no life of its own.
template <typename... Fields>
[[nodiscard]] constexpr auto part(std::string_view name, Label label, Fields... fields) {
  return Description<Fields...>{name, {}, label, {fields...}};
}

namespace detail {

template <typename D>
Field runtime_field(const D& declared) {
  Field field = declared.field;
  if constexpr (Described<typename D::Value>) field.object = &schema_of<typename D::Value>();
  return field;
}

template <Described T>
constexpr bool sorted() {
  constexpr auto description = T::describe();
  return std::apply(
      [](const auto&... fields) {
        std::string_view last;
        bool ok = true;
        ((ok = ok && last < fields.field.name, last = fields.field.name), ...);
        return ok;
      },
      description.fields);
}

}  // namespace detail

// The run-time form of a declaration. Built at the first call, then shared. [any]
template <Described T>
const Schema& schema_of() {
  static_assert(detail::sorted<T>(), "declare the fields in the order of their names");
  static const auto fields =
      std::apply([](const auto&... declared) { return std::array{detail::runtime_field(declared)...}; },
                 T::describe().fields);
  static const auto together = T::describe().together;
  static const Schema schema{T::describe().kind, T::describe().topic, T::describe().label, fields,
                             std::span(together).first(T::describe().rules)};
  return schema;
}

// Appends canonical JSON: keys sorted, no white space, missing fields left out. Long: one fold, every shape.
template <Described T>
void encode(const T& value, std::string& out) {
  constexpr auto description = T::describe();
  bool first = true;
  auto key = [&](std::string_view name) {
    out += first ? '{' : ',';
    first = false;
    json::append_string(name, out);
    out += ':';
  };
  auto one = [&](const auto& item) {
    using Item = std::remove_cvref_t<decltype(item)>;
    if constexpr (Described<Item>)
      encode(item, out);
    else
      json::append(item, out);
  };
  std::apply(
      [&](const auto&... declared) {
        (
            [&] {
              const auto& member = value.*declared.member;
              using Member = std::remove_cvref_t<decltype(member)>;
              if constexpr (detail::Unwrap<Member>::list) {
                if (member.empty()) return;
                key(declared.field.name);
                char before = '[';
                for (const auto& item : member) {
                  out += before;
                  one(item);
                  before = ',';
                }
                out += ']';
              } else if constexpr (detail::Unwrap<Member>::optional) {
                if (!member) return;
                key(declared.field.name);
                one(*member);
              } else {
                key(declared.field.name);
                one(member);
              }
            }(),
            ...);
      },
      description.fields);
  out += first ? "{}" : "}";
}

template <Described T>
[[nodiscard]] std::string encode(const T& value) {
  std::string out;
  encode(value, out);
  return out;
}

}  // namespace raccordo
