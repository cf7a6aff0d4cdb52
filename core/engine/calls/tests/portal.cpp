// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/calls/tests/portal.hpp"

namespace raccordo::testing {
namespace {

class Building {
 public:
  explicit Building(std::size_t inputs) { out_.fields.reserve(inputs * 10); }

  void begin(Ending ending = Ending::kDone) {
    out_.outputs.push_back({ending, {}, static_cast<std::uint32_t>(out_.effects.size()), 0});
  }
  void add(EffectKind kind, std::uint32_t number, const std::vector<std::string>& fields) {
    ++out_.outputs.back().effect_count;
    const std::size_t first = out_.fields.size();
    for (const auto& field : fields) {
      out_.bytes.push_back(std::make_unique<std::string>(field));
      out_.fields.push_back(*out_.bytes.back());
    }
    out_.effects.push_back({kind, number, std::span(out_.fields.data() + first, fields.size())});
  }
  OutputBatch take() { return std::move(out_); }

 private:
  OutputBatch out_;
};

std::vector<std::string> fields_of(const InputBatch& batch, const InputItem& item) {
  std::vector<std::string> fields;
  std::size_t at = item.first_byte;
  for (std::uint32_t i = 0; i < item.field_count; ++i) {
    const auto size = batch.sizes[item.first_field + i];
    fields.push_back(batch.bytes.substr(at, size));
    at += size;
  }
  return fields;
}

void on_outcome(const std::vector<std::string>& fields, Building& out) {
  const bool accepted = !fields[0].empty();
  if (fields[4] == "deaf") return out.begin(Ending::kCrashed);
  out.begin();
  out.add(EffectKind::kRespond, accepted ? 201 : 409, {accepted ? "ok " + fields[4] : fields[2]});
}

}  // namespace

Status PortalPlugin::submit(const InputBatch& batch) {
  if (away > 0 && away-- > 0) return error(ErrorCode::kUnavailable, as_is("the plugin rests"));
  batch_.emplace();
  for (std::size_t i = 0; i < batch.size(); ++i) batch_->add(batch, i);
  return done();
}

Result<OutputBatch> PortalPlugin::collect(const std::stop_token&) {
  const auto batch = *std::exchange(batch_, std::nullopt);
  Building out(batch.size());
  for (const auto& item : batch.items) {
    const auto fields = fields_of(batch, item);
    if (item.kind == InputKind::kOutcome) {
      on_outcome(fields, out);
      continue;
    }
    for (std::size_t i = 4; i + 1 < fields.size(); i += 2)
      headers.push_back(fields[i] + ": " + fields[i + 1]);
    const auto& body = fields[3];
    out.begin(body == "crash" ? Ending::kCrashed : body == "later" ? Ending::kRetry : Ending::kDone);
    const bool books = body.starts_with("book ") || (body == "bad" && takes_bad);
    if (books)
      out.add(EffectKind::kCommand, 0, {"booking.request.v1", body, body.substr(body.rfind(' ') + 1)});
    if (body == "bad" && !takes_bad) out.add(EffectKind::kReject, 0, {"no_name", "name", "it has no name"});
    if (body == "read") out.add(EffectKind::kRespond, 200, {"the catalogue"});
    for (int i = 0; body == "twice" && i < 2; ++i) out.add(EffectKind::kRespond, 200, {"here"});
  }
  return out.take();
}

Result<std::vector<CaseOutcome>> RememberingCases::give(std::span<const CaseCommand> commands) {
  ++calls;
  if (away > 0 && away-- > 0) return error(ErrorCode::kUnavailable, as_is("the cases are away"));
  std::vector<CaseOutcome> outcomes;
  for (const auto& command : commands) {
    given.push_back(command);
    if (const auto known = known_.find(command.message); known != known_.end()) {
      outcomes.push_back(known->second.second);
      outcomes.back().repeated = true;
      if (known->second.first != command.content)
        outcomes.back() = {false, true, 0, kMessageReused, as_is("another content"), {}, ""};
      continue;
    }
    CaseOutcome outcome{true, false, 1, "", {}, {}, ""};
    if (!refused.empty() && command.json.find(refused) != std::string::npos)
      outcome = {false, false, 0, "late", as_is("it is over"), {"booking.cancel.v1"}, ""};
    known_[command.message] = {command.content, outcome};
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

void PortalCalls::make_flow(bool hears_outcomes) {
  flow = std::make_unique<CallFlow>(
      FlowFacts{"valle", "portale", "portale", "", Language::kEnglish, {}, "portale"}, calls.queue("portale"),
      hears_outcomes, portal, FlowParts{t.backbone, t.store, t.clock, t.log, t.metrics, &cases});
  ASSERT_TRUE(flow->recover({}).ok());
}

const std::optional<InboundAnswer>& PortalCalls::call(const std::string& body, const std::string& message,
                                                      std::vector<WebHeader> headers, std::string path) {
  auto& end = ends_.emplace_back();
  InboundRequest request;
  request.connector = "portale";
  request.message_id = message;
  request.content = "hash of " + body;
  request.method = "POST";
  request.path = std::move(path);
  request.headers = std::move(headers);
  request.body = body;
  calls.take(std::move(request), InboundReply([&end](std::optional<InboundAnswer> answer) {
               end.let_go = !answer;
               end.answer = std::move(answer);
             }));
  return end.answer;
}

void PortalCalls::work() {
  for (;;) {
    const auto next = flow->follow({});
    ASSERT_TRUE(next.ok()) << next.error().message.en;
    if (*next > Duration::zero()) return;
  }
}

}  // namespace raccordo::testing
