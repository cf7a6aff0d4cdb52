// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/rows.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <charconv>

namespace raccordo::postgresql {

void Rows::Clear::operator()(pg_result* result) const { PQclear(result); }

int Rows::size() const { return result_ ? PQntuples(result_.get()) : 0; }

std::int64_t Rows::changed() const {
  const std::string_view digits = result_ ? PQcmdTuples(result_.get()) : "";
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

bool Rows::is_null(int row, int column) const { return PQgetisnull(result_.get(), row, column) != 0; }

std::int64_t Rows::integer(int row, int column) const {
  const auto value = bytes(row, column);
  if (value.empty()) return 0;
  std::uint64_t number = static_cast<signed char>(value.front()) < 0 ? ~std::uint64_t{0} : 0;
  for (const unsigned char c : value) number = number << 8 | c;
  return static_cast<std::int64_t>(number);
}

Uuid Rows::uuid(int row, int column) const {
  Uuid id;
  const auto value = bytes(row, column);
  std::copy_n(value.begin(), std::min(value.size(), id.bytes.size()), id.bytes.begin());
  return id;
}

std::string_view Rows::bytes(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

}  // namespace raccordo::postgresql
