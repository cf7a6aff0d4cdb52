// SPDX-License-Identifier: EUPL-1.2
#include <cmath>
#include <set>

#include "core/engine/config/markdown.hpp"
#include "core/engine/config/reference.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo {
namespace {

Label label_of(FieldType type) {
  switch (type) {
    case FieldType::kText:
      return {"testo", "text"};
    case FieldType::kInteger:
      return {"numero intero", "whole number"};
    case FieldType::kNumber:
      return {"numero", "number"};
    case FieldType::kBoolean:
      return {"vero o falso", "true or false"};
    case FieldType::kObject:
      return {"oggetto", "object"};
    case FieldType::kReference:
      return {"riferimento", "reference"};
    case FieldType::kCode:
      return {"codice", "code"};
    case FieldType::kId:
      return {"identificativo", "id"};
    case FieldType::kSourceId:
      return {"identificativo del partner", "partner's id"};
    case FieldType::kDate:
      return {"data", "date"};
    case FieldType::kDateTime:
      return {"data e ora", "date and time"};
    case FieldType::kTime:
      return {"ora", "time of day"};
    case FieldType::kEmail:
      return {"posta elettronica", "e-mail"};
    case FieldType::kUrl:
      return {"indirizzo web", "web address"};
    case FieldType::kCountry:
      return {"Stato (ISO 3166-1)", "country (ISO 3166-1)"};
    case FieldType::kCurrency:
      return {"valuta (ISO 4217)", "currency (ISO 4217)"};
    case FieldType::kLanguage:
      return {"lingua (BCP 47)", "language (BCP 47)"};
    case FieldType::kFiscalCode:
      return {"codice fiscale", "tax code"};
    case FieldType::kVatNumber:
      return {"partita IVA", "VAT number"};
    case FieldType::kUuid:
      return {"identificativo canonico", "canonical id"};
    case FieldType::kPartnerId:
      return {"identificativo del partner", "partner's id"};
    case FieldType::kPseudonym:
      return {"pseudonimo", "pseudonym"};
    case FieldType::kMunicipality:
      return {"Comune (codice ISTAT)", "municipality (ISTAT code)"};
  }
  return {};
}

std::string type_of(const Field& field) {
  const auto label = label_of(field.type);
  std::string out = fmt::format("{} / {}", label.it, label.en);
  if (field.type == FieldType::kObject && field.object != nullptr)
    out += fmt::format(" `{}`", field.object->kind);
  else if (!field.of.empty())
    out += fmt::format(" `{}`", field.of);
  if (std::isfinite(field.min)) out += fmt::format(" ≥ {:.12g}", field.min);
  if (std::isfinite(field.max)) out += fmt::format(" ≤ {:.12g}", field.max);
  if (field.list) out += " (elenco / list)";
  if (!field.people.empty()) out += fmt::format(", dati di persona / people's data `{}`", field.people);
  return out;
}

std::string needed(const Field& field) {
  if (field.required) return "sì / yes";
  return field.advised ? "atteso / expected" : "";
}

// One kind or nested object after the other; what they refer to follows once.
class ModelText {
 public:
  void kind(const Schema& schema) {
    out_ += fmt::format("\n## `{}`: {} / {}\n", schema.kind, schema.label.it, schema.label.en);
    if (!schema.topic.empty()) out_ += fmt::format("\nArgomento / topic: `{}`\n", schema.topic);
    fields(schema);
  }

  std::string take() {
    for (const auto* object : objects_) {
      out_ += fmt::format("\n## `{}`: {} / {}\n", object->kind, object->label.it, object->label.en);
      fields(*object);
    }
    for (const auto list : lists_) codes(list);
    return std::move(out_);
  }

 private:
  void fields(const Schema& schema) {
    MarkdownTable table(
        {"campo / field", "tipo / type", "in italiano", "in English", "richiesto / required"});
    for (const auto& field : schema.fields) {
      table.row({"`" + std::string(field.name) + "`", type_of(field), std::string(field.label.it),
                 std::string(field.label.en), needed(field)});
      if (field.object != nullptr) remember(*field.object);
      if (field.type == FieldType::kCode) lists_.insert(field.of);
      if (!field.people.empty()) lists_.insert("people_class");
    }
    out_ += "\n" + table.text();
    for (const auto& rule : schema.together) together(rule);
  }

  void together(const Together& rule) {
    const auto where = rule.field.empty() ? "" : fmt::format("`{}` = `{}`: ", rule.field, rule.value);
    if (const auto names = quoted(rule.all); !names.empty())
      out_ += fmt::format("\n{}servono / needed: {}\n", where, names);
    if (const auto names = quoted(rule.any); !names.empty())
      out_ += fmt::format("\n{}almeno uno / at least one: {}\n", where, names);
  }

  static std::string quoted(std::span<const std::string_view> names) {
    std::string out;
    for (const auto name : names)
      if (!name.empty()) out += fmt::format("{}`{}`", out.empty() ? "" : ", ", name);
    return out;
  }

  void remember(const Schema& object) {
    for (const auto* known : objects_)
      if (known->kind == object.kind) return;
    objects_.push_back(&object);
    for (const auto& field : object.fields) {
      if (field.object != nullptr) remember(*field.object);
    }
  }

  void codes(std::string_view list) {
    constexpr std::size_t kShown = 200;  // longer lists are those of a register, and documented there
    const auto known = code_list(list);
    out_ += fmt::format("\n## Codici / codes `{}`\n\n", list);
    if (known.size() > kShown) {
      out_ += fmt::format("{} codici / codes\n", known.size());
      return;
    }
    MarkdownTable table({"codice / code", "in italiano", "in English"});
    for (const auto& code : known)
      table.row({"`" + std::string(code.code) + "`", std::string(code.label.it), std::string(code.label.en)});
    out_ += table.text();
  }

  std::string out_;
  std::vector<const Schema*> objects_;
  std::set<std::string_view> lists_;
};

}  // namespace

ReferencePage model_page() {
  ModelText text;
  for (const auto* schema : catalogue_kinds()) text.kind(*schema);
  for (const auto* schema : case_kinds()) text.kind(*schema);
  return {"model.md",
          "# Il modello / The model\n\nFatto dalle dichiarazioni con `raccordo docs --write docs/reference`. "
          "/ Made from the declarations by "
          "the same command.\n" +
              text.take()};
}

}  // namespace raccordo
