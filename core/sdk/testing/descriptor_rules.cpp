// SPDX-License-Identifier: Apache-2.0
// The rules about what a plugin says of itself, and about being configured wrongly.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "raccordo/model/schema.hpp"
#include "raccordo/model/topic_of_kind.hpp"
#include "raccordo/sdk/borrowed.hpp"
#include "raccordo/sdk/declaration.hpp"
#include "raccordo/sdk/testing/configured.hpp"
#include "trial.hpp"

namespace raccordo {
inline namespace sdk {
namespace {

constexpr std::uint32_t kAllInputs = 0x7eu;  // the bits 1..6

bool is_semantic(std::string_view version) {
  int dots = 0;
  bool digit = false;
  for (const char c : version.substr(0, version.find_first_of("-+"))) {
    if (c == '.') {
      if (!digit) return false;
      ++dots, digit = false;
    } else if (c >= '0' && c <= '9')
      digit = true;
    else
      return false;
  }
  return dots == 2 && digit;
}

void check_identity(const raccordo_plugin& plugin, Complaints& complaints) {
  if (plugin.struct_size < sizeof(raccordo_plugin))
    complaints.push_back("struct_size is smaller than the contract's descriptor");
  if (plugin.abi_major != RACCORDO_ABI_MAJOR)
    complaints.push_back("it was built for another major contract version");
  if (!well_named(view(plugin.name))) complaints.push_back("its name is not [a-z0-9_]");
  if (!is_semantic(view(plugin.version)))
    complaints.push_back(fmt::format("its version “{}” is not like 1.2.3", view(plugin.version)));
  if (plugin.licence.size == 0) complaints.push_back("it names no licence");
  if (plugin.summary_it.size == 0 || plugin.summary_en.size == 0)
    complaints.push_back("its summary is missing in Italian or in English");
  if (plugin.create == nullptr || plugin.handle == nullptr || plugin.destroy == nullptr)
    complaints.push_back("create, handle or destroy is missing");
}

void check_inputs(const raccordo_plugin& plugin, Complaints& complaints) {
  if (plugin.inputs == 0) complaints.push_back("it takes no input");
  if ((plugin.inputs & ~kAllInputs) != 0)
    complaints.push_back("it takes inputs that the contract does not know");
  if (plugin.framing != nullptr && plugin.framing->struct_size < sizeof(raccordo_framing))
    complaints.push_back("its framing's struct_size is smaller than the contract's");
  else if (plugin.framing != nullptr && plugin.framing->format > RACCORDO_FORMAT_DOCUMENT)
    complaints.push_back("it reads an unknown format");
  const bool subscribes = (plugin.inputs & 1u << RACCORDO_INPUT_EVENT) != 0;
  if (subscribes != (plugin.subscribes.size != 0))
    complaints.push_back("handling events and subscribing to kinds go together");
}

template <typename Known>
void check_kinds(std::string_view what, raccordo_list list, Known known, Complaints& complaints) {
  for (const auto kind : Strings(list))
    if (!known(kind)) complaints.push_back(fmt::format("it {} the unknown kind “{}”", what, kind));
}

bool reads_as_number(std::uint32_t type) {
  return type == RACCORDO_OPTION_INTEGER || type == RACCORDO_OPTION_NUMBER ||
         type == RACCORDO_OPTION_DURATION || type == RACCORDO_OPTION_SIZE;
}

void check_number_default(const raccordo_option& option, std::string_view name, Complaints& complaints) {
  const auto text = contract_form(option.type, view(option.default_value));
  double value = 0;
  if (!text || std::from_chars(text->data(), text->data() + text->size(), value).ec != std::errc())
    return complaints.push_back(fmt::format("the default of option {} is not a number of its type", name));
  if ((option.has_min != 0 && value < option.min) || (option.has_max != 0 && value > option.max))
    complaints.push_back(fmt::format("the default of option {} is outside its own bounds", name));
}

void check_default(const raccordo_option& option, std::string_view name, Complaints& complaints) {
  const auto value = view(option.default_value);
  if (option.required != 0 || value.empty()) return;
  if (reads_as_number(option.type)) return check_number_default(option, name, complaints);
  const Strings choices(option.choices);
  if (option.type == RACCORDO_OPTION_BOOLEAN && value != "true" && value != "false")
    complaints.push_back(fmt::format("the default of option {} is neither true nor false", name));
  if (option.type == RACCORDO_OPTION_CHOICE &&
      std::find(choices.begin(), choices.end(), value) == choices.end())
    complaints.push_back(fmt::format("the default of option {} is not among its choices", name));
}

void check_option(const raccordo_option& option, Complaints& complaints) {
  const auto name = view(option.name);
  if (!well_named(name)) complaints.push_back(fmt::format("the option name “{}” is not [a-z0-9_]", name));
  if (option.type < RACCORDO_OPTION_TEXT || option.type > RACCORDO_OPTION_FILE)
    complaints.push_back(fmt::format("option {} has an unknown type", name));
  if (option.help_it.size == 0 || option.help_en.size == 0)
    complaints.push_back(fmt::format("option {} has no help in Italian or in English", name));
  if (option.has_min != 0 && option.has_max != 0 && option.min > option.max)
    complaints.push_back(fmt::format("the bounds of option {} leave nothing between them", name));
  if (option.type == RACCORDO_OPTION_CHOICE && option.choices.size == 0)
    complaints.push_back(fmt::format("option {} is a choice of nothing", name));
  check_default(option, name, complaints);
}

// A refusal must come with words; whatever was tried must not be thrown.
void check_refused(std::string_view tried, const Candidate& candidate, Complaints& complaints) {
  const Trial trial(candidate);
  if (trial.threw())
    complaints.push_back(fmt::format("{}: {}", tried, kThrew));
  else if (trial.created())
    complaints.push_back(fmt::format("{}: an instance was created all the same", tried));
  else if (trial.words().empty())
    complaints.push_back(fmt::format("{}: refused without a word", tried));
}

Candidate with_option(Candidate candidate, std::string_view name, std::string value) {
  std::erase_if(candidate.options, [&](const auto& one) { return one.first == name; });
  candidate.options.emplace_back(name, std::move(value));
  return candidate;
}

Candidate without_option(Candidate candidate, std::string_view name) {
  std::erase_if(candidate.options, [&](const auto& one) { return one.first == name; });
  return candidate;
}

void check_wrong_values(const raccordo_option& option, const Candidate& candidate, Complaints& complaints) {
  const auto name = view(option.name);
  const auto refuses = [&](std::string value) {
    check_refused(fmt::format("option {} set to {}", name, value), with_option(candidate, name, value),
                  complaints);
  };
  if (option.required != 0)
    check_refused(fmt::format("without option {}", name), without_option(candidate, name), complaints);
  if (reads_as_number(option.type) || option.type == RACCORDO_OPTION_BOOLEAN) refuses("perhaps");
  if (option.type == RACCORDO_OPTION_CHOICE) refuses("none of the choices");
  const bool whole = option.type != RACCORDO_OPTION_NUMBER;
  if (reads_as_number(option.type) && option.has_min != 0 && std::abs(option.min) < 1e15)
    refuses(whole ? std::to_string(std::llround(option.min) - 1) : std::to_string(option.min - 1));
  if (reads_as_number(option.type) && option.has_max != 0 && std::abs(option.max) < 1e15)
    refuses(whole ? std::to_string(std::llround(option.max) + 1) : std::to_string(option.max + 1));
}

}  // namespace

Complaints descriptor_is_well_formed(const Candidate& candidate) {
  Complaints complaints;
  if (candidate.plugin == nullptr) return {"the entry returned nothing"};
  const auto& plugin = *candidate.plugin;
  check_identity(plugin, complaints);
  check_inputs(plugin, complaints);
  check_kinds(
      "publishes", plugin.publishes, [](auto kind) { return find_kind(kind) != nullptr; }, complaints);
  check_kinds(
      "subscribes to", plugin.subscribes, [](auto kind) { return !topic_of_kind(kind).empty(); }, complaints);
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < plugin.option_count; ++i) {
    check_option(plugin.options[i], complaints);
    if (!names.insert(view(plugin.options[i].name)).second)
      complaints.push_back(fmt::format("option {} is declared twice", view(plugin.options[i].name)));
  }
  return complaints;
}

Complaints refuses_wrong_options(const Candidate& candidate) {
  Complaints complaints;
  if (candidate.plugin == nullptr) return {"the entry returned nothing"};
  for (std::size_t i = 0; i < candidate.plugin->option_count; ++i)
    check_wrong_values(candidate.plugin->options[i], candidate, complaints);
  return complaints;
}

}  // namespace sdk
}  // namespace raccordo
