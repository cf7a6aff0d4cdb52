// SPDX-License-Identifier: Apache-2.0
// When something holds: on which kinds of days, between which hours.
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct TimeBand {
  std::vector<std::string> days;  // all when missing
  std::optional<std::string> from;
  std::optional<std::string> to;

  static constexpr auto describe() {
    using T = TimeBand;
    return part("time_band", {"Fascia oraria", "Time band"},
                field("days", &T::days, "Giorni", "Days").code_of("day_kind"),
                field("from", &T::from, "Dalle", "From").as(FieldType::kTime),
                field("to", &T::to, "Alle", "To").as(FieldType::kTime));
  }
};

}  // namespace raccordo
