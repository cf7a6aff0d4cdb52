// SPDX-License-Identifier: EUPL-1.2
// The head of a request, taken apart more strictly than HTTP asks for: whatever two parsers may read in two
// ways is refused, so nothing in front of this server can be made to see another request than it does
// (request smuggling).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "adapters/http_server/http_message.hpp"
#include "raccordo/model/text.hpp"

namespace raccordo {

struct RequestHead {
  HttpRequest request;  // without its body
  bool http_1_0 = false;
  bool keep_alive = true;
  bool expects_continue = false;
  bool chunked = false;
  std::uint64_t content_length = 0;
};

// Why a request is not read further: the connection ends behind the answer.
struct HeadRefusal {
  int status = 400;
  Text why;
};

inline constexpr std::size_t kMostHeaders = 100;

// How many bytes of `received` are the head, its empty line included. Ends at a bare line feed too, for
// parse_head to refuse it at once instead of waiting for what never comes. none: not all there yet.
[[nodiscard]] std::optional<std::size_t> head_size(std::string_view received);

// Whether what begins like this can become a request at all: TLS and binary protocols cannot.
[[nodiscard]] bool may_become_request(std::string_view received);

// RFC 9112. Refused although the standard leaves a choice: bare LF, folded lines, more than one
// Content-Length even if equal, Content-Length beside Transfer-Encoding, any coding but "chunked", chunks in
// HTTP/1.0, a second Host, a missing one, white space around a name, control characters, targets with a
// fragment or a broken percent-encoding.
[[nodiscard]] std::variant<RequestHead, HeadRefusal> parse_head(std::string_view head);

}  // namespace raccordo
