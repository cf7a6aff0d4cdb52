// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/web_response.hpp"

#include <nlohmann/json.hpp>

#include "core/engine/flow/hexadecimal.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {

void add_response(const WebResponse& response, std::string_view context, InputBatch& batch) {
  batch.begin(InputKind::kResponse, {});
  batch.field(std::to_string(response.status));
  batch.field(response.body);
  batch.field(context);
  for (const auto& header : response.headers) {
    batch.field(header.name);
    batch.field(header.value);
  }
  batch.end(response.body);
}

std::string parked_context(const WebResponse& response, std::string_view context) {
  nlohmann::json json{
      {"input", "response"}, {"status", response.status}, {"headers", nlohmann::json::array()}};
  for (const auto& header : response.headers) json["headers"].push_back({header.name, header.value});
  if (json::is_utf8(context))
    json["context"] = context;
  else
    json["context_hex"] = hexadecimal(context);
  return json.dump();
}

std::optional<InputBatch> response_again(std::string_view parked_context, std::string_view body) {
  try {
    const auto json = nlohmann::json::parse(parked_context);
    if (json.at("input") != "response") return std::nullopt;
    WebResponse response;
    response.status = json.at("status");
    response.body = body;
    for (const auto& header : json.at("headers")) response.headers.push_back({header.at(0), header.at(1)});
    InputBatch batch;
    add_response(response,
                 json.contains("context") ? json.at("context").get<std::string>()
                                          : from_hexadecimal(json.at("context_hex").get<std::string>()),
                 batch);
    return batch;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace raccordo
