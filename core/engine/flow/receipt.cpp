// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/receipt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/ports/file_name.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kWrittenAtOnce = 64u << 10;

Label label_of(End end) {
  if (end == End::kParked) return {"rifiutato", "refused"};
  return end == End::kFiltered ? Label{"tralasciato", "left out"} : Label{"preso", "taken"};
}

// The case of the first step, as the partner wrote it.
std::string case_of(std::span<const Effect> effects) {
  const auto step = std::ranges::find(effects, EffectKind::kCommand, &Effect::kind);
  if (step == effects.end()) return {};
  const auto json = nlohmann::json::parse(step->fields[1], nullptr, false);
  for (const char* name : {"case", "id"})
    if (json.is_object() && json.contains(name) && json[name].is_string()) return json[name];
  return {};
}

std::string cell(std::string_view text) {
  std::string out = "\"";
  if (!text.empty() && std::string_view("=+-@\t").find(text.front()) != std::string_view::npos) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out + '"';
}

std::string name_of(std::string_view file, std::int64_t scan) {
  const auto slash = file.rfind('/');
  const auto name = file.substr(slash == std::string_view::npos ? 0 : slash + 1);
  return fmt::format("{}-{}.csv", harmless(name.substr(0, name.rfind('.'))), scan);
}

}  // namespace

Status Receipt::begin() {
  RACCORDO_TRY(file_, files_.create());
  lines_ = Label{"riga;pratica;esito;codice;motivo\n", "line;case;outcome;code;why\n"}.in(language_);
  written_ = done();
  return done();
}

void Receipt::add(std::uint64_t line, End end, const ParkReason& why, std::span<const Effect> effects) {
  const bool refused = end == End::kParked;
  lines_ += fmt::format("{};{};{};{};{}\n", line, cell(case_of(effects)), label_of(end).in(language_),
                        refused ? why.reason : "", refused ? cell(why.text.in(language_)) : "");
  if (lines_.size() >= kWrittenAtOnce && written_.ok()) written_ = flush();
}

Status Receipt::flush() {
  const auto appended = file_->append(lines_);
  lines_.clear();
  return appended;
}

Status Receipt::publish(std::string_view file, std::int64_t scan) {
  RACCORDO_CHECK(written_);
  RACCORDO_CHECK(flush());
  RACCORDO_CHECK(file_->finish());
  const auto published = files_.publish(file_->temporary(), name_of(file, scan));
  const bool there_already = !published.ok() && published.error().code == ErrorCode::kConflict;
  file_.reset();
  return there_already ? files_.clean({}) : published;
}

}  // namespace raccordo
