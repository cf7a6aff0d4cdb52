// SPDX-License-Identifier: EUPL-1.2
// What a case says about people: sealed under the case's own key as the case keeps it and its facts carry it,
// opened for those classes only that a partner's connector may see.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/seals.hpp"

namespace raccordo {

// {"keys":...,"revision":n,"sealed":...}. Sealed once: `revision` is that of the step that said it.
[[nodiscard]] std::string sealed_people(const CaseSeals& seals, std::string_view people,
                                        std::int64_t revision);

// Errors: kDenied: it is not sealed for us, or was altered.
[[nodiscard]] Result<std::string> opened_people(const Seals& seals, const Uuid& id, std::string_view sealed);

// What was sealed (nothing: a case of which nothing was said) with the members that `more` says, sealed anew
// under the case's key for the step that leads to `revision`. Errors: as above.
[[nodiscard]] Result<std::string> people_with(const Seals& seals, const Uuid& id, std::string_view sealed,
                                              std::string_view more, std::int64_t revision);

// What a delivery may see of cases.
struct CasesSeen {
  std::string partner;               // whose cases: that it asked for, answers, or proves the right to
  std::vector<std::string> classes;  // of what is said about people
  const Seals* seals = nullptr;
};

// The `data` of a fact about a case of this kind, as this delivery may see it: JSON. None: it is no case of
// this partner. What is said about people is left out where no class of it may be seen. Errors: kDenied: it
// cannot be opened; kInvalid: no case's data.
[[nodiscard]] Result<std::optional<std::string>> seen_of(const CasesSeen& seen, std::string_view kind,
                                                         std::string_view data);

}  // namespace raccordo
