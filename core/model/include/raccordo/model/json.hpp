// SPDX-License-Identifier: Apache-2.0
// Writing canonical JSON: RFC 8259, keys sorted by their bytes, no white space, only what must be escaped is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "raccordo/model/result.hpp"

namespace raccordo::json {

// Appends text as a JSON string. Control characters, quote and backslash are escaped, all else goes as it is.
void append_string(std::string_view text, std::string& out);

void append(std::int64_t value, std::string& out);
// The shortest form that reads back as the same number. NaN and infinities become null.
void append(double value, std::string& out);
void append(bool value, std::string& out);
inline void append(const std::string& value, std::string& out) { append_string(value, out); }
inline void append(std::string_view value, std::string& out) { append_string(value, out); }

inline constexpr int kMaxDepth = 32;

// True when the bytes are valid UTF-8 (RFC 3629): no overlong forms, no surrogates.
[[nodiscard]] bool is_utf8(std::string_view bytes);

// Any JSON text as canonical JSON. Numbers without fraction and exponent stay as they are written (-0 becomes
// 0), the others take the shortest form that reads back as the same double. Refuses: more than kMaxDepth
// levels, repeated keys, invalid UTF-8, anything that RFC 8259 does not allow; the error says at which byte.
// Checked before anything is built.
[[nodiscard]] Result<std::string> canonical(std::string_view text);

}  // namespace raccordo::json
