// SPDX-License-Identifier: EUPL-1.2
// The only file that knows the parsing library. It finds out which words are options, values and arguments;
// what is said about wrong ones is ours, because it is said in two languages and with the nearest name.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "adapters/cli/command.hpp"
#include "core/engine/config/suggestion.hpp"

namespace raccordo {
namespace {

// What the library fills, for one option.
struct Slot {
  std::string_view name;
  CLI::Option* option = nullptr;
  std::vector<std::string> values;
};

Error unknown(const Command& command, const std::string& word) {
  const auto name = word.substr(0, word.find('='));
  std::vector<std::string_view> names;
  for (const auto& option : command.options) names.push_back(option.name);
  for (const auto& option : common_options()) names.push_back(option.name);
  return error(ErrorCode::kUsage, say("opzione sconosciuta: {}", "unknown option: {}", name),
               suggestion(name, names));
}

// The words that are no options, each to its argument; the last argument may take many.
Status distribute(const Command& command, std::vector<std::string> words, Invocation& invocation) {
  std::size_t next = 0;
  for (const auto& argument : command.arguments) {
    const auto end = argument.many ? words.size() : std::min(words.size(), next + 1);
    for (; next < end; ++next) invocation.values[argument.name].push_back(std::move(words[next]));
  }
  if (next == words.size()) return done();
  return error(ErrorCode::kUsage,
               say("un argomento di troppo: {}", "one argument too many: {}", words[next]));
}

class CommandLine {
 public:
  explicit CommandLine(const Command& command) : command_(command) {
    app_.set_help_flag();
    app_.allow_extras();
    slots_.reserve(command.options.size() + common_options().size());
    for (const auto& option : command.options) add(option);
    for (const auto& option : common_options()) add(option);
    app_.add_option("words", words_)->expected(0, 1 << 20);
  }

  Status parse(std::span<const std::string> arguments, Invocation& invocation) {
    try {
      app_.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::ParseError&) {
      return error(ErrorCode::kUsage, {without_value(arguments)});
    }
    if (const auto rest = app_.remaining(); !rest.empty()) return unknown(command_, rest.front());
    for (auto& slot : slots_)
      if (slot.option->count() > 0) invocation.values[slot.name] = std::move(slot.values);
    return distribute(command_, std::move(words_), invocation);
  }

 private:
  void add(const CommandOption& option) {
    auto& slot = slots_.emplace_back(Slot{option.name, nullptr, {}});
    if (option.value.empty()) {
      slot.option = app_.add_flag(std::string(option.name));
      return;
    }
    slot.option = app_.add_option(std::string(option.name), slot.values);
    // One value each time the option is written: what follows may be an argument.
    slot.option->expected(1)->multi_option_policy(option.many ? CLI::MultiOptionPolicy::TakeAll
                                                              : CLI::MultiOptionPolicy::TakeLast);
    if (option.many) slot.option->allow_extra_args(false);
  }

  // The only thing that the library itself can refuse here: an option without its value.
  Text without_value(std::span<const std::string> arguments) const {
    for (std::size_t i = 0; i < arguments.size(); ++i)
      for (const auto& option : command_.options)
        if (arguments[i] == option.name && !option.value.empty() &&
            (i + 1 == arguments.size() || arguments[i + 1].starts_with('-')))
          return say("{0} vuole un valore: {0} {1}", "{0} wants a value: {0} {1}", option.name, option.value);
    return say("la riga di comando non si comprende", "the command line cannot be understood");
  }

  const Command& command_;
  CLI::App app_;
  std::vector<Slot> slots_;  // the library points into it
  std::vector<std::string> words_;
};

Status check_required(const Command& command, const Invocation& invocation) {
  for (const auto& argument : command.arguments)
    if (argument.required && !invocation.has(argument.name))
      return error(ErrorCode::kUsage, say("manca {}", "{} is missing", argument.name),
                   {std::string(argument.help.it), std::string(argument.help.en)});
  for (const auto& option : command.options)
    if (option.required && !invocation.has(option.name))
      return error(ErrorCode::kUsage, say("manca {} {}", "{} {} is missing", option.name, option.value),
                   {std::string(option.help.it), std::string(option.help.en)});
  return done();
}

}  // namespace

Status parse_arguments(const Command& command, std::span<const std::string> arguments,
                       Invocation& invocation) {
  RACCORDO_CHECK(CommandLine(command).parse(arguments, invocation));
  if (invocation.has("--help")) return done();
  return check_required(command, invocation);
}

}  // namespace raccordo
