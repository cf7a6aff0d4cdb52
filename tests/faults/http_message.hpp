// SPDX-License-Identifier: EUPL-1.2
// Requests and answers of HTTP/1.1 as they stand on the wire, one after the other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/faults/socket.hpp"

namespace raccordo::testing {

struct HttpMessage {
  std::string head;           // with the empty line
  std::string body;           // as it came: chunks keep their sizes
  bool ends_with_it = false;  // the connection: that is how the body's end was told, or it broke off

  // Of the first header of that name, in lower case.
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
  // False where there is no such header.
  bool set_content_length(std::uint64_t length);
};

class HttpReader {
 public:
  explicit HttpReader(const Socket& from) : from_(from) {}

  // None: the other side has ended.
  [[nodiscard]] std::optional<HttpMessage> request();
  // `to`: the request's method, which says whether a body follows.
  [[nodiscard]] std::optional<HttpMessage> answer(std::string_view to);

 private:
  [[nodiscard]] bool more();
  [[nodiscard]] std::optional<HttpMessage> head();
  void take_body(HttpMessage& message, bool until_end);
  [[nodiscard]] bool take(std::string& into, std::size_t bytes);
  [[nodiscard]] bool take_line(std::string& into, std::string& line);
  [[nodiscard]] bool take_chunks(std::string& into);

  const Socket& from_;
  std::string came_;  // and was not taken yet
};

}  // namespace raccordo::testing
