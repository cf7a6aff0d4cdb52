// SPDX-License-Identifier: EUPL-1.2
#include "plugins/agenda/dav.hpp"

#include <fmt/format.h>

#include <charconv>
#include <pugixml.hpp>

namespace agenda::dav {
namespace {

using namespace raccordo;

constexpr std::string_view kNames = R"(xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav")";

// When appointments are and how they stand. Servers that know RFC 4791, section 9.6, send nothing else: no
// title, no note, no guests.
constexpr std::string_view kData =
    R"(<C:calendar-data><C:comp name="VCALENDAR"><C:prop name="VERSION"/><C:prop name="PRODID"/>)"
    R"(<C:comp name="VTIMEZONE"><C:allprop/><C:allcomp/></C:comp><C:comp name="VEVENT"><C:prop name="UID"/>)"
    R"(<C:prop name="DTSTART"/><C:prop name="DTEND"/><C:prop name="DURATION"/><C:prop name="RRULE"/>)"
    R"(<C:prop name="RDATE"/><C:prop name="EXDATE"/><C:prop name="RECURRENCE-ID"/><C:prop name="STATUS"/>)"
    R"(<C:prop name="TRANSP"/><C:prop name="CATEGORIES"/><C:prop name="SEQUENCE"/>)"
    R"(<C:prop name="X-RACCORDO-CASE"/><C:prop name="X-RACCORDO-REVISION"/><C:prop name="X-RACCORDO-STATUS"/>)"
    R"(<C:prop name="X-RACCORDO-TIMES"/></C:comp></C:comp></C:calendar-data>)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (static_cast<unsigned char>(c) >= 0x20)
      out += c;
  }
  return out;
}

// Every server has prefixes of its own.
std::string_view local(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const auto& each : node.children())
    if (local(each) == name) return each;
  return {};
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto from = text.find_first_not_of(kBlank);
  if (from == std::string_view::npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(kBlank) - from + 1));
}

std::string text_in(const pugi::xml_node& node, std::string_view name) {
  return trimmed(child(node, name).child_value());
}

// "HTTP/1.1 404 Not Found"; 0: none.
int status_in(const pugi::xml_node& node) {
  const auto line = text_in(node, "status");
  const auto blank = line.find(' ');
  int status = 0;
  if (blank != std::string::npos && line.size() >= blank + 4)
    std::from_chars(line.data() + blank + 1, line.data() + blank + 4, status);
  return status;
}

bool offers(const pugi::xml_node& reports, std::string_view wanted) {
  for (const auto& supported : reports.children())
    for (const auto& report : supported.children())
      if (child(report, wanted)) return true;
  return false;
}

// CDATA, too.
std::string whole_text(const pugi::xml_node& node) {
  std::string text;
  for (const auto& each : node.children()) text += each.value();
  return text;
}

void take(const pugi::xml_node& prop, Resource& resource, Multistatus& all) {
  if (auto etag = text_in(prop, "getetag"); !etag.empty()) resource.etag = std::move(etag);
  if (const auto data = child(prop, "calendar-data")) resource.calendar = whole_text(data);
  if (auto token = text_in(prop, "sync-token"); !token.empty()) all.sync_token = std::move(token);
  if (auto tag = text_in(prop, "getctag"); !tag.empty()) all.ctag = std::move(tag);
  all.offers_sync |= offers(child(prop, "supported-report-set"), "sync-collection");
  all.is_calendar |= static_cast<bool>(child(child(prop, "resourcetype"), "calendar"));
}

std::string report(std::string_view name, std::string_view content) {
  return fmt::format(R"(<?xml version="1.0" encoding="utf-8"?><{0} {1}>{2}</{0}>)", name, kNames, content);
}

std::string within(std::string_view range) {
  return fmt::format(
      R"(<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">{}</C:comp-filter>)"
      R"(</C:comp-filter></C:filter>)",
      range);
}

}  // namespace

Result<Multistatus> read_multistatus(std::string_view body) {
  pugi::xml_document document;
  const auto parsed =
      document.load_buffer(body.data(), body.size(), pugi::parse_default, pugi::encoding_utf8);
  const auto root = document.document_element();
  if (!parsed || local(root) != "multistatus")
    return error(ErrorCode::kInvalid,
                 say("la risposta non è di un server CalDAV", "the answer is no CalDAV server's"));
  Multistatus all;
  all.sync_token = text_in(root, "sync-token");
  for (const auto& response : root.children()) {
    if (local(response) != "response") continue;
    Resource resource;
    resource.href = text_in(response, "href");
    if (const int status = status_in(response); status != 0) resource.status = status;
    for (const auto& stat : response.children())
      if (local(stat) == "propstat" && status_in(stat) / 100 == 2) take(child(stat, "prop"), resource, all);
    if (resource.status == 507)
      all.has_more = true;
    else
      all.resources.push_back(std::move(resource));
  }
  return all;
}

std::string ask_state() {
  return report("D:propfind", R"(<D:prop><D:resourcetype/><D:sync-token/><D:supported-report-set/>)"
                              R"(<CS:getctag xmlns:CS="http://calendarserver.org/ns/"/></D:prop>)");
}

std::string ask_changes(std::string_view token) {
  return report("D:sync-collection",
                fmt::format("<D:sync-token>{}</D:sync-token><D:sync-level>1</D:sync-level>"
                            "<D:prop><D:getetag/></D:prop>",
                            escaped(token)));
}

std::string ask_list(Seconds from) {
  return report("C:calendar-query",
                "<D:prop><D:getetag/></D:prop>" +
                    within(fmt::format(R"(<C:time-range start="{}"/>)", basic_text(from))));
}

std::string ask_for(const std::vector<std::string>& hrefs) {
  std::string content = fmt::format("<D:prop><D:getetag/>{}</D:prop>", kData);
  for (const auto& href : hrefs) content += fmt::format("<D:href>{}</D:href>", escaped(href));
  return report("C:calendar-multiget", content);
}

std::string ask_within(const Span& window) {
  return report("C:calendar-query",
                fmt::format("<D:prop><D:getetag/>{}</D:prop>{}", kData,
                            within(fmt::format(R"(<C:time-range start="{}" end="{}"/>)",
                                               basic_text(window.start), basic_text(window.end)))));
}

}  // namespace agenda::dav
