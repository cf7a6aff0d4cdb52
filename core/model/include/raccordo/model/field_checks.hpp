// SPDX-License-Identifier: Apache-2.0
// Whether a text is what a field of the canonical model asks for. Exact: no trimming, no other case. [any]
#pragma once

#include <string_view>

#include "raccordo/model/schema.hpp"

namespace raccordo {

// ISO 8601 calendar date yyyy-mm-dd that exists.
[[nodiscard]] bool is_date(std::string_view text);
// RFC 3339 section 5.6, with upper-case T and Z.
[[nodiscard]] bool is_date_time(std::string_view text);
// hh:mm:ss, a fraction and an offset may follow.
[[nodiscard]] bool is_time(std::string_view text);
// A dot-atom, one @, a domain with a dot, within the lengths of RFC 5321 section 4.5.3.1.
[[nodiscard]] bool is_email(std::string_view text);
// Absolute, http or https, a host, RFC 3986 characters only, no user or password in it.
[[nodiscard]] bool is_url(std::string_view text);
// The shape of a BCP 47 tag; whether its parts are registered is not looked up.
[[nodiscard]] bool is_language(std::string_view text);
// Six digits, as ISTAT numbers the municipalities: "019036".
[[nodiscard]] bool is_municipality(std::string_view text);
// No codice fiscale of a person stands in it, in capitals or not, and it is no e-mail address.
[[nodiscard]] bool is_pseudonym(std::string_view text);
// The one that a field of this type asks for; true for types whose texts have no form of their own. Codes of
// a list are not looked up.
[[nodiscard]] bool has_form_of(FieldType type, std::string_view text);

}  // namespace raccordo
