// SPDX-License-Identifier: Apache-2.0
// What records a plugin reads: how the host cuts its source into them.
#pragma once

#include <raccordo/abi.h>

#include <cstdint>
#include <string_view>

namespace raccordo {
inline namespace sdk {

class Reading {
 public:
  constexpr Reading() = default;
  constexpr explicit Reading(raccordo_format format, std::string_view path = {})
      : format_(format), path_(path) {}

  // CSV: one character. Without it the host finds it by looking.
  [[nodiscard]] constexpr Reading separator(std::string_view character) const {
    return with([&](Reading& r) { r.separator_ = character; });
  }
  // "utf-8", "windows-1252" ... Without it the host finds it by looking.
  [[nodiscard]] constexpr Reading encoding(std::string_view name) const {
    return with([&](Reading& r) { r.encoding_ = name; });
  }
  // XLSX: without it the first.
  [[nodiscard]] constexpr Reading sheet(std::string_view name) const {
    return with([&](Reading& r) { r.sheet_ = name; });
  }
  // Where the names of the columns stand, from 1. 0: there are none; they are A, B, C ...
  [[nodiscard]] constexpr Reading header_row(std::uint32_t row) const {
    return with([&](Reading& r) { r.header_row_ = row; });
  }
  // How many rows make up the header.
  [[nodiscard]] constexpr Reading header_rows(std::uint32_t rows) const {
    return with([&](Reading& r) { r.header_rows_ = rows; });
  }

  // As the contract says it. Borrows this one's texts.
  [[nodiscard]] raccordo_framing framing() const;

 private:
  template <typename Change>
  [[nodiscard]] constexpr Reading with(Change change) const {
    Reading copy = *this;
    change(copy);
    return copy;
  }

  raccordo_format format_ = RACCORDO_FORMAT_NONE;
  std::string_view path_;
  std::string_view separator_;
  std::string_view encoding_;
  std::string_view sheet_;
  std::uint32_t header_row_ = 1;
  std::uint32_t header_rows_ = 1;
};

[[nodiscard]] constexpr Reading csv() { return Reading(RACCORDO_FORMAT_CSV); }
[[nodiscard]] constexpr Reading xlsx() { return Reading(RACCORDO_FORMAT_XLSX); }
[[nodiscard]] constexpr Reading lines() { return Reading(RACCORDO_FORMAT_LINES); }
// json("contents"), json("data.items"), json(): the array is the whole file.
[[nodiscard]] constexpr Reading json_items(std::string_view path = {}) {
  return Reading(RACCORDO_FORMAT_JSON, path);
}
// xml_elements("/register/service").
[[nodiscard]] constexpr Reading xml_elements(std::string_view path) {
  return Reading(RACCORDO_FORMAT_XML, path);
}
[[nodiscard]] constexpr Reading document() { return Reading(RACCORDO_FORMAT_DOCUMENT); }

}  // namespace sdk
}  // namespace raccordo
