// SPDX-License-Identifier: EUPL-1.2
// A small HTTP/1.1 server for few, quick answers to callers that are not trusted: the admin address,
// partners' webhooks.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "adapters/http_server/routes.hpp"
#include "adapters/http_server/tls_identity.hpp"
#include "core/ports/log.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

// All deadlines are absolute: a byte now and then prolongs nothing.
struct HttpLimits {
  std::size_t head_bytes = 16u << 10;
  std::size_t connections = 256;
  std::size_t connections_of_one_client = 64;  // one IPv4 address, or one IPv6 /64
  std::size_t requests_of_one_connection = 1'000;
  std::chrono::milliseconds head{10'000};  // from connecting, or the answer before, to the end of the head
  std::chrono::milliseconds body{30'000};  // from the head to the end of the body
  std::chrono::milliseconds handling{10'000};     // until a handler that answers later has answered
  std::chrono::milliseconds answer{30'000};       // until the last byte of the answer is taken
  std::chrono::milliseconds connection{300'000};  // for everything
  std::chrono::milliseconds farewell{5'000};      // for requests under way when the server ends
};

struct HttpSettings {
  std::string address;  // "127.0.0.1:8080", "[::1]:8080", "localhost:0"; port 0: any that is free
  std::string option = "http.admin";  // where a person sets it, for messages
  HttpLimits limits;
  std::shared_ptr<TlsIdentity> tls = {};         // none: plain
  std::function<void(int status)> refused = {};  // a request that was no valid one; called in its thread
};

// Listens until it goes. Owns one thread, in which handlers are called. Who is slow, silent or malformed
// costs nothing but its own connection; when there are too many, the greediest client's oldest one goes.
class HttpServer {
 public:
  // `log` stays longer than the server.
  // Errors: kPortTaken, kDenied (ports below 1024), kInvalid (no such address on this machine, or no address
  // at all).
  [[nodiscard]] static Result<std::unique_ptr<HttpServer>> open(HttpSettings settings, HttpRoutes routes,
                                                                Log& log);

  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  // Requests that were begun are answered, within the farewell; nobody else is. [control]
  ~HttpServer();

  // The port it was given, or got. [any]
  [[nodiscard]] std::uint16_t port() const;

 private:
  class Service;
  explicit HttpServer(std::unique_ptr<Service> service);

  std::unique_ptr<Service> service_;
};

}  // namespace raccordo
