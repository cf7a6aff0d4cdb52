// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/ports/http_methods.hpp"
#include "raccordo/model/uuid.hpp"

namespace raccordo {

WebRequest request_of(const Effect& send) {
  const auto& fields = send.fields;
  WebRequest request{
      std::string(fields[0]), std::string(fields[1]), std::string(fields[2]), {}, std::string(fields[3])};
  for (std::size_t i = 5; i + 1 < fields.size(); i += 2)
    request.headers.push_back({std::string(fields[i]), std::string(fields[i + 1])});
  return request;
}

std::string idempotency_key(std::string_view destination, std::string_view event, std::string_view number) {
  return uuid_v5(kNamespaceUrl, fmt::format("urn:raccordo:{}:request:{}:{}", destination, event, number))
      .text();
}

void put_key(Call& call, const std::string& header, std::string key) {
  call.key = std::move(key);
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  auto& headers = call.request.headers;
  std::erase_if(headers, [&](const WebHeader& each) { return std::ranges::equal(each.name, header, same); });
  if (changes_something(call.request.method)) headers.push_back({header, call.key});
}

bool changes_something(std::string_view method) { return method != "HEAD" && !is_question(method); }

}  // namespace raccordo
