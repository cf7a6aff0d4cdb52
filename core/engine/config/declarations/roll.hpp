// SPDX-License-Identifier: EUPL-1.2
// What any delivery of files is told: what they are called, and when one is complete.
#pragma once

#include <utility>
#include <vector>

#include "core/engine/config/declared.hpp"

namespace raccordo {

// `first`, and behind it the options that C has in common with other deliveries.
template <typename C>
[[nodiscard]] std::vector<Option> with_roll_options(Option first) {
  std::vector<Option> options;
  options.push_back(std::move(first));
  options.push_back(
      option(&C::name,
             {.name = "name",
              .max = 200,
              .help = {"Il nome dei file: {date} {time} {file} {seq} sono sostituiti. Niente è sovrascritto.",
                       "The files' name: {date} {time} {file} {seq} are replaced. Nothing is overwritten."},
              .example = "\"offerte-{date}.csv\""}));
  options.push_back(option(
      &C::roll,
      {.name = "roll",
       .type = ValueType::kChoiceOrDuration,
       .min = 1,
       .choices = {{"snapshot",
                    {"alla fine di ogni lettura di una fonte", "at the end of each reading of a source"}},
                   {"each", {"un file per ogni modifica", "one file for each change"}}},
       .help = {"Quando un file è completo; con una durata, quando è passata; con un'ora (\"20:00\", di "
                "Roma), ogni "
                "giorno a quell'ora.",
                "When a file is complete; with a duration, once that has passed; with a time (\"20:00\", of "
                "Rome), each "
                "day at that time."},
       .example = "1h"}));
  return options;
}

// Places in a file's name that the hub fills in.
void check_name_template(const std::string& name, const YamlNode& node, Reading& reading);

}  // namespace raccordo
