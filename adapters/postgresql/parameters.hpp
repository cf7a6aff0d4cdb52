// SPDX-License-Identifier: EUPL-1.2
// The values that a statement takes, in PostgreSQL's binary form: bytes travel as they are.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "raccordo/model/uuid.hpp"

namespace raccordo::postgresql {

struct Blob {
  std::string_view bytes;
};

// Arrays: a column of rows that one statement writes, `unnest($1::bytea[], ...)`.
struct Integers {
  std::vector<std::int64_t> values;
};
struct Texts {
  std::vector<std::string_view> values;
};
struct Blobs {
  std::vector<std::string_view> values;
};
struct Uuids {
  std::vector<Uuid> values;
};

// One column of `rows`.
template <typename Column, typename Rows, typename Get>
[[nodiscard]] Column column(const Rows& rows, Get get) {
  Column out;
  out.values.reserve(std::size(rows));
  for (const auto& row : rows) out.values.push_back(get(row));
  return out;
}

// Texts and blobs stay borrowed; numbers and arrays are copied.
class Parameters {
 public:
  void add(std::int64_t value);
  void add(bool value);
  void add(std::string_view text);
  void add(const std::string& text) { add(std::string_view(text)); }
  void add(const char* text) { add(std::string_view(text)); }
  void add(Blob blob);
  void add(const Uuid& id);
  void add(std::optional<Blob> blob);
  void add(const Integers& array);
  void add(const Texts& array);
  void add(const Blobs& array);
  void add(const Uuids& array);

  [[nodiscard]] int count() const { return static_cast<int>(types_.size()); }
  [[nodiscard]] const unsigned* types() const { return types_.data(); }
  [[nodiscard]] const char* const* values() const { return values_.data(); }
  [[nodiscard]] const int* lengths() const { return lengths_.data(); }
  [[nodiscard]] const int* formats() const { return formats_.data(); }

 private:
  void put(unsigned type, std::string_view bytes);
  void own(unsigned type, std::string bytes);

  std::vector<unsigned> types_;
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::deque<std::string> owned_;
};

}  // namespace raccordo::postgresql
