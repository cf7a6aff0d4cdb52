// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/ingress/doorkeeper.hpp"

#include <algorithm>
#include <array>

#include "adapters/http_server/crowd_name.hpp"
#include "adapters/http_server/ingress/ingress_problems.hpp"
#include "adapters/http_server/ingress/message_id.hpp"
#include "adapters/http_server/letters.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kMostClients = 10'000;
constexpr std::size_t kMostSignatures = 1'000'000;
constexpr Duration kBetweenWords = std::chrono::minutes(1);

// Who holds the key, and what is between two machines only.
constexpr std::array<std::string_view, 13> kNotHandedOn{
    "authorization", "connection",          "content-length",   "cookie", "expect",  "host",
    "keep-alive",    "proxy-authorization", "proxy-connection", "te",     "trailer", "transfer-encoding",
    "upgrade"};
constexpr std::array<std::string_view, 7> kOurs{"cache-control",    "connection", "content-length",
                                                "content-type",     "date",       "keep-alive",
                                                "transfer-encoding"};

std::string lower(std::string_view name) {
  std::string out(name);
  std::ranges::transform(out, out.begin(), http::lower);
  return out;
}

template <std::size_t n>
bool lists(const std::array<std::string_view, n>& names, std::string_view name) {
  return std::ranges::any_of(names, [&](std::string_view each) { return http::same(each, name); });
}

bool says_who(const Caller& caller, std::string_view name) {
  const auto* rule = std::get_if<SignatureRule>(&caller.auth);
  return rule != nullptr && (http::same(name, rule->header) || http::same(name, rule->time_header));
}

std::vector<WebHeader> handed_on(const std::vector<HttpHeader>& headers, const Caller& caller) {
  std::vector<WebHeader> out;
  for (const auto& header : headers)
    if (!lists(kNotHandedOn, header.name) && !says_who(caller, header.name))
      out.push_back({lower(header.name), header.value});
  return out;
}

HttpResponse response_of(InboundAnswer answer) {
  HttpResponse response{answer.status, "", std::move(answer.body), {}};
  for (auto& header : answer.headers) {
    if (http::same(header.name, "content-type"))
      response.content_type = std::move(header.value);
    else if (!lists(kOurs, header.name))
      response.headers.push_back({std::move(header.name), std::move(header.value)});
  }
  return response;
}

std::string_view class_of(int status) {
  static constexpr std::array<std::string_view, 4> kClasses{"2xx", "3xx", "4xx", "5xx"};
  return status >= 200 && status < 600 ? kClasses[static_cast<std::size_t>(status / 100 - 2)] : "5xx";
}

// What is measured keeps nobody from an answer.
void count(Metrics& metrics, std::string_view connector, std::string_view outcome, Duration took) {
  try {
    metrics.called(connector, outcome, took);
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch)
  }
}

}  // namespace

struct Doorkeeper::Visit {
  HttpRequest request;
  Duration begun{};
  Language language = Language::kItalian;
  std::string connector;           // as it stands in the path
  std::string rest;                // of the path
  const Caller* caller = nullptr;  // once it is known who asks
  std::optional<Digest> signature;
  std::string message_id;
  RateVerdict rate;
};

Doorkeeper::Doorkeeper(DoorkeeperRules rules, std::vector<Caller> callers, const IngressParts& parts)
    : rules_(rules), parts_(parts), clients_(kMostClients) {
  serve(std::move(callers));
}

void Doorkeeper::serve(std::vector<Caller> callers) {
  auto next = std::make_shared<Callers>();
  for (auto& caller : callers) {
    auto name = caller.connector;
    next->insert_or_assign(std::move(name), std::move(caller));
  }
  const std::scoped_lock lock(mutex_);
  callers_ = std::move(next);
}

std::shared_ptr<const Doorkeeper::Callers> Doorkeeper::callers() const {
  const std::scoped_lock lock(mutex_);
  return callers_;
}

std::size_t Doorkeeper::most_body_bytes() const {
  std::size_t most = Caller().body_bytes;
  for (const auto& [name, caller] : *callers()) most = std::max(most, caller.body_bytes);
  return most;
}

void Doorkeeper::receive(HttpRequest request, HttpReply reply) {
  const auto callers = this->callers();  // while it is examined
  Visit visit{.request = std::move(request), .begun = parts_.clock.monotonic()};
  visit.language = visit.request.language();
  const auto place = std::string_view(visit.request.path).substr(kIngressPath.size());
  const auto slash = std::min(place.find('/'), place.size());
  visit.connector = place.substr(0, slash);
  visit.rest = place.substr(slash);
  const auto found = callers->find(visit.connector);
  visit.caller = found == callers->end() ? nullptr : &found->second;
  if (auto refusal = against(visit)) return reply.answer(std::move(*refusal));
  hand_on(std::move(visit), std::move(reply));
}

// What keeps the request from being handed on.
std::optional<HttpResponse> Doorkeeper::against(Visit& visit) {
  const auto client = clients_.take(crowd_name(visit.request.client), rules_.client_rate, visit.begun);
  if (!client.within) {
    visit.caller = nullptr;  // nobody knows yet
    return turn_away(visit, "too_many", too_many_requests(client, visit.language));
  }
  if (!is_known(visit, visit.caller))
    return turn_away(visit, "unauthenticated", not_authenticated(visit.language));
  const auto& caller = *visit.caller;
  if (visit.request.body.size() > caller.body_bytes)
    return turn_away(visit, "too_large", body_too_large(caller.body_bytes, visit.language));
  visit.rate = known(caller.connector).bucket.take(caller.rate, visit.begun);
  if (!visit.rate.within) return turn_away(visit, "too_many", too_many_requests(visit.rate, visit.language));
  return name_message(visit);
}

std::optional<HttpResponse> Doorkeeper::turn_away(const Visit& visit, std::string_view outcome,
                                                  HttpResponse response) const {
  count(parts_.metrics, visit.caller == nullptr ? std::string_view() : visit.caller->connector, outcome,
        parts_.clock.monotonic() - visit.begun);
  return response;
}

bool Doorkeeper::is_known(Visit& visit, const Caller* caller) {
  auto answer = authenticate(visit.request, caller == nullptr ? nobody_ : *caller, parts_.clock.now());
  if (auto* why = std::get_if<Text>(&answer)) {
    tell_refused(visit, *why);
    return false;
  }
  visit.signature = std::get<Authenticated>(answer).signature;
  return caller != nullptr;
}

// The operator looks for it when a partner says that it is refused; a flood of them says no more than one.
void Doorkeeper::tell_refused(const Visit& visit, const Text& why) {
  if (visit.caller == nullptr) return;
  auto& told = known(visit.caller->connector).told;
  if (told && visit.begun - *told < kBetweenWords) return;
  told = visit.begun;
  parts_.log.write(LogLevel::kWarning, {visit.caller->connector, {}, {}},
                   say("una richiesta da {0} è stata rifiutata: {1}", "a request from {0} was refused: {2}",
                       visit.request.client, why.it, why.en)
                       .in(rules_.language));
}

std::optional<HttpResponse> Doorkeeper::name_message(Visit& visit) {
  auto id = message_id_of(visit.request);
  if (!id) return turn_away(visit, "malformed", bad_message_id(visit.language));
  visit.message_id = std::move(id->text);
  if (!visit.signature) return std::nullopt;
  if (visit.message_id.empty()) visit.message_id = "signature:" + hex(*visit.signature);
  if (!id->in_headers) return std::nullopt;
  auto& signatures = known(visit.caller->connector).signatures;
  signatures.keep_for(2 * std::get<SignatureRule>(visit.caller->auth).window);
  auto first = signatures.first_of(*visit.signature, visit.message_id, visit.begun);
  if (!first) return turn_away(visit, "too_many", try_again(visit.language));
  visit.message_id = std::move(*first);
  return std::nullopt;
}

Doorkeeper::Known& Doorkeeper::known(const std::string& connector) {
  return known_.try_emplace(connector, Known{{}, SignatureMemory({}, kMostSignatures), {}}).first->second;
}

void Doorkeeper::hand_on(Visit visit, HttpReply reply) {
  InboundRequest request{.connector = visit.caller->connector,
                         .message_id = std::move(visit.message_id),
                         .content = hex(sha256(visit.request.body)),
                         .method = std::move(visit.request.method),
                         .path = std::move(visit.rest),
                         .query = std::move(visit.request.query),
                         .headers = handed_on(visit.request.headers, *visit.caller),
                         .body = std::move(visit.request.body),
                         .client = std::move(visit.request.client)};
  const auto waiting = std::make_shared<HttpReply>(std::move(reply));
  InboundReply answer([waiting, parts = parts_, connector = request.connector, begun = visit.begun,
                       rate = visit.rate, handling = rules_.handling](std::optional<InboundAnswer> given) {
    const auto took = parts.clock.monotonic() - begun;
    const bool heard = given && took <= handling;
    count(parts.metrics, connector, heard ? class_of(given->status) : "no_answer", took);
    if (!given) return;  // the server says so
    auto response = response_of(std::move(*given));
    add_rate(rate, response);
    waiting->answer(std::move(response));
  });
  parts_.inlet.take(std::move(request), std::move(answer));
}

}  // namespace raccordo
