// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/ingress/message_id.hpp"

#include "adapters/http_server/letters.hpp"
#include "raccordo/model/envelope.hpp"

namespace raccordo {
namespace {

std::string joined(std::string_view source, std::string_view id) {
  std::string out(source);
  if (!out.empty()) out += ' ';
  return out += id;
}

bool visible(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

bool is_event(std::string_view content_type) {
  return http::same(http::trimmed(content_type.substr(0, content_type.find(';'))), kEventContentType);
}

// An event that cannot be read is the plugin's to refuse.
std::string id_of_event(std::string_view body) {
  std::string unescaped;
  const auto event = read_event(body, unescaped);
  return event.ok() ? joined(event->source, event->id) : std::string();
}

MessageId found(const HttpRequest& request) {
  if (const auto key = request.header("idempotency-key"); !key.empty()) return {std::string(key), true};
  if (const auto id = request.header("ce-id"); !id.empty())
    return {joined(request.header("ce-source"), id), true};
  if (is_event(request.header("content-type"))) return {id_of_event(request.body), false};
  return {};
}

}  // namespace

std::optional<MessageId> message_id_of(const HttpRequest& request) {
  auto id = found(request);
  if (id.text.size() > kMostMessageIdBytes || (id.in_headers && !visible(id.text))) return std::nullopt;
  return id;
}

}  // namespace raccordo
