// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/compile_value.hpp"

#include <algorithm>
#include <array>

#include "plugins/mapping/spelling.hpp"

namespace raccordo::mapping {
namespace {

constexpr std::array<std::string_view, 6> kSources{"column", "path", "constant", "join", "parts", "id_of"};
constexpr std::array<std::string_view, 16> kWords{"column", "path",    "constant", "join",   "parts", "id_of",
                                                  "with",   "trim",    "empty",    "number", "date",  "table",
                                                  "else",   "default", "required", "split"};
constexpr std::array<std::string_view, 3> kOneOfThese{"number", "date", "table"};

constexpr Wanted kTextPart{};

bool is_source(std::string_view word) {
  return std::find(kSources.begin(), kSources.end(), word) != kSources.end();
}

bool is_moment(FieldType type) {
  return type == FieldType::kDate || type == FieldType::kDateTime || type == FieldType::kTime;
}

bool is_number(FieldType type) { return type == FieldType::kInteger || type == FieldType::kNumber; }

Moment moment_of(FieldType type) {
  if (type == FieldType::kDateTime) return Moment::kDateTime;
  return type == FieldType::kTime ? Moment::kTime : Moment::kDate;
}

}  // namespace

Node ValueCompiler::words(const Node& node) {
  return spelt(node, kWords, {"un valore", "a value"}, findings_);
}

void ValueCompiler::value(const Node& written, const Wanted& wanted) {
  if (!written.is_map()) return constant(written, wanted);
  const Node node = words(written);
  const Entry* from = source_word(node, wanted);
  source(node, wanted);
  changes(node, wanted, from);
}

void ValueCompiler::constant(const Node& node, const Wanted& wanted) {
  auto constant = read_constant(node, wanted, findings_);
  if (constant.holds == Holds::kNothing && !node.is_map() && !node.is_list() && node.text.empty())
    findings_.add(
        node.at, say("manca il valore", "the value is missing"),
        say("per lasciare vuoto il campo togliere la riga", "to leave the field empty take the line out"));
  builder_.add({Do::kConstant, 0, kNoSource, builder_.constant(std::move(constant)), 0}, +1);
}

const Entry* ValueCompiler::source_word(const Node& node, const Wanted& wanted) {
  const Entry* found = nullptr;
  for (const auto& entry : node.entries) {
    if (!is_source(entry.key)) continue;
    if (found != nullptr)
      findings_.add(entry.at, say("un valore viene da una parte sola: c'è già {}",
                                  "a value comes from one place: there is {} already", found->key));
    else
      found = &entry;
  }
  if (found == nullptr)
    findings_.add(
        node.at,
        wanted.field == nullptr
            ? say("non è detto da dove viene questo valore", "it is not said where this value comes from")
            : say("non è detto da dove viene {}", "it is not said where {} comes from", wanted.path),
        say("scrivere uno tra column, path, constant, join, parts, id_of",
            "write one of column, path, constant, join, parts, id_of"));
  return found;
}

// ------------------------------------------------------------------------------------------------ the source

void ValueCompiler::source(const Node& node, const Wanted& wanted) {
  const auto* from = std::find_if(node.entries.data(), node.entries.data() + node.entries.size(),
                                  [](const Entry& entry) { return is_source(entry.key); });
  if (from == node.entries.data() + node.entries.size()) return nothing();
  from_word(*from, wanted, node);
  empty_words(node);
}

void ValueCompiler::from_word(const Entry& entry, const Wanted& wanted, const Node& node) {
  if (entry.key == "column") return column(entry);
  if (entry.key == "path") return from_path(entry);
  if (entry.key == "constant") return constant(entry.value, wanted);
  if (entry.key == "id_of") return id_of(entry, wanted);
  if (entry.key == "join") return join(entry, node);
  parts(entry);
}

void ValueCompiler::column(const Entry& entry) {
  const auto name = read_name(entry, findings_);
  if (!builder_.input().rows() &&
      (builder_.input().events || builder_.input().format != RACCORDO_FORMAT_NONE))
    findings_.add(entry.at, say("column va bene per csv e xlsx", "column is for csv and xlsx"),
                  say("qui serve path", "here path is needed"));
  builder_.add({Do::kColumn, 0, builder_.source(name), builder_.column(name), 0}, +1);
}

std::optional<Path> ValueCompiler::path(const Entry& entry) {
  const auto written = read_name(entry, findings_);
  if (builder_.input().rows())
    findings_.add(entry.at, say("path va bene per json, lines e xml", "path is for json, lines and xml"),
                  say("qui serve column", "here column is needed"));
  if (written.empty()) return std::nullopt;
  auto read = builder_.input().xml() ? read_xml_path(written) : read_json_path(written);
  if (read.trouble.empty()) return std::move(read.path);
  findings_.add(entry.value.at, std::move(read.trouble));
  return std::nullopt;
}

void ValueCompiler::from_path(const Entry& entry) {
  auto read = path(entry);
  if (!read) return nothing();
  builder_.add({Do::kPath, 0, builder_.source(entry.value.text), builder_.path(std::move(*read)), 0}, +1);
}

void ValueCompiler::id_of(const Entry& entry, const Wanted& wanted) {
  const auto name = read_name(entry, findings_);
  std::vector<std::string_view> known;
  for (const auto& entity : settled_.entities) known.push_back(entity.called);
  const auto at = std::find(known.begin(), known.end(), name);
  const auto index = static_cast<std::size_t>(at - known.begin());
  if (name.empty()) return nothing();
  if (at == known.end()) {
    findings_.add(entry.value.at,
                  say("qui non c'è un'entità «{}»", "there is no entity “{}” here", shown(name)),
                  meant(name, known));
    return nothing();
  }
  if (index >= above_)
    findings_.add(entry.value.at, say("«{}» deve stare più in alto", "“{}” must stand above", name),
                  say("spostarla prima di questa entità", "move it before this entity"));
  const auto& kind = settled_.entities[index].kind;
  if (wanted.type() == FieldType::kReference && wanted.field->of != kind)
    findings_.add(entry.value.at,
                  say("{0} si riferisce a {1}, «{2}» è {3}", "{0} refers to {1}, “{2}” is {3}", wanted.path,
                      wanted.field->of, name, kind));
  builder_.add({Do::kIdOf, 0, builder_.source(name), static_cast<std::uint32_t>(index), 0}, +1);
}

std::size_t ValueCompiler::text_parts(const Entry& entry) {
  if (!entry.value.is_list() || entry.value.items.empty()) {
    findings_.add(entry.value.at,
                  say("{} vuole un elenco di valori", "{} wants a list of values", entry.key));
    return 0;
  }
  return entry.value.items.size();
}

void ValueCompiler::join(const Entry& entry, const Node& node) {
  const auto* with = node.find("with");
  const auto separator = with == nullptr ? " " : std::string(with->value.text);
  const std::size_t count = text_parts(entry);
  if (count == 0) return nothing();
  for (const auto& part : entry.value.items) value(part, kTextPart);
  builder_.add({Do::kJoin, 0, kNoSource, static_cast<std::uint32_t>(count),
                builder_.constant({Holds::kText, separator})},
               1 - static_cast<int>(count));
}

void ValueCompiler::parts(const Entry& entry) {
  const std::size_t count = text_parts(entry);
  if (count == 0) return nothing();
  std::size_t ids = 0;
  std::size_t last_id = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Node& part = entry.value.items[i];
    value(part, kTextPart);
    builder_.add({Do::kTrim, static_cast<std::uint8_t>(Trim::kInner), kNoSource, 0, 0});
    if (!part.is_map() || part.find("id_of") == nullptr) continue;
    ++ids;
    last_id = i + 1;
  }
  // One id among the parts stays readable: nothing else between two `:` can be mistaken for a piece of it.
  const auto as_it_is = static_cast<std::uint32_t>(ids == 1 ? last_id : 0);
  builder_.add({Do::kId, 0, kNoSource, static_cast<std::uint32_t>(count), as_it_is},
               1 - static_cast<int>(count));
}

// ---------------------------------------------------------------------------------------------- the changes

void ValueCompiler::empty_words(const Node& node) {
  if (const auto* entry = node.find("empty"))
    builder_.add(
        {Do::kEmptyWords, 0, kNoSource, builder_.table({read_words(entry->value, findings_), {}}), 0});
  else if (settled_.empty_words != nullptr)
    builder_.add({Do::kEmptyWords, 0, kNoSource, builder_.table({*settled_.empty_words, {}}), 0});
}

void ValueCompiler::changes(const Node& node, const Wanted& wanted, const Entry* from) {
  check_together(node);
  if (from != nullptr) check_types(node, wanted, *from);
  const auto* trim = node.find("trim");
  const auto how = trim == nullptr ? settled_.trim : read_trim(trim->value, findings_);
  if (how != Trim::kNone) builder_.add({Do::kTrim, static_cast<std::uint8_t>(how), kNoSource, 0, 0});
  if (const auto* entry = node.find("number")) number(*entry, wanted);
  if (const auto* entry = node.find("date")) date(*entry, wanted);
  if (const auto* entry = node.find("table")) table(*entry, node.find("else"), wanted);
  if (const auto* entry = node.find("default")) fallback(*entry, wanted);
}

void ValueCompiler::number(const Entry& entry, const Wanted& wanted) {
  const auto kind = wanted.type() == FieldType::kInteger ? NumberKind::kWhole : NumberKind::kDecimal;
  if (auto format = read_number_format(entry.value, findings_))
    builder_.add(
        {Do::kNumber, static_cast<std::uint8_t>(kind), kNoSource, builder_.number(std::move(*format)), 0});
}

void ValueCompiler::date(const Entry& entry, const Wanted& wanted) {
  const auto moment = moment_of(wanted.type());
  if (auto formats = read_date_formats(entry.value, moment, findings_))
    builder_.add(
        {Do::kDate, static_cast<std::uint8_t>(moment), kNoSource, builder_.dates(std::move(*formats)), 0});
}

void ValueCompiler::named_rows(const Node*& rows, std::string& name) {
  std::vector<std::string_view> known;
  for (const auto& [table, node] : settled_.tables) known.push_back(table);
  const auto at = settled_.tables.find(rows->text);
  if (at == settled_.tables.end())
    findings_.add(rows->at, say("non c'è una tabella «{}»", "there is no table “{}”", shown(rows->text)),
                  meant(rows->text, known));
  name = rows->text;
  rows = at == settled_.tables.end() ? nullptr : at->second;
}

void ValueCompiler::table(const Entry& entry, const Entry* otherwise, const Wanted& wanted) {
  ValueTable table;
  const Node* rows = &entry.value;
  if (rows->is_scalar()) named_rows(rows, table.name);
  if (rows != nullptr && (!rows->is_map() || rows->entries.empty())) {
    findings_.add(rows->at, say("una tabella vuole righe «valore del partner: valore»",
                                "a table wants rows “partner's value: value”"));
    rows = nullptr;
  }
  for (const auto& row : rows == nullptr ? std::span<const Entry>{} : std::span<const Entry>(rows->entries)) {
    const auto constant = builder_.constant(read_constant(row.value, wanted, findings_));
    if (row.key.size() > kMaxTableKey)
      findings_.add(row.at, say("un valore di tabella ha al massimo {} byte",
                                "a table's value has at most {} bytes", kMaxTableKey));
    else if (!table.keys.add(row.key, constant))
      findings_.add(row.at,
                    say("«{}» c'è già in questa tabella", "“{}” is in this table already", shown(row.key)),
                    say("maiuscole e spazi non fanno differenza", "capitals and blanks make no difference"));
  }
  const auto has_else = static_cast<std::uint8_t>(otherwise == nullptr ? 0 : 1);
  const auto jump = builder_.add({Do::kTable, has_else, kNoSource, builder_.table(std::move(table)), 0});
  if (otherwise != nullptr) {
    builder_.forget_value();
    value(otherwise->value, wanted);
  }
  builder_.land(jump);
}

void ValueCompiler::fallback(const Entry& entry, const Wanted& wanted) {
  const auto jump = builder_.add({Do::kIfFilled, 0, kNoSource, 0, 0}, -1);
  value(entry.value, wanted);
  builder_.land(jump);
}

// ------------------------------------------------------------------------------------------------- the
// checks

void ValueCompiler::check_together(const Node& node) {
  const Entry* first = nullptr;
  for (const auto word : kOneOfThese) {
    const auto* entry = node.find(word);
    if (entry == nullptr) continue;
    if (first != nullptr)
      findings_.add(entry->at, say("{0} non si può usare insieme a {1}",
                                   "{0} cannot be used together with {1}", entry->key, first->key));
    first = entry;
  }
  const auto alone = [&](std::string_view word, std::string_view needs) {
    const auto* entry = node.find(word);
    if (entry != nullptr && node.find(needs) == nullptr)
      findings_.add(entry->at, say("{0} vuole anche {1}", "{0} wants {1} as well", word, needs));
  };
  alone("else", "table");
  alone("with", "join");
}

// A field that is no text must be fed something that makes it what it is.
void ValueCompiler::check_types(const Node& node, const Wanted& wanted, const Entry& from) {
  const auto type = wanted.type();
  const bool typed_source = from.key == "constant" || (from.key == "path" && !builder_.input().xml());
  const auto refuse = [&](const Entry& word) {
    const auto label = wants(type);
    findings_.add(word.at,
                  Text{fmt::format("{} non va bene per {}: serve {}", word.key, wanted.path, label.it),
                       fmt::format("{} does not fit {}: it wants {}", word.key, wanted.path, label.en)});
  };
  const auto needs = [&](Text hint) {
    const auto label = wants(type);
    findings_.add(from.at,
                  Text{fmt::format("{} vuole {}, qui arriva un testo", wanted.path, label.it),
                       fmt::format("{} wants {}, what comes here is text", wanted.path, label.en)},
                  std::move(hint));
  };
  const auto *number = node.find("number"), *date = node.find("date"), *table = node.find("table");
  if (number != nullptr && (is_moment(type) || type == FieldType::kBoolean)) return refuse(*number);
  if (date != nullptr && (is_number(type) || type == FieldType::kBoolean)) return refuse(*date);
  if (table != nullptr || number != nullptr || date != nullptr) return;
  if (is_number(type) && !typed_source)
    needs(say("aggiungere per esempio number: it (1.234,56) o number: plain (1234.56)",
              "add for instance number: it (1.234,56) or number: plain (1234.56)"));
  if (is_moment(type) && from.key != "constant")
    needs(say("aggiungere per esempio date: gg/mm/aaaa", "add for instance date: dd/mm/yyyy"));
  if (type == FieldType::kBoolean && !typed_source)
    needs(say("aggiungere per esempio table: {{SI: true, NO: false}}",
              "add for instance table: {{SI: true, NO: false}}"));
}

}  // namespace raccordo::mapping
