// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/plugin_options.hpp"

#include <algorithm>
#include <filesystem>

#include "core/engine/config/quantities.hpp"
#include "core/engine/config/secret.hpp"
#include "core/engine/config/suggestion.hpp"

namespace raccordo {
namespace {

std::vector<std::string_view> views_of(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

// A bound or value as a person writes it.
std::string print(const PluginOption& option, double value) {
  if (option.type == OptionType::kDuration)
    return print_duration(Duration(static_cast<std::int64_t>(value * 1e6)));
  if (option.type == OptionType::kSize) return print_size(static_cast<std::uint64_t>(value));
  return fmt::format("{:.12g}", value);
}

Status check_bounds(const PluginOption& option, double value) {
  if (option.min && value < *option.min)
    return error(ErrorCode::kInvalid, say("{} è troppo poco", "{} is too little", print(option, value)),
                 say("almeno {}", "at least {}", print(option, *option.min)));
  if (option.max && value > *option.max)
    return error(ErrorCode::kInvalid, say("{} è troppo", "{} is too much", print(option, value)),
                 say("al massimo {}", "at most {}", print(option, *option.max)));
  return done();
}

Error not_a(const PluginOption& option, const std::string& written, std::string_view example) {
  const auto type = label_of(option.type);
  return error(
      ErrorCode::kInvalid,
      {fmt::format("«{}» non è {}", written, type.it), fmt::format("\"{}\" is not {}", written, type.en)},
      say("scrivere ad esempio {}", "write for example {}", example));
}

// `parsed` as a number within its bounds, written so that the plugin reads it.
template <typename Number>
Result<std::string> bounded(const PluginOption& option, const std::string& written,
                            std::optional<Number> parsed, std::string_view example) {
  if (!parsed) return not_a(option, written, example);
  RACCORDO_CHECK(check_bounds(option, static_cast<double>(*parsed)));
  return fmt::format("{}", *parsed);
}

std::optional<std::int64_t> milliseconds(const std::string& written) {
  const auto duration = parse_duration(written);
  if (!duration) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::milliseconds>(*duration).count();
}

// One connector's options against its plugin's declaration.
class Checking {
 public:
  Checking(const PluginDescription& plugin, const ConnectorConfiguration& connector,
           const SecretsConfiguration& secrets, const Environment& environment)
      : plugin_(plugin), connector_(connector), secrets_(secrets), environment_(environment) {}

  CheckedOptions run() {
    for (const auto& raw : connector_.options)
      if (find(raw.name) == nullptr) unknown(raw);
    for (const auto& option : plugin_.options) take(option);
    checked_.complete = checked_.complete && checked_.findings.empty();
    return std::move(checked_);
  }

 private:
  const PluginOption* find(const std::string& name) const {
    for (const auto& option : plugin_.options)
      if (option.name == name) return &option;
    return nullptr;
  }

  const RawOption* written(const std::string& name) const {
    for (const auto& raw : connector_.options)
      if (raw.name == name) return &raw;
    return nullptr;
  }

  void unknown(const RawOption& raw) {
    std::vector<std::string_view> names;
    for (const auto& option : plugin_.options) names.push_back(option.name);
    auto hint = suggestion(raw.name, names);
    if (names.empty()) hint = say("il plugin non ha opzioni", "the plugin has no options");
    checked_.findings.push_back({raw.name_at,
                                 say("opzione sconosciuta del plugin {1}: {0}",
                                     "unknown option of plugin {1}: {0}", raw.name, plugin_.name),
                                 std::move(hint)});
  }

  void take(const PluginOption& option) {
    const auto* raw = written(option.name);
    if (raw == nullptr) return missing(option);
    if (raw->unread) return void(checked_.complete = false);  // said already
    auto value = value_of(option, *raw);
    if (value.ok()) return add(option, std::move(value).value());
    const auto& failed = value.error();
    checked_.findings.push_back({raw->at,
                                 {fmt::format("options.{}: {}", option.name, failed.message.it),
                                  fmt::format("options.{}: {}", option.name, failed.message.en)},
                                 failed.hint});
  }

  void missing(const PluginOption& option) {
    if (option.required) {
      checked_.findings.push_back(
          {connector_.plugin_at,
           say("manca options.{0}, che il plugin {1} richiede",
               "options.{0} is missing, which plugin {1} requires", option.name, plugin_.name),
           option.help});
    } else if (auto value = option_value(option, option.default_value);
               value.ok() && (!option.default_value.empty() || option.type == OptionType::kText)) {
      add(option, std::move(value).value());
    }
  }

  Result<std::string> value_of(const PluginOption& option, const RawOption& raw) const {
    if (raw.secret) {
      RACCORDO_TRY(const auto secret, find_secret(raw.secret->name, secrets_.folder, environment_));
      return option_value(option, secret.reveal());
    }
    if (option.secret)
      return error(ErrorCode::kInvalid,
                   say("un segreto non si scrive nella configurazione",
                       "a secret is not written in the configuration"),
                   say("scrivere {{secret: NOME}}", "write {{secret: NAME}}"));
    if (option.type != OptionType::kFile) return option_value(option, raw.value);
    const auto path = (std::filesystem::path(connector_.folder) / raw.value).lexically_normal().string();
    RACCORDO_TRY(auto content, environment_.read(path, kMaxOptionFileBytes));
    if (content.empty() && option.required)  // the plugin would say that nothing was given
      return error(ErrorCode::kInvalid, say("il file {} è vuoto", "the file {} is empty", path));
    return content;
  }

  void add(const PluginOption& option, std::string value) {
    checked_.values.emplace_back(option.name, std::move(value));
  }

  const PluginDescription& plugin_;
  const ConnectorConfiguration& connector_;
  const SecretsConfiguration& secrets_;
  const Environment& environment_;
  CheckedOptions checked_;
};

}  // namespace

Label label_of(OptionType type) {
  switch (type) {
    case OptionType::kText:
      return {"un testo", "a text"};
    case OptionType::kInteger:
      return {"un numero intero", "a whole number"};
    case OptionType::kNumber:
      return {"un numero", "a number"};
    case OptionType::kBoolean:
      return {"true o false", "true or false"};
    case OptionType::kDuration:
      return {"una durata", "a duration"};
    case OptionType::kSize:
      return {"una dimensione", "a size"};
    case OptionType::kChoice:
      return {"uno dei valori elencati", "one of the values listed"};
    case OptionType::kFile:
      return {"un file", "a file"};
  }
  return {};
}

Result<std::string> option_value(const PluginOption& option, const std::string& written) {
  switch (option.type) {
    case OptionType::kInteger:
      return bounded(option, written, parse_integer(written), "10");
    case OptionType::kNumber:
      return bounded(option, written, parse_number(written), "0.5");
    case OptionType::kDuration:
      return bounded(option, written, milliseconds(written), "30s");
    case OptionType::kSize:
      return bounded(option, written, parse_size(written), "64MiB");
    case OptionType::kBoolean:
      if (written == "true" || written == "false") return written;
      return not_a(option, written, "true");
    case OptionType::kChoice:
      if (std::find(option.choices.begin(), option.choices.end(), written) != option.choices.end())
        return written;
      return error(
          ErrorCode::kInvalid,
          say("«{}» non è tra i valori possibili", "\"{}\" is not one of the possible values", written),
          suggestion(written, views_of(option.choices)));
    case OptionType::kText:
    case OptionType::kFile:
      return written;
  }
  return written;
}

CheckedOptions check_options(const PluginDescription& plugin, const ConnectorConfiguration& connector,
                             const SecretsConfiguration& secrets, const Environment& environment) {
  return Checking(plugin, connector, secrets, environment).run();
}

}  // namespace raccordo
