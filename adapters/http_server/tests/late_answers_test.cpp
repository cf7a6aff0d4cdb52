// SPDX-License-Identifier: EUPL-1.2
// Handlers that answer later, from other threads.
#include <gmock/gmock.h>

#include <condition_variable>
#include <deque>
#include <optional>
#include <thread>

#include "adapters/http_server/tests/test_site.hpp"
#include "adapters/http_server/tests/visitor.hpp"

namespace raccordo {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::string post(std::string_view body, std::string_view path = "/late/a") {
  return fmt::format("POST {} HTTP/1.1\r\nHost: hub\r\nContent-Length: {}\r\nAccept-Language: en\r\n\r\n{}",
                     path, body.size(), body);
}

HttpResponse says(std::string text) { return {200, "text/plain", std::move(text), {}}; }

// What was asked and is to be answered.
class Desk {
 public:
  struct Asked {
    HttpRequest request;
    HttpReply reply;
  };

  [[nodiscard]] HttpRoutes routes() {
    auto routes = TestSite::few();
    routes.add({.method = "POST",
                .path = "/late/",
                .body_bytes = 64u << 10,
                .below = true,
                .handle_later = [this](HttpRequest request, HttpReply reply) {
                  const std::scoped_lock lock(mutex_);
                  asked_.push_back({std::move(request), std::move(reply)});
                  came_.notify_one();
                }});
    routes.add(
        {.method = "POST", .path = "/throws", .body_bytes = 10, .handle_later = [](HttpRequest, HttpReply) {
           throw std::runtime_error("no");
         }});
    routes.add(
        {.method = "POST",
         .path = "/at-once",
         .body_bytes = 10,
         .handle_later = [](HttpRequest request, HttpReply reply) { reply.answer(says(request.body)); }});
    return routes;
  }

  [[nodiscard]] Asked next() {
    std::unique_lock lock(mutex_);
    came_.wait(lock, [&] { return !asked_.empty(); });
    auto asked = std::move(asked_.front());
    asked_.pop_front();
    return asked;
  }

  [[nodiscard]] bool idle() {
    const std::scoped_lock lock(mutex_);
    return asked_.empty();
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::deque<Asked> asked_;
};

TEST(LateAnswers, come_from_another_thread) {
  Desk desk;
  TestSite site({}, desk.routes());
  Visitor visitor(site.port());
  visitor.send(post("ciao", "/late/x/y?z=1"));
  auto asked = desk.next();
  EXPECT_EQ(asked.request.path, "/late/x/y");
  EXPECT_EQ(asked.request.query, "z=1");
  asked.reply.answer(says(asked.request.body + "!"));
  EXPECT_THAT(visitor.answer(), AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), EndsWith("\r\n\r\nciao!")));
}

TEST(LateAnswers, may_be_given_at_once) {
  Desk desk;
  TestSite site({}, desk.routes());
  Visitor visitor(site.port());
  for (const auto* word : {"a", "b"})
    EXPECT_THAT(visitor.send(post(word, "/at-once")).answer(), EndsWith(std::string("\r\n\r\n") + word));
}

TEST(LateAnswers, keep_nobody_else_waiting) {
  Desk desk;
  TestSite site({}, desk.routes());
  Visitor waiting(site.port());
  waiting.send(post("slow"));
  auto asked = desk.next();
  Visitor other(site.port());
  EXPECT_THAT(other.send("GET /hello?x HTTP/1.1\r\nHost: hub\r\n\r\n").answer(), EndsWith("ciao x"));
  asked.reply.answer(says("done"));
  EXPECT_THAT(waiting.answer(), EndsWith("done"));
}

TEST(LateAnswers, come_in_the_order_of_the_requests_of_one_connection) {
  Desk desk;
  TestSite site({}, desk.routes());
  Visitor visitor(site.port());
  visitor.send(post("1") + post("2") + "GET /hello?3 HTTP/1.1\r\nHost: hub\r\n\r\n");
  auto first = desk.next();
  EXPECT_EQ(first.request.body, "1");
  EXPECT_TRUE(desk.idle());  // the second waits until the first is answered
  first.reply.answer(says("one"));
  auto second = desk.next();
  second.reply.answer(says("two"));
  EXPECT_THAT(visitor.answer(), EndsWith("one"));
  EXPECT_THAT(visitor.answer(), EndsWith("two"));
  EXPECT_THAT(visitor.answer(), EndsWith("ciao 3"));
}

TEST(LateAnswers, that_never_come_are_503_at_the_deadline_and_unheard_behind_it) {
  Desk desk;
  TestSite site({.handling = 20ms}, desk.routes());
  Visitor visitor(site.port());
  const auto answer = visitor.send(post("x")).answer();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(answer, HasSubstr("Retry-After: 5\r\n"));
  EXPECT_THAT(answer, HasSubstr("repeat it later as it is"));
  desk.next().reply.answer(says("too late"));
  EXPECT_THAT(visitor.send("GET /hello?x HTTP/1.1\r\nHost: hub\r\n\r\n").answer(), EndsWith("ciao x"));
}

TEST(LateAnswers, nobody_will_give_are_503_at_once) {
  Desk desk;
  TestSite site({.handling = 1h}, desk.routes());
  Visitor visitor(site.port());
  visitor.send(post("x"));
  { const auto dropped = desk.next(); }
  EXPECT_THAT(visitor.answer(), StartsWith("HTTP/1.1 503 "));
}

TEST(LateAnswers, of_a_handler_that_throws_are_500_once) {
  Desk desk;
  TestSite site({}, desk.routes());
  Visitor visitor(site.port());
  EXPECT_THAT(visitor.send(post("x", "/throws")).answer(), StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(visitor.send(post("y", "/at-once")).answer(), EndsWith("\r\n\r\ny"));
}

TEST(LateAnswers, to_a_client_that_left_hurt_nobody) {
  Desk desk;
  TestSite site({}, desk.routes());
  std::optional<Visitor> visitor(std::in_place, site.port());
  visitor->send(post("x"));
  auto asked = desk.next();
  visitor.reset();
  asked.reply.answer(says(std::string(1u << 20, 'x')));
  Visitor other(site.port());
  EXPECT_THAT(other.send("GET /hello?x HTTP/1.1\r\nHost: hub\r\n\r\n").answer(), EndsWith("ciao x"));
}

TEST(LateAnswers, are_unheard_by_a_client_that_had_to_go_for_others) {
  Desk desk;
  TestSite site({.connections_of_one_client = 1}, desk.routes());
  Visitor first(site.port());
  first.send(post("x"));
  auto asked = desk.next();
  Visitor second(site.port());
  EXPECT_THAT(second.send("GET /hello?x HTTP/1.1\r\nHost: hub\r\n\r\n").answer(), EndsWith("ciao x"));
  asked.reply.answer(says("nobody"));
  EXPECT_THAT(first.all(), IsEmpty());
}

TEST(LateAnswers, are_waited_for_when_the_server_ends) {
  Desk desk;
  TestSite site({.farewell = 1h}, desk.routes());
  Visitor visitor(site.port());
  visitor.send(post("x"));
  auto asked = desk.next();
  std::jthread ending([&] { site.stop(); });
  asked.reply.answer(says("done"));
  EXPECT_THAT(visitor.answer(), AllOf(HasSubstr("200 OK"), EndsWith("done")));
  visitor.end_sending();
}

TEST(LateAnswers, that_do_not_come_before_the_farewell_are_503) {
  Desk desk;
  TestSite site({.farewell = 40ms}, desk.routes());
  Visitor visitor(site.port());
  visitor.send(post("x"));
  auto asked = desk.next();
  std::jthread ending([&] { site.stop(); });
  EXPECT_THAT(visitor.answer(), StartsWith("HTTP/1.1 503 "));
  visitor.end_sending();
}

TEST(LateAnswers, may_come_when_the_server_is_gone) {
  Desk desk;
  std::optional<Desk::Asked> asked;
  {
    TestSite site({.farewell = 1ms}, desk.routes());
    Visitor visitor(site.port());
    visitor.send(post("x"));
    asked.emplace(desk.next());
  }
  asked->reply.answer(says("nobody"));
}

}  // namespace
}  // namespace raccordo
