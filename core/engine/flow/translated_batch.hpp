// SPDX-License-Identifier: EUPL-1.2
// What went into a plugin together, what came out of it, and the rule for what it asks to be handed again.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

#include "core/engine/flow/flow_parts.hpp"
#include "core/framing/framer.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/plugin_runner.hpp"

namespace raccordo {

// One batch that came through: what went in, what came out, and where the file stands behind it.
struct TranslatedBatch {
  InputBatch inputs;
  std::vector<Malformed> malformed;
  OutputBatch outputs;
  Mark after;

  // Inputs whose plugin asked to try again have their last answer elsewhere.
  struct Again {
    InputBatch inputs;
    std::vector<std::size_t> which;  // inputs.items[k] is this batch's items[which[k]]
    OutputBatch outputs;
  };
  std::vector<std::unique_ptr<Again>> again;
  std::map<std::size_t, std::pair<const OutputBatch*, std::size_t>> answered_again;

  // Whether its plugin wants an input handed over again.
  [[nodiscard]] bool asks_for_time() const;
  [[nodiscard]] const Output& output_of(std::size_t i) const;
  [[nodiscard]] std::span<const Effect> effects_of(std::size_t i) const;
};

// How often, and after how long, an input is handed over again whose plugin asked for it: the same for
// sources and deliveries.
inline constexpr int kTries = 5;
inline constexpr Duration kFirstPauseOfRetry = std::chrono::milliseconds(100);

// Hands over again what its plugin asked to, waiting twice as long each time; what asks still after the last
// try keeps that answer. Nothing else may be under way in the runner. Asked to stop it ends early. [flow]
// Errors: those of PluginRunner::submit and collect.
[[nodiscard]] Status hand_again(TranslatedBatch& batch, PluginRunner& runner, Clock& clock,
                                const std::stop_token& stop);

// Hands a batch over, waits for it, and hands again what asks for it. Nothing else may be under way in the
// runner. [flow]
// Errors: those of hand_again; kUnavailable when it is to stop while something asks for time still: nothing
// of the batch has an end then, and the next start reads it anew.
[[nodiscard]] Status translate_batch(TranslatedBatch& batch, PluginRunner& runner, const FlowFacts& facts,
                                     const FlowParts& parts, const std::stop_token& stop);

}  // namespace raccordo
