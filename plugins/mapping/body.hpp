// SPDX-License-Identifier: EUPL-1.2
// A record that is not a row: one JSON value or one XML element, opened once, then asked for the values at
// paths.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "plugins/mapping/path.hpp"

namespace raccordo::mapping {

class Arena;

enum class Found : std::uint8_t {
  kNothing,  // no such path, null, no text
  kText,
  kWhole,      // a JSON number without fraction
  kDecimal,    // another JSON number
  kBoolean,    // "true", "false"
  kStructure,  // a list or an object where one value is wanted
};

struct Piece {
  Found found = Found::kNothing;
  std::string_view text;  // valid until the next `open`
};

inline constexpr std::size_t kMaxBodyBytes = 16u << 20;
inline constexpr std::size_t kMaxBodyDepth = 64;

class Body {
 public:
  virtual ~Body() = default;

  // Reads a record; its bytes are copied. False when it is broken, too large or too deep: `why` says so.
  [[nodiscard]] virtual bool open(std::string_view bytes) = 0;
  [[nodiscard]] virtual std::string_view why() const = 0;

  [[nodiscard]] virtual Piece find(const Path& path, Arena& arena) = 0;

  // All values at a path: the items of a JSON array, XML's repeated elements. One list at a time.
  virtual void open_list(const Path& path) = 0;
  [[nodiscard]] virtual bool next(Piece& piece, Arena& arena) = 0;
};

[[nodiscard]] std::unique_ptr<Body> make_json_body();
[[nodiscard]] std::unique_ptr<Body> make_xml_body();

}  // namespace raccordo::mapping
