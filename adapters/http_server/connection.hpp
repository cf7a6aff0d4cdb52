// SPDX-License-Identifier: EUPL-1.2
// One client's connection. Includes Beast: for this folder's .cpp files only.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "adapters/http_server/crowd.hpp"
#include "adapters/http_server/http_server.hpp"
#include "adapters/http_server/request_head.hpp"
#include "adapters/http_server/wire.hpp"

namespace raccordo {

// Where answers that come later, from other threads, find the server's; they may come when it is gone. [any]
class LateDoor {
 public:
  explicit LateDoor(boost::asio::io_context& io) : io_(&io) {}

  void post(std::function<void()> work);
  void close();

 private:
  std::mutex mutex_;
  boost::asio::io_context* io_;
};

// What all connections of a server share.
struct HttpSite {
  HttpRoutes routes;
  HttpLimits limits;
  Log& log;
  std::shared_ptr<LateDoor> door;
  std::shared_ptr<TlsIdentity> tls;
  std::function<void(int)> refused;
};

// Reads a request, answers it, reads the next. Kept alive by the operation under way: when none is, it goes.
// [http]
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  struct Watcher {
    std::function<void()> served;
    std::function<void()> ended;  // called by the destructor
  };

  Connection(boost::asio::ip::tcp::socket socket, std::string client, const HttpSite& site, Watcher watcher);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  void start();
  // Ends behind the request that was begun, at once when there is none. A handler that answers later has half
  // the farewell for it.
  void finish();
  // Ends now.
  void give_up();

 private:
  using Time = std::chrono::steady_clock::time_point;
  using Failure = boost::system::error_code;
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  void shake_hands();
  void keep_certificates();
  void await_request();
  void read_head();
  void on_head_bytes(const Failure& failure, std::size_t size);
  void on_head(std::string_view head);
  void send_continue();
  void read_body();
  void on_body(const Failure& failure);
  void handle();
  void hand_over();
  void await_answer(Time until);
  void on_reply(std::uint64_t number, std::optional<HttpResponse> response);
  void refuse(const HeadRefusal& refusal);
  void respond(const HttpResponse& response, bool keep_alive);
  void on_answered(const Failure& failure, bool keep_alive);
  void say_goodbye();
  void linger();

  [[nodiscard]] std::string_view received() const;
  void expire_in(std::chrono::milliseconds patience);

  Wire wire_;
  boost::beast::flat_buffer buffer_;
  const HttpSite& site_;
  Watcher watcher_;
  std::string client_;
  Time last_moment_;  // of the whole connection
  Time head_moment_;  // of the head that is awaited
  std::size_t requests_ = 0;
  bool awaiting_ = false;  // nothing of a next request has come
  bool finishing_ = false;
  boost::asio::steady_timer patience_;  // with a handler that answers later
  std::uint64_t handed_over_ = 0;       // requests to such handlers
  bool answer_is_due_ = false;          // of the last of them
  Language language_ = Language::kItalian;
  std::shared_ptr<const std::vector<std::string>> certificates_;
  RequestHead head_;
  const HttpRoute* route_ = nullptr;
  std::size_t most_body_bytes_ = 0;
  std::optional<Parser> parser_;  // of a body
  std::string answer_;            // while it is sent
  std::size_t discarded_ = 0;
};

}  // namespace raccordo
