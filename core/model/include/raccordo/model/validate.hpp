// SPDX-License-Identifier: Apache-2.0
// What a plugin states becomes what the hub publishes: checked against the model, with canonical ids, in
// canonical JSON. One pass over the text; nothing is built.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "raccordo/model/schema.hpp"
#include "raccordo/model/statement_keys.hpp"
#include "raccordo/model/uuid.hpp"

namespace raccordo {

struct Rules;

// A field that was left out because it was not valid, not known or not needed to be believed. `text` says
// what is wrong and never shows the value, which may say something about a person.
struct DroppedField {
  std::string path;       // "address.postal_code", "phones[2].number"
  std::string_view code;  // "invalid_email" ...; static
  Text text;
};

// Why an entity was refused.
struct Refusal {
  std::string_view code;  // static
  std::string path;       // empty: the entity as a whole
  Text text;
};

struct ValidEntity {
  const Schema* schema = nullptr;
  Uuid key;
  std::string_view source_id;  // decoded; until the next `validate`
  std::string_view data;       // in `out`, until `out` changes
  std::uint64_t hash = 0;      // XXH3-64 of `data`
};

struct ValidCase {
  const Schema* schema = nullptr;
  std::string_view data;  // in `out`, until `out` changes
};

inline constexpr std::size_t kMaxDropped =
    100;  // findings for one entity; one more says how many were not listed

// Codes of fields dropped: unknown_field, wrong_type, too_long, too_many, too_small, too_large,
// not_in_code_list, invalid_date, invalid_date_time, invalid_time, invalid_email, invalid_url,
// invalid_country, invalid_currency, invalid_language, invalid_fiscal_code, invalid_vat_number,
// invalid_reference, invalid_id, not_a_pseudonym, invalid_municipality, shares_do_not_add_up, not_listed; and
// missing, where a part lacks what it cannot be without, or what readers expect (it stays then). Refusals:
// the same for required fields, missing, invalid_id, set_by_hub, unknown_kind, invalid_json, too_large.
//
// What stands where ids do: those that the hub computes, the partner's own beside them; or only the latter,
// as somebody who tries a plugin knows them.
enum class PublishedIds : std::uint8_t { kCanonical, kPartners };

// One owner, one thread at a time. [flow]
class Validator {
 public:
  explicit Validator(PublishedIds ids = PublishedIds::kCanonical);
  ~Validator();
  Validator(const Validator&) = delete;
  Validator& operator=(const Validator&) = delete;

  // Checks `json`, the entity of this kind as a plugin stated it, not trusted, and appends its published form
  // to `out`: `id` and references as canonical ids, source ids put in, null, empty and invalid optional
  // values left out (the last with an entry appended to `dropped`), keys sorted, no white space. An invalid
  // or missing required field refuses the whole: nullopt, `out` and `dropped` as they were, `refusal()` says
  // why. Fast when the text is canonical already; any other valid JSON is accepted too.
  [[nodiscard]] std::optional<ValidEntity> validate(std::string_view kind, std::string_view json,
                                                    StatementKeys& keys, std::string& out,
                                                    std::vector<DroppedField>& dropped);

  // The same for what cases are made of, of a kind of case_kinds(): its ids are canonical already and stay.
  [[nodiscard]] std::optional<ValidCase> validate_case(std::string_view kind, std::string_view json,
                                                       std::string& out, std::vector<DroppedField>& dropped);

  // Of the last one that was refused.
  [[nodiscard]] const Refusal& refusal() const;

 private:
  struct State;

  bool walk(const Rules& rules, std::string_view json, StatementKeys* keys, std::string& out,
            std::vector<DroppedField>& dropped);

  std::unique_ptr<State> state_;
};

}  // namespace raccordo
