// SPDX-License-Identifier: Apache-2.0
// One pass over an entity's canonical JSON beside the fields of its schema, both sorted by name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "canonical_reader.hpp"
#include "problems.hpp"
#include "raccordo/model/validate.hpp"
#include "rules.hpp"

namespace raccordo {

enum class Step : std::uint8_t {
  kTaken,   // read, checked, written
  kAbsent,  // null or empty: as if it were not there
  kWrong,   // read; `wrong` says what is wrong with it
  kStop,    // the text is not canonical JSON, or no JSON at all
};

// Kept between entities so that walking one allocates nothing.
struct WalkBuffers {
  struct Place {
    std::string_view name;
    std::ptrdiff_t item = -1;
  };

  PublishedIds ids = PublishedIds::kCanonical;
  std::vector<Place> path;
  std::string decoded;
  std::string source_id;  // decoded
  Uuid key;
  Problem wrong;
  std::string wrong_path;
};

class EntityWalk {
 public:
  // Without keys: of a kind that has neither an id of its own nor references.
  EntityWalk(std::string_view text, Spelling spelling, StatementKeys* keys, WalkBuffers& buffers,
             std::string& out, std::vector<DroppedField>& dropped);

  // The whole text is one entity. kTaken: its published form was appended to `out`.
  Step run(const Rules& rules);

 private:
  Step object(const Rules& rules);
  Step members(const Rules& rules);
  Step members_until_brace(const Rules& rules, std::vector<Rule>::const_iterator& next);
  Step field(const Rule& rule, const char* key_begin);
  Step not_given(const Rule& rule);
  Step unknown(const Rules& rules, std::string_view key);
  Step together(const Schema& schema, std::size_t begin);
  void prefer_what_was_dropped();
  void check_shares(const Field& field, std::size_t begin);
  Step list(const Rule& rule);
  Step value(const Rule& rule);
  Step text(const Rule& rule);
  Step id(const Rule& rule);
  Step number(const Rule& rule);
  Step boolean(const Rule& rule);
  void write_source_id(const Rule& rule);

  Step wrong(Problem problem);
  Step wrong_type_here(const Rule& rule);
  void drop();
  std::string path() const;

  CanonicalReader in_;
  StatementKeys* keys_;
  WalkBuffers& buffers_;
  std::string& out_;
  std::vector<DroppedField>& dropped_;
  std::size_t dropped_before_;
  std::size_t not_listed_ = 0;
  std::string_view raw_id_;     // as it is spelled in the text, without its quotes
  std::string_view reference_;  // the last one that was taken, and the partner's id in it
  std::string_view raw_reference_;
};

}  // namespace raccordo
