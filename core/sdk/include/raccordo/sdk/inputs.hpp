// SPDX-License-Identifier: Apache-2.0
// What a plugin is handed, besides rows (row.hpp). All views, borrowed until the handler returns.
#pragma once

#include <cstdint>
#include <string_view>

#include "raccordo/sdk/borrowed.hpp"

namespace raccordo {
inline namespace sdk {

// One record that is not a row: a JSON value, an XML element, a whole file. Always UTF-8.
struct Document {
  std::string_view body;
  raccordo_format format = RACCORDO_FORMAT_NONE;
  std::string_view file;   // without its folder
  std::uint64_t line = 0;  // where it starts, from 1
};

// One change of the catalogue.
struct Event {
  std::string_view topic;       // "services"
  std::string_view type;        // "it.raccordo.service.changed.v1"
  std::string_view kind;        // "service"
  std::string_view id;          // canonical, a UUID
  std::string_view source_id;   // the id that the stating partner uses, where it is known
  std::string_view partner_id;  // the id that this connector's own partner uses, where the host knows one
  std::string_view data;        // canonical JSON
  bool deleted = false;
};

// A partner called the hub.
struct Request {
  std::string_view method;
  std::string_view path;
  std::string_view query;
  Headers headers;
  std::string_view body;
};

// The answer to a `send`. A source is told of the statuses 2xx, 3xx and 4xx, but for 401, 403, 407, 408, 425
// and 429: these, 5xx and answers that never came are the host's to deal with. status 0: no answer came, and
// the body says why.
struct Response {
  std::uint32_t status = 0;
  Headers headers;
  std::string_view body;  // unpacked, in whatever encoding the partner uses; empty unless the status is 2xx
  std::string_view context;  // as it was given to the `send`

  [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
};

// What the case engine said to a `command`.
struct Outcome {
  bool accepted = false;
  std::uint64_t revision = 0;
  std::string_view reason;
  Strings legal_now;
  std::string_view data;
  std::string_view context;
};

// Time passed.
struct Tick {
  std::int64_t now_ms = 0;  // Unix time: the only clock that a plugin has
  std::string_view cursor;  // what `save_cursor` last saved
};

[[nodiscard]] Document document_of(const raccordo_record& record);
[[nodiscard]] Event event_of(const raccordo_event& event);
[[nodiscard]] Request request_of(const raccordo_request& request);
[[nodiscard]] Response response_of(const raccordo_response& response);
[[nodiscard]] Outcome outcome_of(const raccordo_outcome& outcome);
[[nodiscard]] Tick tick_of(const raccordo_tick& tick);

}  // namespace sdk
}  // namespace raccordo
