// SPDX-License-Identifier: EUPL-1.2
// The questions of CalDAV (RFC 4791) and of WebDAV's synchronisation (RFC 6578), and what servers answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugins/agenda/times.hpp"
#include "raccordo/model/result.hpp"

namespace agenda::dav {

// What stands at one address of the collection.
struct Resource {
  std::string href;      // as the server spells it
  int status = 200;      // 404: it is gone
  std::string etag;      // with its quotes
  std::string calendar;  // iCalendar, where it was asked for
};

struct Multistatus {
  std::vector<Resource> resources;
  std::string sync_token;
  std::string ctag;          // of the collection
  bool offers_sync = false;  // REPORT sync-collection
  bool is_calendar = false;  // a collection of appointments
  bool has_more = false;     // the server left some out: ask again with the token
};

// Errors: kInvalid: it is no multistatus.
[[nodiscard]] raccordo::Result<Multistatus> read_multistatus(std::string_view body);

// Bodies. PROPFIND, Depth 0: what the collection can do, and whether it changed.
[[nodiscard]] std::string ask_state();
// REPORT: what changed since the token; an empty one: all there is.
[[nodiscard]] std::string ask_changes(std::string_view token);
// REPORT, Depth 1: the addresses and tags of what is not over before `from`.
[[nodiscard]] std::string ask_list(Seconds from);
// REPORT: these, whole but for what is said about people, as far as the server can leave that out.
[[nodiscard]] std::string ask_for(const std::vector<std::string>& hrefs);
// REPORT, Depth 1: all that is within, likewise.
[[nodiscard]] std::string ask_within(const Span& window);

}  // namespace agenda::dav
