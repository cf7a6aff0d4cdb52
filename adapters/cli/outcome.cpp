// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/outcome.hpp"

#include <ctime>

namespace raccordo {

void report(const Error& error, Terminal& terminal) {
  if (terminal.colours && terminal.err_is_terminal)
    terminal.err << "\x1b[1;31mraccordo:\x1b[0m " << error.in(terminal.language) << '\n';
  else
    terminal.err << "raccordo: " << error.in(terminal.language) << '\n';
}

std::string print_time(std::int64_t milliseconds) {
  const auto seconds = static_cast<std::time_t>(milliseconds / 1'000);
  std::tm parts{};
  if (::gmtime_r(&seconds, &parts) == nullptr) return "?";
  char text[32];
  const auto size = std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%SZ", &parts);
  return {text, size};
}

Error refuse(const ConfigurationFindings& findings, Terminal& terminal) {
  for (const auto& finding : findings) terminal.err << finding.line(terminal.language) << '\n';
  if (findings.size() == 1)
    return error(ErrorCode::kInvalid,
                 say("la configurazione non è valida", "the configuration is not valid"));
  return error(ErrorCode::kInvalid, say("la configurazione non è valida: {} errori",
                                        "the configuration is not valid: {} mistakes", findings.size()));
}

Result<std::unique_ptr<Operations>> open_hub(const ProgramParts& program, const std::string& path,
                                             Terminal& terminal) {
  const auto loading = load_configuration(path, *program.environment);
  if (!loading.ok()) return refuse(loading.findings, terminal);
  return program.operations(loading.configuration);
}

}  // namespace raccordo
