// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/poll_cursor.hpp"

#include <nlohmann/json.hpp>

#include "core/engine/flow/hexadecimal.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {

std::string PollCursor::text() const {
  nlohmann::json json{{"parked", parked}, {"parked_until", parked_until}};
  if (json::is_utf8(saved))
    json["saved"] = saved;
  else
    json["saved_hex"] = hexadecimal(saved);
  return json.dump();
}

PollCursor PollCursor::parse(std::string_view text) {
  try {
    const auto json = nlohmann::json::parse(text);
    PollCursor cursor;
    cursor.saved = json.contains("saved") ? json.at("saved").get<std::string>()
                                          : from_hexadecimal(json.at("saved_hex").get<std::string>());
    cursor.parked = json.at("parked");
    cursor.parked_until = json.at("parked_until");
    return cursor;
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace raccordo
