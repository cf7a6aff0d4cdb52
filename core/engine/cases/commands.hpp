// SPDX-License-Identifier: EUPL-1.2
// Steps of cases, as plugins ask for them, whatever brought the plugin to it: a partner's call, its answer to
// a request, a record of its file.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/ports/leases.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

struct CaseCommand {
  std::string connector;  // whose plugin asks
  std::string
      message;  // what it asks because of, and which of its commands: the same again is answered the same
  std::string content;  // hash of that message: the same name with another content is refused
  std::string type;     // "booking.request.v1"
  std::string json;
  Fence fence = {};  // of several daemons: of the one who gives it; one for all that is given together
};

struct CaseOutcome {
  bool accepted = false;
  bool repeated = false;               // the same message was answered so before
  std::int64_t revision = 0;           // of the case, when accepted
  std::string code;                    // why not: "not_legal_now", "no_places_left"
  Text reason;                         // the same for people
  std::vector<std::string> legal_now;  // commands that would be accepted now
  std::string data;                    // JSON: the case as this connector may see it, a quote
};

// The code of what comes under the name of another message.
inline constexpr const char* kMessageReused = "message_reused";
// The code of what is not as the model says; `data` is then {"errors":[{"code","en","field","it"}]}, if
// anything.
inline constexpr const char* kInvalidCommand = "invalid_command";

class CaseCommands {
 public:
  virtual ~CaseCommands() = default;

  // Each by itself, in their order; what was accepted is durable. outcomes[i] is of commands[i]. [any]
  // Errors: kUnavailable, kFull: none of them was taken, and they may be given again; kConflict: by somebody
  // else, who works at the connector now.
  [[nodiscard]] virtual Result<std::vector<CaseOutcome>> give(std::span<const CaseCommand> commands) = 0;
};

}  // namespace raccordo
