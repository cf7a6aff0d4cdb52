// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/catalogue/statements.hpp"

#include <algorithm>
#include <chrono>

#include "core/engine/catalogue/event_identity.hpp"

namespace raccordo {
namespace {

Text joined(std::string_view it, std::string_view en, const Text& words) {
  return {fmt::format("{}: {}", it, words.it), fmt::format("{}: {}", en, words.en)};
}

bool refuse(Decision& decision, ParkReason why) {
  decision.end = End::kParked;
  decision.why = std::move(why);
  return false;
}

// W3C trace context, version 00, sampled: one trace for all that one batch publishes.
std::string new_trace() {
  std::string trace = Uuid::random().text();
  std::string span = Uuid::random().text();
  std::erase(trace, '-');
  std::erase(span, '-');
  return fmt::format("00-{}-{}-01", trace, span.substr(16));
}

std::string text_of(std::string_view view) { return std::string(view); }

}  // namespace

ParkReason why_of(const Output& output) {
  const auto& words = output.words;
  switch (output.ending) {
    case Ending::kRetry:
      return {kStageTranslation, "plugin_retry", "",
              joined("il plugin ha chiesto di riprovare troppe volte",
                     "the plugin asked to try again too often", words)};
    case Ending::kFatal:
      return {kStageTranslation, "plugin_fatal", "",
              joined("il plugin non può proseguire", "the plugin cannot go on", words)};
    case Ending::kCrashed:
      return {
          kStageTranslation, "plugin_crashed", "",
          joined("il plugin si è interrotto su questo record", "the plugin crashed on this record", words)};
    case Ending::kTimedOut:
      return {kStageTranslation, "plugin_timed_out", "",
              joined("il plugin ha superato il tempo concesso per questo record",
                     "the plugin took longer than allowed for this record", words)};
    case Ending::kFailed:
      return {kStageTranslation, "plugin_broke_contract", "",
              joined("il plugin non ha rispettato il contratto", "the plugin broke its contract", words)};
    case Ending::kDone:
      break;
  }
  return {};
}

Statements::Statements(std::string_view hub, std::string_view identity, std::string topic_prefix)
    : keys_(statement_space(hub, identity)),
      source_(fmt::format("urn:raccordo:{}:{}", hub, identity)),
      topic_prefix_(std::move(topic_prefix)),
      writer_(hub, identity) {
  begin_values();
}

SaidIndex& Statements::index(std::string_view kind) {
  const auto found = indexes_.find(kind);
  return found != indexes_.end() ? found->second : indexes_[std::string(kind)];
}

const std::string& Statements::topic_of(const Schema& schema) {
  auto& topic = topics_[&schema];
  if (topic.empty()) topic = topic_prefix_ + "welfare." + std::string(schema.topic);
  return topic;
}

void Statements::begin_batch(WallTime now) {
  writer_.set_time(std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count());
  trace_ = new_trace();
  blocks_used_ = 0;
  sealed_bytes_ = 0;
  begin_values();
  messages_.clear();
  staged_.clear();
  staged_before_ = 0;
  for (auto& [kind, entries] : deltas_) entries.clear();
  published_ = deleted_ = 0;
}

bool Statements::may_be_stated(const Output& output, std::span<const Effect> effects, Mode mode) {
  const StepsEnd not_asked_yet;
  mode.steps = &not_asked_yet;
  std::vector<Remark> ignored;
  return examine(output, effects, mode, ignored).end != End::kParked;
}

Decision Statements::examine(const Output& output, std::span<const Effect> effects, const Mode& mode,
                             std::vector<Remark>& remarks) {
  Decision decision;
  candidates_.clear();
  valid_.clear();
  staged_before_ = staged_.size();
  if (output.ending != Ending::kDone) {
    refuse(decision, why_of(output));
    return decision;
  }
  const std::size_t remarks_before = remarks.size();
  for (const auto& effect : effects)
    if (!take(effect, mode, decision, remarks)) {
      remarks.resize(remarks_before);
      return decision;
    }
  if (mode.steps != nullptr && mode.steps->refused)
    refuse(decision, *mode.steps->refused);
  else
    (void)contradicts(mode, decision);
  return decision;
}

Decision Statements::decide(const Output& output, std::span<const Effect> effects, Mode mode,
                            std::vector<Remark>& remarks) {
  auto decision = examine(output, effects, mode, remarks);
  if (decision.end == End::kParked) return decision;

  const bool asked = mode.steps != nullptr && mode.steps->asked > 0;
  bool changed = asked && mode.steps->something_new;
  news_ = changed;
  for (const auto& candidate : candidates_) changed |= state(candidate, mode);
  decision.restates = (asked || !candidates_.empty()) && !news_;
  if (changed)
    decision.end = End::kDelivered;
  else if (asked || !candidates_.empty())
    decision.end = End::kUnchanged;
  else
    decision.end = End::kFiltered;
  return decision;
}

bool Statements::take(const Effect& effect, const Mode& mode, Decision& decision,
                      std::vector<Remark>& remarks) {
  switch (effect.kind) {
    case EffectKind::kPublish:
      return take_publish(effect, decision, remarks);
    case EffectKind::kErase:
      return take_erase(effect, decision);
    case EffectKind::kFilter:
    case EffectKind::kLog:
      return true;
    case EffectKind::kFinding:
      remarks.push_back(
          {text_of(effect.fields[0]), text_of(effect.fields[1]), from_plugin(effect.fields[2])});
      return true;
    case EffectKind::kReject:
      return refuse(decision, {kStageTranslation, text_of(effect.fields[0]), text_of(effect.fields[1]),
                               from_plugin(effect.fields[2])});
    case EffectKind::kCommand:
      if (mode.steps != nullptr) return true;
      [[fallthrough]];
    default:
      return refuse(decision, {kStageTranslation, "unexpected_effect", "",
                               say("il plugin ha chiesto un'azione che una fonte non prevede",
                                   "the plugin asked for something that such a source does not do")});
  }
}

bool Statements::take_publish(const Effect& effect, Decision& decision, std::vector<Remark>& remarks) {
  dropped_.clear();
  const std::size_t begin = valid_.size();
  const auto entity = validator_.validate(effect.fields[0], effect.fields[1], keys_, valid_, dropped_);
  if (!entity) {
    const auto& why = validator_.refusal();
    return refuse(decision, {kStageValidation, std::string(why.code), why.path, why.text});
  }
  for (auto& field : dropped_)
    remarks.push_back({std::string(field.code), std::move(field.path), std::move(field.text)});
  candidates_.push_back({entity->schema, entity->key, std::max<std::uint64_t>(1, entity->hash), begin,
                         entity->data.size(), false});
  return true;
}

bool Statements::take_erase(const Effect& effect, Decision& decision) {
  const Schema* schema = find_kind(effect.fields[0]);
  if (schema == nullptr || effect.fields[1].empty() || effect.fields[1].size() > kMaxIdBytes)
    return refuse(decision,
                  {kStageValidation, "invalid_id", "id",
                   say("cancellazione senza un identificativo valido", "deletion without a valid id")});
  const std::size_t begin = valid_.size();
  valid_.append(effect.fields[1]);
  candidates_.push_back(
      {schema, keys_.key(schema->kind, effect.fields[1]), 0, begin, effect.fields[1].size(), true});
  return true;
}

// Whether what this input states was stated otherwise, by this scan or (for a replay) by a later one.
bool Statements::contradicts(const Mode& mode, Decision& decision) {
  within_.clear();
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const auto& entity = candidates_[i];
    bool twice = false;
    if (const Said* said = index(entity.schema->kind).find(entity.key); said != nullptr) {
      twice = !mode.replay && said->generation == scan_ && said->hash != entity.hash;
      decision.refused = mode.not_after != 0 && said->revision > mode.not_after && said->hash != entity.hash;
      if (decision.refused)
        return !refuse(decision, {kStagePublication, "newer_stated", "id",
                                  say("la fonte ha detto altro dopo: scansione {} contro {}",
                                      "the source has said otherwise since: scan {} against {}",
                                      said->revision, mode.not_after)});
    }
    if (candidates_.size() > 1) {
      const auto [first, added] = within_.try_emplace(entity.key, entity.hash);
      twice |= !added && first->second != entity.hash;
    }
    if (twice)
      return !refuse(
          decision,
          {kStagePublication, "repeated_id", "id",
           Text{fmt::format(
                    "lo stesso identificativo due volte nella stessa lettura, con contenuto diverso ({})",
                    entity.schema->label.it),
                fmt::format("the same id twice in one reading, with other content ({})",
                            entity.schema->label.en)}});
  }
  return false;
}

// True when it was staged, or had been published by this scan before a crash: in both cases this input
// delivered it.
bool Statements::state(const Candidate& candidate, const Mode& mode) {
  if (candidate.erased) return state_erased(candidate, mode);
  const auto data = std::string_view(valid_).substr(candidate.begin, candidate.size);
  SaidIndex& said_of_kind = index(candidate.schema->kind);
  Said* said = said_of_kind.find(candidate.key);
  if (said != nullptr && said->hash == candidate.hash) {
    const bool published_before_a_crash = said->generation != scan_ && !mode.seen_before && !mode.replay &&
                                          (said->revision == scan_ || said->generation == Said::kNotCounted);
    said->generation = scan_;
    if (published_before_a_crash) {
      ++published_;
      news_ |= said->revision == scan_;
    } else {
      confirm(*candidate.schema, *said, mode);
    }
    return published_before_a_crash;
  }
  const Said now{candidate.key, candidate.hash, scan_, scan_};
  if (said == nullptr) {
    said_of_kind.put(now);
  } else {
    said_of_kind.set(*said, candidate.hash, scan_);
    said->generation = scan_;
  }
  stage(*candidate.schema, now, data);
  ++published_;
  news_ = true;
  return true;
}

bool Statements::state_erased(const Candidate& candidate, const Mode& mode) {
  SaidIndex& index_of_kind = index(candidate.schema->kind);
  Said* said = index_of_kind.find(candidate.key);
  if (said != nullptr && !said->deleted()) {
    said->generation = scan_;
    news_ = true;
    erase(*candidate.schema, *said, std::string_view(valid_).substr(candidate.begin, candidate.size));
    return true;
  }
  if (said != nullptr) {
    confirm(*candidate.schema, *said, mode);
  } else if (parked_until_ != 0 && !mode.replay) {
    const Said gone{candidate.key, 0, scan_, scan_};
    index_of_kind.put(gone);
    remember(*candidate.schema, gone);
  }
  return false;
}

// What was said before and is said again: it is as new as this scan where an older record waits among the
// parked ones.
void Statements::confirm(const Schema& schema, Said& said, const Mode& mode) {
  if (mode.replay || mode.seen_before || said.revision > parked_until_ || said.revision >= scan_) return;
  said.revision = scan_;
  remember(schema, said);
}

void Statements::stage(const Schema& schema, const Said& said, std::string_view data) {
  const std::size_t begin = values_->size();
  writer_.changed({&schema, said.key, {}, data, said.hash}, said.revision, trace_, *values_);
  staged_.push_back({&topic_of(schema), values_, said.key, begin, values_->size() - begin, false});
  remember(schema, said);
}

void Statements::erase(const Schema& schema, Said& said, std::string_view source_id) {
  index(schema.kind).set(said, 0, scan_);
  const std::size_t begin = values_->size();
  writer_.deleted(schema, said.key, source_id, said.revision, trace_, *values_);
  staged_.push_back({&topic_of(schema), values_, said.key, begin, values_->size() - begin, false});
  staged_.push_back({&topic_of(schema), values_, said.key, values_->size(), 0, true});
  remember(schema, said);
  ++deleted_;
}

void Statements::remember(const Schema& schema, const Said& said) {
  const auto found = deltas_.find(schema.kind);
  SaidIndex::encode(said, found != deltas_.end() ? found->second : deltas_[std::string(schema.kind)]);
}

std::string Statements::decided_events() const {
  constexpr std::size_t kShown = 6;
  std::string ids;
  std::size_t shown = 0;
  for (std::size_t i = staged_before_; i < staged_.size() && shown < kShown; ++i) {
    if (staged_[i].tombstone) continue;
    if (shown++ > 0) ids += ' ';
    ids += event_id_in(value_of(staged_[i]));
  }
  return ids;
}

// What was shown stays where it is: what is staged next goes into another block.
std::span<const Message> Statements::messages(std::size_t from) {
  for (std::size_t i = messages_.size(); i < staged_.size(); ++i) {
    Message message{*staged_[i].topic, staged_[i].key, std::nullopt};
    if (!staged_[i].tombstone) message.value = value_of(staged_[i]);
    messages_.push_back(message);
  }
  if (!values_->empty()) {
    sealed_bytes_ += values_->size();
    begin_values();
  }
  return std::span(messages_).subspan(from);
}

void Statements::let_go() {
  messages_.clear();
  staged_.clear();
  blocks_.clear();
  blocks_used_ = 0;
  sealed_bytes_ = 0;
  begin_values();
}

void Statements::begin_values() {
  if (blocks_used_ == blocks_.size()) blocks_.emplace_back();
  values_ = &blocks_[blocks_used_++];
  values_->clear();
}

std::string_view Statements::value_of(const Staged& staged) {
  return std::string_view(*staged.values).substr(staged.begin, staged.size);
}

std::vector<IndexDelta> Statements::take_deltas() {
  std::vector<IndexDelta> deltas;
  for (auto& [kind, entries] : deltas_) {
    if (!entries.empty()) deltas.push_back({kind, SaidIndex::seal(entries)});
    entries_kept_ += entries.size() / SaidIndex::kEncodedSize;
    entries.clear();
  }
  return deltas;
}

}  // namespace raccordo
