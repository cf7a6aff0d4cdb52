// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/reading.hpp"

#include <algorithm>
#include <filesystem>

#include "core/engine/config/suggestion.hpp"
#include "core/engine/config/variables.hpp"

namespace raccordo {
namespace {

std::vector<std::string_view> names_of(const Section& section) {
  std::vector<std::string_view> names;
  for (const auto& option : section.options) names.push_back(option.name);
  return names;
}

// The option that a misspelt key most likely stands for: read as such, one slip is one finding, and what
// stands below the key is looked at too.
const Option* meant(const Section& section, const YamlNode& node, const YamlEntry& misspelt) {
  const auto name = nearest(misspelt.key.text, names_of(section));
  const auto* option = name.empty() ? nullptr : section.find(name);
  if (option == nullptr || option->unavailable) return nullptr;
  const bool written =
      std::ranges::any_of(node.entries, [&](const auto& entry) { return entry.key.text == name; });
  const bool structured = option->type == ValueType::kSection || option->type == ValueType::kFreeForm;
  const bool fits = option->list || structured == (misspelt.value.kind != YamlNode::Kind::kScalar);
  return written || !fits ? nullptr : option;
}

bool may_be_empty(const Option& option) {
  return option.type == ValueType::kSection || option.type == ValueType::kFreeForm;
}

// At the top of a file nothing leads there.
Text options_go_here(const std::string& path) {
  auto words = say("qui vanno opzioni, ognuna «nome: valore»", "options go here, each \"name: value\"");
  if (path.empty()) return words;
  return say("{0}: {1}", "{0}: {2}", path, words.it, words.en);
}

YamlNode scalar_node(const std::string& text, const YamlNode& where) {
  YamlNode node;
  node.kind = YamlNode::Kind::kScalar;
  node.text = text;
  node.line = where.line;
  node.column = where.column;
  return node;
}

}  // namespace

const Option* Section::find(std::string_view name) const {
  for (const auto& option : options)
    if (option.name == name) return &option;
  return nullptr;
}

void Reading::find(const YamlNode& node, Text what, Text hint) {
  findings_.push_back({at(node), std::move(what), std::move(hint)});
}

std::string Reading::path() const {
  std::string out;
  for (const auto part : path_) out += (out.empty() ? "" : ".") + std::string(part);
  return out;
}

std::string Reading::resolve(const std::string& path) const {
  return environment_.absolute((std::filesystem::path(folder_) / path).lexically_normal().string());
}

std::optional<std::string> Reading::scalar(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kScalar) {
    find(node, say("{}: qui va un solo valore", "{}: one value goes here", path()));
    return std::nullopt;
  }
  auto text = expand_variables(node.text, environment_);
  if (text.ok()) return std::move(text).value();
  find(node, {path() + ": " + text.error().message.it, path() + ": " + text.error().message.en},
       text.error().hint);
  return std::nullopt;
}

void Reading::read(const Section& section, const YamlNode& node, void* owner) {
  if (node.kind != YamlNode::Kind::kMap && node.kind != YamlNode::Kind::kNull)
    return find(node, options_go_here(path()), suggestion({}, names_of(section)));
  std::vector<int> lines(section.options.size(), 0);  // where each was written
  read_entries(section, node, owner, lines);
  read_missing(section, node, owner, lines);
  if (section.finish) section.finish(owner, node, *this);
}

void Reading::read_entries(const Section& section, const YamlNode& node, void* owner,
                           std::vector<int>& lines) {
  for (const auto& entry : node.entries) {
    const auto& [key, value] = entry;
    const auto* option = section.find(key.text);
    if (option == nullptr) {
      const auto where = path();
      find(key,
           where.empty()
               ? say("opzione sconosciuta: {}", "unknown option: {}", key.text)
               : say("opzione sconosciuta in {1}: {0}", "unknown option in {1}: {0}", key.text, where),
           suggestion(key.text, names_of(section)));
      option = meant(section, node, entry);
      if (option == nullptr) continue;
    }
    path_.push_back(option->name);
    auto& line = lines[static_cast<std::size_t>(option - section.options.data())];
    if (line != 0)
      find(key, say("{} è scritto due volte", "{} is written twice", path()),
           say("la prima volta alla riga {}", "first in line {}", line));
    else if (option->unavailable)
      find(key, say("{} non è compreso in questa versione", "{} is not part of this build", path()),
           {std::string(option->unavailable->it), std::string(option->unavailable->en)});
    else
      read_option(*option, value, owner);
    line = key.line;
    path_.pop_back();
  }
}

void Reading::read_option(const Option& option, const YamlNode& node, void* owner) {
  if (node.kind == YamlNode::Kind::kNull && !may_be_empty(option))
    return find(node, say("{} non ha un valore", "{} has no value", path()),
                option.example.empty() ? Text{} : say("ad esempio {}", "for example {}", option.example));
  option.read(owner, node, *this);
}

void Reading::read_missing(const Section& section, const YamlNode& node, void* owner,
                           const std::vector<int>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& option = section.options[i];
    if (lines[i] != 0) continue;
    path_.push_back(option.name);
    if (option.required)
      find(node, say("manca {}", "{} is missing", path()),
           option.example.empty()
               ? Text{}
               : say("ad esempio {0}: {1}", "for example {0}: {1}", option.name, option.example));
    else if (option.type == ValueType::kPath && !option.initial.empty())
      option.read(owner, scalar_node(option.initial, node), *this);
    path_.pop_back();
  }
}

}  // namespace raccordo
