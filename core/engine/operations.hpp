// SPDX-License-Identifier: EUPL-1.2
// What can be asked of a running hub: one JSON request, one JSON answer. Performed by the engine, in the
// command's own process or in the daemon behind its control socket; a command does not see which.
//
// Absent members of a request mean what is written in brackets.
//
//   {"do":"status"}
//     "hub" "version" "since_ms" "connectors":[{"id","state","it","en"}]
//     "it" and "en": why it is failing, or what else people should know of it
//     of several daemons also "daemon" (this one) "daemons":[{"name","until_ms","holds"}] "cases_held_by",
//     and of each connector "held_by"; empty: nobody, or whoever its partner calls
//   {"do":"ledger"}
//     "connectors":[{"id","received","delivered","unchanged","filtered","parked","in_flight","entities",
//     "deleted","requests","attempts"}]
//   {"do":"events","topic","from" [begin; or "end", or a position],"key" [all],"limit" [100],"wait_ms" [0]}
//     "events":[{"partition","offset","time_ms","key","event"}] "next" "at_end"
//     "event" is the CloudEvent, null for a tombstone; "next" is where to go on, "at_end" that this was all
//   {"do":"parked_list","connector" [all],"state" ["parked"],"after" [0],"limit" [1000]}
//     "records":[{"id","connector","place","line","stage","reason","field","it","en","scan","attempts",
//     "first_ms","last_ms","state","size"}] "more"
//   {"do":"parked_show","id"}
//     "record": as in the list, with "context" (a string) and "original":{"alg","kid","base64"}
//   {"do":"parked_replay","ids" or "connector","force" [false]}
//     "replayed" "parked_again" "refused":[{"id","code","it","en"}]; "code" of an error, "conflict" where the
//     record itself is why. A connector that does not come to it is waited for once, not for each record.
//   {"do":"parked_discard","ids" or "connector"}
//     "discarded" "refused":[{"id","code","it","en"}]
//   {"do":"findings","connector" [all],"limit" [100]}
//     "findings":[{"connector","code","place","field","it","en","time_ms"}], the newest of all connectors,
//     newest first; "more": how many there are beside these
//   {"do":"reload"}
//     "added" "changed" "removed": ids of connectors
//     "kept":[{"id","it","en"}]: they go on as they were, for their library cannot be used now
// With "ids" and "connector" both absent, "all":true must say that every parked record is meant.
#pragma once

#include <string>
#include <string_view>

#include "raccordo/model/json.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

class Operations {
 public:
  virtual ~Operations() = default;

  // {"do":"ledger", ...} -> {"ok":true, ...} or what `failed_answer` makes. Never throws, never empty, no
  // line breaks. [any]
  [[nodiscard]] virtual std::string perform(std::string_view request_json) = 0;
};

// {"ok":false,"error":{"code","it","en","hint_it","hint_en"}}
[[nodiscard]] inline std::string failed_answer(const Error& error) {
  std::string out = R"({"ok":false,"error":{"code":)";
  json::append_string(name_of(error.code), out);
  json::append_string(error.message.it, out += R"(,"it":)");
  json::append_string(error.message.en, out += R"(,"en":)");
  json::append_string(error.hint.it, out += R"(,"hint_it":)");
  json::append_string(error.hint.en, out += R"(,"hint_en":)");
  return out += "}}";
}

}  // namespace raccordo
