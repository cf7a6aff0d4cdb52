// SPDX-License-Identifier: EUPL-1.2
// A register whose lines are entities as the model has them: a kind, a blank, JSON.
#include <raccordo/sdk.hpp>

namespace {

using namespace raccordo;

class Register {
 public:
  void on_record(const Document& line, Effects& effects) const {
    const auto blank = line.body.find(' ');
    if (blank == std::string_view::npos)
      return effects.reject("line", "a kind, a blank and JSON were expected");
    effects.publish_json(line.body.substr(0, blank), line.body.substr(blank + 1));
  }
};

}  // namespace

RACCORDO_PLUGIN(Register,
                name("register")
                    .version("0.1.0")
                    .licence("EUPL-1.2")
                    .summary("Un albo", "A register")
                    .reads(lines())
                    .publishes("service", "offer", "capacity", "accreditation", "plan", "entitlement"))
