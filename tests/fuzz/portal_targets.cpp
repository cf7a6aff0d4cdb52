// SPDX-License-Identifier: EUPL-1.2
#include "plugins/welfare_portal/asked.hpp"
#include "plugins/welfare_portal/told.hpp"
#include "raccordo/model/json.hpp"
#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {

// The path of a portal's request, a line of its If-Match, then its body; and the same body as the hub's
// words.
void portal(std::string_view bytes) {
  const auto [path, rest] = cut_at(bytes, "\n");
  const auto [if_match, body] = cut_at(rest, "\n");
  const auto borrowed = [](std::string_view text) { return raccordo_bytes{text.data(), text.size()}; };
  const raccordo_header header{borrowed("if-match"), borrowed(if_match)};
  if (const auto place = welfare_portal::place_of(path); place.route != nullptr) {
    const Request request{"POST", path, "", Headers(&header, 1), body};
    const auto asked = welfare_portal::asked_of(place, request);
    if (const auto* wrong = std::get_if<welfare_portal::Problem>(&asked)) {
      must(!wrong->mistakes.empty() && wrong->status >= 400, "refused without words");
    } else {
      const auto& json = std::get<welfare_portal::Asked>(asked).json;
      const auto same = json::canonical(json);
      must(same.ok() && *same == json, "a command that is not canonical");
    }
  }
  for (const auto told :
       {welfare_portal::booking_told, welfare_portal::enquiry_told, welfare_portal::quote_told,
        welfare_portal::wallet_told, welfare_portal::totals_told})
    if (const auto said = told(body); said.ok())
      must(json::canonical(said->body).ok() && said->body.find("fiscal_code") == std::string::npos,
           "a portal is told what it should not be");
}

}  // namespace raccordo::fuzz
