// SPDX-License-Identifier: EUPL-1.2
// Key files: nobody but their owner may read them, and none is ever overwritten.
#pragma once

#include <string>

#include "adapters/sodium/key_ring.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/diagnosis.hpp"

namespace raccordo::sodium {

inline constexpr std::size_t kMostKeyFile = 64u << 10;

// Errors: kNotFound, kDenied (somebody else's, or others may read it), kInvalid (what it holds),
// kUnavailable.
[[nodiscard]] Result<KeyRing> read_key_file(const std::string& path);

// A file with one key, mode 0600; durable when it returns. `expires`: ISO date, or empty. Errors: kConflict:
// there is such a file; kInvalid: no date, or one that is over; kNotFound: no such folder; kDenied, kFull,
// kUnavailable.
[[nodiscard]] Result<KeyRing> make_key_file(const std::string& path, const std::string& expires,
                                            WallTime now);

// The same file with one key more, that seals from the next start. Errors: those of the two above; kTooLarge.
[[nodiscard]] Result<KeyRing> add_key_to_file(const std::string& path, const std::string& expires,
                                              WallTime now);

// For `check` and `doctor`: whether a hub could seal with it, today and for a month.
[[nodiscard]] Diagnosis examine_key_file(const std::string& path, WallTime now);

// What is refused where every key in the file has expired.
[[nodiscard]] Error expired(const std::string& path, const KeyRing& ring);

[[nodiscard]] std::string day_of(WallTime time);

}  // namespace raccordo::sodium
