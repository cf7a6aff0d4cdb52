// SPDX-License-Identifier: Apache-2.0
// What a plugin may ask for while it is built: a second parameter of its constructor.
#pragma once

#include <raccordo/abi.h>

#include <stdexcept>
#include <string>

#include "raccordo/model/result.hpp"
#include "raccordo/sdk/reading.hpp"

namespace raccordo {
inline namespace sdk {

// Thrown by a constructor that cannot build its instance; the words reach whoever configured it.
class SetupFailed : public std::runtime_error {
 public:
  explicit SetupFailed(const Text& words);
  explicit SetupFailed(const Error& error);
};

class Setup {
 public:
  explicit Setup(const raccordo_host& host) : host_(host) {}

  // How this instance wants its source cut, when its options decide that. Throws SetupFailed when the host
  // refuses.
  void frame(const Reading& reading);

  // Gives up, with words.
  [[noreturn]] void fail(const Text& words) const { throw SetupFailed(words); }
  [[noreturn]] void fail(const Error& error) const { throw SetupFailed(error); }

  // An optional table of the contract, or nullptr.
  [[nodiscard]] const void* table(std::string_view id) const;

 private:
  const raccordo_host& host_;
};

}  // namespace sdk
}  // namespace raccordo
