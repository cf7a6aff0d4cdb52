// SPDX-License-Identifier: Apache-2.0
// Schemas as validation walks them: code lists and parts looked up once.
#pragma once

#include <bit>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "raccordo/model/schema.hpp"

namespace raccordo {

// The first eight bytes of a name as a number: numbers sort as the bytes do, shorter names before longer ones.
inline std::uint64_t first_bytes(std::string_view name) {
  std::uint64_t word = 0;
  if constexpr (std::endian::native == std::endian::little) {
    if (name.size() >= 8) {
      std::memcpy(&word, name.data(), 8);
      return __builtin_bswap64(word);
    }
  }
  for (std::size_t i = 0; i < 8; ++i) word = word << 8 | (i < name.size() ? static_cast<unsigned char>(name[i]) : 0u);
  return word;
}

// Like a.compare(b), when their first bytes are known.
inline int compare_names(std::uint64_t a_first, std::string_view a, std::uint64_t b_first, std::string_view b) {
  if (a_first != b_first) return a_first < b_first ? -1 : 1;
  if (a.size() <= 8 && b.size() <= 8) return static_cast<int>(a.size()) - static_cast<int>(b.size());
  return a.compare(b);
}

struct Rules;

struct Rule {
  const Field* field = nullptr;
  std::string_view name;
  std::uint64_t name_first = 0;
  std::string_view kind;          // of kId and kReference: whose id it is
  std::span<const Code> codes;    // of kCode, kCountry and kCurrency
  std::vector<std::uint64_t> code_firsts;  // of each code, its first bytes
  const Rules* object = nullptr;  // of kObject
};

struct Rules {
  const Schema* schema = nullptr;
  std::vector<Rule> fields;  // sorted by name
  const Field* shares = nullptr;  // the one whose items are shares of a price
};

// All kinds of both lanes. Owns the rules.
class RuleBook {
 public:
  RuleBook();
  [[nodiscard]] const Rules* find(std::string_view kind) const;       // of the catalogue
  [[nodiscard]] const Rules* find_case(std::string_view kind) const;  // of cases

 private:
  const Rules* compile(const Schema& schema);

  std::vector<std::unique_ptr<Rules>> parts_;
  std::vector<const Rules*> kinds_;
  std::vector<const Rules*> case_kinds_;
};

// Made at the first call, then shared. [any]
[[nodiscard]] const RuleBook& rule_book();

}  // namespace raccordo
