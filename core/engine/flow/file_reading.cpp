// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/file_reading.hpp"

#include <cassert>
#include <utility>

namespace raccordo {

FileReading::FileReading(Framer& framer, PluginRunner& runner, std::atomic<std::int64_t>& held,
                         const FlowParts& parts, const FlowFacts& facts, const std::stop_token& stop)
    : framer_(framer), runner_(runner), held_(held), parts_(parts), facts_(facts), stop_(stop) {}

FileReading::~FileReading() {
  // What an error left under way is taken back from the runner, so that the next reading starts with none; a
  // stop waits for no plugin.
  for (std::size_t i = 0; i < under_way_.size(); ++i) {
    if (i >= collected_ && !under_way_[i]->inputs.empty()) (void)runner_.collect(stop_);
    held_ -= inputs_of(*under_way_[i]);
  }
  if (given_) held_ -= inputs_of(*given_);
  held_ -= decided_;
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
  batch->again.clear();
  batch->answered_again.clear();
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

bool FileReading::comes_within(Duration patience) {
  assert(!given_);
  auto went = fill();
  if (went.ok() && under_way_.empty()) return true;  // the end of the file
  if (went.ok() && collected_ == 0) {
    auto& oldest = *under_way_.front();
    const Duration begun = parts_.clock.monotonic();
    const bool answered = oldest.inputs.empty() || runner_.answers_within(patience, stop_);
    waited_ += parts_.clock.monotonic() - begun;
    if (!answered) return false;
    went = collect(oldest);
  }
  if (!went.ok()) {
    failure_ = std::move(went).error();
    return false;
  }
  return !under_way_.front()->asks_for_time();
}

Result<TranslatedBatch*> FileReading::next() {
  assert(!given_);
  if (failure_ && stop_.stop_requested()) return nullptr;
  if (failure_) return *std::exchange(failure_, std::nullopt);
  RACCORDO_CHECK(fill());
  if (under_way_.empty()) return nullptr;
  auto collected = collected_ > 0 ? raccordo::done() : collect(*under_way_.front());
  if (collected.ok()) collected = try_again(*under_way_.front());
  if (!collected.ok() && stop_.stop_requested()) return nullptr;
  if (!collected.ok()) return std::move(collected).error();
  if (stop_.stop_requested() && under_way_.front()->asks_for_time()) return nullptr;
  given_ = std::move(under_way_.front());
  under_way_.pop_front();
  --collected_;
  return given_.get();
}

// The answers of the oldest batch that has none. When they do not come the batch was not handled.
Status FileReading::collect(TranslatedBatch& batch) {
  const Duration begun = parts_.clock.monotonic();
  if (!batch.inputs.empty()) {
    auto outputs = runner_.collect(stop_);
    if (!outputs.ok()) {
      held_ -= inputs_of(batch);
      under_way_.erase(under_way_.begin() + static_cast<std::ptrdiff_t>(collected_));
      return std::move(outputs).error();
    }
    batch.outputs = std::move(outputs).value();
  }
  ++collected_;  // before anything that may throw: it is not to be collected once more
  if (!batch.inputs.empty())
    parts_.metrics.took(facts_.connector, "translate",
                        std::exchange(waited_, {}) + parts_.clock.monotonic() - begun);
  return raccordo::done();
}

// What its plugin asks to be handed again; what still asks after the last try is parked with its words.
Status FileReading::try_again(TranslatedBatch& batch) {
  if (!batch.asks_for_time()) return raccordo::done();
  // The plugin answers in the order it was asked: those under way come first.
  while (collected_ < under_way_.size()) RACCORDO_CHECK(collect(*under_way_[collected_]));
  return hand_again(batch, runner_, parts_.clock, stop_);
}

void FileReading::done([[maybe_unused]] TranslatedBatch* batch) {
  assert(given_.get() == batch);
  decided_ += inputs_of(*given_);
  blanks_.push_back(std::move(given_));
}

void FileReading::kept() {
  held_ -= std::exchange(decided_, 0);
  parts_.metrics.held(facts_.connector, "plugin", held_.load());
}

}  // namespace raccordo
