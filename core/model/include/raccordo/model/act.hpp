// SPDX-License-Identifier: Apache-2.0
// Why a public body does something, and under which number it filed it.
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct Act {
  std::optional<std::string> authority;
  std::optional<std::string> date;
  std::string number;

  static constexpr auto describe() {
    using A = Act;
    return part("act", {"Atto", "Act"}, field("authority", &A::authority, "Autorità", "Authority"),
                field("date", &A::date, "Data", "Date").as(FieldType::kDate),
                field("number", &A::number, "Numero", "Number").at_most_bytes(128));
  }
};

// D.P.R. 445/2000 art. 53.
struct Protocollo {
  std::optional<std::string> date;
  std::string number;
  std::optional<std::string> office;

  static constexpr auto describe() {
    using P = Protocollo;
    return part("protocollo", {"Protocollo", "Registration"},
                field("date", &P::date, "Data", "Date").as(FieldType::kDate),
                field("number", &P::number, "Numero", "Number").at_most_bytes(128),
                field("office", &P::office, "Ufficio", "Office"));
  }
};

}  // namespace raccordo
