// SPDX-License-Identifier: Apache-2.0
// The canonical model as data: what the typed entities (entity.hpp) declare, in the form that validation,
// mapping files, documentation and labels read at run time.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "raccordo/model/text.hpp"

namespace raccordo {

enum class FieldType : std::uint8_t {
  kText,
  kInteger,  // 64 bits
  kNumber,   // finite
  kBoolean,
  kObject,     // `object` says of what
  kReference,  // the partner's id of an entity of kind `of`; the host turns it into the canonical id
  kCode,       // one of the code list `of`
  kId,         // the entity's own id, as the partner writes it
  kSourceId,   // set by the host: the partner's own id, of the entity or of its reference `of`
  kDate,       // ISO 8601 calendar date, yyyy-mm-dd
  kDateTime,   // RFC 3339
  kTime,       // hh:mm:ss, with or without an offset
  kEmail,
  kUrl,           // absolute, http or https
  kCountry,       // ISO 3166-1 alpha-2
  kCurrency,      // ISO 4217
  kLanguage,      // BCP 47
  kFiscalCode,    // codice fiscale, of a person or an organization
  kVatNumber,     // partita IVA
  kUuid,          // a canonical id, of a case or of an entity of kind `of`
  kPartnerId,     // an identifier as a partner writes it, which stays as it is
  kPseudonym,     // a partner's id that stands for a person, and in which no codice fiscale stands
  kMunicipality,  // ISTAT code of an Italian municipality, six digits; whether it exists is not looked up
};

struct Schema;

struct Field {
  std::string_view name;
  FieldType type = FieldType::kText;
  bool required = false;
  bool list = false;
  std::string_view of;               // a reference's or id's kind, a code list, the reference of a source id
  const Schema* object = nullptr;    // for kObject
  std::uint32_t max_length = 4'096;  // bytes of a text, items of a list are bounded by kMaxItems
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  Label label;
  std::string_view people;     // says something about a person: the class, of the code list `people_class`
  bool advised = false;        // its lack is a finding, and no more
  std::string_view shares_of;  // a list of shares, which together are the price in this other field
};

// A rule over several fields of one object. Names that are empty do not count.
struct Together {
  std::string_view field;  // it holds where this field says `value`; empty: always
  std::string_view value;
  std::array<std::string_view, 3> all;  // each of these must be there
  std::array<std::string_view, 3> any;  // one of these must be there
};

inline constexpr std::size_t kMaxItems = 10'000;          // of a list
inline constexpr std::size_t kMaxEntityBytes = 1u << 20;  // of an entity's canonical JSON
inline constexpr std::size_t kMaxIdBytes = 512;           // of a partner's id

// Fields are sorted by name, as canonical JSON sorts its keys.
struct Schema {
  std::string_view kind;   // "service"; for nested objects the object's name
  std::string_view topic;  // "services"; empty for nested objects
  Label label;
  std::span<const Field> fields;
  std::span<const Together> together;

  [[nodiscard]] const Field* find(std::string_view name) const;
};

// Every kind of the catalogue lane, in the order in which a reader wants them: what is referred to first.
[[nodiscard]] std::span<const Schema* const> catalogue_kinds();
[[nodiscard]] const Schema* find_kind(std::string_view kind);

// Every kind of the case lane: what commands ask and what facts tell. None is a kind of the catalogue.
[[nodiscard]] std::span<const Schema* const> case_kinds();
[[nodiscard]] const Schema* find_case_kind(std::string_view kind);
// What a command of this type holds: "booking.confirm.v1" a booking_command. Null: there is no such command.
[[nodiscard]] const Schema* schema_of_command(std::string_view type);

// The codes of a list, or empty when there is no such list.
struct Code {
  std::string_view code;
  Label label;
};
[[nodiscard]] std::span<const Code> code_list(std::string_view name);

}  // namespace raccordo
