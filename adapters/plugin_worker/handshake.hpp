// SPDX-License-Identifier: EUPL-1.2
// How a worker is told what to load, and what it says to it.
#pragma once

#include <string>

#include "adapters/plugin_worker/output_lines.hpp"
#include "adapters/plugin_worker/worker_process.hpp"
#include "core/ports/clock.hpp"

namespace raccordo {

// The payload of `loaded`. What the plugin prints meanwhile goes to `lines`. After an error the worker has
// ended. Errors: what the worker refused, in its words; kTimeout; kUnavailable: it ended by itself. [any]
[[nodiscard]] Result<std::string> load_plugin(WorkerProcess& worker, const Load& load, Duration deadline,
                                              Clock& clock, OutputLines& lines);

}  // namespace raccordo
