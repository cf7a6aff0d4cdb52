// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/command.hpp"

namespace raccordo {
namespace {

Result<int> hand_over(Invocation& invocation, MappingRequest request) {
  if (!invocation.program.mapping)
    return error(ErrorCode::kNotFound, say("questo programma non comprende le mappature",
                                           "this program does not bring mappings with it"));
  request.json = invocation.has("--json");
  return invocation.program.mapping(request, invocation.terminal);
}

}  // namespace

Result<int> mapping_run_command(Invocation& invocation) {
  MappingRequest request;
  request.files = {invocation.one("FILE"), invocation.one("INPUT")};
  request.reverse = invocation.has("--reverse");
  return hand_over(invocation, std::move(request));
}

Result<int> mapping_test_command(Invocation& invocation) {
  MappingRequest request;
  request.test = true;
  request.files = invocation.all("FILE");
  return hand_over(invocation, std::move(request));
}

}  // namespace raccordo
