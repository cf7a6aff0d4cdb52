// SPDX-License-Identifier: EUPL-1.2
// Answers a call twice, where the call says so.
#include "zoo.hpp"

namespace {

raccordo_verdict handle(void*, const raccordo_input* input) {
  if (input->kind != RACCORDO_INPUT_REQUEST) return zoo::publish(input);
  zoo::host->respond(zoo::host->self, 200, nullptr, 0, zoo::text("{}"));
  if (zoo::view(input->request->body).find("bad") != std::string_view::npos)
    zoo::host->respond(zoo::host->self, 200, nullptr, 0, zoo::text("{}"));
  return RACCORDO_DONE;
}

}  // namespace

ZOO_CALLED_PLUGIN("answers_twice", handle)
