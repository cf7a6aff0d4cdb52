// SPDX-License-Identifier: EUPL-1.2
// A register whose lines are entities as the model has them: {"entity":{...},"kind":"offer"}.
#include <raccordo/sdk.hpp>

#include <raccordo/model/json.hpp>
#include <raccordo/model/pieces.hpp>

namespace {

using namespace raccordo;

class Register {
 public:
  void on_record(const Document& line, Effects& effects) const {
    const auto canonical = json::canonical(line.body);
    if (!canonical) return effects.reject("line", "it is no JSON");
    const auto kind = json::text_of(json::member(*canonical, "kind")).value_or("");
    effects.publish_json(kind, json::member(*canonical, "entity"));
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
