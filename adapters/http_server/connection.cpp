// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/connection.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

#include <algorithm>
#include <ctime>

namespace raccordo {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;

constexpr std::size_t kReadBytes = 4u << 10;
constexpr std::size_t kMostChunkHeader = 16u << 10;  // with trailers; what the buffer holds besides a head
constexpr std::chrono::milliseconds kLinger{1'000};
constexpr std::size_t kMostDiscarded = 1u << 20;

const HeadRefusal kHeadTooLarge{431, {"intestazioni troppo grandi", "too large a head"}};
const HeadRefusal kNotHttp{400, {"non è una richiesta HTTP", "not a request in HTTP"}};
const HeadRefusal kBadBody{400, {"il corpo non è come dichiarato", "the body is not as stated"}};

constexpr std::string_view kTryAgainSeconds = "5";

HttpResponse no_answer(Language language) {
  auto response =
      problem({503, "urn:raccordo:problem:no-answer",
               say("la richiesta non ha ancora avuto risposta", "the request has not been answered yet"),
               say("ripeterla più tardi, uguale", "repeat it later as it is")},
              language);
  response.headers.push_back({"Retry-After", std::string(kTryAgainSeconds)});
  return response;
}

HeadRefusal too_large(std::size_t limit) {
  return {413, say("il corpo può avere al più {} byte", "the body may have {} bytes at most", limit)};
}

}  // namespace

void LateDoor::post(std::function<void()> work) {
  const std::scoped_lock lock(mutex_);
  if (io_ != nullptr) asio::post(*io_, std::move(work));
}

void LateDoor::close() {
  const std::scoped_lock lock(mutex_);
  io_ = nullptr;
}

Connection::Connection(asio::ip::tcp::socket socket, std::string client, const HttpSite& site,
                       Watcher watcher)
    : wire_(std::move(socket), site.tls ? site.tls->context() : nullptr),
      buffer_(site.limits.head_bytes + kMostChunkHeader),
      site_(site),
      watcher_(std::move(watcher)),
      client_(std::move(client)),
      last_moment_(std::chrono::steady_clock::now() + site.limits.connection),
      awaiting_(true),
      patience_(wire_.get_executor()) {}

Connection::~Connection() { watcher_.ended(); }

void Connection::start() {
  head_moment_ = std::min(last_moment_, std::chrono::steady_clock::now() + site_.limits.head);
  if (wire_.tls() != nullptr) return shake_hands();
  read_head();
}

void Connection::shake_hands() {
  wire_.expires_at(head_moment_);
  wire_.async_handshake([self = shared_from_this()](const Failure& failure) {
    if (failure)
      return self->site_.log.write(LogLevel::kDebug, {},
                                   fmt::format("{} TLS: {}", self->client_, failure.message()));
    self->keep_certificates();
    self->read_head();
  });
}

void Connection::keep_certificates() {
  const auto der = [](const X509* certificate) {
    std::string bytes(static_cast<std::size_t>(std::max(0, i2d_X509(certificate, nullptr))), '\0');
    auto* at = reinterpret_cast<unsigned char*>(bytes.data());
    i2d_X509(certificate, &at);
    return bytes;
  };
  const X509* const own = SSL_get0_peer_certificate(wire_.tls());
  if (own == nullptr) return;
  std::vector<std::string> shown{der(own)};
  const auto* const others = SSL_get_peer_cert_chain(wire_.tls());  // of a client: without its own
  for (int i = 0; i < sk_X509_num(others); ++i) shown.push_back(der(sk_X509_value(others, i)));
  certificates_ = std::make_shared<const std::vector<std::string>>(std::move(shown));
}

void Connection::finish() {
  finishing_ = true;
  if (awaiting_) give_up();
  if (answer_is_due_)
    await_answer(std::min(patience_.expiry(), std::chrono::steady_clock::now() + site_.limits.farewell / 2));
}

void Connection::give_up() {
  finishing_ = true;
  answer_is_due_ = false;
  patience_.cancel();
  wire_.close();
}

std::string_view Connection::received() const {
  return {static_cast<const char*>(buffer_.data().data()), buffer_.data().size()};
}

void Connection::expire_in(std::chrono::milliseconds patience) {
  wire_.expires_at(std::min(last_moment_, std::chrono::steady_clock::now() + patience));
}

void Connection::await_request() {
  awaiting_ = buffer_.size() == 0;
  head_moment_ = std::min(last_moment_, std::chrono::steady_clock::now() + site_.limits.head);
  // RFC 9112 section 2.2: one empty line before a request is overlooked.
  if (received().substr(0, 2) == "\r\n") buffer_.consume(2);
  read_head();
}

void Connection::read_head() {
  const auto there = received();
  const auto size = head_size(there);
  if (!may_become_request(there)) return refuse(kNotHttp);
  if (size.value_or(there.size()) > site_.limits.head_bytes) return refuse(kHeadTooLarge);
  if (size) return on_head(there.substr(0, *size));
  wire_.expires_at(head_moment_);
  wire_.async_read_some(buffer_.prepare(kReadBytes),
                        [self = shared_from_this()](const Failure& failure, std::size_t bytes) {
                          self->on_head_bytes(failure, bytes);
                        });
}

void Connection::on_head_bytes(const Failure& failure, std::size_t size) {
  if (failure) return;  // it closed, or its deadline passed: Beast has closed then
  buffer_.commit(size);
  awaiting_ = false;
  read_head();
}

void Connection::on_head(std::string_view head) {
  auto parsed = parse_head(head);
  if (const auto* refusal = std::get_if<HeadRefusal>(&parsed)) return refuse(*refusal);
  head_ = std::move(std::get<RequestHead>(parsed));
  head_.request.client = client_;
  head_.request.certificates = certificates_;
  const auto found = site_.routes.find(head_.request);
  const bool has_body = head_.chunked || head_.content_length > 0;
  if (const auto* other = std::get_if<HttpResponse>(&found)) {
    buffer_.consume(head.size());
    return respond(*other, head_.keep_alive && !has_body);
  }
  route_ = std::get<const HttpRoute*>(found);
  most_body_bytes_ = route_->body_limit ? route_->body_limit() : route_->body_bytes;
  if (head_.content_length > most_body_bytes_ || (head_.chunked && most_body_bytes_ == 0))
    return refuse(too_large(most_body_bytes_));
  if (!has_body) {
    buffer_.consume(head.size());
    return handle();
  }
  // Beast reads the head again: should it see another request than we did, we refuse it.
  parser_.emplace();
  parser_->body_limit(most_body_bytes_);
  parser_->header_limit(static_cast<std::uint32_t>(site_.limits.head_bytes));
  Failure failure;
  const auto taken = parser_->put(asio::buffer(head.data(), head.size()), failure);
  if (failure || taken != head.size() || parser_->chunked() != head_.chunked) return refuse(kBadBody);
  buffer_.consume(taken);
  head_.expects_continue&& buffer_.size() == 0 ? send_continue() : read_body();
}

void Connection::send_continue() {
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  expire_in(site_.limits.answer);
  asio::async_write(wire_, asio::buffer(kContinue),
                    [self = shared_from_this()](const Failure& failure, std::size_t) {
                      if (!failure) self->read_body();
                    });
}

void Connection::read_body() {
  expire_in(site_.limits.body);
  beast::http::async_read(
      wire_, buffer_, *parser_,
      [self = shared_from_this()](const Failure& failure, std::size_t) { self->on_body(failure); });
}

void Connection::on_body(const Failure& failure) {
  if (failure == beast::http::error::body_limit) return refuse(too_large(most_body_bytes_));
  if (failure.category() == beast::http::make_error_code(beast::http::error::bad_chunk).category() &&
      failure != beast::http::error::partial_message)
    return refuse(kBadBody);
  if (failure) return;
  head_.request.body = std::move(parser_->get().body());
  parser_.reset();
  handle();
}

void Connection::handle() {
  if (route_->handle_later) return hand_over();
  const auto& request = head_.request;
  try {
    respond(route_->handle(request), head_.keep_alive);
  } catch (const std::exception& exception) {
    site_.log.write(LogLevel::kError, {},
                    fmt::format("{} {}: {}", request.method, route_->path, exception.what()));
    respond(problem(500, say("errore interno", "internal error"), request.language()), false);
  }
}

void Connection::hand_over() {
  const auto number = ++handed_over_;
  answer_is_due_ = true;
  language_ = head_.request.language();
  await_answer(std::chrono::steady_clock::now() + site_.limits.handling);
  HttpReply reply([door = site_.door, weak = weak_from_this(), number](std::optional<HttpResponse> response) {
    door->post([weak, number, response = std::move(response)]() mutable {
      if (const auto self = weak.lock()) self->on_reply(number, std::move(response));
    });
  });
  try {
    route_->handle_later(std::move(head_.request), std::move(reply));
  } catch (const std::exception& exception) {
    site_.log.write(LogLevel::kError, {}, fmt::format("{}: {}", route_->path, exception.what()));
    on_reply(number, problem(500, say("errore interno", "internal error"), language_));
  }
}

// Keeps the connection as long as nothing is read or written.
void Connection::await_answer(Time until) {
  patience_.expires_at(std::min(last_moment_, until));
  patience_.async_wait([self = shared_from_this(), number = handed_over_](const Failure& failure) {
    if (failure != asio::error::operation_aborted) self->on_reply(number, std::nullopt);
  });
}

void Connection::on_reply(std::uint64_t number, std::optional<HttpResponse> response) {
  if (!answer_is_due_ || number != handed_over_) return;  // too late, or nobody waits any more
  answer_is_due_ = false;
  patience_.cancel();
  respond(response ? *response : no_answer(language_), head_.keep_alive);
}

// What follows on this connection cannot be told apart from the request that was refused.
void Connection::refuse(const HeadRefusal& refusal) {
  site_.log.write(LogLevel::kDebug, {}, fmt::format("{} {}: {}", client_, refusal.status, refusal.why.en));
  if (site_.refused) site_.refused(refusal.status);
  respond(problem(refusal.status, refusal.why, head_.request.language()), false);
}

void Connection::respond(const HttpResponse& response, bool keep_alive) {
  awaiting_ = false;
  const bool goes_on = keep_alive && !finishing_ && ++requests_ < site_.limits.requests_of_one_connection;
  answer_ = answer_bytes(response, goes_on, head_.request.method == "HEAD", http_date(std::time(nullptr)));
  expire_in(site_.limits.answer);
  asio::async_write(wire_, asio::buffer(answer_),
                    [self = shared_from_this(), goes_on](const Failure& failure, std::size_t) {
                      self->on_answered(failure, goes_on);
                    });
}

void Connection::on_answered(const Failure& failure, bool keep_alive) {
  if (failure) return;
  answer_.clear();
  head_ = {};
  watcher_.served();
  if (keep_alive && !finishing_) return await_request();
  if (wire_.tls() == nullptr) return say_goodbye();
  expire_in(kLinger);
  // Says so within TLS first; it fails when the client still sends, and what was sent counts all the same.
  wire_.async_farewell([self = shared_from_this()](const Failure&) { self->say_goodbye(); });
}

void Connection::say_goodbye() {
  Failure ignored;
  wire_.tcp().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  linger();
}

// Closing while the other end still sends would make the kernel throw away the answer that it has not read
// yet.
void Connection::linger() {
  if (discarded_ == 0) expire_in(kLinger);
  buffer_.consume(buffer_.size());
  wire_.tcp().async_read_some(buffer_.prepare(kReadBytes),
                              [self = shared_from_this()](const Failure& failure, std::size_t size) {
                                self->discarded_ += size;
                                if (!failure && self->discarded_ < kMostDiscarded) self->linger();
                              });
}

}  // namespace raccordo
