// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/later.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace raccordo {
namespace {

// No partner's: its names are lower case.
constexpr const char* kMark = "Raccordo-Awaited";
constexpr Duration kShortestPause = std::chrono::seconds(1);

const WebHeader* find(const WebAnswer& answer, std::string_view name) {
  const auto found = std::ranges::find(answer.headers, name, &WebHeader::name);
  return found == answer.headers.end() ? nullptr : &*found;
}

// "https://partner.example" of "https://partner.example/api/bookings"
std::string_view server_of(std::string_view address) {
  const auto host = address.find("://");
  return host == std::string_view::npos ? std::string_view() : address.substr(0, address.find('/', host + 3));
}

std::string whole_address(const std::string& place, std::string_view asked) {
  if (place.find("://") != std::string::npos) return place;
  if (place.starts_with('/')) return std::string(server_of(asked)) + place;
  return std::string(asked.substr(0, asked.rfind('/') + 1)) + place;
}

}  // namespace

std::optional<WebRequest> address_in(const WebAnswer& answer) {
  const auto* location = find(answer, "location");
  if (location == nullptr || location->value.empty()) return std::nullopt;
  const auto place = location->value.substr(0, location->value.find('#'));
  const auto query = place.find('?');
  WebRequest look;
  look.path = whole_address(place.substr(0, query), answer.address);
  if (query != std::string::npos) look.query = place.substr(query + 1);
  return look;
}

// The address is made whole: what is kept forgets which one answered.
WebAnswer marked(WebAnswer answer, const Awaiting& awaiting) {
  std::erase_if(answer.headers, [](const WebHeader& header) { return header.name == "location"; });
  if (awaiting.look) {
    const auto& request = awaiting.look->request;
    answer.headers.push_back({"location", request.path + (request.query.empty() ? "" : "?" + request.query)});
  }
  answer.headers.push_back({kMark, fmt::format("{} {}", awaiting.since_ms, awaiting.until_ms)});
  answer.body.clear();
  return answer;
}

std::optional<Awaiting> mark_in(const WebAnswer& answer) {
  const auto* mark = find(answer, kMark);
  if (mark == nullptr) return std::nullopt;
  Awaiting awaiting;
  char* end = nullptr;
  awaiting.since_ms = std::strtoll(mark->value.c_str(), &end, 10);
  awaiting.until_ms = std::strtoll(end, nullptr, 10);
  return awaiting;
}

Duration pause_of(const LaterRule& rule, const WebAnswer& answer) {
  return std::max(answer.wait.value_or(rule.poll), kShortestPause);
}

}  // namespace raccordo
