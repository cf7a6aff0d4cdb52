// SPDX-License-Identifier: EUPL-1.2
// A counter that asks for bookings and is told what became of them: the smallest plugin of a portal.
#include <raccordo/sdk.hpp>

#include <string>

namespace {

using namespace raccordo;

// "/bookings/ID/STEP"
struct Path {
  std::string_view id;
  std::string_view step;
};
Path taken_apart(std::string_view path) {
  constexpr std::string_view kStart = "/bookings/";
  if (!path.starts_with(kStart)) return {};
  path.remove_prefix(kStart.size());
  const auto slash = path.find('/');
  if (slash == std::string_view::npos) return {};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

class Counter {
 public:
  void on_request(const Request& request, Effects& effects) const {
    if (request.path == "/bookings") return effects.command("booking.request.v1", request.body);
    const auto [id, step] = taken_apart(request.path);
    if (id.empty()) return effects.reject("no_such_path", "path", "there is nothing");
    effects.command("booking." + std::string(step) + ".v1", R"({"id":")" + std::string(id) + "\"}");
  }

  void on_outcome(const Outcome& outcome, Effects& effects) const {
    effects.respond(outcome.accepted ? 201 : 409, outcome.accepted ? outcome.data : outcome.reason);
  }

  void on_event(const Event& event, Effects& effects) const {
    const auto path = "/status/" + std::string(event.id);
    effects.send({"PUT", path, {}, {}, event.data});
  }
};

}  // namespace

RACCORDO_PLUGIN(Counter, name("counter")
                             .version("0.1.0")
                             .licence("EUPL-1.2")
                             .summary("Uno sportello", "A counter")
                             .subscribes("booking")
                             .commands("booking.request.v1", "booking.cancel.v1", "booking.accept_place.v1"))
