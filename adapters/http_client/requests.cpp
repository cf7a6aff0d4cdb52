// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/requests.hpp"

#include <algorithm>
#include <list>

#include "adapters/http_client/answers.hpp"
#include "adapters/http_client/failure.hpp"
#include "adapters/http_client/target.hpp"
#include "adapters/http_client/transfer.hpp"
#include "adapters/http_client/url.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo::http_client {
namespace {

constexpr int kUnauthorized = 401;
constexpr int kFailures = 400;
constexpr Duration kLongestPoll = std::chrono::seconds(1);  // a stop wakes the wait before

// `text` with something else for each `what`.
std::string with_each(std::string_view text, std::string_view what, std::string_view instead) {
  std::string out;
  for (;;) {
    const auto at = std::min(text.find(what), text.size());
    out += text.substr(0, at);
    if (at == text.size()) return out;
    out += instead;
    text.remove_prefix(at + what.size());
  }
}

// One request from its beginning to its end. Stays where it is: libcurl holds its address.
struct UnderWay {
  std::uint64_t number = 0;
  WebRequest asked;
  Request request{};
  std::string body{};
  BodyTaker take{};
  std::string token{};  // that it was signed with, where tokens are fetched
  bool signed_anew = false;
  Easy easy{};
  std::unique_ptr<Transfer> transfer{};  // once it is at work
};

class Requests final : public HttpRequests {
 public:
  Requests(Api api, const Clock& clock)
      : api_(std::move(api)), clock_(clock), authorizer_(api_.site.credentials, api_.site.guards, clock) {
    start_libcurl();
    multi_.reset(curl_multi_init());
    const auto connections = static_cast<long>(api_.parallel);
    curl_multi_setopt(multi_.get(), CURLMOPT_MAX_HOST_CONNECTIONS, connections);
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, connections);
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
  }
  ~Requests() override { abandon(); }

  void begin(std::uint64_t number, const WebRequest& request) override {
    waiting_.emplace_back(UnderWay{.number = number, .asked = request});
  }

  std::vector<WebEnd> ended(Duration patience, const std::stop_token& stop) override;

  void abandon() override {
    for (auto& each : at_work_) take_off(each);
    at_work_.clear();
    waiting_.clear();
  }

 private:
  [[nodiscard]] Status start(UnderWay& each, const std::stop_token& stop);
  [[nodiscard]] Status make_request(UnderWay& each, const std::stop_token& stop);
  void start_waiting(std::vector<WebEnd>& ends, const std::stop_token& stop);
  void collect(std::vector<WebEnd>& ends);
  [[nodiscard]] Result<WebAnswer> answer_of(UnderWay& each, CURLcode code);
  [[nodiscard]] Error told_of_the_site(Error error, const std::string& url) const;
  void blank_secrets(std::string& text, const std::string& token) const;
  void take_off(UnderWay& each);

  Api api_;
  const Clock& clock_;
  Authorizer authorizer_;
  Multi multi_;
  std::vector<Easy> spare_;
  std::list<UnderWay> waiting_;
  std::list<UnderWay> at_work_;
};

std::vector<WebEnd> Requests::ended(Duration patience, const std::stop_token& stop) {
  std::vector<WebEnd> ends;
  const std::stop_callback wake(stop, [multi = multi_.get()] { curl_multi_wakeup(multi); });
  const auto until = clock_.monotonic() + std::min<Duration>(patience, std::chrono::hours(24));
  for (;;) {
    start_waiting(ends, stop);
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    collect(ends);
    const auto left = until - clock_.monotonic();
    if (!ends.empty() || stop.stop_requested() || left <= Duration::zero()) return ends;
    if (!waiting_.empty()) continue;  // to be signed anew
    const auto pause = std::chrono::ceil<std::chrono::milliseconds>(std::min(left, kLongestPoll));
    curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(pause.count()), nullptr);
  }
}

void Requests::start_waiting(std::vector<WebEnd>& ends, const std::stop_token& stop) {
  while (!waiting_.empty()) {
    at_work_.splice(at_work_.end(), waiting_, waiting_.begin());
    auto& each = at_work_.back();
    auto started = start(each, stop);
    if (started.ok()) continue;
    ends.push_back({each.number, std::move(started).error()});
    take_off(each);
    at_work_.pop_back();
  }
}

// What says nothing of the request itself passes, or a person has to change something: a token's issuer that
// does not know us, a certificate of ours that cannot be read.
Error not_the_requests_own(Error error) {
  if (error.code == ErrorCode::kTooLarge)
    error.code = ErrorCode::kUnavailable;  // no answer that we understand
  if (!error.retryable()) error.code = ErrorCode::kDenied;
  return error;
}

// What may never be sent is not tried again, whoever would have got it.
Status Requests::make_request(UnderWay& each, const std::stop_token& stop) {
  const auto& site = api_.site;
  RACCORDO_CHECK(may_be_made(each.asked, site.base_url));
  auto target = target_of(each.asked, site.base_url, {});
  if (!target.ok()) return error(ErrorCode::kInvalid, target.error().message, target.error().hint);
  if (!parts_of(target->url)) return not_a_url(target->url);
  each.request = {each.asked.method, target->url, headers_for(site, each.asked, *target), each.asked.body};
  if (auto signed_so = authorizer_.sign(each.request, stop); !signed_so.ok())
    return not_the_requests_own(std::move(signed_so).error());
  each.token = authorizer_.token();
  return done();
}

Status Requests::start(UnderWay& each, const std::stop_token& stop) {
  RACCORDO_CHECK(make_request(each, stop));
  if (spare_.empty()) spare_.emplace_back(curl_easy_init());
  each.easy = std::move(spare_.back());
  spare_.pop_back();
  if (each.easy == nullptr || multi_ == nullptr) return failure(CURLE_OUT_OF_MEMORY, each.request.url, {});
  each.body.clear();
  each.take = [&each](std::string_view piece) {
    each.body += piece;
    return done();
  };
  each.transfer =
      std::make_unique<Transfer>(each.easy.get(), api_.site.guards, each.request, each.take, Bodies::kAll);
  if (auto prepared = each.transfer->prepare(); !prepared.ok())
    return not_the_requests_own(std::move(prepared).error());
  // A stream of a connection that is there, rather than another connection. In the clear there are none to
  // wait for.
  const auto parts = parts_of(each.request.url);
  curl_easy_setopt(each.easy.get(), CURLOPT_PIPEWAIT, parts && parts->scheme == "https" ? 1L : 0L);
  curl_easy_setopt(each.easy.get(), CURLOPT_PRIVATE, &each);
  curl_multi_add_handle(multi_.get(), each.easy.get());
  return done();
}

void Requests::collect(std::vector<WebEnd>& ends) {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    char* owner = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
    auto& each = *reinterpret_cast<UnderWay*>(owner);
    const auto here = std::ranges::find_if(at_work_, [&](const UnderWay& other) { return &other == &each; });
    auto answer = answer_of(each, code);
    take_off(each);
    const bool again = answer.ok() && answer->status == kUnauthorized && !each.signed_anew &&
                       authorizer_.refused(each.token);
    if (again) {
      each.signed_anew = true;
      waiting_.splice(waiting_.end(), at_work_, here);
      continue;
    }
    ends.push_back({each.number, std::move(answer)});
    at_work_.erase(here);
  }
}

// An answer whose head came is one, also where its body did not come whole.
Result<WebAnswer> Requests::answer_of(UnderWay& each, CURLcode code) {
  const Answer seen = each.transfer->seen();
  auto ended = each.transfer->end(code);
  const bool has_head = seen.status >= 200;
  if (!ended.ok() && (!has_head || ended.error().code == ErrorCode::kDenied))
    return told_of_the_site(not_the_requests_own(std::move(ended).error()), each.request.url);
  WebAnswer answer;
  answer.end = ended.ok()                                   ? BodyEnd::kWhole
               : ended.error().code == ErrorCode::kTooLarge ? BodyEnd::kTooLarge
                                                            : BodyEnd::kCut;
  answer.status = seen.status;
  answer.address = shown(each.request.url);
  answer.wait = retry_after(seen, clock_);
  for (const auto& header : seen.headers)
    if (shows(header.name) && json::is_utf8(header.name) && json::is_utf8(header.value))
      answer.headers.push_back({header.name, header.value});
  answer.body = std::move(each.body);
  if (answer.status >= kFailures) blank_secrets(answer.body, each.token);
  return answer;
}

// What kept a partner from answering is told in logs, too, and a path is made of what a record says.
Error Requests::told_of_the_site(Error error, const std::string& url) const {
  const auto site = shown(api_.site.base_url);
  for (auto* const words : {&error.message.it, &error.message.en})
    *words = with_each(*words, shown(url), site);
  return error;
}

// Some partners say of a failure what they were asked, keys and all. A place is marked first: a secret may be
// a part of the words that stand there in the end.
void Requests::blank_secrets(std::string& text, const std::string& token) const {
  constexpr std::string_view kMark = "\x1a";
  auto secrets = authorizer_.secrets();
  secrets.push_back(token);
  secrets.insert(secrets.end(), api_.site.secrets.begin(), api_.site.secrets.end());
  // One that is part of another would leave the rest of that.
  std::ranges::sort(secrets, std::ranges::greater(), &std::string::size);
  for (const auto& secret : secrets)
    if (!secret.empty()) text = with_each(text, secret, kMark);
  text = with_each(text, kMark, "[secret]");
}

void Requests::take_off(UnderWay& each) {
  if (each.easy == nullptr) return;
  curl_multi_remove_handle(multi_.get(), each.easy.get());
  each.transfer.reset();
  spare_.push_back(std::move(each.easy));
}

}  // namespace

std::unique_ptr<HttpRequests> open_requests(Api api, const Clock& clock) {
  return std::make_unique<Requests>(std::move(api), clock);
}

}  // namespace raccordo::http_client
