// SPDX-License-Identifier: EUPL-1.2
// What tests of runners share: a clock that stands still, one that runs, a log that remembers, batches of
// lines.
#pragma once

#include <algorithm>
#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/plugin_worker/plugin_worker.hpp"

namespace raccordo::test {

// Time passes only when somebody waits, or says so.
class StillClock final : public Clock {
 public:
  WallTime now() const override { return WallTime(std::chrono::hours(24 * 365 * 50)) + passed_; }
  Duration monotonic() const override { return passed_; }
  bool wait(Duration duration, const std::stop_token&) override {
    waits.push_back(duration);
    passed_ += duration;
    return true;
  }
  void pass(Duration duration) { passed_ += duration; }

  std::vector<Duration> waits;

 private:
  Duration passed_ = std::chrono::hours(1);
};

// For deadlines of processes that really hang.
class RunningClock final : public Clock {
 public:
  WallTime now() const override { return std::chrono::system_clock::now(); }
  Duration monotonic() const override { return std::chrono::steady_clock::now().time_since_epoch(); }
  bool wait(Duration, const std::stop_token&) override { return true; }
};

class RememberingLog final : public Log {
 public:
  struct Line {
    LogLevel level;
    std::string connector, record, message;
  };

  void write(LogLevel level, const LogSubject& subject, std::string_view message) override {
    const std::scoped_lock lock(mutex_);
    lines_.push_back(
        {level, std::string(subject.connector), std::string(subject.record), std::string(message)});
  }
  std::vector<Line> lines() const {
    const std::scoped_lock lock(mutex_);
    return lines_;
  }
  bool says(std::string_view words) const {
    const auto all = lines();
    return std::any_of(all.begin(), all.end(),
                       [&](const Line& line) { return line.message.find(words) != std::string::npos; });
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Line> lines_;
};

// A batch of NDJSON records, one for each text.
inline InputBatch lines(const std::vector<std::string>& bodies) {
  InputBatch batch;
  batch.format = Format::kLines;
  batch.file = "records.ndjson";
  std::uint64_t line = 0;
  for (const auto& body : bodies) {
    batch.begin(InputKind::kRecord, {0, ++line});
    batch.field(body);
    batch.end(body);
  }
  return batch;
}

inline const char* name_of(Ending ending) {
  constexpr const char* kNames[] = {"done", "retry", "fatal", "crashed", "timed out", "failed"};
  return kNames[static_cast<std::size_t>(ending)];
}

// Each output in a word, with its words in English and what it published or why it refused: "done {..}",
// "crashed SIGSEGV".
inline std::vector<std::string> told(const OutputBatch& out) {
  std::vector<std::string> all;
  for (const auto& output : out.outputs) {
    std::string one = name_of(output.ending);
    if (!output.words.empty()) one += " " + output.words.en;
    for (const auto& effect : out.effects_of(output))
      if (effect.kind == EffectKind::kPublish)
        one += " " + std::string(effect.fields[1]);
      else if (effect.kind == EffectKind::kReject)
        one += " " + std::string(effect.fields[2]);
    all.push_back(one);
  }
  return all;
}

inline std::vector<std::string> told(const Result<OutputBatch>& out) {
  if (!out.ok()) return {"error: " + out.error().message.en};
  return told(*out);
}

}  // namespace raccordo::test
