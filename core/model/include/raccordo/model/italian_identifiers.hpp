// SPDX-License-Identifier: Apache-2.0
// Codice fiscale (D.M. 23 dicembre 1976) and partita IVA (D.P.R. 633/1972 art. 35), upper case, with their
// check characters. [any]
#pragma once

#include <string>
#include <string_view>

namespace raccordo {

// Of a person, 16 characters. Omocodia (letters in place of digits) is valid: two people may share the base
// form, so never compare persons by it.
[[nodiscard]] bool is_personal_fiscal_code(std::string_view text);

// Of an organization, or a provisional one of a person: 11 digits.
[[nodiscard]] bool is_numeric_fiscal_code(std::string_view text);

// Either of the two.
[[nodiscard]] bool is_fiscal_code(std::string_view text);

[[nodiscard]] bool is_vat_number(std::string_view text);

// As registers write one, however somebody typed it: capitals, no blanks. Omocodia stays, for it tells two
// people apart.
[[nodiscard]] std::string normal_fiscal_code(std::string_view text);

}  // namespace raccordo
