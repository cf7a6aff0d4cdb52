// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/connection.hpp"

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

HeadRefusal too_large(std::size_t limit) {
  return {413, say("il corpo può avere al più {} byte", "the body may have {} bytes at most", limit)};
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, std::string client, const HttpSite& site,
                       Watcher watcher)
    : stream_(std::move(socket)),
      buffer_(site.limits.head_bytes + kMostChunkHeader),
      site_(site),
      watcher_(std::move(watcher)),
      client_(std::move(client)),
      last_moment_(std::chrono::steady_clock::now() + site.limits.connection) {}

Connection::~Connection() { watcher_.ended(); }

void Connection::start() { await_request(); }

void Connection::finish() {
  finishing_ = true;
  if (awaiting_) give_up();
}

void Connection::give_up() {
  finishing_ = true;
  stream_.close();
}

std::string_view Connection::received() const {
  return {static_cast<const char*>(buffer_.data().data()), buffer_.data().size()};
}

void Connection::expire_in(std::chrono::milliseconds patience) {
  stream_.expires_at(std::min(last_moment_, std::chrono::steady_clock::now() + patience));
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
  stream_.expires_at(head_moment_);
  stream_.async_read_some(buffer_.prepare(kReadBytes),
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
  const auto found = site_.routes.find(head_.request);
  const bool has_body = head_.chunked || head_.content_length > 0;
  if (const auto* other = std::get_if<HttpResponse>(&found)) {
    buffer_.consume(head.size());
    return respond(*other, head_.keep_alive && !has_body);
  }
  route_ = std::get<const HttpRoute*>(found);
  if (head_.content_length > route_->body_bytes || (head_.chunked && route_->body_bytes == 0))
    return refuse(too_large(route_->body_bytes));
  if (!has_body) {
    buffer_.consume(head.size());
    return handle();
  }
  // Beast reads the head again: should it see another request than we did, we refuse it.
  parser_.emplace();
  parser_->body_limit(route_->body_bytes);
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
  asio::async_write(stream_, asio::buffer(kContinue),
                    [self = shared_from_this()](const Failure& failure, std::size_t) {
                      if (!failure) self->read_body();
                    });
}

void Connection::read_body() {
  expire_in(site_.limits.body);
  beast::http::async_read(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](const Failure& failure, std::size_t) { self->on_body(failure); });
}

void Connection::on_body(const Failure& failure) {
  if (failure == beast::http::error::body_limit) return refuse(too_large(route_->body_bytes));
  if (failure.category() == beast::http::make_error_code(beast::http::error::bad_chunk).category() &&
      failure != beast::http::error::partial_message)
    return refuse(kBadBody);
  if (failure) return;
  head_.request.body = std::move(parser_->get().body());
  parser_.reset();
  handle();
}

void Connection::handle() {
  const auto& request = head_.request;
  try {
    respond(route_->handle(request), head_.keep_alive);
  } catch (const std::exception& exception) {
    site_.log.write(LogLevel::kError, {},
                    fmt::format("{} {}: {}", request.method, route_->path, exception.what()));
    respond(problem(500, say("errore interno", "internal error"), request.language()), false);
  }
}

// What follows on this connection cannot be told apart from the request that was refused.
void Connection::refuse(const HeadRefusal& refusal) {
  site_.log.write(LogLevel::kDebug, {}, fmt::format("{} {}: {}", client_, refusal.status, refusal.why.en));
  respond(problem(refusal.status, refusal.why, head_.request.language()), false);
}

void Connection::respond(const HttpResponse& response, bool keep_alive) {
  awaiting_ = false;
  const bool goes_on = keep_alive && !finishing_ && ++requests_ < site_.limits.requests_of_one_connection;
  answer_ = answer_bytes(response, goes_on, head_.request.method == "HEAD", http_date(std::time(nullptr)));
  expire_in(site_.limits.answer);
  asio::async_write(stream_, asio::buffer(answer_),
                    [self = shared_from_this(), goes_on](const Failure& failure, std::size_t) {
                      self->on_answered(failure, goes_on);
                    });
}

void Connection::on_answered(const Failure& failure, bool keep_alive) {
  if (failure) return;
  answer_.clear();
  head_ = {};
  watcher_.served();
  if (!keep_alive || finishing_) {
    Failure ignored;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    return linger();
  }
  await_request();
}

// Closing while the other end still sends would make the kernel throw away the answer that it has not read
// yet.
void Connection::linger() {
  if (discarded_ == 0) expire_in(kLinger);
  buffer_.consume(buffer_.size());
  stream_.async_read_some(buffer_.prepare(kReadBytes),
                          [self = shared_from_this()](const Failure& failure, std::size_t size) {
                            self->discarded_ += size;
                            if (!failure && self->discarded_ < kMostDiscarded) self->linger();
                          });
}

}  // namespace raccordo
