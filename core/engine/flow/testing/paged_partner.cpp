// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/testing/paged_partner.hpp"

#include <sstream>

#include "core/engine/catalogue/event_identity.hpp"

namespace raccordo::testing {
namespace {

void answer_with(OutputBatch& out, EffectKind kind, const std::vector<std::string>& fields) {
  const std::size_t first = out.fields.size();
  for (const auto& field : fields) {
    out.bytes.push_back(std::make_unique<std::string>(field));
    out.fields.push_back(*out.bytes.back());
  }
  out.effects.push_back({kind, 0, std::span(out.fields.data() + first, fields.size())});
  ++out.outputs.back().effect_count;
}

std::vector<std::string> fields_in(const InputBatch& batch) {
  std::vector<std::string> fields;
  std::size_t at = 0;
  for (const auto size : batch.sizes) {
    fields.push_back(batch.bytes.substr(at, size));
    at += size;
  }
  return fields;
}

}  // namespace

Status PageReader::submit(const InputBatch& batch) {
  under_way_.push_back(&batch);
  return done();
}

Result<OutputBatch> PageReader::collect(const std::stop_token&) {
  const InputBatch& batch = *under_way_.front();
  under_way_.erase(under_way_.begin());
  const auto fields = fields_in(batch);
  OutputBatch out;
  out.fields.reserve(1'000);
  out.outputs.push_back({Ending::kDone, {}, 0, 0});
  if (batch.items.front().kind == InputKind::kTick) {
    auto script = tick;
    if (const auto at = script.find("{}"); at != std::string::npos) script.replace(at, 2, fields.at(1));
    follow(script, out);
    return out;
  }
  contexts.push_back(fields.at(2));
  follow(fields.at(0) == "200" ? fields.at(1) : "skip status " + fields.at(0), out);
  return out;
}

void PageReader::follow(const std::string& script, OutputBatch& out) {
  std::istringstream lines(script);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string verb, first, second;
    words >> verb >> first >> second;
    if (verb == "say")
      answer_with(out, EffectKind::kPublish,
                  {"service", fmt::format(R"({{"id":"{}","name":"{}"}})", first, second)});
    else if (verb == "mail")
      answer_with(out, EffectKind::kPublish, {"service", fmt::format(R"({{"id":"{}"}})", first)});
    else if (verb == "step")
      answer_with(out, EffectKind::kCommand,
                  {first, R"({"case":")" + second.substr(0, second.find('#')) + "\"}",
                   second.find('#') == std::string::npos ? "" : second.substr(second.find('#'))});
    else if (verb == "gone")
      answer_with(out, EffectKind::kErase, {"service", first});
    else if (verb == "next" || verb == "PUT" || verb == "REPORT")
      answer_with(out, EffectKind::kSend,
                  {verb == "next" ? "GET" : verb, "/pages", first, "", second.empty() ? first : second});
    else if (verb == "begin")
      answer_with(out, EffectKind::kSnapshotBegin, {first});
    else if (verb == "end")
      answer_with(out, EffectKind::kSnapshotEnd, {first});
    else if (verb == "save")
      answer_with(out, EffectKind::kSaveCursor, {first});
    else if (verb == "skip")
      answer_with(out, EffectKind::kFilter, {line});
    else if (verb == "reject" && !rejects_are_fine)
      answer_with(out, EffectKind::kReject, {"garbage", "name", "garbage"});
    else if (verb == "crash")
      out.outputs.back().ending = Ending::kCrashed;
    else if (verb == "later")
      out.outputs.back().ending = Ending::kRetry;
  }
}

PagedPartner::PagedPartner()
    : partner([this](const WebRequest& request) -> Result<WebResponse> {
        const auto found = pages.find(request.query);
        return found == pages.end() ? WebResponse{404, request.query, {}, {}} : found->second;
      }) {
  const std::vector<TopicSettings> topics{{"welfare.organizations", true},
                                          {"welfare.services", true},
                                          {"welfare.offers", true},
                                          {"welfare.accreditations", true}};
  (void)backbone_in_memory.ensure(topics);
  settings.max_deletions = 1.0;
  restart();
}

void PagedPartner::restart() {
  const FlowParts parts{backbone, store, clock, log, metrics, &cases};
  const FlowFacts facts{"valle", "albo", "albo", "", Language::kEnglish, {.tries = 3}};
  flow = std::make_unique<PollFlow>(facts, settings, web, reader, parts);
  (void)flow->recover({});
  failed_ = false;
}

void PagedPartner::list(const std::vector<std::string>& scripts) {
  pages.clear();
  for (std::size_t i = 0; i < scripts.size(); ++i) {
    const bool last = i + 1 == scripts.size();
    page(fmt::format("p={}", i + 1), scripts[i] + (last ? "\nend\n" : fmt::format("\nnext p={}\n", i + 2)));
  }
}

Result<Pass> PagedPartner::poll() {
  if (failed_) RACCORDO_CHECK(flow->recover({}));
  Pass pass;
  failed_ = true;
  RACCORDO_CHECK(flow->pass(false, pass, {}));
  failed_ = false;
  return pass;
}

std::vector<std::string> PagedPartner::published() {
  std::vector<std::string> out;
  const auto batch = backbone_in_memory.read(
      "welfare.services", *backbone_in_memory.begin("welfare.services"), 100'000, Duration::zero());
  for (const auto& message : (*batch)->messages) {
    std::string unescaped;
    if (message.tombstone) continue;
    if (const auto event = read_event(message.value, unescaped); event.ok())
      out.push_back(fmt::format("{} {} {}", source_id_in(event->data), event->deleted ? "deleted" : "changed",
                                revision_of(*event)));
  }
  return out;
}

std::vector<std::string> PagedPartner::findings() {
  std::vector<std::string> out;
  for (const auto& finding : *store_in_memory.findings("albo", 1'000)) out.push_back(finding.text.en);
  return out;
}

std::vector<ParkedRecord> PagedPartner::parked() { return *store_in_memory.parked(ParkedQuery{}); }

Counts PagedPartner::ledger() { return (*store_in_memory.ledger())["albo"]; }

Result<Decision> PagedPartner::replay(std::int64_t id) {
  return flow->replay(**store_in_memory.parked_one(id), false, {});
}

std::vector<std::string> PagedPartner::asked() const {
  std::vector<std::string> out;
  for (const auto& request : partner.asked) out.push_back(request.query);
  return out;
}

}  // namespace raccordo::testing
