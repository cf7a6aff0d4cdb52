// SPDX-License-Identifier: Apache-2.0
#include "problems.hpp"

#include "raccordo/model/counted.hpp"
#include "raccordo/model/nearest.hpp"

namespace raccordo {
namespace {

struct TypeWords {
  FieldType type;
  std::string_view code;
  Label expected;
};

constexpr TypeWords kTypes[] = {
    {FieldType::kText, "wrong_type", {"un testo", "a text"}},
    {FieldType::kInteger, "wrong_type", {"un numero intero", "a whole number"}},
    {FieldType::kNumber, "wrong_type", {"un numero", "a number"}},
    {FieldType::kBoolean, "wrong_type", {"true o false", "true or false"}},
    {FieldType::kObject, "wrong_type", {"un oggetto", "an object"}},
    {FieldType::kReference,
     "invalid_reference",
     {"l'identificativo di un'altra entità", "the identifier of another entity"}},
    {FieldType::kCode, "not_in_code_list", {"un codice dell'elenco", "a code of the list"}},
    {FieldType::kId, "invalid_id", {"un identificativo", "an identifier"}},
    {FieldType::kSourceId, "set_by_hub", {"niente: lo mette l'hub", "nothing: the hub sets it"}},
    {FieldType::kDate, "invalid_date", {"una data esistente aaaa-mm-gg", "an existing date yyyy-mm-dd"}},
    {FieldType::kDateTime, "invalid_date_time", {"data e ora RFC 3339", "an RFC 3339 date and time"}},
    {FieldType::kTime, "invalid_time", {"un'ora hh:mm:ss", "a time hh:mm:ss"}},
    {FieldType::kEmail, "invalid_email", {"un indirizzo di posta elettronica", "an e-mail address"}},
    {FieldType::kUrl,
     "invalid_url",
     {"un indirizzo web http:// o https://", "a web address http:// or https://"}},
    {FieldType::kCountry,
     "invalid_country",
     {"uno Stato ISO 3166-1 di due lettere", "an ISO 3166-1 country of two letters"}},
    {FieldType::kCurrency, "invalid_currency", {"una valuta ISO 4217", "an ISO 4217 currency"}},
    {FieldType::kLanguage, "invalid_language", {"una lingua BCP 47", "a BCP 47 language"}},
    {FieldType::kFiscalCode, "invalid_fiscal_code", {"un codice fiscale valido", "a valid Italian tax code"}},
    {FieldType::kVatNumber, "invalid_vat_number", {"una partita IVA valida", "a valid Italian VAT number"}},
    {FieldType::kUuid, "invalid_id", {"un identificativo canonico (UUID)", "a canonical id (UUID)"}},
    {FieldType::kPartnerId, "invalid_id", {"un identificativo", "an identifier"}},
    {FieldType::kPseudonym,
     "not_a_pseudonym",
     {"uno pseudonimo, senza codice fiscale", "a pseudonym, without a tax code"}},
    {FieldType::kMunicipality,
     "invalid_municipality",
     {"un codice ISTAT di Comune, di sei cifre", "an ISTAT code of a municipality, of six digits"}},
};

const TypeWords& words_of(FieldType type) {
  for (const auto& words : kTypes)
    if (words.type == type) return words;
  return kTypes[0];
}

}  // namespace

Problem wrong_type(const Field& field) {
  const auto& expected = words_of(field.type).expected;
  if (field.list)
    return {"wrong_type",
            {fmt::format("atteso un elenco di: {}", expected.it),
             fmt::format("expected a list of: {}", expected.en)}};
  return {"wrong_type", {fmt::format("atteso {}", expected.it), fmt::format("expected {}", expected.en)}};
}

Problem wrong_value(const Field& field) {
  const auto& words = words_of(field.type);
  if (field.type == FieldType::kCode)
    return {words.code, say("non è un codice dell'elenco {}", "not a code of the list {}", field.of)};
  return {words.code, {fmt::format("non è {}", words.expected.it), fmt::format("not {}", words.expected.en)}};
}

Problem missing(const Field& field) {
  return {"missing",
          {fmt::format("manca, ed è obbligatorio ({})", field.label.it),
           fmt::format("missing, and required ({})", field.label.en)}};
}

Problem advised(const Field& field) {
  return {"missing",
          {fmt::format("manca, e chi legge lo attende ({})", field.label.it),
           fmt::format("missing, and readers expect it ({})", field.label.en)}};
}

Problem needed_where(const Field& field, const Together& rule) {
  return {"missing",
          {fmt::format("manca, ed è obbligatorio dove {} è {} ({})", rule.field, rule.value, field.label.it),
           fmt::format("missing, and required where {} is {} ({})", rule.field, rule.value, field.label.en)}};
}

Problem needs_one_of(const Together& rule) {
  std::string names;
  for (const auto name : rule.any) {
    if (!names.empty() && !name.empty()) names += ", ";
    names += name;
  }
  return {"missing", say("serve almeno uno fra: {}", "one of these is needed: {}", names)};
}

Problem shares_wrong(const Field& field) {
  return {"shares_do_not_add_up",
          say("le quote insieme non fanno {}", "the shares together are not {}", field.shares_of)};
}

Problem too_long(std::size_t limit) {
  return {"too_long", say("più lungo di {} byte", "longer than {} bytes", limit)};
}

Problem too_many_items() { return {"too_many", say("più di {} elementi", "more than {} items", kMaxItems)}; }

Problem too_small(const Field& field) {
  return {"too_small", say("minore di {}", "less than {}", field.min)};
}

Problem too_large(const Field& field) {
  return {"too_large", say("maggiore di {}", "more than {}", field.max)};
}

Problem set_by_hub() {
  return {"set_by_hub",
          say("lo imposta l'hub: il plugin non deve indicarlo", "the hub sets it: a plugin must not")};
}

Problem unknown_field(const Schema& schema, std::string_view name) {
  const auto known = nearest(name, schema.fields, [](const Field& field) { return field.name; });
  if (known.empty())
    return {"unknown_field",
            {fmt::format("{} non ha questo campo", schema.kind),
             fmt::format("{} has no such field", schema.kind)}};
  return {"unknown_field",
          {fmt::format("{} non ha questo campo; il più simile è {}", schema.kind, known),
           fmt::format("{} has no such field; the nearest is {}", schema.kind, known)}};
}

Problem unknown_kind(std::string_view kind, std::span<const Schema* const> kinds) {
  const auto known = nearest(kind, kinds, [](const Schema* schema) { return schema->kind; });
  const auto shown = kind.substr(0, 64);
  if (known.empty())
    return {"unknown_kind", say("il tipo di entità {} non esiste", "there is no kind of entity {}", shown)};
  return {"unknown_kind", say("il tipo di entità {} non esiste; il più simile è {}",
                              "there is no kind of entity {}; the nearest is {}", shown, known)};
}

Problem entity_too_large() {
  return {"too_large", say("l'entità supera {} byte", "the entity is larger than {} bytes", kMaxEntityBytes)};
}

Problem not_listed(std::size_t more) {
  return {"not_listed", counted(more, {"altro campo lasciato fuori", "more field left out"},
                                {"altri campi lasciati fuori", "more fields left out"})};
}

}  // namespace raccordo
