// SPDX-License-Identifier: EUPL-1.2
// One file through framer and plugin: batches are cut and handed over while earlier ones are still being
// translated.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
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

  // The next batch in the order of the file; none at the end of the file, or when it was asked to stop while
  // the plugin wanted time or had not answered: that batch has no end. The batch stays valid until `done`.
  // Errors: those of Framer::read, PluginRunner::submit and collect; what was under way was not handled.
  [[nodiscard]] Result<TranslatedBatch*> next();

  // The batch's inputs have their ends.
  void done(TranslatedBatch* batch);

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
  bool at_end_ = false;
};

}  // namespace raccordo
