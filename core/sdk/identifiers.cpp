// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/identifiers.hpp"

namespace raccordo {
inline namespace sdk {

void append_id_part(std::string_view part, std::string& id) {
  for (const char c : part) {
    if (c == ':')
      id += "%3A";
    else if (c == '%')
      id += "%25";
    else
      id += c;
  }
}

}  // namespace sdk
}  // namespace raccordo
