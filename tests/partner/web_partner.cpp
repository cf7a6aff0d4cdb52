// SPDX-License-Identifier: EUPL-1.2
#include "tests/partner/web_partner.hpp"

#include <sys/socket.h>

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

namespace raccordo::testing {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;
using Tls = asio::ssl::stream<Tcp::socket&>;

std::string lower(std::string text) {
  for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

Asked asked_by(const http::request<http::string_body>& request) {
  Asked asked{std::string(request.method_string()), std::string(request.target()), {}, request.body()};
  for (const auto& field : request)
    asked.headers[lower(std::string(field.name_string()))] = std::string(field.value());
  return asked;
}

std::string written(const Reply& reply) {
  if (!reply.raw.empty()) return reply.raw;
  std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " Said\r\n";
  bool has_length = false;
  for (const auto& [name, value] : reply.headers) {
    text += name + ": " + value + "\r\n";
    has_length = has_length || lower(name) == "content-length" || lower(name) == "transfer-encoding";
  }
  if (!has_length && reply.status != 304)
    text += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
  return text + "\r\n" + reply.body;
}

}  // namespace

struct WebPartner::Server {
  asio::io_context context;
  Tcp::acceptor acceptor{context, Tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
  std::optional<asio::ssl::context> tls;
  mutable std::mutex mutex;
  Answering answering;
  std::vector<Asked> heard;
  std::list<Tcp::socket> sockets;  // of connections, open or not any more
  std::atomic<int> connections = 0;
  std::atomic<bool> leaving = false;
  std::list<std::jthread> threads;
  std::jthread accepting;

  Reply reply_to(Asked asked) {
    const std::lock_guard lock(mutex);
    heard.push_back(asked);
    return answering(asked);
  }

  template <typename Stream>
  void serve(Stream& stream) {
    boost::beast::flat_buffer buffer;
    for (;;) {
      http::request<http::string_body> request;
      http::read(stream, buffer, request);
      const auto reply = reply_to(asked_by(request));
      if (reply.hangs) {
        leaving.wait(false);
        return;
      }
      asio::write(stream, asio::buffer(written(reply)));
      if (!reply.raw.empty() || !request.keep_alive()) return;
    }
  }

  void attend(Tcp::socket& socket) {
    try {
      if (!tls) {
        serve(socket);
      } else {
        Tls stream(socket, *tls);
        stream.handshake(Tls::server);
        serve(stream);
      }
    } catch (const boost::system::system_error&) {
      // The other side went away: that is its right.
    }
    ::shutdown(socket.native_handle(), SHUT_RDWR);
  }

  void accept() {
    for (;;) {
      boost::system::error_code failed;
      Tcp::socket socket(context);
      acceptor.accept(socket, failed);
      if (leaving) return;
      if (failed) continue;
      ++connections;
      const std::lock_guard lock(mutex);
      auto& kept = sockets.emplace_back(std::move(socket));
      threads.emplace_back([this, &kept] { attend(kept); });
    }
  }
};

WebPartner::WebPartner(Answering answering, WebCertificate certificate)
    : server_(std::make_unique<Server>()) {
  server_->answering = std::move(answering);
  if (!certificate.certificate.empty()) {
    server_->tls.emplace(asio::ssl::context::tls_server);
    server_->tls->use_certificate_chain_file(certificate.certificate);
    server_->tls->use_private_key_file(certificate.key, asio::ssl::context::pem);
  }
  server_->accepting = std::jthread([server = server_.get()] { server->accept(); });
}

WebPartner::~WebPartner() {
  server_->leaving = true;
  server_->leaving.notify_all();
  ::shutdown(server_->acceptor.native_handle(), SHUT_RDWR);
  server_->accepting.join();
  {
    const std::lock_guard lock(server_->mutex);
    for (auto& socket : server_->sockets) ::shutdown(socket.native_handle(), SHUT_RDWR);
  }
  server_->threads.clear();
}

int WebPartner::port() const { return server_->acceptor.local_endpoint().port(); }

std::string WebPartner::url(const std::string& path) const {
  const std::string start = server_->tls ? "https://localhost:" : "http://127.0.0.1:";
  return start + std::to_string(port()) + path;
}

std::vector<Asked> WebPartner::asked() const {
  const std::lock_guard lock(server_->mutex);
  return server_->heard;
}

void WebPartner::answer_with(Answering answering) {
  const std::lock_guard lock(server_->mutex);
  server_->answering = std::move(answering);
}

int WebPartner::connections() const { return server_->connections; }

}  // namespace raccordo::testing
