// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/tests/api_territory.hpp"

#include <set>

namespace raccordo::testing {
namespace {

void add_effect(OutputBatch& out, EffectKind kind, const std::vector<std::string>& fields) {
  ++out.outputs.back().effect_count;
  const std::size_t first = out.fields.size();
  for (const auto& field : fields) {
    out.bytes.push_back(std::make_unique<std::string>(field));
    out.fields.push_back(*out.bytes.back());
  }
  out.effects.push_back({kind, 0, std::span(out.fields.data() + first, fields.size())});
}

void add_send(OutputBatch& out, const std::string& method, const std::string& path, const std::string& body,
              const std::string& context = "") {
  add_effect(out, EffectKind::kSend, {method, path, "", body, context, "Content-Type", "application/json"});
}

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

}  // namespace

Status Caller::submit(const InputBatch& batch) {
  batch_.emplace();
  for (std::size_t i = 0; i < batch.size(); ++i) batch_->add(batch, i);
  return done();
}

Result<OutputBatch> Caller::collect(const std::stop_token&) {
  const auto batch = *std::exchange(batch_, std::nullopt);
  if (fails > 0 && fails-- > 0) return error(ErrorCode::kUnavailable, as_is("the plugin rests"));
  OutputBatch out;
  out.fields.reserve(batch.size() * 20);
  for (const auto& item : batch.items) {
    out.outputs.push_back({Ending::kDone, {}, static_cast<std::uint32_t>(out.effects.size()), 0});
    const auto fields = fields_of(batch, item);
    if (item.kind == InputKind::kResponse)
      on_response(fields, out);
    else if (item.kind == InputKind::kOutcome)
      on_outcome(fields, out);
    else
      on_event(fields, out);
  }
  return out;
}

void Caller::on_event(const std::vector<std::string>& fields, OutputBatch& out) const {
  const auto& id = fields[4].empty() ? fields[3] : fields[4];
  const auto& data = fields[6];
  const auto is = [&](const char* word) { return data.find(word) != std::string::npos; };
  if (fields[7] == "1") return add_send(out, "DELETE", "/services/" + id, "");
  if (is("left out")) return add_effect(out, EffectKind::kFilter, {"not ours"});
  if (is("unwanted") && !accepts_unwanted) return add_effect(out, EffectKind::kReject, {"no", "name", "no"});
  if (is("lossy")) add_effect(out, EffectKind::kFinding, {"field_lost", "name", "its name was lost"});
  if (is("file")) return add_effect(out, EffectKind::kWrite, {"out", "x"});
  if (is("made")) return add_send(out, "POST", "/services", data, "made " + id);
  if (is("booked")) return add_send(out, "POST", "/bookings", data, "booked " + id);
  if (is("looked")) return add_send(out, "REPORT", "/look", "", "looked " + id);
  if (is("patient")) return add_send(out, "POST", "/bookings", data, "patient " + id);
  if (is("upsert")) return add_send(out, "PATCH", "/services/" + id, data, "upsert " + id);
  if (is("endless")) return add_send(out, "POST", "/services", data, "endless");
  add_send(out, "PUT", "/services/" + id, data);
  if (is("two")) add_send(out, "PUT", "/services/" + id + "/places", data);
}

void Caller::on_response(const std::vector<std::string>& fields, OutputBatch& out) {
  const auto& [status, body, context] = std::tie(fields[0], fields[1], fields[2]);
  responses.push_back(status + " " + context);
  if (context.starts_with("made ") && status == "201") return add_send(out, "PUT", "/by-id/" + body, "");
  if (context.starts_with("upsert ") && status == "404") return add_send(out, "POST", "/services", "");
  if (context.starts_with("looked ")) return add_send(out, "PUT", "/services/" + context.substr(7), body);
  if (context.starts_with("patient ") && body == "pending")
    return add_effect(out, EffectKind::kFilter, {"not yet"});
  if (context.starts_with("booked "))
    add_effect(out, EffectKind::kCommand,
               {status == "201" ? "booking.confirm.v1" : "booking.refuse.v1", R"({"case":")" + body + "\"}",
                context});
  if (context == "endless") add_send(out, "POST", "/services", "", "endless");
}

void Caller::on_outcome(const std::vector<std::string>& fields, OutputBatch& out) {
  const auto& [accepted, revision, reason, data, context] =
      std::tie(fields[0], fields[1], fields[2], fields[3], fields[4]);
  outcomes.push_back(accepted + " " + reason + " " + context);
  if (accepted.empty()) add_send(out, "DELETE", "/bookings/" + context.substr(context.find(' ') + 1), "");
}

ApiTerritory::ApiTerritory() {
  SourceSettings complete;
  complete.complete = true;
  complete.max_deletions = 1.0;
  t.set_source(complete);
  settings.sender.retry.longest = std::chrono::minutes(1);
  settings.sender.retry.give_up = std::chrono::hours(1);
  restart();
}

void ApiTerritory::restart() {
  flow_.reset();
  inner_ = std::make_unique<MemoryHttpRequests>(partner, t.clock);
  auto faulty = std::make_unique<FaultyHttpRequests>(*inner_);
  client = faulty.get();
  flow_ = std::make_unique<RequestFlow>(
      FlowFacts{"valle", "portale", "portale", "", Language::kEnglish, patience, "portale"}, sink, settings,
      std::move(faulty), caller,
      FlowParts{t.backbone, t.store, t.clock, t.log, metrics,
                keeps_cases ? static_cast<CaseCommands*>(&cases) : nullptr, &seals});
  (void)flow_->recover({});
}

void ApiTerritory::restart_for_one_run(int tries) {
  patience.tries = settings.sender.tries = tries;
  restart();
}

void ApiTerritory::tell(const std::string& event) {
  const TopicSettings bookings{"welfare.bookings", false};
  (void)t.backbone_in_memory.ensure(std::span(&bookings, 1));
  std::string unescaped;
  const Message message{bookings.name, *Uuid::parse(read_event(event, unescaped)->subject), event};
  (void)t.backbone_in_memory.append(std::span(&message, 1));
}

void ApiTerritory::state(const std::vector<std::string>& rows) {
  t.yields(rows);
  (void)t.pass();
}

Pass ApiTerritory::deliver() {
  Positions until;
  for (const auto& topic : sink.topics) until[topic] = *t.backbone_in_memory.end(topic);
  Pass pass;
  failure.reset();
  if (auto passed = flow_->pass(until, pass, {}); !passed.ok()) failure = passed.error();
  return pass;
}

void ApiTerritory::follow(Duration time) {
  const auto until = t.clock.monotonic() + time;
  while (t.clock.monotonic() < until) {
    if (const auto followed = flow_->follow({}); followed.ok()) {
      t.clock.advance(std::min(*followed, until - t.clock.monotonic()));
    } else {
      failure = followed.error();
      (void)flow_->recover({});
    }
  }
}

void ApiTerritory::stop() {
  std::stop_source stopping;
  stopping.request_stop();
  (void)flow_->end(stopping.get_token());
}

std::vector<ParkedRecord> ApiTerritory::parked() {
  std::vector<ParkedRecord> all;
  for (auto& record : t.parked())
    if (record.connector == "portale") all.push_back(std::move(record));
  return all;
}

Result<Decision> ApiTerritory::replay(std::int64_t id) {
  return flow_->replay(**t.store_in_memory.parked_one(id), {});
}

std::size_t ApiTerritory::keys() const {
  std::set<std::string> keys;
  for (const auto& each : partner.got) keys.insert(each.key);
  return keys.size();
}

}  // namespace raccordo::testing
