// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/constants.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "plugins/mapping/arena.hpp"
#include "raccordo/model/field_checks.hpp"

namespace raccordo::mapping {
namespace {

Constant misfit(const Node& node, const Wanted& wanted, Findings& findings, Text hint = {}) {
  const auto label = wants(wanted.type());
  findings.add(
      node.at,
      Text{fmt::format("«{}» non va bene per {}: serve {}", shown(node.text), wanted.path, label.it),
           fmt::format("“{}” does not fit {}: it wants {}", shown(node.text), wanted.path, label.en)},
      std::move(hint));
  return {};
}

bool is_whole(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  return code == std::errc{} && end == text.data() + text.size();
}

Constant number(const Node& node, const Wanted& wanted, Findings& findings) {
  if (is_whole(node.text)) {
    std::int64_t value = 0;
    std::from_chars(node.text.data(), node.text.data() + node.text.size(), value);
    return {Holds::kWhole, std::to_string(value)};
  }
  if (wanted.type() == FieldType::kInteger) return misfit(node, wanted, findings);
  Arena arena;
  const auto read = read_number(node.text, NumberFormat{}, NumberKind::kDecimal, arena);
  if (read.trouble != NumberTrouble::kNone) return misfit(node, wanted, findings);
  return {read.whole ? Holds::kWhole : Holds::kDecimal, std::string(read.text)};
}

Constant code(const Node& node, const Wanted& wanted, Findings& findings) {
  std::vector<std::string_view> known;
  for (const auto& one : code_list(wanted.field->of)) {
    if (one.code == node.text) return {Holds::kText, node.text};
    known.push_back(one.code);
  }
  if (known.empty()) return {Holds::kText, node.text};  // a list that nobody closed
  return misfit(node, wanted, findings, meant(node.text, known));
}

bool in_list(std::string_view list, std::string_view code) {
  const auto codes = code_list(list);
  return std::any_of(codes.begin(), codes.end(), [&](const Code& one) { return one.code == code; });
}

bool fits(FieldType type, std::string_view text) {
  if (type == FieldType::kCountry) return in_list("country", text);
  if (type == FieldType::kCurrency) return in_list("currency", text);
  return has_form_of(type, text);
}

}  // namespace

Constant read_constant(const Node& node, const Wanted& wanted, Findings& findings) {
  if (node.is_nothing() || (node.is_scalar() && node.text.empty())) return {};
  if (!node.is_scalar()) {
    findings.add(node.at, say("qui serve un valore semplice", "a plain value is needed here"));
    return {};
  }
  switch (wanted.type()) {
    case FieldType::kInteger:
    case FieldType::kNumber:
      return number(node, wanted, findings);
    case FieldType::kBoolean:
      if (node.text == "true" || node.text == "false") return {Holds::kBoolean, node.text};
      return misfit(node, wanted, findings);
    case FieldType::kCode:
      return code(node, wanted, findings);
    default:
      if (!fits(wanted.type(), node.text)) return misfit(node, wanted, findings);
      return {Holds::kText, node.text};
  }
}

Label wants(FieldType type) {
  switch (type) {
    case FieldType::kText:
      return {"un testo", "a text"};
    case FieldType::kInteger:
      return {"un numero intero", "a whole number"};
    case FieldType::kNumber:
      return {"un numero", "a number"};
    case FieldType::kBoolean:
      return {"true o false", "true or false"};
    case FieldType::kObject:
      return {"le sue parti, scritte sotto", "its parts, written below it"};
    case FieldType::kReference:
      return {"l'identificativo di un'altra entità", "the identifier of another entity"};
    case FieldType::kCode:
      return {"un codice del suo elenco", "a code of its list"};
    case FieldType::kId:
    case FieldType::kSourceId:
    case FieldType::kPartnerId:
      return {"un identificativo", "an identifier"};
    case FieldType::kDate:
      return {"una data come 2026-03-31", "a date such as 2026-03-31"};
    case FieldType::kDateTime:
      return {"data e ora come 2026-03-31T09:30:00+02:00", "date and time such as 2026-03-31T09:30:00+02:00"};
    case FieldType::kTime:
      return {"un'ora come 09:30:00", "a time such as 09:30:00"};
    case FieldType::kEmail:
      return {"un indirizzo di posta elettronica", "an e-mail address"};
    case FieldType::kUrl:
      return {"un indirizzo web con http o https", "a web address with http or https"};
    case FieldType::kCountry:
      return {"un codice di stato come IT", "a country code such as IT"};
    case FieldType::kCurrency:
      return {"una valuta come EUR", "a currency such as EUR"};
    case FieldType::kLanguage:
      return {"una lingua come it", "a language such as it"};
    case FieldType::kFiscalCode:
      return {"un codice fiscale", "an Italian tax code"};
    case FieldType::kVatNumber:
      return {"una partita IVA", "an Italian VAT number"};
    case FieldType::kUuid:
      return {"un identificativo canonico", "a canonical id"};
    case FieldType::kPseudonym:
      return {"uno pseudonimo", "a pseudonym"};
    case FieldType::kMunicipality:
      return {"il codice ISTAT di un Comune, come 019036", "the ISTAT code of a municipality such as 019036"};
  }
  return {"un valore", "a value"};
}

}  // namespace raccordo::mapping
