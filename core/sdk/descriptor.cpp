// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/descriptor.hpp"

namespace raccordo {
inline namespace sdk {

Descriptor::Descriptor(const PluginFacts& facts, const std::vector<OptionFacts>& options,
                       std::uint32_t inputs, Functions functions)
    : framing_(facts.reading.framing()) {
  // The contract points into these: they must not move any more.
  lists_.reserve(6 + options.size());
  defaults_.reserve(options.size());
  options_.reserve(options.size());
  for (const auto& option : options) options_.push_back(described(option));

  contract_.struct_size = sizeof(raccordo_plugin);
  contract_.abi_major = RACCORDO_ABI_MAJOR;
  contract_.abi_minor = RACCORDO_ABI_MINOR;
  contract_.name = bytes(facts.name);
  contract_.version = bytes(facts.version);
  contract_.licence = bytes(facts.licence);
  contract_.summary_it = bytes(facts.summary.it);
  contract_.summary_en = bytes(facts.summary.en);
  contract_.inputs = inputs;
  contract_.framing = &framing_;
  contract_.publishes = list(facts.publishes.span());
  contract_.subscribes = list(facts.subscribes.span());
  contract_.commands = list(facts.commands.span());
  contract_.writes = list(facts.writes.span());
  contract_.options = options_.data();
  contract_.option_count = options_.size();
  contract_.capabilities = list(facts.capabilities.span());
  contract_.data_classes = list(facts.data_classes.span());
  contract_.create = functions.create;
  contract_.handle = functions.handle;
  contract_.destroy = functions.destroy;
}

raccordo_list Descriptor::list(std::span<const std::string_view> names) {
  auto& block = lists_.emplace_back();
  for (const auto name : names) block.push_back(bytes(name));
  return {block.data(), block.size()};
}

raccordo_option Descriptor::described(const OptionFacts& facts) {
  raccordo_option option{};
  option.struct_size = sizeof(raccordo_option);
  option.type = facts.type;
  option.name = bytes(facts.name);
  option.default_value = bytes(defaults_.emplace_back(written_default(facts)));
  option.required = facts.is_required ? 1 : 0;
  option.secret = facts.is_secret ? 1 : 0;
  option.has_min = facts.min ? 1 : 0;
  option.has_max = facts.max ? 1 : 0;
  option.min = facts.min.value_or(0);
  option.max = facts.max.value_or(0);
  option.choices = list(std::span(facts.choices).first(facts.choice_count));
  option.help_it = bytes(facts.help.it);
  option.help_en = bytes(facts.help.en);
  return option;
}

namespace sdk_detail {

void explain(const raccordo_host& host, const char* words) noexcept {
  if (host.explain != nullptr) host.explain(host.self, bytes(words));
}

void reject_exception(const raccordo_host& host, const char* words) noexcept {
  if (host.reject != nullptr) (void)host.reject(host.self, bytes("plugin_exception"), {}, bytes(words));
}

void reject_unknown(const raccordo_input& input, Effects& effects) {
  const bool known = input.kind >= RACCORDO_INPUT_RECORD && input.kind <= RACCORDO_INPUT_TICK;
  if (known)
    effects.reject(
        "input_not_handled", "",
        say("il plugin non tratta questo tipo di dati", "the plugin does not handle this kind of input"));
  else
    effects.reject("input_unknown", "",
                   say("il plugin è più vecchio di questo tipo di dati ({})",
                       "the plugin is older than this kind of input ({})", input.kind));
}

}  // namespace sdk_detail
}  // namespace sdk
}  // namespace raccordo
