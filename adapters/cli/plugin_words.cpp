// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/plugin_words.hpp"

#include <iterator>

#include "core/engine/config/plugin_options.hpp"
#include "core/engine/config/quantities.hpp"
#include "core/engine/config/ready.hpp"

namespace raccordo {
namespace {

struct NamedInput {
  InputKind kind;
  const char* name;
  Label label;
};

constexpr NamedInput kInputs[] = {
    {InputKind::kRecord, "record", {"record", "records"}},
    {InputKind::kEvent, "event", {"eventi", "events"}},
    {InputKind::kRequest, "request", {"chiamate", "requests"}},
    {InputKind::kResponse, "response", {"risposte", "responses"}},
    {InputKind::kOutcome, "outcome", {"esiti", "outcomes"}},
    {InputKind::kTick, "tick", {"il passare del tempo", "the passing of time"}}};

constexpr const char* kFormats[] = {"", "CSV", "XLSX", "NDJSON", "JSON", "XML", "document"};

std::string bound(const PluginOption& option, double value) {
  if (option.type == OptionType::kDuration)
    return print_duration(Duration(static_cast<std::int64_t>(value * 1e6)));
  if (option.type == OptionType::kSize) return print_size(static_cast<std::uint64_t>(value));
  return fmt::format("{:.12g}", value);
}

}  // namespace

std::vector<const char*> input_names_of(const PluginDescription& plugin) {
  std::vector<const char*> names;
  for (const auto& input : kInputs)
    if (takes(plugin, input.kind)) names.push_back(input.name);
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

std::string inputs_of(const PluginDescription& plugin, Language language) {
  std::vector<std::string> names;
  for (const auto& input : kInputs)
    if (takes(plugin, input.kind)) names.emplace_back(input.label.in(language));
  return joined(names);
}

std::string format_of(const PluginDescription& plugin, Language language) {
  if (plugin.framing.format != Format::kNone)
    return kFormats[static_cast<std::size_t>(plugin.framing.format) % std::size(kFormats)];
  if (!takes(plugin, InputKind::kRecord)) return {};
  return std::string(Label{"quello che dicono le opzioni", "what its options say"}.in(language));
}

std::string shape_of(const PluginOption& option, Language language) {
  std::string out(label_of(option.type).in(language));
  if (!option.choices.empty()) out = joined(option.choices);
  if (option.min) out += say(", da {}", ", from {}", bound(option, *option.min)).in(language);
  if (option.max) out += say(", fino a {}", ", up to {}", bound(option, *option.max)).in(language);
  if (option.secret) out += Label{", segreto", ", secret"}.in(language);
  return out;
}

std::string default_of(const PluginOption& option, Language language) {
  if (option.required) return language == Language::kItalian ? "(richiesta)" : "(required)";
  if (option.secret && !option.default_value.empty()) return "[secret]";
  return option.default_value;
}

}  // namespace raccordo
