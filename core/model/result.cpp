// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/result.hpp"

#include <array>

namespace raccordo {
namespace {

struct Known {
  ErrorCode code;
  std::string_view name;
  int exit_code;
};

constexpr std::array kKnown{
    Known{ErrorCode::kInvalid, "invalid", 78},
    Known{ErrorCode::kNotFound, "not_found", 74},
    Known{ErrorCode::kUnavailable, "unavailable", 75},
    Known{ErrorCode::kTooLarge, "too_large", 78},
    Known{ErrorCode::kConflict, "conflict", 73},
    Known{ErrorCode::kCorrupt, "corrupt", 74},
    Known{ErrorCode::kFull, "full", 74},
    Known{ErrorCode::kDenied, "denied", 74},
    Known{ErrorCode::kTimeout, "timeout", 75},
    Known{ErrorCode::kPortTaken, "port_taken", 69},
    Known{ErrorCode::kUsage, "usage", 64},
    Known{ErrorCode::kBug, "bug", 70},
};

const Known& known(ErrorCode code) {
  for (const auto& candidate : kKnown)
    if (candidate.code == code) return candidate;
  return kKnown.back();
}

}  // namespace

std::string_view name_of(ErrorCode code) { return known(code).name; }

int exit_code_of(ErrorCode code) { return known(code).exit_code; }

std::string Error::in(Language language) const {
  if (hint.empty()) return message.in(language);
  return message.in(language) + ": " + hint.in(language);
}

}  // namespace raccordo
