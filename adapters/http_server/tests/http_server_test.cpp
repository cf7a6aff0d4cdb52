// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/http_server.hpp"

#include <gmock/gmock.h>

#include "adapters/http_server/tests/test_site.hpp"
#include "adapters/http_server/tests/visitor.hpp"

namespace raccordo {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kHello = "GET /hello?mondo HTTP/1.1\r\nHost: hub\r\n\r\n";

std::string post(std::string_view lines, std::string_view body = {}) {
  return "POST /echo HTTP/1.1\r\nHost: hub\r\n" + std::string(lines) + "\r\n\r\n" + std::string(body);
}

TEST(HttpServer, answers_and_keeps_the_connection) {
  TestSite site;
  Visitor visitor(site.port());
  for (int i = 0; i < 3; ++i) {
    const auto answer = visitor.send(kHello).answer();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, EndsWith("\r\n\r\nciao mondo"));
  }
}

TEST(HttpServer, answers_what_came_in_one_go_one_after_the_other) {
  TestSite site;
  Visitor visitor(site.port());
  visitor.send(std::string(kHello) + post("Content-Length: 3", "abc") + "\r\n" + kHello);
  EXPECT_THAT(visitor.answer(), EndsWith("ciao mondo"));
  EXPECT_THAT(visitor.answer(), EndsWith("\r\n\r\nabc"));
  EXPECT_THAT(visitor.answer(), EndsWith("ciao mondo"));
}

TEST(HttpServer, understands_a_request_that_comes_byte_by_byte) {
  TestSite site;
  Visitor visitor(site.port());
  for (const char byte : post("Transfer-Encoding: chunked", "2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n"))
    visitor.send(std::string_view(&byte, 1));
  EXPECT_THAT(visitor.answer(), EndsWith("\r\n\r\nabc"));
}

TEST(HttpServer, answers_head_without_a_body) {
  TestSite site;
  Visitor visitor(site.port());
  visitor.send("HEAD /hello?x HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
  const auto answer = visitor.all();
  EXPECT_THAT(answer, HasSubstr("Content-Length: 6\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST(HttpServer, names_the_nearest_path_and_the_allowed_methods) {
  TestSite site;
  Visitor visitor(site.port());
  const auto missing =
      visitor.send("GET /helo HTTP/1.1\r\nHost: hub\r\nAccept-Language: en\r\n\r\n").answer();
  EXPECT_THAT(missing, StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(missing, HasSubstr("perhaps /hello?"));
  const auto wrong = visitor.send("PUT /hello HTTP/1.1\r\nHost: hub\r\n\r\n").answer();
  EXPECT_THAT(wrong, StartsWith("HTTP/1.1 405 "));
  EXPECT_THAT(wrong, HasSubstr("Allow: GET, HEAD\r\n"));
}

TEST(HttpServer, ends_the_connection_behind_a_request_that_two_parsers_may_read_in_two_ways) {
  TestSite site;
  const std::string smuggled = "GET /hello?smuggled HTTP/1.1\r\nHost: hub\r\n\r\n";
  for (const auto& request :
       {post("Content-Length: 0\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
        post("Content-Length: 6\r\nContent-Length: 5", "0\r\n\r\nG"), post("Content-Length: -1"),
        post("Transfer-Encoding: chunked\nContent-Length: 0"), post("X: a\r\n Transfer-Encoding: chunked"),
        post("Transfer-Encoding : chunked"), std::string("GET /hello HTTP/1.1\nHost: hub\n\n"),
        std::string("\r\n\r\n")}) {
    Visitor visitor(site.port());
    const auto answer = visitor.send(request + smuggled).all();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 ")) << request;
    EXPECT_THAT(answer, HasSubstr("Connection: close\r\n")) << request;
    EXPECT_THAT(answer, HasSubstr("application/problem+json")) << request;
    EXPECT_THAT(answer, Not(HasSubstr("ciao"))) << request;
  }
}

TEST(HttpServer, refuses_broken_chunks) {
  TestSite site;
  for (const auto* chunks :
       {"x\r\nab\r\n", "-1\r\na\r\n", "2\r\nabc\r\n", "2\nab\r\n0\r\n\r\n", "2\r\nab0\r\n\r\n",
        "0x2\r\nab\r\n0\r\n\r\n", "11111111111111111\r\nab\r\n", "2 ;\r\n\x01\r\n"}) {
    Visitor visitor(site.port());
    const auto answer = visitor.send(post("Transfer-Encoding: chunked", chunks)).end_sending().all();
    EXPECT_THAT(answer, Not(HasSubstr("200 OK"))) << chunks;
  }
}

TEST(HttpServer, lets_no_trailer_become_a_header) {
  HttpRoutes routes;
  routes.add(
      {"POST", "/echo",
       [](const HttpRequest& request) {
         return HttpResponse{200, "text/plain", "[" + std::string(request.header("authorization")) + "]", {}};
       },
       1'000});
  TestSite site({}, std::move(routes));
  Visitor visitor(site.port());
  visitor.send(post("Transfer-Encoding: chunked", "1\r\na\r\n0\r\nAuthorization: root\r\n\r\n"));
  EXPECT_THAT(visitor.answer(), EndsWith("\r\n\r\n[]"));
}

TEST(HttpServer, refuses_a_body_beyond_the_limit_before_it_comes) {
  TestSite site;
  Visitor stated(site.port());
  EXPECT_THAT(stated.send(post("Content-Length: 65537")).all(), StartsWith("HTTP/1.1 413 "));
  Visitor chunked(site.port());
  EXPECT_THAT(chunked.send(post("Transfer-Encoding: chunked", "10001\r\n")).all(),
              StartsWith("HTTP/1.1 413 "));
  Visitor none(site.port());
  EXPECT_THAT(none.send("GET /hello HTTP/1.1\r\nHost: hub\r\nContent-Length: 1\r\n\r\n").all(),
              StartsWith("HTTP/1.1 413 "));
}

TEST(HttpServer, takes_a_body_of_just_the_limit) {
  TestSite site;
  Visitor visitor(site.port());
  visitor.send(post("Content-Length: 65536", std::string(65'536, 'b')));
  EXPECT_THAT(visitor.answer(), EndsWith(std::string(65'536, 'b')));
}

TEST(HttpServer, asks_for_the_body_that_waits_to_be_asked_for) {
  TestSite site;
  Visitor visitor(site.port());
  visitor.send(post("Expect: 100-continue\r\nContent-Length: 2"));
  EXPECT_EQ(visitor.answer(), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_THAT(visitor.send("ok").answer(), EndsWith("\r\n\r\nok"));
}

TEST(HttpServer, refuses_a_head_without_end) {
  TestSite site;
  Visitor visitor(site.port());
  visitor.send("GET /hello HTTP/1.1\r\nHost: hub\r\nX: " + std::string(64u << 10, 'x'));
  EXPECT_THAT(visitor.all(), StartsWith("HTTP/1.1 431 "));
}

TEST(HttpServer, tells_a_caller_of_another_protocol_at_once) {
  TestSite site;
  Visitor visitor(site.port());
  EXPECT_THAT(visitor.send("\x16\x03\x01\x02").all(), StartsWith("HTTP/1.1 400 "));
}

TEST(HttpServer, minds_nobody_who_leaves_early) {
  TestSite site;
  for (const auto* part :
       {"", "G", "GET /hello HTTP/1.1\r\nHo", kHello, "GET /big HTTP/1.1\r\nHost: hub\r\n\r\n"}) {
    Visitor visitor(site.port());
    visitor.send(part);
  }
  Visitor half(site.port());
  EXPECT_THAT(half.send(post("Content-Length: 10", "abc")).end_sending().all(), IsEmpty());
  Visitor visitor(site.port());
  EXPECT_THAT(visitor.send(kHello).answer(), HasSubstr("200 OK"));
}

TEST(HttpServer, sends_no_header_that_a_handler_took_from_a_stranger) {
  TestSite site;
  Visitor visitor(site.port());
  const auto answer = visitor.send("GET /inject?x HTTP/1.1\r\nHost: hub\r\n\r\n").answer();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(answer, Not(HasSubstr("Set-Cookie")));
}

TEST(HttpServer, survives_a_handler_that_throws) {
  TestSite site;
  Visitor visitor(site.port());
  EXPECT_THAT(visitor.send("GET /throw HTTP/1.1\r\nHost: hub\r\n\r\n").all(), StartsWith("HTTP/1.1 500 "));
  Visitor next(site.port());
  EXPECT_THAT(next.send(kHello).answer(), HasSubstr("200 OK"));
}

TEST(HttpServer, ends_a_connection_behind_its_last_request) {
  TestSite site({.requests_of_one_connection = 2});
  Visitor visitor(site.port());
  EXPECT_THAT(visitor.send(kHello).answer(), HasSubstr("keep-alive"));
  EXPECT_THAT(visitor.send(kHello).all(), HasSubstr("Connection: close"));
}

TEST(HttpServer, speaks_with_callers_of_http_1_0) {
  TestSite site;
  Visitor visitor(site.port());
  EXPECT_THAT(visitor.send("GET /hello?x HTTP/1.0\r\n\r\n").all(), EndsWith("ciao x"));
}

TEST(HttpServer, says_who_set_the_port_that_is_taken) {
  TestSite site;
  SilentLog log;
  const auto second =
      HttpServer::open({"127.0.0.1:" + std::to_string(site.port()), "http.admin", {}}, TestSite::few(), log);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(exit_code_of(second.error().code), 69);
  EXPECT_THAT(second.error().message.en, HasSubstr("http.admin: cannot listen on 127.0.0.1:"));
  EXPECT_THAT(second.error().hint.it, HasSubstr("http.admin"));
}

TEST(HttpServer, refuses_an_address_that_is_none) {
  SilentLog log;
  for (const auto* address : {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                              "127.0.0.1:-1", "hub.example:80", "127.0.0.1:80x", "192.0.2.1:80"}) {
    const auto server = HttpServer::open({address, "http.admin", {}}, TestSite::few(), log);
    ASSERT_FALSE(server.ok()) << address;
    EXPECT_EQ(server.error().code, ErrorCode::kInvalid) << address;
    EXPECT_THAT(server.error().message.en, HasSubstr(address));
  }
}

}  // namespace
}  // namespace raccordo
