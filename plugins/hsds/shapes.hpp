// SPDX-License-Identifier: EUPL-1.2
// HSDS 3.0 beside the canonical model, as data: one table for each object, read in both directions.
#pragma once

#include <span>
#include <string_view>

namespace hsds {

enum class Form {
  kId,  // of a part: kept as it is; on the way out a UUID is made where there is none
  kText,
  kNumber,
  kInteger,
  kTime,    // hh:mm becomes hh:mm:ss
  kUpper,   // codes that the canonical model writes in capitals
  kStatus,  // "temporarily closed" is temporarily_closed
  kPart,    // one object
  kParts,   // a list of objects
  kOwner,   // the id of the object that it stands in; nothing else can be said with it, so nothing is kept
  kApart,   // translated by code of its own
};

struct Shape;

struct Member {
  std::string_view hsds;
  std::string_view canonical;  // empty: not a field there
  Form form = Form::kText;
  const Shape* shape = nullptr;  // of kPart and kParts
  const char* fill = nullptr;    // what HSDS gets where it requires a value and there is none
};

struct Shape {
  std::string_view name;
  std::span<const Member> members;

  [[nodiscard]] const Member* of_hsds(std::string_view field) const;
  [[nodiscard]] const Member* of_canonical(std::string_view field) const;
};

[[nodiscard]] const Shape& organization_shape();
[[nodiscard]] const Shape& service_shape();
[[nodiscard]] const Shape& address_shape();

}  // namespace hsds
