// SPDX-License-Identifier: Apache-2.0
// The canonical ids of what one source states: computed from the partner's own ids, so that they need no
// table and are the same at every run and on every hub that reads the same source.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "raccordo/model/uuid.hpp"

namespace raccordo {

// UUIDv5(NAMESPACE_URL, "urn:raccordo:<hub>:<connector>"): the space of a source's statements.
[[nodiscard]] Uuid statement_space(std::string_view hub, std::string_view connector);

// One owner, one thread at a time. [flow]
class StatementKeys {
 public:
  explicit StatementKeys(const Uuid& space);

  [[nodiscard]] const Uuid& space() const { return space_; }

  // UUIDv5(space, kind + LF + source_id).
  [[nodiscard]] Uuid key(std::string_view kind, std::string_view source_id);

  // The same, for ids that come again and again (an offer's service): remembers the latest ones.
  [[nodiscard]] Uuid reference(std::string_view kind, std::string_view source_id);

 private:
  struct Remembered {
    std::string name;
    Uuid key;
  };

  Uuid space_;
  std::string name_;                    // reused
  std::vector<Remembered> remembered_;  // by a hash of the name; a newer one takes the place of an older
};

}  // namespace raccordo
