// SPDX-License-Identifier: EUPL-1.2
// What a statement answered, in PostgreSQL's binary form.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "raccordo/model/uuid.hpp"

struct pg_result;

namespace raccordo::postgresql {

class Rows {
 public:
  Rows() = default;
  explicit Rows(pg_result* result) : result_(result) {}

  [[nodiscard]] int size() const;
  [[nodiscard]] bool empty() const { return size() == 0; }
  // Rows that the statement changed.
  [[nodiscard]] std::int64_t changed() const;

  [[nodiscard]] bool is_null(int row, int column) const;
  [[nodiscard]] std::int64_t integer(int row, int column) const;  // bigint, integer or boolean
  [[nodiscard]] std::string_view bytes(int row, int column) const;
  [[nodiscard]] std::string text(int row, int column) const { return std::string(bytes(row, column)); }
  [[nodiscard]] Uuid uuid(int row, int column) const;

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Clear> result_;
};

}  // namespace raccordo::postgresql
