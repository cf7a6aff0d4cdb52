// SPDX-License-Identifier: EUPL-1.2
#include "adapters/mapping_trial/mapping_run.hpp"

#include <algorithm>
#include <vector>

#include "core/framing/framer.hpp"
#include "raccordo/model/validate.hpp"

namespace raccordo::mapping_trial {
namespace {

using What = TrialLine::What;

class Trial {
 public:
  Trial(PluginRunner& runner, const EachLine& each)
      : runner_(runner), each_(each), keys_(statement_space("prova", "prova")) {}

  Result<RunCount> run(Framer& framer) {
    for (bool more = true; more;) {
      batch_.clear();
      malformed_.clear();
      RACCORDO_TRY(const bool behind, framer.read(batch_, malformed_));
      more = behind;
      RACCORDO_CHECK(one_batch());
    }
    for (const auto& finding : framer.findings())
      say_line({What::kFinding, 0, finding.code, {}, {}, finding.text});
    return count_;
  }

 private:
  Status one_batch() {
    OutputBatch outputs;
    if (!batch_.empty()) {
      RACCORDO_CHECK(runner_.submit(batch_));
      RACCORDO_TRY(outputs, runner_.collect());
    }
    std::size_t broken = 0;
    for (std::size_t i = 0; i < outputs.outputs.size() && i < batch_.size(); ++i) {
      for (; broken < malformed_.size() && malformed_[broken].place.offset < batch_.items[i].place.offset;
           ++broken)
        refuse(malformed_[broken]);
      one_record(batch_.items[i].place.line, outputs.outputs[i], outputs.effects_of(outputs.outputs[i]));
    }
    for (; broken < malformed_.size(); ++broken) refuse(malformed_[broken]);
    return done();
  }

  void refuse(const Malformed& record) {
    ++count_.records;
    reject({What::kRejected, record.place.line, record.code, {}, {}, record.text});
  }

  // All or nothing, as in the hub: the first rejection is all that is said of a record.
  void one_record(std::uint64_t line, const Output& output, std::span<const Effect> effects) {
    ++count_.records;
    said_.clear();
    if (output.ending != Ending::kDone)
      return reject({What::kRejected, line, "plugin_failed", {}, {}, output.words});
    for (const auto& effect : effects)
      if (!one_effect(line, effect)) return reject(std::move(said_.back()));
    for (const auto& one : said_) say_line(one);
  }

  // False: the last line is a rejection.
  bool one_effect(std::uint64_t line, const Effect& effect) {
    const auto field = [&](std::size_t i) {
      return i < effect.fields.size() ? std::string(effect.fields[i]) : std::string();
    };
    switch (effect.kind) {
      case EffectKind::kPublish:
        return entity(line, field(0), field(1));
      case EffectKind::kCommand:
        said_.push_back({What::kStep, line, field(0), {}, field(1), {}});
        return true;
      case EffectKind::kReject:
        said_.push_back({What::kRejected, line, field(0), field(1), {}, from_plugin(field(2))});
        return false;
      case EffectKind::kFinding:
        said_.push_back({What::kFinding, line, field(0), field(1), {}, from_plugin(field(2))});
        return true;
      case EffectKind::kFilter:
        said_.push_back({What::kFiltered, line, {}, {}, {}, from_plugin(field(0))});
        return true;
      default:
        return true;
    }
  }

  bool entity(std::uint64_t line, std::string kind, const std::string& json) {
    published_.clear();
    dropped_.clear();
    if (!validator_.validate(kind, json, keys_, published_, dropped_)) {
      const auto& refusal = validator_.refusal();
      said_.push_back(
          {What::kRejected, line, std::string(refusal.code), path(kind, refusal.path), {}, refusal.text});
      return false;
    }
    for (const auto& field : dropped_)
      said_.push_back(
          {What::kFinding, line, std::string(field.code), path(kind, field.path), {}, field.text});
    said_.push_back({What::kEntity, line, std::move(kind), {}, published_, {}});
    return true;
  }

  static std::string path(const std::string& kind, const std::string& field) {
    return field.empty() ? kind : kind + '.' + field;
  }

  void reject(TrialLine line) {
    ++count_.rejected;
    each_(line);
  }

  void say_line(const TrialLine& line) {
    if (line.what == What::kEntity) ++count_.entities;
    if (line.what == What::kFinding) ++count_.findings;
    if (line.what == What::kFiltered) ++count_.filtered;
    each_(line);
  }

  PluginRunner& runner_;
  const EachLine& each_;
  StatementKeys keys_;
  Validator validator_{PublishedIds::kPartners};
  InputBatch batch_;
  std::vector<Malformed> malformed_;
  std::string published_;
  std::vector<DroppedField> dropped_;
  std::vector<TrialLine> said_;  // of the record at hand
  RunCount count_;
};

}  // namespace

Result<RunCount> run_mapping(PluginHost& host, const PluginDescription& plugin, const std::string& mapping,
                             const ByteFile& input, const EachLine& each) {
  RunSpec spec;
  spec.connector = "mapping";
  spec.plugin = plugin;
  spec.options = {{"mapping", mapping}};
  RACCORDO_TRY(const auto runner, host.run(std::move(spec)));
  RACCORDO_TRY(const auto framer, open_framer(runner->framing(), input, FramingLimits{}));
  return Trial(*runner, each).run(*framer);
}

}  // namespace raccordo::mapping_trial
