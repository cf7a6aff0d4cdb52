// SPDX-License-Identifier: EUPL-1.2
// What any source that reads documents is told: what they say together, and how often to look.
#pragma once

#include <utility>
#include <vector>

#include "core/engine/config/declared.hpp"

namespace raccordo {

// `first`, and behind it the options that C has in common with other sources.
template <typename C>
[[nodiscard]] std::vector<Option> with_snapshot_options(Option first, Label poll, std::string_view example) {
  std::vector<Option> options;
  options.push_back(std::move(first));
  options.push_back(option(
      &C::snapshot, {.name = "snapshot",
                     .type = ValueType::kChoice,
                     .choices = {{"partial", {"i file aggiungono e cambiano", "the files add and change"}},
                                 {"complete",
                                  {"i file sono tutto ciò che il partner ha: ciò che manca è cancellato",
                                   "the files are all that the partner has: what is missing is deleted"}}},
                     .help = {"Che cosa dicono i file, insieme.", "What the files say, together."},
                     .example = "complete"}));
  options.push_back(option(&C::poll, {.name = "poll",
                                      .type = ValueType::kDuration,
                                      .min = 0.1,
                                      .max = 7 * 86'400,
                                      .help = poll,
                                      .example = example}));
  options.push_back(
      option(&C::max_deletions,
             {.name = "max_deletions",
              .type = ValueType::kPercentage,
              .help = {"Quanta parte di ciò che si conosceva può sparire in una volta; oltre, le "
                       "cancellazioni attendono.",
                       "What part of what was known may disappear at once; beyond it, deletions are held."},
              .example = "10%"}));
  return options;
}

}  // namespace raccordo
