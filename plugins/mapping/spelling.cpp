// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/spelling.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace raccordo::mapping {
namespace {

using Names = std::span<const std::string_view>;

bool holds(Names names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// `tell` adds the finding of a key that is not known.
Node as_meant(Node map, Names known, const std::function<void(const Entry&)>& tell) {
  for (auto& entry : map.entries) {
    if (holds(known, entry.key)) continue;
    tell(entry);
    const auto name = nearest(entry.key, known);
    entry.key = map.find(name) == nullptr ? name : std::string_view{};
  }
  std::erase_if(map.entries, [&](const Entry& entry) { return !holds(known, entry.key); });
  return map;
}

// What no field can be called, however it was meant.
bool is_never_a_field(const Schema& schema, const Entry& entry, Findings& findings) {
  const Field* field = schema.find(entry.key);
  if (field != nullptr && field->type == FieldType::kSourceId) {
    findings.add(entry.at, say("{} lo scrive l'hub", "{} is written by the hub", entry.key));
    return true;
  }
  const auto dot = entry.key.find('.');
  if (dot == std::string::npos || schema.find(entry.key.substr(0, dot)) == nullptr) return false;
  findings.add(entry.at,
               say("«{}» va scritto su due livelli", "“{}” is written on two levels", shown(entry.key)),
               say("{0}: e sotto {1}:", "{0}: and below it {1}:", entry.key.substr(0, dot),
                   entry.key.substr(dot + 1)));
  return true;
}

}  // namespace

Node spelt(const Node& map, Names known, Label where, Findings& findings) {
  return as_meant(map, known, [&](const Entry& entry) {
    findings.add(entry.at,
                 Text{fmt::format("«{}» non esiste in {}", shown(entry.key), where.it),
                      fmt::format("there is no “{}” in {}", shown(entry.key), where.en)},
                 meant(entry.key, known));
  });
}

Node spelt_fields(const Schema& schema, std::string_view path, Names words, const Node& map,
                  Findings& findings) {
  std::vector<std::string_view> known;
  for (const auto& field : schema.fields)
    if (field.type != FieldType::kSourceId) known.push_back(field.name);
  known.insert(known.end(), words.begin(), words.end());
  Node fields = map;
  std::erase_if(fields.entries,
                [&](const Entry& entry) { return is_never_a_field(schema, entry, findings); });
  return as_meant(std::move(fields), known, [&](const Entry& entry) {
    findings.add(entry.at, say("{0} non ha un campo «{1}»", "{0} has no field “{1}”", path, shown(entry.key)),
                 meant(entry.key, known));
  });
}

}  // namespace raccordo::mapping
