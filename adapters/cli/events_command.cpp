// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/answer.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/outcome.hpp"
#include "core/engine/config/quantities.hpp"

namespace raccordo {
namespace {

constexpr std::int64_t kBatch = 500;
// A hub that waits for us answers nobody else meanwhile.
constexpr std::int64_t kPatienceMs = 200;

// "services" is also understood with its whole name.
std::string topic_of(const Invocation& invocation) {
  const auto topic = invocation.one("TOPIC");
  constexpr std::string_view kPrefix = "welfare.";
  return topic.starts_with(kPrefix) ? topic.substr(kPrefix.size()) : topic;
}

Result<std::int64_t> limit_of(const Invocation& invocation) {
  if (!invocation.has("--limit")) return std::numeric_limits<std::int64_t>::max();
  const auto limit = parse_integer(invocation.one("--limit"));
  if (limit && *limit > 0) return *limit;
  return error(ErrorCode::kUsage, say("--limit vuole un numero da 1 in su", "--limit wants a number from 1"));
}

// 2026-03-01 08:15:30Z  services 0:17  changed  Airone  {"id":...}
void show(const Json& event, Terminal& terminal) {
  const auto at = fmt::format("{}  {}:{}", print_time(number_of(event, "time_ms")),
                              number_of(event, "partition"), number_of(event, "offset"));
  const auto key = text_of(event, "key");
  const auto found = event.find("event");
  if (found == event.end() || !found->is_object()) {
    terminal.out << at << "  " << key << "  " << terminal.say(Label{"(tolto)", "(removed)"}) << '\n';
    return;
  }
  terminal.out << at << "  " << key << "  " << text_of(*found, "type") << "  " << text_of(*found, "source")
               << '\n';
  if (found->contains("data")) terminal.out << "    " << one_line((*found)["data"]) << '\n';
}

}  // namespace

Result<int> events_command(Invocation& invocation) {
  auto& terminal = invocation.terminal;
  RACCORDO_TRY(auto left, limit_of(invocation));
  RACCORDO_TRY(const auto hub, open_hub(invocation.program, invocation.one("--config"), terminal));
  const bool follow = invocation.has("--follow");
  Json request{
      {"do", "events"}, {"topic", topic_of(invocation)}, {"from", invocation.one("--from", "begin")}};
  if (invocation.has("--key")) request["key"] = invocation.one("--key");
  while (left > 0 && terminal.out.good()) {
    request["limit"] = std::min(left, kBatch);
    RACCORDO_TRY(const auto answer, ask(*hub, request));
    for (const auto& event : answer.value("events", Json::array())) {
      if (invocation.has("--json"))
        terminal.out << one_line(event) << '\n';
      else
        show(event, terminal);
      --left;
    }
    terminal.out.flush();
    const bool at_end = answer.value("at_end", true);
    if (at_end && !follow) break;
    request["from"] = text_of(answer, "next");
    request["wait_ms"] = at_end ? kPatienceMs : 0;
  }
  return 0;
}

}  // namespace raccordo
