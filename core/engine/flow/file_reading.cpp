// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/file_reading.hpp"

#include <cassert>

namespace raccordo {

FileReading::FileReading(Framer& framer, PluginRunner& runner, std::atomic<std::int64_t>& held,
                         const FlowParts& parts, const FlowFacts& facts)
    : framer_(framer), runner_(runner), held_(held), parts_(parts), facts_(facts) {}

FileReading::~FileReading() {
  // What a stop left under way is taken back from the runner, so that the next reading starts with none.
  for (auto& batch : under_way_) {
    if (!batch->inputs.empty()) (void)runner_.collect();
    held_ -= inputs_of(*batch);
  }
  if (given_) held_ -= inputs_of(*given_);
}

std::int64_t FileReading::inputs_of(const TranslatedBatch& batch) {
  return static_cast<std::int64_t>(batch.inputs.size() + batch.malformed.size());
}

std::unique_ptr<TranslatedBatch> FileReading::blank() {
  if (blanks_.empty()) return std::make_unique<TranslatedBatch>();
  auto batch = std::move(blanks_.back());
  blanks_.pop_back();
  batch->inputs.clear();
  batch->malformed.clear();
  return batch;
}

Status FileReading::fill() {
  while (!at_end_ && under_way_.size() < runner_.window()) {
    auto batch = blank();
    const Duration begun = parts_.clock.monotonic();
    RACCORDO_TRY(const bool more, framer_.read(batch->inputs, batch->malformed));
    parts_.metrics.took(facts_.connector, "read", parts_.clock.monotonic() - begun);
    at_end_ = !more;
    batch->after = framer_.mark();
    if (inputs_of(*batch) == 0) continue;
    if (!batch->inputs.empty()) RACCORDO_CHECK(runner_.submit(batch->inputs));
    held_ += inputs_of(*batch);
    under_way_.push_back(std::move(batch));
  }
  parts_.metrics.held(facts_.connector, "plugin", held_.load());
  return raccordo::done();
}

Result<TranslatedBatch*> FileReading::next() {
  assert(!given_);
  RACCORDO_CHECK(fill());
  if (under_way_.empty()) return nullptr;
  auto& oldest = *under_way_.front();
  if (!oldest.inputs.empty()) {
    const Duration begun = parts_.clock.monotonic();
    auto outputs = runner_.collect();
    if (!outputs.ok()) {
      held_ -= inputs_of(oldest);
      under_way_.pop_front();
      return std::move(outputs).error();
    }
    oldest.outputs = std::move(outputs).value();
    parts_.metrics.took(facts_.connector, "translate", parts_.clock.monotonic() - begun);
  }
  given_ = std::move(under_way_.front());
  under_way_.pop_front();
  return given_.get();
}

void FileReading::done([[maybe_unused]] TranslatedBatch* batch) {
  assert(given_.get() == batch);
  held_ -= inputs_of(*given_);
  blanks_.push_back(std::move(given_));
}

}  // namespace raccordo
