// SPDX-License-Identifier: EUPL-1.2
// A client's connection as bytes, encrypted or not. Includes Asio and Beast: for this folder's .cpp files
// only.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace raccordo {

// An AsyncReadStream and AsyncWriteStream for whoever reads and writes requests. Stays where it is. [http]
class Wire {
 public:
  using executor_type = boost::beast::tcp_stream::executor_type;

  // Plain without a context.
  Wire(boost::asio::ip::tcp::socket socket, std::shared_ptr<boost::asio::ssl::context> context)
      : tcp_(std::move(socket)), context_(std::move(context)) {
    if (context_) tls_.emplace(tcp_, *context_);
  }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  [[nodiscard]] executor_type get_executor() { return tcp_.get_executor(); }
  [[nodiscard]] boost::beast::tcp_stream& tcp() { return tcp_; }
  // Of what is encrypted; null where nothing is.
  [[nodiscard]] SSL* tls() { return tls_ ? tls_->native_handle() : nullptr; }

  template <typename Buffers, typename Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    if (tls_)
      tls_->async_read_some(buffers, std::forward<Handler>(handler));
    else
      tcp_.async_read_some(buffers, std::forward<Handler>(handler));
  }
  template <typename Buffers, typename Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    if (tls_)
      tls_->async_write_some(buffers, std::forward<Handler>(handler));
    else
      tcp_.async_write_some(buffers, std::forward<Handler>(handler));
  }

  // Only where there is something encrypted, these two.
  template <typename Handler>
  void async_handshake(Handler&& handler) {
    tls_->async_handshake(boost::asio::ssl::stream_base::server, std::forward<Handler>(handler));
  }
  template <typename Handler>
  void async_farewell(Handler&& handler) {
    tls_->async_shutdown(std::forward<Handler>(handler));
  }

  // Of everything that is under way and that is begun from here on.
  void expires_at(std::chrono::steady_clock::time_point moment) { tcp_.expires_at(moment); }
  void close() { tcp_.close(); }

 private:
  boost::beast::tcp_stream tcp_;
  std::shared_ptr<boost::asio::ssl::context> context_;
  std::optional<boost::asio::ssl::stream<boost::beast::tcp_stream&>> tls_;
};

}  // namespace raccordo
