// SPDX-License-Identifier: Apache-2.0
// Schemas as validation walks them: code lists and parts looked up once.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "raccordo/model/schema.hpp"

namespace raccordo {

struct Rules;

struct Rule {
  const Field* field = nullptr;
  std::string_view name;
  std::string_view kind;          // of kId and kReference: whose id it is
  std::span<const Code> codes;    // of kCode, kCountry and kCurrency
  const Rules* object = nullptr;  // of kObject
};

struct Rules {
  const Schema* schema = nullptr;
  std::vector<Rule> fields;  // sorted by name
};

// All kinds of the catalogue lane. Owns the rules.
class RuleBook {
 public:
  RuleBook();
  [[nodiscard]] const Rules* find(std::string_view kind) const;

 private:
  const Rules* compile(const Schema& schema);

  std::vector<std::unique_ptr<Rules>> parts_;
  std::vector<const Rules*> kinds_;
};

}  // namespace raccordo
