// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/reading_operations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>

#include "raccordo/model/nearest.hpp"

namespace raccordo {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostEvents = 1'000;     // in one answer
constexpr std::size_t kMostFindings = 10'000;  // in one answer
constexpr std::size_t kMostBytes = 8u << 20;
constexpr std::int64_t kLongestWait = 10'000;  // milliseconds

// The nearest name, or those there are.
Text meant(std::string_view typed, const std::vector<std::string_view>& known) {
  if (const auto like = nearest(typed, known); !like.empty())
    return say("forse «{}»?", "did you mean \"{}\"?", std::string(like));
  if (known.empty()) return {};
  return say("si conoscono: {}", "known: {}", fmt::format("{}", fmt::join(known, ", ")));
}

Result<std::string> full_name(const std::string& topic, const std::string& topic_prefix, Backbone& backbone) {
  RACCORDO_TRY(const auto topics, backbone.topics());
  const std::string prefix = topic_prefix + "welfare.";
  std::vector<std::string_view> known;
  for (const auto& each : topics) {
    if (each == topic || each == prefix + topic) return each;
    known.push_back(each.starts_with(prefix) ? std::string_view(each).substr(prefix.size())
                                             : std::string_view(each));
  }
  return error(ErrorCode::kUsage, say("nessun argomento «{}»", "no topic \"{}\"", topic),
               meant(topic, known));
}

Json written(const StoredMessage& message) {
  Json json{{"partition", message.partition},
            {"offset", message.offset},
            {"time_ms", message.time_ms},
            {"key", message.key ? Json(message.key->text()) : Json(nullptr)},
            {"event", nullptr}};
  if (!message.tombstone) {
    auto event = Json::parse(message.value, nullptr, false);
    json["event"] = event.is_discarded() ? Json(std::string(message.value)) : std::move(event);
  }
  return json;
}

Json written(const Finding& finding) {
  return {{"connector", finding.connector}, {"code", finding.code},  {"place", finding.place},
          {"field", finding.field},         {"it", finding.text.it}, {"en", finding.text.en},
          {"time_ms", finding.time_ms}};
}

}  // namespace

Error no_such_connector(const std::string& id, const Flows& flows) {
  const auto connectors = flows.all();
  std::vector<std::string_view> known;
  for (const auto& connector : connectors) known.push_back(connector->id());
  return error(ErrorCode::kUsage, say("nessun connettore «{}»", "no connector \"{}\"", id), meant(id, known));
}

Result<Json> read_events(const Json& request, const std::string& topic_prefix, Backbone& backbone) {
  RACCORDO_TRY(const auto topic, full_name(request.at("topic"), topic_prefix, backbone));
  RACCORDO_TRY(Position from, backbone.begin(topic));
  if (const std::string text = request.value("from", "begin"); text == "end") {
    RACCORDO_TRY(from, backbone.end(topic));
  } else if (text != "begin" && !text.empty()) {
    const auto position = Position::parse(text);
    if (!position)
      return error(ErrorCode::kUsage, say("posizione non valida: {}", "invalid position: {}", text));
    from = *position;
  }
  const std::string key = request.value("key", "");
  const auto limit = std::min<std::size_t>(request.value("limit", 100u), kMostEvents);
  const auto wait =
      std::chrono::milliseconds(std::clamp<std::int64_t>(request.value("wait_ms", 0), 0, kLongestWait));
  Json events = Json::array();
  std::size_t bytes = 0;
  bool at_end = false;
  while (events.size() < limit && bytes < kMostBytes && !at_end) {
    RACCORDO_TRY(const auto batch,
                 backbone.read(topic, from, limit - events.size(), events.empty() ? wait : Duration::zero()));
    at_end = batch->messages.empty();
    for (const auto& message : batch->messages) {
      if (!key.empty() && (!message.key || message.key->text() != key)) continue;
      events.push_back(written(message));
      bytes += message.value.size();
    }
    from = batch->next;
  }
  return Json{{"ok", true}, {"events", std::move(events)}, {"next", from.text()}, {"at_end", at_end}};
}

Result<Json> list_findings(const Json& request, const Flows& flows, Store& store) {
  const auto limit = std::min<std::size_t>(request.value("limit", 100u), kMostFindings);
  const std::string only = request.value("connector", "");
  if (!only.empty() && !flows.find(only)) return no_such_connector(only, flows);
  std::vector<Finding> newest;
  std::size_t more = 0;
  for (const auto& connector : flows.all()) {
    if (!only.empty() && connector->id() != only && connector->identity() != only) continue;
    RACCORDO_TRY(auto known, store.findings(connector->identity(), kMostFindings));
    for (auto& finding : known) finding.connector = connector->id();
    newest.insert(newest.end(), std::move_iterator(known.begin()), std::move_iterator(known.end()));
    std::ranges::stable_sort(newest, std::ranges::greater(), &Finding::time_ms);
    if (newest.size() <= limit) continue;
    more += newest.size() - limit;
    newest.resize(limit);
  }
  Json findings = Json::array();
  for (const auto& finding : newest) findings.push_back(written(finding));
  return Json{{"ok", true}, {"findings", std::move(findings)}, {"more", more}};
}

}  // namespace raccordo
