// SPDX-License-Identifier: EUPL-1.2
// `raccordo mapping run FILE INPUT` and `raccordo mapping test FILE...`.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "core/ports/plugin_runner.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo::mapping_trial {

struct TrialRequest {
  std::vector<std::string> files;  // run: the mapping file, the input; test: mapping files or folders
  bool json = false;               // one line of JSON for each result; of run: as tests keep them
  Language language = Language::kItalian;
};

// Lines on `out`, a summary and errors on `err`. 0; 1 when a record was rejected.
// Errors: kInvalid (the mapping, with all its findings), kNotFound, kDenied, kUsage.
[[nodiscard]] Result<int> mapping_run(PluginHost& host, const PluginDescription& plugin,
                                      const TrialRequest& request, std::ostream& out, std::ostream& err);

// One line for each case on `out`, differences below it, or in it with `json`; mapping files without tests on
// `err`. 0; 1 when a case failed or there was none at all. Errors: as above.
[[nodiscard]] Result<int> mapping_test(PluginHost& host, const PluginDescription& plugin,
                                       const TrialRequest& request, std::ostream& out, std::ostream& err);

}  // namespace raccordo::mapping_trial
