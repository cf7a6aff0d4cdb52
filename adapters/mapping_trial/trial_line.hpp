// SPDX-License-Identifier: EUPL-1.2
// What a mapping makes of one record, a line each: an entity, a step of a case, a rejection, a finding, a
// record that is filtered.
#pragma once

#include <cstdint>
#include <string>

#include "raccordo/model/text.hpp"

namespace raccordo::mapping_trial {

struct TrialLine {
  enum class What { kEntity, kStep, kRejected, kFinding, kFiltered };

  What what = What::kEntity;
  std::uint64_t line = 0;  // of the record in its file
  std::string name;        // the entity's kind, the step's type, or the code of a rejection or finding
  std::string field;       // as the partner or the model names it; may be empty
  std::string data;        // of an entity: what the hub would publish, with the partner's own ids
  Text text;               // of the others, for people
};

// Keys in a fixed order and no words for people, so that lines of a test stay the same:
//   {"line":2,"entity":"service","data":{...}}
//   {"line":2,"step":"booking.confirm.v1","data":{...}}
//   {"line":3,"rejected":"not_a_number","field":"POSTI"}
//   {"line":4,"finding":"invalid_email","field":"service.email"}
//   {"line":5,"filtered":true}
[[nodiscard]] std::string as_json(const TrialLine& line);

// "2: service {...}", "3: rejected: POSTI: ... (not_a_number)"
[[nodiscard]] std::string as_words(const TrialLine& line, Language language);

}  // namespace raccordo::mapping_trial
