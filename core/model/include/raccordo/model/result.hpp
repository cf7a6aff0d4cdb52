// SPDX-License-Identifier: Apache-2.0
// Expected failures are values. Exceptions are for bugs and stop at the nearest fence.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "raccordo/model/text.hpp"

namespace raccordo {

enum class ErrorCode {
  kInvalid,      // what came in breaks a rule; trying again does not help
  kNotFound,     // no such file, topic, key, plugin
  kUnavailable,  // something outside that may pass: try again later
  kTooLarge,     // over a limit that someone can raise
  kConflict,     // somebody else holds it, or it is newer there
  kCorrupt,      // what we wrote ourselves does not read back
  kFull,         // no space left
  kDenied,       // no permission
  kTimeout,      // a deadline passed
  kPortTaken,    // somebody else listens there
  kUsage,        // a wrong command line
  kBug,          // ours
};

[[nodiscard]] std::string_view name_of(ErrorCode code);

// The exit code that the program ends with when this error ends it (BSD sysexits, as in
// docs/reference/exit-codes).
[[nodiscard]] int exit_code_of(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::kBug;
  Text message;  // what failed, with which value, where
  Text hint;     // what to do, or empty

  [[nodiscard]] bool retryable() const {
    return code == ErrorCode::kUnavailable || code == ErrorCode::kTimeout;
  }
  // Message and hint, as one line shows them.
  [[nodiscard]] std::string in(Language language) const;
};

struct Nothing {
  friend bool operator==(Nothing, Nothing) = default;
};

template <typename T = Nothing>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() & { return assert(ok()), *std::get_if<0>(&state_); }
  [[nodiscard]] const T& value() const& { return assert(ok()), *std::get_if<0>(&state_); }
  [[nodiscard]] T&& value() && { return assert(ok()), std::move(*std::get_if<0>(&state_)); }
  [[nodiscard]] T& operator*() & { return value(); }
  [[nodiscard]] const T& operator*() const& { return value(); }
  // By value: `for (auto& x : *read())` would otherwise walk through what is gone already.
  [[nodiscard]] T operator*() && { return std::move(*this).value(); }
  [[nodiscard]] T* operator->() { return &value(); }
  [[nodiscard]] const T* operator->() const { return &value(); }

  [[nodiscard]] Error& error() & { return assert(!ok()), *std::get_if<1>(&state_); }
  [[nodiscard]] const Error& error() const& { return assert(!ok()), *std::get_if<1>(&state_); }
  [[nodiscard]] Error&& error() && { return assert(!ok()), std::move(*std::get_if<1>(&state_)); }

 private:
  std::variant<T, Error> state_;
};

using Status = Result<Nothing>;
[[nodiscard]] inline Status done() { return Nothing{}; }

[[nodiscard]] inline Error error(ErrorCode code, Text message, Text hint = {}) {
  return Error{code, std::move(message), std::move(hint)};
}

}  // namespace raccordo

// Hands an expected failure to the caller: RACCORDO_TRY(auto file, open(path));
#define RACCORDO_TRY_JOIN2(a, b) a##b
#define RACCORDO_TRY_JOIN(a, b) RACCORDO_TRY_JOIN2(a, b)
#define RACCORDO_TRY_AS(result, declaration, ...)     \
  auto result = (__VA_ARGS__);                        \
  if (!result.ok()) return std::move(result).error(); \
  declaration = std::move(result).value()
#define RACCORDO_TRY(declaration, ...) \
  RACCORDO_TRY_AS(RACCORDO_TRY_JOIN(raccordo_try_, __LINE__), declaration, __VA_ARGS__)
#define RACCORDO_CHECK(...)                                                                                  \
  do {                                                                                                       \
    if (auto raccordo_check = (__VA_ARGS__); !raccordo_check.ok()) return std::move(raccordo_check).error(); \
  } while (false)
