// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/mapping_trials.hpp"

#include "adapters/mapping_trial/mapping_trial.hpp"
#include "core/engine/config/installed_plugins.hpp"

namespace raccordo {

Result<int> try_mapping(const ProgramParts& program, const MappingRequest& request, Terminal& terminal) {
  if (request.reverse)
    return error(
        ErrorCode::kUsage,
        say("--reverse: in questa versione una mappatura traduce in un solo verso, dal formato del "
            "partner al modello",
            "--reverse: in this version a mapping translates in one direction, from the partner's format "
            "to the model"),
        say("ripetere il comando senza --reverse", "give the command again without --reverse"));
  const auto host = program.plugin_host();
  const std::vector<std::string> name{"mapping"};
  const auto installed = find_plugins(name, program.plugin_folders, *host, *program.environment);
  const auto* plugin = installed.find(name.front());
  if (plugin == nullptr) return installed.missing(name.front());
  const mapping_trial::TrialRequest trial{request.files, request.json, terminal.language};
  return request.test ? mapping_trial::mapping_test(*host, *plugin, trial, terminal.out, terminal.err)
                      : mapping_trial::mapping_run(*host, *plugin, trial, terminal.out, terminal.err);
}

}  // namespace raccordo
