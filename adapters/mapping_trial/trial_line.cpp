// SPDX-License-Identifier: EUPL-1.2
#include "adapters/mapping_trial/trial_line.hpp"

#include "raccordo/model/json.hpp"

namespace raccordo::mapping_trial {
namespace {

void member(std::string_view key, std::string_view text, std::string& out) {
  out += fmt::format(",\"{}\":", key);
  json::append_string(text, out);
}

Label label_of(TrialLine::What what) {
  switch (what) {
    case TrialLine::What::kRejected:
      return {"rifiutato", "rejected"};
    case TrialLine::What::kFinding:
      return {"segnalazione", "finding"};
    default:
      return {"filtrato", "filtered"};
  }
}

}  // namespace

std::string as_json(const TrialLine& line) {
  std::string out = fmt::format("{{\"line\":{}", line.line);
  switch (line.what) {
    case TrialLine::What::kEntity:
      member("entity", line.name, out);
      out += ",\"data\":" + line.data;
      break;
    case TrialLine::What::kStep:
      member("step", line.name, out);
      out += ",\"data\":" + line.data;
      break;
    case TrialLine::What::kFiltered:
      out += ",\"filtered\":true";
      break;
    case TrialLine::What::kRejected:
    case TrialLine::What::kFinding:
      member(line.what == TrialLine::What::kRejected ? "rejected" : "finding", line.name, out);
      member("field", line.field, out);
  }
  return out + '}';
}

std::string as_words(const TrialLine& line, Language language) {
  if (line.what == TrialLine::What::kEntity || line.what == TrialLine::What::kStep)
    return fmt::format("{}: {} {}", line.line, line.name, line.data);
  std::string out = fmt::format("{}: {}: ", line.line, label_of(line.what).in(language));
  if (!line.field.empty()) out += line.field + ": ";
  out += line.text.in(language);
  if (!line.name.empty()) out += fmt::format(" ({})", line.name);
  return out;
}

}  // namespace raccordo::mapping_trial
