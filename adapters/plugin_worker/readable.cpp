// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/readable.hpp"

#include <algorithm>

#include "raccordo/model/json.hpp"
#include "raccordo/model/text.hpp"

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

std::string_view beginning(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) --most;
  return text.substr(0, most);
}

std::string beginning_of_words(std::string_view words, std::size_t most) {
  const auto at = words.size() <= most ? std::string_view::npos : words.find(kBetweenLanguages);
  if (at == std::string_view::npos) return std::string(beginning(words, most));
  const auto first = beginning(words.substr(0, at), most / 2);
  const auto second = beginning(words.substr(at + kBetweenLanguages.size()), most / 2);
  return std::string(first).append(kBetweenLanguages).append(second);
}

}  // namespace raccordo
