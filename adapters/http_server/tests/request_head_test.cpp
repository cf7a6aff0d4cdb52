// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/request_head.hpp"

#include <gmock/gmock.h>

namespace raccordo {
namespace {

using ::testing::HasSubstr;

// A head with these lines below a good first line and Host.
std::string with(std::string_view lines) {
  return "POST /hook HTTP/1.1\r\nHost: hub\r\n" + std::string(lines) + "\r\n\r\n";
}

RequestHead accepted(std::string_view head) {
  auto parsed = parse_head(head);
  if (const auto* refusal = std::get_if<HeadRefusal>(&parsed)) {
    ADD_FAILURE() << refusal->why.en << "\n" << head;
    return {};
  }
  return std::get<RequestHead>(parsed);
}

// The status of the refusal; 0 when it was not refused.
int refused(std::string_view head) {
  const auto parsed = parse_head(head);
  const auto* refusal = std::get_if<HeadRefusal>(&parsed);
  if (refusal != nullptr) {
    EXPECT_FALSE(refusal->why.it.empty());
    EXPECT_FALSE(refusal->why.en.empty());
  }
  return refusal == nullptr ? 0 : refusal->status;
}

TEST(RequestHead, is_taken_apart) {
  const auto head = accepted("GET /a/b%20c?x=1?y HTTP/1.1\r\nHost: hub:8080\r\nX-A:\t1 2 \r\n\r\n");
  EXPECT_EQ(head.request.method, "GET");
  EXPECT_EQ(head.request.path, "/a/b%20c");
  EXPECT_EQ(head.request.query, "x=1?y");
  EXPECT_EQ(head.request.header("x-a"), "1 2");
  EXPECT_TRUE(head.keep_alive);
  EXPECT_FALSE(head.chunked);
  EXPECT_EQ(head.content_length, 0u);
}

TEST(RequestHead, says_how_long_the_body_is) {
  EXPECT_EQ(accepted(with("Content-Length: 0042")).content_length, 42u);
  EXPECT_TRUE(accepted(with("Transfer-Encoding: Chunked")).chunked);
  EXPECT_TRUE(accepted(with("Expect: 100-continue\r\nContent-Length: 1")).expects_continue);
}

TEST(RequestHead, knows_who_keeps_the_connection) {
  EXPECT_FALSE(accepted(with("Connection: Close")).keep_alive);
  EXPECT_FALSE(accepted(with("Connection: x, close")).keep_alive);
  EXPECT_FALSE(accepted("GET / HTTP/1.0\r\n\r\n").keep_alive);
  EXPECT_TRUE(accepted("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keep_alive);
}

TEST(RequestHead, takes_the_path_out_of_an_absolute_target) {
  EXPECT_EQ(accepted("GET http://other/healthz HTTP/1.1\r\nHost: hub\r\n\r\n").request.path, "/healthz");
  EXPECT_EQ(accepted("GET HTTPS://other HTTP/1.1\r\nHost: hub\r\n\r\n").request.path, "/");
  EXPECT_EQ(refused("GET http:///x HTTP/1.1\r\nHost: hub\r\n\r\n"), 400);
  EXPECT_EQ(refused("GET ftp://other/x HTTP/1.1\r\nHost: hub\r\n\r\n"), 400);
}

TEST(RequestHead, refuses_every_body_that_has_two_lengths) {
  EXPECT_EQ(refused(with("Content-Length: 5\r\nTransfer-Encoding: chunked")), 400);
  EXPECT_EQ(refused(with("Transfer-Encoding: chunked\r\nContent-Length: 5")), 400);
  EXPECT_EQ(refused(with("Content-Length: 5\r\nContent-Length: 6")), 400);
  EXPECT_EQ(refused(with("Content-Length: 5\r\ncontent-length: 5")), 400);
  EXPECT_EQ(refused(with("Content-Length: 5, 5")), 400);
  EXPECT_EQ(refused(with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")), 400);
  EXPECT_EQ(refused(with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity")), 400);
}

TEST(RequestHead, refuses_lengths_that_are_no_plain_numbers) {
  for (const std::string_view length :
       {"-1", "+5", "0x5", "5 5", "5;", "", "1e3", "18446744073709551616", "99999999999999999999999"})
    EXPECT_EQ(refused(with("Content-Length: " + std::string(length))), 400) << length;
}

TEST(RequestHead, refuses_codings_other_than_chunked_alone) {
  for (const std::string_view coding : {"identity", "gzip", "gzip, chunked", "chunked, chunked",
                                        "chunked, identity", "xchunked", "\"chunked\"", "chunked;q=1", ""})
    EXPECT_EQ(refused(with("Transfer-Encoding: " + std::string(coding))), 501) << coding;
  EXPECT_EQ(refused("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
  EXPECT_EQ(refused(with("Transfer-Encoding:\vchunked")), 400);
}

TEST(RequestHead, refuses_bare_line_breaks) {
  EXPECT_EQ(refused("GET / HTTP/1.1\nHost: hub\n\n"), 400);
  EXPECT_EQ(refused(with("X: a\nTransfer-Encoding: chunked")), 400);
  EXPECT_EQ(refused(with("X: a\rTransfer-Encoding: chunked")), 400);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: hub\r\n\n"), 400);
}

TEST(RequestHead, refuses_folded_lines_and_white_space_around_names) {
  EXPECT_EQ(refused(with("X: a\r\n Transfer-Encoding: chunked")), 400);
  EXPECT_EQ(refused(with("X: a\r\n\tb")), 400);
  EXPECT_EQ(refused(with("Content-Length : 5")), 400);
  EXPECT_EQ(refused(with(" Content-Length: 5")), 400);
  EXPECT_EQ(refused(with(": 5")), 400);
  EXPECT_EQ(refused(with("no colon")), 400);
  EXPECT_EQ(refused(with(std::string("X: a\0b", 6))), 400);
  EXPECT_EQ(refused(with("X: a\x7f")), 400);
}

TEST(RequestHead, wants_one_host) {
  EXPECT_EQ(refused("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(refused(with("Host: other")), 400);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"), 400);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"), 400);
}

TEST(RequestHead, refuses_first_lines_that_are_not_quite_right) {
  for (const std::string_view line : {"GET  / HTTP/1.1",
                                      "GET / HTTP/1.1 ",
                                      " GET / HTTP/1.1",
                                      "GET /",
                                      "GET",
                                      "",
                                      "GET\t/\tHTTP/1.1",
                                      "G(T / HTTP/1.1",
                                      "GET / http/1.1",
                                      "GET / HTTP/1.1x",
                                      "GET /a b HTTP/1.1",
                                      "GET /# HTTP/1.1",
                                      "GET /% HTTP/1.1",
                                      "GET /%0 HTTP/1.1",
                                      "GET /%00 HTTP/1.1",
                                      "GET /%zz HTTP/1.1",
                                      "GET * HTTP/1.1",
                                      "CONNECT hub:80 HTTP/1.1",
                                      "GET \\ HTTP/1.1",
                                      "GET healthz HTTP/1.1",
                                      "GET /\xc3\xa0 HTTP/1.1"}) {
    const auto status = refused(std::string(line) + "\r\nHost: hub\r\n\r\n");
    EXPECT_TRUE(status == 400 || status == 505) << line << ": " << status;
  }
  EXPECT_EQ(refused("PRI * HTTP/2.0\r\n\r\n"), 505);
  EXPECT_EQ(refused("GET /" + std::string(5'000, 'x') + " HTTP/1.1\r\nHost: hub\r\n\r\n"), 414);
  EXPECT_EQ(refused(with("Expect: tea")), 417);
}

TEST(RequestHead, refuses_a_hundred_and_one_headers) {
  std::string lines = "X: 1";
  for (int i = 0; i < 98; ++i) lines += "\r\nX: 1";
  EXPECT_EQ(refused(with(lines)), 0);
  EXPECT_EQ(refused(with(lines + "\r\nX: 1")), 431);
}

TEST(RequestHead, ends_at_the_empty_line_or_at_the_first_bare_line_feed) {
  EXPECT_EQ(head_size("GET / HTTP/1.1\r\nHost: hub\r\n\r\nbody"), 29u);
  EXPECT_EQ(head_size("GET / HTTP/1.1\r\nHost: hub\r\n\r"), std::nullopt);
  EXPECT_EQ(head_size("GET / HTTP/1.1\r\nHost: hub\r\n"), std::nullopt);
  EXPECT_EQ(head_size("GET / HTTP/1.1\nHost"), 15u);
  EXPECT_EQ(head_size("\nGET"), 1u);
  EXPECT_EQ(head_size(""), std::nullopt);
}

TEST(RequestHead, tells_other_protocols_by_their_first_byte) {
  EXPECT_TRUE(may_become_request("G"));
  EXPECT_FALSE(may_become_request("\x16\x03\x01"));
  EXPECT_FALSE(may_become_request(std::string_view("\0", 1)));
}

// Every head cut off anywhere, and every byte of it changed: no crash, and whatever is accepted has one
// length.
TEST(RequestHead, survives_every_change_of_one_byte) {
  const auto good = with("Content-Length: 5\r\nConnection: close");
  for (std::size_t at = 0; at < good.size(); ++at) {
    (void)parse_head(std::string_view(good).substr(0, at));
    for (int byte = 0; byte < 256; ++byte) {
      auto changed = good;
      changed[at] = static_cast<char>(byte);
      const auto parsed = parse_head(changed);
      const auto* head = std::get_if<RequestHead>(&parsed);
      EXPECT_FALSE(head != nullptr && head->chunked && head->content_length > 0) << changed;
    }
  }
}

}  // namespace
}  // namespace raccordo
