// SPDX-License-Identifier: EUPL-1.2
// What a partner's web server says to a first question, for whoever looks after the hub.
#pragma once

#include <vector>

#include "adapters/http_client/documents.hpp"
#include "adapters/http_client/site.hpp"
#include "core/ports/diagnosis.hpp"

namespace raccordo::http_client {

// Asks for each document as a look would, signed, as far as the head of the answer: whether it is reached and
// by what certificate, whether we are let in, whether its clock and ours agree. [control]
[[nodiscard]] std::vector<Diagnosis> examine(Documents documents, const Clock& clock,
                                             const std::stop_token& stop);

// The same of a site that a plugin asks: its address itself may hold nothing. [control]
[[nodiscard]] std::vector<Diagnosis> examine(Site site, const Clock& clock, const std::stop_token& stop);

}  // namespace raccordo::http_client
