// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/readable.hpp"

#include <algorithm>

#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

}  // namespace

bool is_readable(std::string_view text) {
  return std::none_of(text.begin(), text.end(), is_control) && json::is_utf8(text);
}

std::string readable(std::string_view text) {
  std::string out(text);
  std::replace_if(out.begin(), out.end(), is_control, ' ');
  if (!json::is_utf8(out))
    std::replace_if(
        out.begin(), out.end(), [](char c) { return !is_ascii(c); }, '?');
  return out;
}

}  // namespace raccordo
