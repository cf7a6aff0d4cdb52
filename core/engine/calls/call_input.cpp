// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/calls/call_input.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/engine/catalogue/event_identity.hpp"

namespace raccordo {

void add_call(const InboundRequest& request, InputBatch& inputs) {
  inputs.begin(InputKind::kRequest, {});
  inputs.field(request.method);
  inputs.field(request.path);
  inputs.field(request.query);
  inputs.field(request.body);
  for (const auto& header : request.headers) {
    inputs.field(header.name);
    inputs.field(header.value);
  }
  inputs.end({});
}

std::string content_of(const InboundRequest& request) {
  if (request.path.empty() && request.query.empty()) return request.content;
  const auto address = fmt::format("{} {}?{}", request.method, request.path, request.query);
  return fmt::format("{}@{:016x}", request.content, content_hash(address));
}

std::string parked_call(const InboundRequest& request) {
  nlohmann::json json{{"input", "request"},
                      {"method", request.method},
                      {"path", request.path},
                      {"query", request.query},
                      {"content", request.content},
                      {"message", request.message_id},
                      {"headers", nlohmann::json::array()}};
  for (const auto& header : request.headers) json["headers"].push_back({header.name, header.value});
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<InboundRequest> call_again(std::string_view context, std::string_view body) {
  try {
    const auto json = nlohmann::json::parse(context);
    if (json.at("input") != "request") return std::nullopt;
    InboundRequest request;
    request.method = json.at("method");
    request.path = json.at("path");
    request.query = json.at("query");
    request.content = json.at("content");
    request.message_id = json.at("message");
    for (const auto& header : json.at("headers")) request.headers.push_back({header.at(0), header.at(1)});
    request.body = body;
    return request;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace raccordo
