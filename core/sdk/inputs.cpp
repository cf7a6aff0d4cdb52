// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/inputs.hpp"

namespace raccordo {
inline namespace sdk {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view Headers::operator[](std::string_view name) const {
  for (std::size_t i = 0; i < size_; ++i)
    if (same_name(view(items_[i].name), name)) return view(items_[i].value);
  return {};
}

Document document_of(const raccordo_record& record) {
  return {view(record.body), static_cast<raccordo_format>(record.format), view(record.file), record.line};
}

Event event_of(const raccordo_event& event) {
  return {view(event.topic),     view(event.type),       view(event.kind), view(event.id),
          view(event.source_id), view(event.partner_id), view(event.data), event.deleted != 0};
}

Request request_of(const raccordo_request& request) {
  return {view(request.method), view(request.path), view(request.query),
          Headers(request.headers, request.header_count), view(request.body)};
}

Response response_of(const raccordo_response& response) {
  return {response.status, Headers(response.headers, response.header_count), view(response.body),
          view(response.context)};
}

Outcome outcome_of(const raccordo_outcome& outcome) {
  return {outcome.accepted != 0,      outcome.revision,   view(outcome.reason),
          Strings(outcome.legal_now), view(outcome.data), view(outcome.context)};
}

Tick tick_of(const raccordo_tick& tick) { return {tick.now_ms, view(tick.cursor)}; }

}  // namespace sdk
}  // namespace raccordo
