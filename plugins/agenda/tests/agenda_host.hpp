// SPDX-License-Identifier: EUPL-1.2
// The plugin in a fake host, and the answers of a CalDAV server.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "plugins/agenda/tests/calendars.hpp"
#include "raccordo/sdk/testing.hpp"

extern "C" const raccordo_plugin* raccordo_plugin_entry(void);

namespace agenda {

inline std::string response(const std::string& href, const std::string& props) {
  return fmt::format(
      "<d:response><d:href>{}</d:href><d:propstat><d:prop>{}</d:prop>"
      "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>",
      href, props);
}
inline std::string gone(const std::string& href) {
  return fmt::format(
      "<d:response><d:href>{}</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>", href);
}
inline std::string multistatus(const std::string& content) {
  return "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\">" +
         content + "</d:multistatus>";
}
// Addresses and their calendars.
inline std::string multistatus(const std::vector<std::pair<std::string, std::string>>& calendars) {
  std::string content;
  for (const auto& [href, text] : calendars)
    content += response(
        href, "<d:getetag>\"1\"</d:getetag><c:calendar-data><![CDATA[" + text + "]]></c:calendar-data>");
  return multistatus(content);
}

}  // namespace agenda
