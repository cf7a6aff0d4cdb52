// SPDX-License-Identifier: EUPL-1.2
// How each type of value is read and shown.
#include <algorithm>

#include "core/engine/config/quantities.hpp"
#include "core/engine/config/reading.hpp"
#include "core/engine/config/suggestion.hpp"

namespace raccordo {
namespace {

Text for_example(const Option& option, std::string_view otherwise) {
  return say("scrivere ad esempio {}", "write for example {}",
             option.example.empty() ? otherwise : option.example);
}

Text for_a_rate(const Option& option) {
  const auto example = for_example(option, "10/s");
  return {fmt::format("{}, con un numero da 1 a {}", example.it, kMostInATime),
          fmt::format("{}, with a number from 1 to {}", example.en, kMostInATime)};
}

Text wrong(const Reading& reading, std::string_view text, const Option& option) {
  const auto type = label_of(option.type);
  return {fmt::format("{}: «{}» non è {}", reading.path(), text, type.it),
          fmt::format("{}: \"{}\" is not {}", reading.path(), text, type.en)};
}

// `print` shows a bound as the option's values are written.
template <typename Print>
bool within(Reading& reading, const Option& option, const YamlNode& node, double value, Print print) {
  if (option.min && value < *option.min) {
    reading.find(node, say("{}: {} è troppo poco", "{}: {} is too little", reading.path(), print(value)),
                 say("almeno {}", "at least {}", print(*option.min)));
    return false;
  }
  if (option.max && value > *option.max) {
    reading.find(node, say("{}: {} è troppo", "{}: {} is too much", reading.path(), print(value)),
                 say("al massimo {}", "at most {}", print(*option.max)));
    return false;
  }
  return true;
}

std::string print_seconds(double seconds) {
  return print_duration(Duration(static_cast<std::int64_t>(seconds * 1e9)));
}
std::string print_bytes(double bytes) { return print_size(static_cast<std::uint64_t>(bytes)); }

bool is_id(std::string_view text) {
  const auto ok = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), ok);
}

// host:port, [v6]:port
bool is_address(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const auto port = parse_integer(text.substr(colon + 1));
  const auto host = text.substr(0, colon);
  const bool bare_v6 =
      host.find(':') != std::string_view::npos && !(host.front() == '[' && host.back() == ']');
  return port && *port >= 0 && *port <= 65'535 && !bare_v6 &&
         host.find_first_of(" /@") == std::string_view::npos;
}

bool is_url(std::string_view text) {
  const bool scheme = text.starts_with("http://") || text.starts_with("https://");
  return scheme && text.size() > text.find("://") + 3 &&
         text.find_first_of(" \t\r\n") == std::string_view::npos;
}

// A user and a password would stand in logs and accounts.
bool names_a_user(std::string_view url) {
  if (!is_url(url)) return false;
  const auto host = url.substr(url.find("://") + 3);
  return host.substr(0, host.find_first_of("/?#")).find('@') != std::string_view::npos;
}

bool has_form(ValueType type, std::string_view text) {
  switch (type) {
    case ValueType::kName:
      return is_id(text);
    case ValueType::kAddress:
      return is_address(text);
    case ValueType::kUrl:
      return is_url(text);
    default:
      return !text.empty() && text.find('\0') == std::string_view::npos;
  }
}

std::vector<std::string_view> names_of(const std::vector<Choice>& choices) {
  std::vector<std::string_view> names;
  for (const auto& choice : choices) names.push_back(choice.name);
  return names;
}

std::optional<std::size_t> choice_of(const Option& option, std::string_view text) {
  for (std::size_t i = 0; i < option.choices.size(); ++i)
    if (option.choices[i].name == text) return i;
  return std::nullopt;
}

void refuse_choice(Reading& reading, const Option& option, const YamlNode& node, std::string_view text) {
  reading.find(node,
               say("{}: «{}» non è tra i valori possibili", "{}: \"{}\" is not one of the possible values",
                   reading.path(), text),
               suggestion(text, names_of(option.choices)));
}

const YamlNode* only_entry(const YamlNode& node, std::string_view name) {
  const bool one = node.kind == YamlNode::Kind::kMap && node.entries.size() == 1;
  return one && node.entries.front().key.text == name ? &node.entries.front().value : nullptr;
}

}  // namespace

Label label_of(ValueType type) {
  switch (type) {
    case ValueType::kText:
      return {"un testo", "a text"};
    case ValueType::kName:
      return {"un nome di lettere minuscole, cifre e trattini", "a name of small letters, digits and dashes"};
    case ValueType::kInteger:
      return {"un numero intero", "a whole number"};
    case ValueType::kDuration:
      return {"una durata", "a duration"};
    case ValueType::kSize:
      return {"una dimensione", "a size"};
    case ValueType::kPercentage:
      return {"una percentuale", "a percentage"};
    case ValueType::kRate:
      return {"un numero per unità di tempo", "a number in a time"};
    case ValueType::kChoice:
      return {"uno dei valori elencati", "one of the values listed"};
    case ValueType::kChoiceOrDuration:
      return {"uno dei valori elencati, una durata o un'ora del giorno",
              "one of the values listed, a duration or a time of day"};
    case ValueType::kPath:
      return {"un percorso", "a path"};
    case ValueType::kPattern:
      return {"un percorso con * e ?", "a path with * and ?"};
    case ValueType::kAddress:
      return {"un indirizzo con la porta", "an address with its port"};
    case ValueType::kUrl:
      return {"un indirizzo web", "a web address"};
    case ValueType::kSecret:
      return {"il nome di un segreto", "the name of a secret"};
    case ValueType::kSection:
      return {"opzioni", "options"};
    case ValueType::kFreeForm:
      return {"opzioni del plugin", "options of the plugin"};
  }
  return {};
}

std::optional<std::size_t> read_choice(Reading& reading, const Option& option, const YamlNode& node) {
  const auto text = reading.scalar(node);
  if (!text) return std::nullopt;
  const auto choice = choice_of(option, *text);
  if (!choice) refuse_choice(reading, option, node, *text);
  return choice;
}

void read_value(Reading& reading, const Option& option, const YamlNode& node, std::string& value) {
  auto text = reading.scalar(node);
  if (!text) return;
  if (!option.choices.empty() && !choice_of(option, *text))
    return refuse_choice(reading, option, node, *text);
  if (option.type == ValueType::kUrl && names_a_user(*text))
    return reading.find(
        node,
        say("{}: utente e password non si scrivono nell'indirizzo",
            "{}: a user and a password are not written in the address", reading.path()),
        say("toglierli, e usare auth: {{basic: ...}}", "take them out, and use auth: {{basic: ...}}"));
  if (!has_form(option.type, *text))
    return reading.find(node, wrong(reading, *text, option), for_example(option, "x"));
  if (option.max && static_cast<double>(text->size()) > *option.max)
    return reading.find(node, say("{}: «{}» è troppo lungo", "{}: \"{}\" is too long", reading.path(), *text),
                        say("al massimo {} byte", "at most {} bytes", *option.max));
  const bool is_path = option.type == ValueType::kPath || option.type == ValueType::kPattern;
  value = is_path ? reading.resolve(*text) : std::move(*text);
}

void read_value(Reading& reading, const Option& option, const YamlNode& node, std::int64_t& value) {
  const auto text = reading.scalar(node);
  if (!text) return;
  const auto number = parse_integer(*text);
  if (!number) return reading.find(node, wrong(reading, *text, option), for_example(option, "1"));
  const auto print = [](double n) { return fmt::format("{:.0f}", n); };
  if (within(reading, option, node, static_cast<double>(*number), print)) value = *number;
}

void read_value(Reading& reading, const Option& option, const YamlNode& node, std::uint64_t& value) {
  const auto text = reading.scalar(node);
  if (!text) return;
  const auto size = parse_size(*text);
  if (!size) return reading.find(node, wrong(reading, *text, option), for_example(option, "64MiB"));
  if (within(reading, option, node, static_cast<double>(*size), print_bytes)) value = *size;
}

void read_value(Reading& reading, const Option& option, const YamlNode& node, double& value) {
  const auto text = reading.scalar(node);
  if (!text) return;
  const auto part = parse_percentage(*text);
  if (!part) return reading.find(node, wrong(reading, *text, option), for_example(option, "10%"));
  if (within(reading, option, node, *part, print_percentage)) value = *part;
}

void read_value(Reading& reading, const Option& option, const YamlNode& node, Duration& value) {
  const auto text = reading.scalar(node);
  if (!text) return;
  const auto duration = parse_duration(*text);
  if (!duration) return reading.find(node, wrong(reading, *text, option), for_example(option, "30s"));
  const auto seconds = std::chrono::duration<double>(*duration).count();
  if (within(reading, option, node, seconds, print_seconds)) value = *duration;
}

void read_value(Reading& reading, const Option& option, const YamlNode& node, Rate& value) {
  const auto text = reading.scalar(node);
  if (!text) return;
  const auto rate = parse_rate(*text);
  if (!rate) return reading.find(node, wrong(reading, *text, option), for_a_rate(option));
  value = *rate;
}

void read_value(Reading& reading, const Option& option, const YamlNode& node, Roll& value) {
  const auto text = reading.scalar(node);
  if (!text) return;
  if (const auto choice = choice_of(option, *text)) {
    value = {static_cast<RollKind>(*choice), {}, {}};
    return;
  }
  if (const auto time = parse_time_of_day(*text)) {
    value = {RollKind::kDaily, {}, *time};
    return;
  }
  const auto duration = parse_duration(*text);
  if (!duration) return refuse_choice(reading, option, node, *text);
  const auto seconds = std::chrono::duration<double>(*duration).count();
  if (within(reading, option, node, seconds, print_seconds)) value = {RollKind::kInterval, *duration, {}};
}

void read_value(Reading& reading, const Option&, const YamlNode& node, SecretReference& value) {
  const auto* name = only_entry(node, "secret");
  if (name == nullptr)
    return reading.find(node,
                        say("{}: un segreto non si scrive nella configurazione",
                            "{}: a secret is not written in the configuration", reading.path()),
                        say("scrivere {{secret: NOME}}", "write {{secret: NAME}}"));
  auto text = reading.scalar(*name);
  if (text) value = {std::move(*text), reading.at(*name)};
}

void read_value(Reading& reading, const Option& option, const YamlNode& node, IncludePattern& value) {
  read_value(reading, option, node, value.pattern);
  value.at = reading.at(node);
}

void read_value(Reading& reading, const Option& option, const YamlNode& node, std::vector<RawOption>& value) {
  if (node.kind == YamlNode::Kind::kNull) return;
  if (node.kind != YamlNode::Kind::kMap)
    return reading.find(node, say("{}: qui vanno opzioni, ognuna «nome: valore»",
                                  "{}: options go here, each \"name: value\"", reading.path()));
  for (const auto& [key, item] : node.entries) {
    RawOption raw{key.text, {}, std::nullopt, reading.at(item), reading.at(key), false};
    const auto same =
        std::find_if(value.begin(), value.end(), [&](const auto& other) { return other.name == raw.name; });
    if (same != value.end()) {
      reading.find(key, say("{}.{} è scritto due volte", "{}.{} is written twice", reading.path(), raw.name),
                   say("la prima volta alla riga {}", "first in line {}", same->name_at.line));
    } else if (item.kind == YamlNode::Kind::kMap) {
      read_value(reading, option, item, raw.secret.emplace());
      value.push_back(std::move(raw));
    } else {
      auto text = reading.scalar(item);
      raw.unread = !text;
      raw.value = std::move(text).value_or("");
      value.push_back(std::move(raw));
    }
  }
}

std::string print_value(const Option&, const Rate& value) { return print_rate(value); }
std::string print_value(const Option&, const std::string& value) { return value; }
std::string print_value(const Option&, std::int64_t value) { return std::to_string(value); }
std::string print_value(const Option&, std::uint64_t value) { return print_size(value); }
std::string print_value(const Option&, double value) { return print_percentage(value); }
std::string print_value(const Option&, Duration value) { return print_duration(value); }
std::string print_value(const Option& option, const Roll& value) {
  if (value.kind == RollKind::kInterval) return print_duration(value.interval);
  if (value.kind == RollKind::kDaily) return print_time_of_day(value.time_of_day);
  return std::string(option.choices[static_cast<std::size_t>(value.kind)].name);
}

}  // namespace raccordo
