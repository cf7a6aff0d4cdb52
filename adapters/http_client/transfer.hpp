// SPDX-License-Identifier: EUPL-1.2
// One request on one of libcurl's handles, and what comes of it, under every guard.
#pragma once

#include <array>
#include <optional>

#include "adapters/http_client/exchange.hpp"
#include "adapters/http_client/handles.hpp"

namespace raccordo::http_client {

// Whose answers' bodies are taken.
enum class Bodies { kOfSuccess, kAll };

// One owner, while the handle is at work.
class Transfer {
 public:
  // All borrowed until it has ended. Without `body` it ends behind the head.
  Transfer(CURL* handle, const Guards& guards, const Request& request, const BodyTaker& body, Bodies bodies);
  // Nothing of it stays behind in the handle, which must have left its multi handle.
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Tells the handle everything. Errors: kInvalid (no URL, a header that breaks the line).
  [[nodiscard]] Status prepare();

  // What came of it, once the handle has ended with this. Errors: those of Partner::ask.
  [[nodiscard]] Result<Answer> end(CURLcode code);

  // As far as it came, whatever ended it.
  [[nodiscard]] const Answer& seen() const { return answer_; }

 private:
  static std::size_t take_header(char* text, std::size_t, std::size_t size, void* owner);
  static std::size_t take_body(char* text, std::size_t, std::size_t size, void* owner);
  static curl_socket_t open_socket(void* owner, curlsocktype, curl_sockaddr* wanted);

  void start_over();
  [[nodiscard]] Status take_line(std::string_view line);
  [[nodiscard]] Status take_piece(std::string_view piece);
  [[nodiscard]] Status within_limits() const;
  [[nodiscard]] Status check_address(const sockaddr& address) const;
  [[nodiscard]] Status write_lines();
  void set_callbacks();

  CURL* handle_;
  const Guards& guards_;
  const Request& request_;
  const BodyTaker& body_;
  Bodies bodies_;
  bool through_proxy_ = false;
  List lines_;
  Answer answer_;
  std::size_t header_bytes_ = 0;
  std::uint64_t received_ = 0;      // of the body, unpacked
  std::optional<Error> refused_{};  // why a callback ended it
  std::array<char, CURL_ERROR_SIZE> words_{};
};

[[nodiscard]] bool is_redirect(int status);

// In lower case, as headers are compared.
[[nodiscard]] std::string lower_name(std::string_view name);

// libcurl wants to be told once, before any thread uses it.
void start_libcurl();

}  // namespace raccordo::http_client
