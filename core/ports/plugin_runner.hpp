// SPDX-License-Identifier: EUPL-1.2
// Where plugins run: in a worker process, in this one, in a test. The engine does not know which.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/input_batch.hpp"
#include "core/ports/shared.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

enum class EffectKind : std::uint32_t {
  kPublish = 1,     // kind, json
  kErase,           // kind, id
  kCommand,         // type, json, context
  kSend,            // method, path, query, body, context, then name and value of each header
  kRespond,         // number: status; body, then name and value of each header
  kWrite,           // file, bytes
  kSaveCursor,      // cursor
  kSnapshotBegin,   // scope
  kSnapshotEnd,     // scope
  kFilter,          // reason
  kReject,          // code, field, text
  kFinding,         // code, field, text
  kLog,             // number: level; text
};

struct Effect {
  EffectKind kind = EffectKind::kLog;
  std::uint32_t number = 0;
  std::span<const std::string_view> fields;
};

enum class Ending : std::uint32_t {
  kDone,
  kRetry,     // `words`: why
  kFatal,     // the instance was ended; `words`: why
  kCrashed,   // this input ended its worker; `words`: the signal
  kTimedOut,  // this input took longer than its deadline; the worker was ended
  kFailed,    // it broke the contract: too many or too large effects; `words`: which
};

struct Output {
  Ending ending = Ending::kDone;
  Text words;  // empty when done; what a plugin itself said is the same in both languages
  std::uint32_t first_effect = 0;
  std::uint32_t effect_count = 0;
};

// What came back for one InputBatch: outputs[i] belongs to items[i]. Owns every byte that the effects point to.
class OutputBatch {
 public:
  OutputBatch() = default;
  OutputBatch(OutputBatch&&) = default;
  OutputBatch& operator=(OutputBatch&&) = default;

  std::vector<Output> outputs;
  std::vector<Effect> effects;
  std::vector<std::string_view> fields;            // what Effect::fields points into
  std::vector<std::unique_ptr<std::string>> bytes; // what fields point into

  [[nodiscard]] std::span<const Effect> effects_of(const Output& output) const {
    return std::span(effects).subspan(output.first_effect, output.effect_count);
  }
};

// How a source's bytes are cut: the C++ twin of raccordo_framing.
struct Framing {
  Format format = Format::kNone;
  std::string separator;  // empty: found by looking
  std::string encoding;   // empty: found by looking
  std::string sheet;      // empty: the first
  std::string path;
  std::uint32_t header_row = 1;
  std::uint32_t header_rows = 1;
};

// The numbers of raccordo_option_type.
enum class OptionType : std::uint32_t { kText = 1, kInteger, kNumber, kBoolean, kDuration, kSize, kChoice, kFile };

struct PluginOption {
  OptionType type = OptionType::kText;
  std::string name;
  std::string default_value;
  bool required = false;
  bool secret = false;
  std::optional<double> min;
  std::optional<double> max;
  std::vector<std::string> choices;
  Text help;
};

// What a plugin says of itself.
struct PluginDescription {
  std::string path;   // of the library
  std::string stamp;  // of its file when it was described: with another one it may be another plugin
  std::string name;
  std::string version;
  std::string licence;
  Text summary;
  std::uint32_t abi_major = 0;
  std::uint32_t abi_minor = 0;
  std::uint32_t inputs = 0;  // bits: 1 << InputKind
  Framing framing;
  std::vector<std::string> publishes;
  std::vector<std::string> subscribes;
  std::vector<std::string> commands;
  std::vector<std::string> writes;
  std::vector<std::string> capabilities;
  std::vector<std::string> data_classes;
  std::vector<PluginOption> options;
};

struct RunLimits {
  Duration start_deadline = std::chrono::seconds(10);  // loading and `create`
  Duration record_deadline = std::chrono::seconds(5);  // one `handle`
  std::uint64_t memory_bytes = 512ull << 20;
  std::uint64_t max_output_bytes = 16ull << 20;        // effects of one input
};

// One instance of a plugin. One owner, one thread at a time. [flow]
// Whatever happens inside, every submitted input comes back with an ending, and the runner goes on with the next.
class PluginRunner {
 public:
  virtual ~PluginRunner() = default;

  // Starts the plugin where that was put off until there is work for it. Errors: those of PluginHost::run.
  [[nodiscard]] virtual Status ready() { return done(); }

  // How this instance wants its records cut. Known once it is ready.
  [[nodiscard]] virtual const Framing& framing() const = 0;

  // Hands over a batch without waiting for its answers; at most `window()` may be under way. The batch is borrowed
  // until the `collect` that returns its outputs.
  // Errors: kUnavailable (the plugin cannot be kept running; nothing was taken; the words say why and until when).
  [[nodiscard]] virtual Status submit(const InputBatch& batch) = 0;

  // Waits for the oldest batch under way. Errors: kUnavailable, as above: its inputs were not handled, and may be
  // submitted again; so for each batch under way in turn. An input that already ended a worker then comes back as
  // kCrashed or kTimedOut at once. Asked to stop it gives the batch up the same way, without waiting for the plugin.
  [[nodiscard]] virtual Result<OutputBatch> collect(const std::stop_token& stop = {}) = 0;

  // Whether `collect` has no more to wait for: waits for that itself, up to `patience`, and until it is asked to stop.
  // By itself nothing is waited for but in `collect`.
  [[nodiscard]] virtual bool answers_within(Duration /*patience*/, const std::stop_token& /*stop*/) { return true; }

  [[nodiscard]] virtual std::size_t window() const = 0;

  // How often a worker was started again after the first time. [any]
  [[nodiscard]] virtual std::uint64_t restarts() const = 0;
};

struct RunSpec {
  std::string connector;
  Shared<PluginDescription> plugin;
  // By name; values in the form that the contract gives them (files read, durations in milliseconds).
  std::vector<std::pair<std::string, std::string>> options;
  RunLimits limits;
};

// Opens and runs plugins.
class PluginHost {
 public:
  virtual ~PluginHost() = default;

  // Asks a library what it is. Errors: kInvalid (no plugin, or refused: the path, what is wrong, what to do),
  // kTimeout, kNotFound. [any]
  [[nodiscard]] virtual Result<PluginDescription> describe(const std::string& path) = 0;

  // Starts an instance. Errors: kInvalid (its `create` refused the options: its words), kTimeout, kUnavailable. [any]
  [[nodiscard]] virtual Result<std::unique_ptr<PluginRunner>> run(RunSpec spec) = 0;
};

}  // namespace raccordo
