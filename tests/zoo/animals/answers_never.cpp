// SPDX-License-Identifier: EUPL-1.2
// Comes to no end with a call that says so, and answers all others.
#include <atomic>

#include "zoo.hpp"

namespace {

std::atomic<bool> go_on = true;

raccordo_verdict handle(void*, const raccordo_input* input) {
  if (input->kind != RACCORDO_INPUT_REQUEST) return zoo::publish(input);
  if (zoo::view(input->request->body).find("bad") != std::string_view::npos)
    while (go_on) {
    }
  zoo::host->respond(zoo::host->self, 200, nullptr, 0, zoo::text("{}"));
  return RACCORDO_DONE;
}

}  // namespace

ZOO_CALLED_PLUGIN("answers_never", handle)
