// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/kept_answer.hpp"

#include <charconv>

namespace raccordo {
namespace {

// Takes a line off the front.
std::string_view take_line(std::string_view& bytes) {
  const auto end = std::min(bytes.find('\n'), bytes.size());
  const auto line = bytes.substr(0, end);
  bytes.remove_prefix(std::min(end + 1, bytes.size()));
  return line;
}

}  // namespace

std::string packed(const WebAnswer& answer) {
  std::string out = std::to_string(answer.status) + "\n";
  for (const auto& header : answer.headers) out += header.name + ":" + header.value + "\n";
  return out + "\n" + answer.body;
}

WebAnswer unpacked(std::string_view bytes) {
  WebAnswer answer;
  const auto status = take_line(bytes);
  std::from_chars(status.data(), status.data() + status.size(), answer.status);
  for (auto line = take_line(bytes); !line.empty(); line = take_line(bytes)) {
    const auto colon = std::min(line.find(':'), line.size());
    answer.headers.push_back(
        {std::string(line.substr(0, colon)), std::string(line.substr(std::min(colon + 1, line.size())))});
  }
  answer.body = bytes;
  return answer;
}

}  // namespace raccordo
