// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "core/engine/flow/shared_out.hpp"
#include "core/ports/store.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

// One connector's ledger as it stands now.
struct LedgerLine {
  Counts counts;
  std::int64_t in_flight = 0;  // counted from what is held
};

// By connector. Called for every scrape, from the thread that serves it.
using LedgerReader = std::function<Result<std::map<std::string, LedgerLine>>()>;

// Which of several daemons works at what. Called likewise.
using SharedOutReader = std::function<SharedOut()>;

}  // namespace raccordo
