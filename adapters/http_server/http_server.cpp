// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/http_server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <charconv>
#include <map>
#include <thread>

#include "adapters/http_server/connection.hpp"
#include "adapters/http_server/crowd_name.hpp"
#include "core/ports/system_words.hpp"

namespace raccordo {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

constexpr std::chrono::milliseconds kBreath{100};  // after an accept that failed: descriptors may be used up

Error bad_address(const HttpSettings& settings) {
  return error(ErrorCode::kInvalid,
               say("{}: {} non è un indirizzo con la sua porta", "{}: {} is no address with its port",
                   settings.option, settings.address),
               say("scrivere ad esempio 127.0.0.1:8080 o [::1]:8080",
                   "write for example 127.0.0.1:8080 or [::1]:8080"));
}

Result<tcp::endpoint> endpoint_of(const HttpSettings& settings) {
  const std::string_view text = settings.address;
  const auto colon = text.rfind(':');
  if (colon == text.npos || colon == 0) return bad_address(settings);
  auto host = text.substr(0, colon);
  const auto digits = text.substr(colon + 1);
  std::uint16_t port = 0;
  const auto* end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, port);
  if (digits.empty() || read.ptr != end || read.ec != std::errc()) return bad_address(settings);
  if (host == "localhost") host = "127.0.0.1";
  if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  Failure failure;
  const auto address = asio::ip::make_address(std::string(host), failure);
  if (failure) return bad_address(settings);
  return tcp::endpoint(address, port);
}

Error cannot_listen(const HttpSettings& settings, const Failure& failure) {
  const auto why = failure.category() == boost::system::system_category() ? system_words(failure.value())
                                                                          : as_is(failure.message());
  auto text = say("{0}: impossibile ascoltare su {1}: {2}", "{0}: cannot listen on {1}: {3}", settings.option,
                  settings.address, why.it, why.en);
  auto other = say("scegliere un'altra porta con {}, o fermare chi usa questa",
                   "choose another port with {}, or stop whoever uses this one", settings.option);
  if (failure == asio::error::address_in_use)
    return error(ErrorCode::kPortTaken, std::move(text), std::move(other));
  if (failure == asio::error::access_denied)
    return error(ErrorCode::kDenied, std::move(text),
                 say("le porte sotto la 1024 sono riservate: sceglierne un'altra",
                     "ports below 1024 are reserved: choose another"));
  return error(ErrorCode::kInvalid, std::move(text),
               say("l'indirizzo deve essere di questa macchina", "the address must be one of this machine"));
}

}  // namespace

class HttpServer::Service {
 public:
  Service(HttpSettings settings, HttpRoutes routes, Log& log)
      : site_{std::move(routes),
              settings.limits,
              log,
              std::make_shared<LateDoor>(io_),
              std::move(settings.tls),
              std::move(settings.refused)},
        crowd_(site_.limits.connections, site_.limits.connections_of_one_client),
        acceptor_(io_),
        timer_(io_) {}

  ~Service() {
    if (thread_.joinable()) {
      asio::post(io_, [this] { finish(); });
      thread_.join();
    }
    site_.door->close();
  }

  [[nodiscard]] Failure listen(const tcp::endpoint& endpoint) {
    Failure failure;
    acceptor_.open(endpoint.protocol(), failure);
    if (!failure) acceptor_.set_option(tcp::acceptor::reuse_address(true), failure);
    if (!failure && endpoint.address().is_v6()) acceptor_.set_option(asio::ip::v6_only(true), failure);
    if (!failure) acceptor_.bind(endpoint, failure);
    if (!failure) acceptor_.listen(tcp::acceptor::max_listen_connections, failure);
    if (!failure) port_ = acceptor_.local_endpoint(failure).port();
    return failure;
  }

  void start() {
    accept();
    thread_ = std::jthread([this] { run(); });
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  // An exception ends what it came from, and the others are served on.
  void run() {
    while (true) {
      try {
        io_.run();
        return;
      } catch (const std::exception& exception) {
        site_.log.write(LogLevel::kError, {}, exception.what());
      }
    }
  }

  void accept() {
    acceptor_.async_accept([this](const Failure& failure, tcp::socket socket) {
      if (failure == asio::error::operation_aborted) return;
      if (failure) return catch_breath(failure);
      admit(std::move(socket));
      accept();
    });
  }

  void catch_breath(const Failure& failure) {
    site_.log.write(LogLevel::kWarning, {}, failure.message());
    timer_.expires_after(kBreath);
    timer_.async_wait([this](const Failure& cancelled) {
      if (!cancelled && acceptor_.is_open()) accept();
    });
  }

  void admit(tcp::socket socket) {
    Failure failure;
    const auto address = socket.remote_endpoint(failure).address();
    if (failure) return;
    socket.set_option(tcp::no_delay(true), failure);
    const auto entry = crowd_.enter(crowd_name(address.to_string()));
    const auto ticket = entry.ticket;
    if (entry.leaves) connections_.at(*entry.leaves)->give_up();
    auto connection = std::make_shared<Connection>(
        std::move(socket), address.to_string(), site_,
        Connection::Watcher{[this, ticket] { crowd_.served(ticket); }, [this, ticket] { leave(ticket); }});
    connections_.emplace(ticket, connection.get());
    connection->start();
  }

  void leave(Crowd::Ticket ticket) {
    crowd_.leave(ticket);
    connections_.erase(ticket);
    if (finishing_ && connections_.empty()) timer_.cancel();
  }

  void finish() {
    finishing_ = true;
    acceptor_.close();
    for (const auto& [ticket, connection] : connections_) connection->finish();
    timer_.expires_after(site_.limits.farewell);
    timer_.async_wait([this](const Failure& cancelled) {
      if (!cancelled) io_.stop();
    });
    if (connections_.empty()) timer_.cancel();
  }

  HttpSite site_;
  Crowd crowd_;
  std::map<Crowd::Ticket, Connection*> connections_;
  bool finishing_ = false;
  std::uint16_t port_ = 0;
  asio::io_context io_{1};  // goes before the above: connections still waiting in it tell them
  tcp::acceptor acceptor_;
  asio::steady_timer timer_;
  std::jthread thread_;
};

Result<std::unique_ptr<HttpServer>> HttpServer::open(HttpSettings settings, HttpRoutes routes, Log& log) {
  RACCORDO_TRY(const auto endpoint, endpoint_of(settings));
  auto service = std::make_unique<Service>(settings, std::move(routes), log);
  if (const auto failure = service->listen(endpoint)) return cannot_listen(settings, failure);
  service->start();
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(service)));
}

HttpServer::HttpServer(std::unique_ptr<Service> service) : service_(std::move(service)) {}
HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const { return service_->port(); }

}  // namespace raccordo
