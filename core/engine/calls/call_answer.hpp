// SPDX-License-Identifier: EUPL-1.2
// What the hub itself answers to a call: where the plugin said nothing, or may not.
#pragma once

#include "core/engine/cases/commands.hpp"
#include "core/engine/ledger/ends.hpp"
#include "core/ports/inlet.hpp"
#include "raccordo/model/text.hpp"

namespace raccordo {

// The language that the partner prefers, of ours.
[[nodiscard]] Language language_for(const InboundRequest& request, Language ours);

// 400, RFC 9457: the call cannot be translated, or breaks the rules.
[[nodiscard]] InboundAnswer answer_of(const ParkReason& why, Language language);

// 202 for what was accepted, 422 for a command that is not as the model says, with its fields, 409 for a step
// that was refused, with what is legal now.
[[nodiscard]] InboundAnswer answer_of(const CaseOutcome& outcome, Language language);

}  // namespace raccordo
