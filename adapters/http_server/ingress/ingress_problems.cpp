// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/ingress/ingress_problems.hpp"

#include <algorithm>

#include "adapters/http_server/ingress/message_id.hpp"

namespace raccordo {
namespace {

std::int64_t whole_seconds(Duration time) { return std::chrono::ceil<std::chrono::seconds>(time).count(); }

}  // namespace

HttpResponse not_authenticated(Language language) {
  auto response =
      problem({401, "urn:raccordo:problem:not-authenticated",
               say("chi chiama non è stato riconosciuto", "the caller was not recognised"),
               say("controllare l'indirizzo, la chiave e l'ora: una firma vale solo se la sua ora è vicina a "
                   "quella di Date",
                   "check the address, the key and the clock: a signature holds only while its time is near "
                   "to that in Date")},
              language);
  response.headers.push_back({"WWW-Authenticate", "Bearer"});
  return response;
}

HttpResponse body_too_large(std::size_t most, Language language) {
  return problem({413, "urn:raccordo:problem:too-large",
                  say("il corpo può avere al più {} byte", "the body may have {} bytes at most", most),
                  say("mandare messaggi più piccoli, o chiedere all'hub di alzare max_body",
                      "send smaller messages, or ask the hub to raise max_body")},
                 language);
}

HttpResponse bad_message_id(Language language) {
  return problem({400, "urn:raccordo:problem:bad-message-id",
                  say("il nome del messaggio è oltre {} byte, o non è di lettere ASCII visibili",
                      "the message's name is longer than {} bytes, or not of visible ASCII letters",
                      kMostMessageIdBytes),
                  say("mandare in Idempotency-Key un nome breve, ad esempio un UUID",
                      "send a short name in Idempotency-Key, a UUID for example")},
                 language);
}

HttpResponse too_many_requests(const RateVerdict& verdict, Language language) {
  const auto wait = std::max<std::int64_t>(1, whole_seconds(verdict.retry));
  auto response = problem({429, "urn:raccordo:problem:too-many-requests",
                           say("troppe richieste in poco tempo", "too many requests in a short time"),
                           say("ripetere la richiesta, uguale, tra {} secondi",
                               "repeat the request as it is in {} seconds", wait)},
                          language);
  response.headers.push_back({"Retry-After", std::to_string(wait)});
  add_rate(verdict, response);
  return response;
}

HttpResponse try_again(Language language) {
  auto response = problem(
      {503, "urn:raccordo:problem:too-busy",
       say("l'hub ha troppe richieste in corso", "the hub has too many requests under way"),
       say("ripetere la richiesta, uguale, tra un minuto", "repeat the request as it is in a minute")},
      language);
  response.headers.push_back({"Retry-After", "60"});
  return response;
}

void add_rate(const RateVerdict& verdict, HttpResponse& response) {
  response.headers.push_back({"X-RateLimit-Limit", std::to_string(verdict.limit)});
  response.headers.push_back({"X-RateLimit-Remaining", std::to_string(verdict.remaining)});
  response.headers.push_back({"X-RateLimit-Reset", std::to_string(whole_seconds(verdict.reset))});
}

}  // namespace raccordo
