// SPDX-License-Identifier: Apache-2.0
// A declared struct out of canonical JSON: the other way of `encode`. For what was validated: the forms of
// texts are not looked at again, and members that are not declared are passed over.
#pragma once

#include "raccordo/model/entity.hpp"
#include "raccordo/model/pieces.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {
namespace detail {

template <Described T>
bool decode_object(std::string_view json, T& out);

template <typename Value>
bool decode_value(std::string_view json, Value& out) {
  const auto take = [&](auto read) {
    if (read) out = *std::move(read);
    return read.has_value();
  };
  if constexpr (Described<Value>)
    return decode_object(json, out);
  else if constexpr (std::same_as<Value, std::string>)
    return take(json::text_of(json));
  else if constexpr (std::same_as<Value, bool>)
    return take(json::boolean_of(json));
  else if constexpr (std::integral<Value>)
    return take(json::integer_of(json));
  else
    return take(json::number_of(json));
}

template <typename Member>
bool decode_member(std::string_view json, Member& out) {
  using Shape = Unwrap<Member>;
  if constexpr (Shape::list) {
    json::Pieces items(json);
    while (items.next())
      if (!decode_value(items.value(), out.emplace_back())) return false;
    return items.whole() && json.front() == '[';
  } else if constexpr (Shape::optional) {
    return decode_value(json, out.emplace());
  } else {
    return decode_value(json, out);
  }
}

template <Described T>
bool decode_object(std::string_view json, T& out) {
  if (!json.starts_with('{')) return false;
  json::Pieces members(json);
  bool ok = true, more = members.next();
  std::apply(
      [&](const auto&... declared) {  // both are in the order of their names
        (
            [&] {
              while (ok && more && members.key() < declared.field.name) more = members.next();
              if (!ok) return;
              if (more && members.key() == declared.field.name)
                ok = decode_member(members.value(), out.*declared.member);
              else
                ok = !declared.field.required;
            }(),
            ...);
      },
      T::describe().fields);
  while (ok && more) more = members.next();
  return ok && members.whole();
}

}  // namespace detail

// kInvalid: not canonical JSON, a required member is missing, or one is of another type. [any]
template <Described T>
[[nodiscard]] Result<T> decode(std::string_view canonical) {
  T out{};
  if (detail::decode_object(canonical, out)) return out;
  return error(ErrorCode::kInvalid,
               say("non è un {} in JSON canonico", "not a {} in canonical JSON", T::describe().kind));
}

}  // namespace raccordo
