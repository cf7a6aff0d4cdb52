// SPDX-License-Identifier: EUPL-1.2
#include "tests/faults/http_message.hpp"

#include <array>
#include <cctype>
#include <cstdlib>

namespace raccordo::testing {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kHeadEnd = "\r\n\r\n";

std::string lower(std::string text) {
  for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

struct Value {
  std::size_t begin;
  std::size_t size;
};

std::optional<Value> value_of(const std::string& head, std::string_view name) {
  const auto text = lower(head);
  const auto line = text.find(std::string(kLineEnd) + std::string(name) + ':');
  if (line == std::string::npos) return std::nullopt;
  const auto begin = text.find_first_not_of(" \t", line + kLineEnd.size() + name.size() + 1);
  return Value{begin, text.find(kLineEnd, begin) - begin};
}

// HTTP/1.1 204 No Content
int status_of(const std::string& head) {
  const auto space = head.find(' ');
  return space == std::string::npos ? 0 : std::atoi(head.c_str() + space + 1);
}

}  // namespace

std::optional<std::string> HttpMessage::header(std::string_view name) const {
  const auto value = value_of(head, name);
  if (!value) return std::nullopt;
  return lower(head.substr(value->begin, value->size));
}

bool HttpMessage::set_content_length(std::uint64_t length) {
  const auto value = value_of(head, "content-length");
  if (value) head.replace(value->begin, value->size, std::to_string(length));
  return value.has_value();
}

std::optional<HttpMessage> HttpReader::request() {
  auto message = head();
  if (message) take_body(*message, false);
  return message;
}

std::optional<HttpMessage> HttpReader::answer(std::string_view to) {
  for (;;) {
    auto message = head();
    if (!message) return message;
    const int status = status_of(message->head);
    if (status >= 100 && status < 200) continue;  // the proxy has sent all of the request anyway
    if (to != "HEAD" && status != 204 && status != 304) take_body(*message, true);
    if (message->header("connection") == "close") message->ends_with_it = true;
    return message;
  }
}

bool HttpReader::more() {
  std::array<char, 16'384> buffer{};
  const auto came = from_.receive(buffer);
  came_.append(buffer.data(), came);
  return came > 0;
}

std::optional<HttpMessage> HttpReader::head() {
  std::size_t end;
  while ((end = came_.find(kHeadEnd)) == std::string::npos)
    if (!more()) return std::nullopt;
  HttpMessage message;
  message.head = came_.substr(0, end + kHeadEnd.size());
  came_.erase(0, message.head.size());
  return message;
}

void HttpReader::take_body(HttpMessage& message, bool until_end) {
  const auto length = message.header("content-length");
  const auto encoding = message.header("transfer-encoding");
  if (encoding && encoding->find("chunked") != std::string::npos)
    message.ends_with_it = !take_chunks(message.body);
  else if (length)
    message.ends_with_it = !take(message.body, std::strtoull(length->c_str(), nullptr, 10));
  else if (until_end)
    message.ends_with_it = !take(message.body, std::string::npos);
}

// What came is taken even where not all of it did.
bool HttpReader::take(std::string& into, std::size_t bytes) {
  while (came_.size() < bytes && more()) {
  }
  const bool whole = came_.size() >= bytes;
  into += came_.substr(0, bytes);
  came_.erase(0, bytes);
  return whole;
}

bool HttpReader::take_line(std::string& into, std::string& line) {
  std::size_t end;
  while ((end = came_.find(kLineEnd)) == std::string::npos)
    if (!more()) return take(into, std::string::npos);
  line = came_.substr(0, end);
  return take(into, end + kLineEnd.size());
}

bool HttpReader::take_chunks(std::string& into) {
  for (std::string line;;) {
    if (!take_line(into, line)) return false;
    const auto size = std::strtoull(line.c_str(), nullptr, 16);
    if (size == 0) break;
    if (!take(into, size + kLineEnd.size())) return false;
  }
  for (std::string trailer = "x"; !trailer.empty();)
    if (!take_line(into, trailer)) return false;
  return true;
}

}  // namespace raccordo::testing
