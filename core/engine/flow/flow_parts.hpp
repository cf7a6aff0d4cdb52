// SPDX-License-Identifier: EUPL-1.2
// What a flow works with: ports that it borrows, and facts about the hub that do not change while it lives.
#pragma once

#include <string>

#include "core/engine/cases/commands.hpp"
#include "core/engine/flow/patience.hpp"
#include "core/ports/backbone.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/leases.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/seals.hpp"
#include "core/ports/store.hpp"
#include "raccordo/model/text.hpp"

namespace raccordo {

// All borrowed; they outlive the flow.
struct FlowParts {
  Backbone& backbone;
  Store& store;
  Clock& clock;
  Log& log;
  Metrics& metrics;
  CaseCommands* commands = nullptr;  // none: this hub keeps no cases
  const Seals* seals = nullptr;      // none: nothing can be said about people
  const Fences* fences = nullptr;    // none: this daemon is the only one
};

struct FlowFacts {
  std::string hub;        // its id
  std::string connector;  // the connector's id: what people read
  std::string identity;   // the id its statements are keyed by: its own, or the one it had before (`was`)
  std::string topic_prefix;
  Language language = Language::kEnglish;
  Patience patience;
  std::string partner =
      {};  // whose cases these are: the connector's own id, or one that it shares with others
};

}  // namespace raccordo
