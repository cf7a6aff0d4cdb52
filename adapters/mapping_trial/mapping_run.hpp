// SPDX-License-Identifier: EUPL-1.2
// One file through one mapping, as the hub would read it: framer, plugin, the model's checks. Nothing is
// kept.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "adapters/mapping_trial/trial_line.hpp"
#include "core/ports/byte_file.hpp"
#include "core/ports/plugin_runner.hpp"

namespace raccordo::mapping_trial {

struct RunCount {
  std::uint64_t records = 0;
  std::uint64_t entities = 0;
  std::uint64_t rejected = 0;  // records
  std::uint64_t filtered = 0;  // records
  std::uint64_t findings = 0;
};

using EachLine = std::function<void(const TrialLine&)>;

// `mapping` is the mapping file's content. Lines come in the order of the file; of a rejected record only the
// rejection. Errors: kInvalid (the mapping has findings: each with line and column; the file cannot be
// framed), kUnavailable.
[[nodiscard]] Result<RunCount> run_mapping(PluginHost& host, const PluginDescription& plugin,
                                           const std::string& mapping, const ByteFile& input,
                                           const EachLine& each);

}  // namespace raccordo::mapping_trial
