// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <iterator>

#include "adapters/cli/answer.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/outcome.hpp"
#include "core/engine/config/quantities.hpp"

namespace raccordo {
namespace {

constexpr int kSomethingParked = 3;
constexpr int kStillAway = 75;

Result<FailOn> fail_on_of(const std::string& text) {
  constexpr std::string_view kAbove = "parked>";
  if (text == "new") return FailOn{FailOn::Kind::kNew, 0};
  if (text == "none") return FailOn{FailOn::Kind::kNever, 0};
  const auto count = text.starts_with(kAbove) ? parse_integer(text.substr(kAbove.size())) : std::nullopt;
  if (count && *count >= 0) return FailOn{FailOn::Kind::kParkedAbove, *count};
  return error(ErrorCode::kUsage,
               say("--fail-on: «{}» non è una condizione", "--fail-on: \"{}\" is no condition", text),
               say("new, none o parked>N", "new, none or parked>N"));
}

Result<std::optional<Duration>> at_most_of(const Invocation& invocation) {
  if (!invocation.has("--for")) return std::optional<Duration>{};
  const auto text = invocation.one("--for");
  const auto duration = parse_duration(text);
  if (duration && *duration > Duration::zero()) return duration;
  return error(ErrorCode::kUsage, say("--for: «{}» non è una durata", "--for: \"{}\" is no duration", text),
               say("scrivere ad esempio 5m", "write for example 5m"));
}

Result<std::optional<LogLevel>> log_level_of(const Invocation& invocation) {
  if (!invocation.has("--log-level")) return std::optional<LogLevel>{};
  const auto text = invocation.one("--log-level");
  const auto found = std::ranges::find(kLogLevels, text);
  if (found != kLogLevels.end())
    return std::optional(static_cast<LogLevel>(std::distance(kLogLevels.begin(), found)));
  return error(ErrorCode::kUsage,
               say("--log-level: «{}» non è un livello", "--log-level: \"{}\" is no level", text),
               say("debug, info, warning o error", "debug, info, warning or error"));
}

Status only_with_once(const Invocation& invocation) {
  if (invocation.has("--once")) return done();
  for (const auto* name : {"--for", "--fail-on", "--json"})
    if (invocation.has(name))
      return error(ErrorCode::kUsage, say("{} vale solo con --once", "{} counts only with --once", name));
  return done();
}

Result<std::int64_t> parked_in(const std::string& ledger) {
  RACCORDO_TRY(const auto answer, read_answer(ledger));
  std::int64_t parked = 0;
  for (const auto& connector : answer.value("connectors", Json::array()))
    parked += number_of(connector, "parked");
  return parked;
}

// The exit code of a run that did what it was asked. What is still away says more than what is parked.
Result<int> exit_code_of(const RunReport& report, const FailOn& fail_on) {
  if (report.retrying) return kStillAway;
  if (fail_on.kind == FailOn::Kind::kNever) return 0;
  if (fail_on.kind == FailOn::Kind::kNew) return report.newly_parked > 0 ? kSomethingParked : 0;
  RACCORDO_TRY(const auto parked, parked_in(report.ledger));
  return parked > fail_on.parked ? kSomethingParked : 0;
}

}  // namespace

Result<int> run_command(Invocation& invocation) {
  auto& terminal = invocation.terminal;
  const auto& program = invocation.program;
  RACCORDO_CHECK(only_with_once(invocation));
  RACCORDO_TRY(const auto fail_on, fail_on_of(invocation.one("--fail-on", "new")));
  RACCORDO_TRY(const auto at_most, at_most_of(invocation));
  RACCORDO_TRY(const auto log_level, log_level_of(invocation));

  RunRequest request;
  request.path = invocation.one("CONFIG");
  request.read_again = [&program, path = request.path] { return read_configuration(program, path); };
  request.configuration = request.read_again();
  request.once = invocation.has("--once");
  request.json = invocation.has("--json");
  request.at_most = at_most;
  request.log_level = log_level;
  for (const auto& note : request.configuration.notes) terminal.err << note.line(terminal.language) << '\n';
  if (!request.configuration.ok()) return refuse(request.configuration.findings, terminal);

  const bool once = request.once;
  const bool json = request.json;
  RACCORDO_TRY(const auto report, program.run(std::move(request), terminal));
  for (const auto& remark : report.remarks) terminal.err << remark.in(terminal.language) << '\n';
  if (!once) return 0;
  auto shown = show_ledger(report.ledger, json, terminal);
  if (!shown.ok() && report.failure) raccordo::report(*report.failure, terminal);
  RACCORDO_CHECK(std::move(shown));  // a bug outweighs what kept the run from its end
  if (report.failure) return *report.failure;
  return exit_code_of(report, fail_on);
}

}  // namespace raccordo
