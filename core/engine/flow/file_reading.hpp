// SPDX-License-Identifier: EUPL-1.2
// One file through framer and plugin: batches are cut and handed over while earlier ones are still being
// translated.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "core/engine/flow/flow_parts.hpp"
#include "core/engine/flow/translated_batch.hpp"
#include "core/framing/framer.hpp"
#include "core/ports/plugin_runner.hpp"

namespace raccordo {

// [flow] One at a time for each runner.
class FileReading {
 public:
  // All borrowed. `held` counts inputs between their reading and their end.
  FileReading(Framer& framer, PluginRunner& runner, std::atomic<std::int64_t>& held, const FlowParts& parts,
              const FlowFacts& facts, const std::stop_token& stop);
  ~FileReading();

  // Whether the next batch is there within `patience`, its answers and all: `next` has no more to wait for.
  [[nodiscard]] bool comes_within(Duration patience);

  // The next batch in the order of the file; none at the end of the file, or when it was asked to stop while
  // the plugin wanted time or had not answered: that batch has no end. The batch stays valid until `done`.
  // Errors: those of Framer::read, PluginRunner::submit and collect; what was under way was not handled.
  [[nodiscard]] Result<TranslatedBatch*> next();

  // The batch is decided; its inputs are held until their ends are kept.
  void done(TranslatedBatch* batch);
  void kept();

 private:
  [[nodiscard]] Status fill();
  [[nodiscard]] Status collect(TranslatedBatch& batch);
  [[nodiscard]] Status try_again(TranslatedBatch& batch);
  [[nodiscard]] std::unique_ptr<TranslatedBatch> blank();
  static std::int64_t inputs_of(const TranslatedBatch& batch);

  Framer& framer_;
  PluginRunner& runner_;
  std::atomic<std::int64_t>& held_;
  FlowParts parts_;
  const FlowFacts& facts_;
  std::stop_token stop_;
  std::deque<std::unique_ptr<TranslatedBatch>> under_way_;
  std::size_t collected_ = 0;  // of them, from the front, that have their answers
  std::vector<std::unique_ptr<TranslatedBatch>> blanks_;
  std::unique_ptr<TranslatedBatch> given_;
  std::int64_t decided_ = 0;      // inputs of batches that are done and not kept
  Duration waited_{};             // for answers that are not collected yet
  std::optional<Error> failure_;  // of comes_within, for `next`
  bool at_end_ = false;
};

}  // namespace raccordo
