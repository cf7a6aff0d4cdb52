// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/compile_entity.hpp"

#include <algorithm>
#include <array>

#include "plugins/mapping/compile_condition.hpp"
#include "plugins/mapping/spelling.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo::mapping {
namespace {

constexpr std::array<std::string_view, 2> kEntityWords{"when", "called"};

bool is_constant(const Node& node) {
  return node.is_scalar() || (node.is_map() && node.entries.size() == 1 && node.entries[0].key == "constant");
}

bool all_constant(const Field& field, const Node& node);

// True when nothing in an object comes from the record.
bool all_constant(const Schema& schema, const Node& object) {
  return std::all_of(object.entries.begin(), object.entries.end(), [&](const Entry& entry) {
    const Field* field = schema.find(entry.key);
    return field == nullptr || all_constant(*field, entry.value);
  });
}

bool all_constant(const Field& field, const Node& node) {
  if (node.is_list())
    return std::all_of(node.items.begin(), node.items.end(),
                       [&](const Node& item) { return all_constant(field, item); });
  return field.type == FieldType::kObject ? all_constant(*field.object, node) : is_constant(node);
}

std::string ready_made(std::string_view key, const Constant& constant) {
  std::string out(key);
  if (constant.holds == Holds::kText)
    json::append_string(constant.text, out);
  else
    out += constant.text;
  return out + ',';
}

std::string key_of(std::string_view name) {
  std::string out;
  json::append_string(name, out);
  return out + ':';
}

}  // namespace

Node EntityCompiler::spelt(const Schema& schema, const Node& node, Findings& findings) {
  return spelt_fields(schema, schema.kind, kEntityWords, node, findings);
}

void EntityCompiler::compile(const Schema& schema, const Entry& entry) {
  const Node& node = entry.value;
  if (!node.is_map())
    return findings_.add(node.at,
                         say("sotto {} servono i suoi campi", "below {} its fields are needed", schema.kind));
  std::vector<std::size_t> skips;
  compile_when(node, values_, skips);
  builder_.add({Do::kEntity, 0, kNoSource, index_, 0});
  Around around{std::string(schema.kind), true, 0};
  for (const auto& field : schema.fields)
    if (field.required && field.type != FieldType::kSourceId && node.find(field.name) == nullptr)
      findings_.add(entry.at, say("a {0} manca il campo obbligatorio {1}", "{0} lacks the required field {1}",
                                  schema.kind, field.name));
  fields(schema, node, around);
  builder_.add({Do::kEntityEnd, 0, kNoSource, index_, 0});
  for (const auto skip : skips) builder_.land(skip);
}

// ---------------------------------------------------------------------------------------------------- fields

void EntityCompiler::fields(const Schema& schema, const Node& node, const Around& around) {
  for (const auto& field : schema.fields) {
    const auto* entry = node.find(field.name);
    if (entry != nullptr && field.type != FieldType::kSourceId) this->field(field, *entry, around);
  }
}

Presence EntityCompiler::presence(const Field& field, const Node& node, const Around& around) {
  const bool plain = field.type != FieldType::kObject && node.is_map();
  if (const auto* entry = plain ? node.find("required") : nullptr)
    if (read_yes_no(*entry, findings_).value_or(false)) return Presence::kRequired;
  if (!field.required) return Presence::kOptional;
  return around.must_stand ? Presence::kRequired : Presence::kNeeded;
}

void EntityCompiler::field(const Field& field, const Entry& entry, const Around& around) {
  const std::string path = around.path + '.' + std::string(field.name);
  const Wanted wanted{&field, path};
  const auto must = presence(field, entry.value, around);
  const Around inner{path, around.must_stand && field.required, around.depth + 1};
  if (field.type != FieldType::kObject && !field.list) return single(field, entry.value, wanted, must);
  const auto out = builder_.field({key_of(field.name), path, field.type});
  if (field.list) return list(field, entry.value, inner, out, must);
  object(field, entry.value, inner, out, must);
}

bool EntityCompiler::ready(const Field& field, const Node& node, const Wanted& wanted) {
  if (!is_constant(node) || field.type == FieldType::kId) return false;
  const Node& written = node.is_scalar() ? node : node.entries[0].value;
  const auto constant = read_constant(written, wanted, findings_);
  if (constant.holds == Holds::kNothing) return !written.text.empty();
  builder_.add({Do::kEmitReady, 0, kNoSource,
                builder_.constant({Holds::kText, ready_made(key_of(field.name), constant)}), 0});
  return true;
}

void EntityCompiler::single(const Field& field, const Node& node, const Wanted& wanted, Presence presence) {
  if (node.is_list())
    return findings_.add(
        node.at, say("{} ha un solo valore, non un elenco", "{} has one value, not a list", wanted.path),
        say("join unisce più valori", "join puts several values together"));
  if (const auto* split = node.is_map() ? node.find("split") : nullptr)
    findings_.add(split->at, say("{} ha un solo valore: split è per gli elenchi",
                                 "{} has one value: split is for lists", wanted.path));
  if (ready(field, node, wanted)) return;
  values_.value(node, wanted);
  if (field.type == FieldType::kId) builder_.add({Do::kKeepId, 0, kNoSource, index_, 0});
  const auto out = builder_.field({key_of(field.name), std::string(wanted.path), field.type});
  builder_.add({Do::kEmit, static_cast<std::uint8_t>(presence), kNoSource, out, 0}, -1);
}

void EntityCompiler::object(const Field& field, const Node& written, const Around& around, std::uint32_t out,
                            Presence presence) {
  if (!written.is_map())
    return findings_.add(written.at, say("{} è fatto di parti, da scrivere sotto",
                                         "{} has parts, to be written below it", around.path));
  if (around.depth > static_cast<int>(kMaxObjects))
    return findings_.add(written.at,
                         say("{}: al massimo {} livelli", "{}: {} levels at most", around.path, kMaxObjects));
  const Node node = spelt_fields(*field.object, around.path, {}, written, findings_);
  for (const auto& part : field.object->fields)
    if (part.required && node.find(part.name) == nullptr)
      findings_.add(node.at, say("a {0} manca la parte obbligatoria {1}", "{0} lacks its required part {1}",
                                 around.path, part.name));
  builder_.add({Do::kObject, 0, kNoSource, out, 0});
  fields(*field.object, node, around);
  builder_.add({Do::kObjectEnd, static_cast<std::uint8_t>(presence), kNoSource, out,
                all_constant(*field.object, node) ? 1u : 0u});
}

// ------------------------------------------------------------------------------------------------------
// lists

void EntityCompiler::list(const Field& field, const Node& node, const Around& around, std::uint32_t out,
                          Presence presence) {
  builder_.add({Do::kList, 0, kNoSource, out, 0});
  const auto in_list = builder_.field({"", around.path, field.type});
  if (node.is_list())
    for (const auto& one : node.items) item(field, one, around, in_list);
  else
    item(field, node, around, in_list);
  builder_.add({Do::kListEnd, static_cast<std::uint8_t>(presence), kNoSource, out, 0});
}

void EntityCompiler::item(const Field& field, const Node& written, const Around& around, std::uint32_t out) {
  if (field.type == FieldType::kObject) {
    const Around inside{around.path, false, around.depth + 1};
    return object(field, written, inside, out, Presence::kOptional);
  }
  const Node node = written.is_map() ? values_.words(written) : written;
  const Wanted wanted{&field, around.path};
  const bool by_path = !builder_.input().rows() && node.is_map() && node.find("path") != nullptr;
  if (node.is_map() && (by_path || node.find("split") != nullptr)) return pieces(node, wanted, out);
  values_.value(node, wanted);
  builder_.add({Do::kItem, 0, kNoSource, out, 0}, -1);
}

void EntityCompiler::pieces(const Node& node, const Wanted& wanted, std::uint32_t out) {
  const auto* split = node.find("split");
  if (split == nullptr) {
    const auto* entry = node.find("path");
    auto path = values_.path(*entry);
    if (!path) return;
    const auto source = builder_.source(entry->value.text);
    return loop(node, wanted, builder_.add({Do::kEach, 0, source, builder_.path(std::move(*path)), 0}),
                Do::kNextEach, out);
  }
  const auto separator = read_name(*split, findings_);
  values_.source(node, Wanted{});
  if (const auto* otherwise = node.find("default")) {
    const auto jump = builder_.add({Do::kIfFilled, 0, kNoSource, 0, 0}, -1);
    values_.value(otherwise->value, Wanted{});
    builder_.land(jump);
  }
  const auto constant = builder_.constant({Holds::kText, std::string(separator)});
  loop(node, wanted, builder_.add({Do::kSplit, 0, kNoSource, constant, 0}, -1), Do::kNextPiece, out);
}

void EntityCompiler::loop(const Node& node, const Wanted& wanted, std::size_t begin, Do next,
                          std::uint32_t out) {
  const auto top = builder_.here();
  const auto ends = builder_.add({next, 0, kNoSource, 0, 0}, +1);
  values_.empty_words(node);
  Node each = node;
  if (next == Do::kNextPiece)
    std::erase_if(each.entries, [](const Entry& entry) { return entry.key == "default"; });
  values_.changes(each, wanted, values_.source_word(node, wanted));
  builder_.add({Do::kItem, 0, kNoSource, out, 0}, -1);
  builder_.add({Do::kJump, 0, kNoSource, 0, static_cast<std::uint32_t>(top)});
  builder_.land(begin);
  builder_.land(ends);
}

}  // namespace raccordo::mapping
