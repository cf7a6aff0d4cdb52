// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "tests/faults/http_message.hpp"
#include "tests/faults/link.hpp"

namespace raccordo::testing {
namespace {

constexpr std::string_view kFailed =
    "HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nfailed\n";

class HttpLink final : public Link {
 public:
  HttpLink(Socket client, Course& course)
      : course_(course), ends_(std::move(client)), work_([this] { work(); }) {}

  void cut() override { ends_.cut(); }
  [[nodiscard]] bool ended() const override { return ended_; }

 private:
  void work() {
    if (const Socket* const server = ends_.server(course_.port())) {
      HttpReader requests(ends_.client());
      HttpReader answers(*server);
      for (auto request = requests.request(); request && exchange(*request, *server, answers);)
        request = requests.request();
    }
    cut();
    ended_ = true;
  }

  // False: it was the last on this connection.
  bool exchange(const HttpMessage& request, const Socket& server, HttpReader& answers) {
    if (request.ends_with_it) return false;  // half of one: its client is gone
    const Fault fault = course_.next();
    if (fault.kind == FaultKind::kHoldBack && course_.hold(passed_, fault.pause)) course_.struck(fault.kind);
    const std::string method = request.head.substr(0, request.head.find(' '));
    const std::string bytes = request.head + request.body;
    if (fault.kind == FaultKind::kSendTwice) send_aside(bytes, method);
    if (!send_under(in(Direction::kRequests, fault), bytes, server, course_)) return false;
    auto answer = answers.answer(method);
    if (!answer) return false;
    if (fault.kind == FaultKind::kFailAfterwards) return fail();
    if (fault.kind == FaultKind::kWrongLength) lie(*answer, fault.length);
    if (!send_under(in(Direction::kAnswers, fault), answer->head + answer->body, ends_.client(), course_))
      return false;
    course_.passed(passed_);
    return !answer->ends_with_it;
  }

  static Fault in(Direction direction, const Fault& fault) {
    return fault.direction == direction ? fault : Fault{};
  }

  // The answer is heard to its end, so that whoever asked first asks second.
  void send_aside(const std::string& request, const std::string& method) {
    const auto server = Socket::connected(course_.port());
    if (!server || !server->send(request)) return;
    if (HttpReader(*server).answer(method)) course_.struck(FaultKind::kSendTwice);
  }

  bool fail() {
    course_.struck(FaultKind::kFailAfterwards);
    return ends_.client().send(kFailed);
  }

  // Announces more than there is, and ends; or less, and goes on as if nothing were.
  void lie(HttpMessage& answer, std::int64_t length) {
    const auto size = static_cast<std::int64_t>(answer.body.size());
    const auto told = std::max<std::int64_t>(size + length, 0);
    if (told == size || !answer.set_content_length(static_cast<std::uint64_t>(told))) return;
    answer.ends_with_it |= told > size;
    course_.struck(FaultKind::kWrongLength);
  }

  Course& course_;
  Ends ends_;
  Course::Passed passed_;
  std::atomic<bool> ended_ = false;
  std::jthread work_;
};

}  // namespace

std::unique_ptr<Link> link_http(Socket client, Course& course) {
  return std::make_unique<HttpLink>(std::move(client), course);
}

}  // namespace raccordo::testing
