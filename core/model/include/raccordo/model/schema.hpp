// SPDX-License-Identifier: Apache-2.0
// The canonical model as data: what the typed entities (entity.hpp) declare, in the form that validation,
// mapping files, documentation and labels read at run time.
#pragma once

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
  kUrl,         // absolute, http or https
  kCountry,     // ISO 3166-1 alpha-2
  kCurrency,    // ISO 4217
  kLanguage,    // BCP 47
  kFiscalCode,  // codice fiscale, of a person or an organization
  kVatNumber,   // partita IVA
};

struct Schema;

struct Field {
  std::string_view name;
  FieldType type = FieldType::kText;
  bool required = false;
  bool list = false;
  std::string_view of;               // a reference's kind, a code list, the reference of a source id
  const Schema* object = nullptr;    // for kObject
  std::uint32_t max_length = 4'096;  // bytes of a text, items of a list are bounded by kMaxItems
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  Label label;
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

  [[nodiscard]] const Field* find(std::string_view name) const;
};

// Every kind of the catalogue lane, in the order in which a reader wants them: what is referred to first.
[[nodiscard]] std::span<const Schema* const> catalogue_kinds();
[[nodiscard]] const Schema* find_kind(std::string_view kind);

// The codes of a list, or empty when there is no such list.
struct Code {
  std::string_view code;
  Label label;
};
[[nodiscard]] std::span<const Code> code_list(std::string_view name);

}  // namespace raccordo
