// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/testing/territory.hpp"

#include <condition_variable>
#include <mutex>

#include "core/engine/catalogue/event_identity.hpp"

namespace raccordo::testing {

void MemoryFolder::put(const std::string& name, std::string content) {
  files_[name] = {std::move(content), ++versions_};
  const auto slash = name.rfind('/');
  folders_.insert(slash == std::string::npos ? "" : name.substr(0, slash));
}

Result<Look> MemoryFolder::look(const std::stop_token&) {
  if (failure_) return *failure_;
  Look look;
  std::vector<SeenFile> now;
  for (const auto& [name, kept] : files_) now.push_back({name, kept.content.size(), kept.version, 1});
  for (const auto& file : now)
    (std::ranges::find(seen_, file) != seen_.end() ? look.settled : look.unsettled).push_back(file);
  seen_ = std::move(now);
  look.folders.assign(folders_.begin(), folders_.end());
  return look;
}

Result<std::unique_ptr<ByteFile>> MemoryFolder::open(const SeenFile& file) {
  if (refused_.contains(file.path)) return error(ErrorCode::kDenied, as_is(file.path + ": not permitted"));
  const auto found = files_.find(file.path);
  if (found == files_.end()) return error(ErrorCode::kConflict, as_is("gone"));
  std::unique_ptr<ByteFile> opened = std::make_unique<MemoryByteFile>(file.path, found->second.content);
  return opened;
}

Result<bool> MemoryFolder::unchanged(const SeenFile& file) {
  const auto found = files_.find(file.path);
  return file.path != touched_ && found != files_.end() && found->second.version == file.modified_ns;
}

namespace {

class AsideFile final : public OutputFile {
 public:
  AsideFile(std::string name, std::string& content) : name_(std::move(name)), content_(content) {}
  Status append(std::string_view bytes) override {
    content_.append(bytes);
    return done();
  }
  Status finish() override { return done(); }
  const std::string& temporary() const override { return name_; }

 private:
  std::string name_;
  std::string& content_;
};

void add_effect(OutputBatch& out, EffectKind kind, const std::vector<std::string>& fields) {
  out.outputs.back().effect_count++;
  Effect effect{kind, 0, {}};
  auto views = std::make_unique<std::string>();
  const std::size_t first = out.fields.size();
  for (const auto& field : fields) {
    out.bytes.push_back(std::make_unique<std::string>(field));
    out.fields.push_back(*out.bytes.back());
  }
  effect.fields = std::span(out.fields.data() + first, fields.size());
  out.effects.push_back(effect);
}

}  // namespace

Result<std::unique_ptr<OutputFile>> MemoryDrop::create() {
  const std::string name = ".aside-" + std::to_string(++created_);
  std::unique_ptr<OutputFile> file = std::make_unique<AsideFile>(name, aside[name]);
  return file;
}

Result<std::string> MemoryDrop::name(std::string_view file, std::int64_t sequence) {
  return fmt::format("{}-{:04}", file, sequence);
}

Status MemoryDrop::publish(const std::string& temporary, const std::string& final_name) {
  if (finished.contains(final_name))
    return aside.contains(temporary) ? Status(error(ErrorCode::kConflict, as_is("taken"))) : done();
  finished[final_name] = std::move(aside.at(temporary));
  aside.erase(temporary);
  return done();
}

Status MemoryDrop::clean(std::span<const std::string>) {
  aside.clear();
  return done();
}

Status PlainTranslator::submit(const InputBatch& batch) {
  under_way_.push_back(&batch);
  return done();
}

bool PlainTranslator::answers_within(Duration patience, const std::stop_token&) {
  if (clock_ != nullptr) clock_->advance(std::min(patience, answers_after_));
  return !hangs_ && answers_after_ <= patience;
}

Result<OutputBatch> PlainTranslator::collect(const std::stop_token& stop) {
  const InputBatch& batch = *under_way_.front();
  under_way_.erase(under_way_.begin());
  if (hangs_) {
    waited_for_ = true;
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait(lock, stop, [] { return false; });
    return error(ErrorCode::kUnavailable, as_is("told to stop"));
  }
  if (fails_ > 0 && fails_-- > 0) return error(ErrorCode::kUnavailable, as_is("the plugin rests"));
  OutputBatch out;
  out.fields.reserve(batch.size() * 8);
  for (const auto& item : batch.items) {
    out.outputs.push_back({Ending::kDone, {}, static_cast<std::uint32_t>(out.effects.size()), 0});
    translate(batch, item, out);
  }
  return out;
}

void PlainTranslator::translate(const InputBatch& batch, const InputItem& item, OutputBatch& out) const {
  std::vector<std::string> cells;
  std::size_t at = item.first_byte;
  for (std::uint32_t i = 0; i < item.field_count; ++i) {
    const auto size = batch.sizes[item.first_field + i];
    cells.push_back(batch.bytes.substr(at, size));
    at += size;
  }
  if (item.kind == InputKind::kOutcome) {
    outcomes.push_back(cells[0] + " " + cells[2] + " " + cells[4]);
    return add_effect(out, EffectKind::kFinding, {"heard", "", "heard of it"});
  }
  if (item.kind == InputKind::kEvent) {
    topics_told += cells[0] + " ";
    if (cells[6].find("later") != std::string::npos && ++asked_again_ < patience_) {
      out.outputs.back().ending = Ending::kRetry;
      if (when_it_asks_again) when_it_asks_again();
      return;
    }
    if (cells[6].find("talk") != std::string::npos) add_effect(out, EffectKind::kLog, {"written"});
    if (cells[6].find("handed") != std::string::npos)
      add_effect(out, EffectKind::kCommand,
                 {"booking.hand_over.v1", R"({"case":")" + cells[4] + "\"}", cells[4]});
    if (cells[6].find("handed people") != std::string::npos)
      add_effect(out, EffectKind::kCommand, {"booking.hand_over.v1", R"({"people":{}})", ""});
    if (cells[6].find("lossy") != std::string::npos)
      add_effect(out, EffectKind::kFinding, {"field_lost", "name", "its name was lost"});
    if (!unwanted_is_fine_ &&
        (cells[6].find("unwanted") != std::string::npos || (deletions_unwanted_ && cells[7] == "1")))
      return add_effect(out, EffectKind::kReject, {"no", "name", "no"});
    return add_effect(out, EffectKind::kWrite,
                      {"out", (cells[7] == "1" ? "gone " : "") + cells[2] + " " + cells[4] + "\n"});
  }
  const auto& name = cells.at(1);
  if (name == "talk") add_effect(out, EffectKind::kLog, {"read"});
  if (garbage_is_fine_ && mail_is_garbage_) add_effect(out, EffectKind::kLog, {"translated at last"});
  if (name == "crash")
    out.outputs.back().ending = Ending::kCrashed;
  else if (name == "hang")
    out.outputs.back().ending = Ending::kTimedOut;
  else if (name == "later" && ++asked_again_ < patience_) {
    out.outputs.back().ending = Ending::kRetry;
    if (when_it_asks_again) when_it_asks_again();
  } else if (name == "skip")
    add_effect(out, EffectKind::kFilter, {"not ours"});
  else if (name == "gone")
    add_effect(out, EffectKind::kErase, {"service", cells[0]});
  else if ((name == "garbage" || (name == "mail" && mail_is_garbage_)) && !garbage_is_fine_)
    add_effect(out, EffectKind::kReject, {"garbage", "name", "garbage"});
  else if (name == "confirm" || name == "refuse" || name == "confirmed" || name == "unstatable") {
    add_effect(out, EffectKind::kCommand,
               {name == "refuse" ? "booking.refuse.v1" : "booking.confirm.v1",
                R"({"case":")" + cells[0] + "\"}", ""});
    if (name == "confirmed")
      add_effect(out, EffectKind::kPublish,
                 {"service", fmt::format(R"({{"id":"{}","name":"{}"}})", cells[0], name)});
    if (name == "unstatable") add_effect(out, EffectKind::kPublish, {"service", "{}"});
  } else if (name == "mail")
    add_effect(out, EffectKind::kPublish,
               {"service", fmt::format(R"({{"email":"nobody","id":"{}","name":"{}"}})", cells[0], name)});
  else if (!name.empty())
    add_effect(out, EffectKind::kPublish,
               {"service", fmt::format(R"({{"id":"{}","name":"{}"}})", cells[0], name)});
  else
    add_effect(out, EffectKind::kPublish, {"service", fmt::format(R"({{"id":"{}"}})", cells[0])});
}

Territory::Territory() {
  const std::vector<TopicSettings> topics{{"welfare.organizations", true},
                                          {"welfare.services", true},
                                          {"welfare.offers", true},
                                          {"welfare.accreditations", true}};
  (void)backbone_in_memory.ensure(topics);
  restart();
}

void Territory::restart() {
  const FlowParts parts{backbone, store,   clock,
                        log,      metrics, keeps_cases ? static_cast<CaseCommands*>(&cases) : nullptr};
  FlowFacts facts;
  facts.hub = "valle";
  facts.connector = facts.identity = facts.partner = "albo";
  facts.patience.tries = 3;
  source_ = std::make_unique<SourceFlow>(facts, settings_, folder, translator, parts, receipts);
  facts.connector = facts.identity = facts.partner = "drop";
  sink_ = std::make_unique<SinkFlow>(facts, sink_settings, drop, exporter, parts);
  (void)source_->recover({});
  (void)sink_->recover({});
}

void Territory::yields(const std::vector<std::string>& rows, const std::string& file) {
  std::string content = "id,name\n";
  for (const auto& row : rows) content += row + "\n";
  folder.put(file, std::move(content));
}

Result<Pass> Territory::pass(bool again) {
  Pass pass;
  RACCORDO_CHECK(source_->pass(again, pass, {}));
  return pass;
}

Result<Pass> Territory::deliver() {
  Positions until;
  for (const auto& topic : sink_settings.topics) until[topic] = *backbone_in_memory.end(topic);
  Pass pass;
  RACCORDO_CHECK(sink_->pass(until, pass, {}));
  return pass;
}

std::vector<std::string> Territory::published(const std::string& topic) {
  std::vector<std::string> out;
  Position from = *backbone_in_memory.begin(topic);
  const auto batch = backbone_in_memory.read(topic, from, 100'000, Duration::zero());
  for (const auto& message : (*batch)->messages) {
    std::string unescaped;
    if (message.tombstone) {
      out.emplace_back("tombstone");
    } else if (const auto event = read_event(message.value, unescaped); event.ok()) {
      out.push_back(fmt::format("{} {} {} {}", event->kind, source_id_in(event->data),
                                event->deleted ? "deleted" : "changed", revision_of(*event)));
    }
  }
  return out;
}

std::vector<std::string> Territory::findings() {
  std::vector<std::string> out;
  for (const auto& finding : *store_in_memory.findings("albo", 1'000))
    out.push_back(fmt::format("{}: {}", finding.connector, finding.text.en));
  return out;
}

std::vector<ParkedRecord> Territory::parked() {
  ParkedQuery query;
  return *store_in_memory.parked(query);
}

Result<Decision> Territory::replay(std::int64_t id, bool force) {
  const auto record = *store_in_memory.parked_one(id);
  return record->connector == "albo" ? source_->replay(*record, force, {}) : sink_->replay(*record, {});
}

Counts Territory::ledger(const std::string& connector) {
  auto totals = *store_in_memory.ledger();
  return totals[connector];
}

std::vector<std::string> Territory::delivered() {
  std::vector<std::string> lines;
  for (const auto& [name, content] : drop.finished) {
    std::size_t at = 0;
    for (std::size_t end = content.find('\n'); end != std::string::npos;
         at = end + 1, end = content.find('\n', at))
      lines.push_back(content.substr(at, end - at));
  }
  return lines;
}

}  // namespace raccordo::testing
