// SPDX-License-Identifier: EUPL-1.2
// Where a command's words go. Results on `out`, everything else on `err`.
#pragma once

#include <ostream>

#include "raccordo/model/text.hpp"

namespace raccordo {

struct Terminal {
  std::ostream& out;
  std::ostream& err;
  Language language = Language::kItalian;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool colours = false;  // never when neither is a terminal

  [[nodiscard]] std::string_view say(const Label& label) const { return label.in(language); }
  [[nodiscard]] const std::string& say(const Text& text) const { return text.in(language); }
};

}  // namespace raccordo
