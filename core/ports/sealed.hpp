// SPDX-License-Identifier: EUPL-1.2
// Sealed bytes and wrapped keys, and the one text that each travels as: canonical JSON, that events hold as it is.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raccordo {

// What names in these texts are made of: letters, digits, - and _; not empty. [any]
[[nodiscard]] bool is_sealed_word(std::string_view text);

// `alg` "none" and an empty `kid`: the bytes are as they were.
struct Sealed {
  std::string alg = "none";
  std::string kid;    // of the key that opens them
  std::string bytes;
  friend bool operator==(const Sealed&, const Sealed&) = default;
};

// {"alg":"...","ct":"<base64url>","kid":"...","v":1}. [any]
[[nodiscard]] std::string sealed_text(const Sealed& sealed);
// Any JSON of these four members, since others write JSON in their own way. None: it is something else. [any]
[[nodiscard]] std::optional<Sealed> from_sealed_text(std::string_view text);

// A case's key, for one hub.
struct WrappedKey {
  std::string hub;
  std::string kid;    // of that hub's key
  std::string bytes;
  friend bool operator==(const WrappedKey&, const WrappedKey&) = default;
};

inline constexpr std::size_t kMostWraps = 256;  // hubs that take part in one case

// [{"ct":"<base64url>","hub":"...","kid":"..."},...]. [any]
[[nodiscard]] std::string wraps_text(std::span<const WrappedKey> wraps);
// None: it is something else, or there are more than kMostWraps. [any]
[[nodiscard]] std::optional<std::vector<WrappedKey>> from_wraps_text(std::string_view text);

}  // namespace raccordo
