// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/tidying.hpp"

#include <cstdlib>

#include "core/engine/ledger/parked.hpp"

namespace raccordo {
namespace {

constexpr const char* kTidied = "backbone.tidied_ms";
constexpr std::int64_t kDay = 24 * 60 * 60 * 1'000;
constexpr Duration kBetweenLooks = std::chrono::hours(1);

}  // namespace

Status Tidying::when_due() {
  RACCORDO_TRY(const auto last, parts_.store.fact(kTidied));
  const auto now = milliseconds(parts_.clock.now());
  if (last && now - std::strtoll(last->c_str(), nullptr, 10) < kDay) return done();
  if (last) RACCORDO_CHECK(parts_.backbone.compact(keep_deleted_));
  return parts_.store.set_fact(kTidied, std::to_string(now));
}

void Tidying::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (auto tidied = when_due(); !tidied.ok())
      parts_.log.write(LogLevel::kWarning, {}, tidied.error().in(language_));
    parts_.clock.wait(kBetweenLooks, stop);
  }
}

}  // namespace raccordo
