// SPDX-License-Identifier: EUPL-1.2
// The signals that a person or a service manager sends, as events instead of interruptions.
#pragma once

#include <chrono>
#include <optional>

namespace raccordo {

enum class Asked { kStop, kReload };

// Blocks SIGTERM, SIGINT and SIGHUP for this thread and those it starts, and ignores SIGPIPE. Before any
// thread. [main]
void take_signals();

// Gives them back to the system: they end the program. For commands that wait for nothing. [main]
void leave_signals();

// Waits for the next of them; none when the time passed. [control]
[[nodiscard]] std::optional<Asked> next_signal(std::chrono::milliseconds patience);

}  // namespace raccordo
