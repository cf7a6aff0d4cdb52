// SPDX-License-Identifier: EUPL-1.2
// A partner that has HTTP/2 is spoken to over it, on one connection.
#include <gmock/gmock.h>

#include "adapters/http_client/requests.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "core/ports/testing/temp_folder.hpp"
#include "tests/partner/http2_partner.hpp"

namespace raccordo::http_client {
namespace {

using namespace std::chrono_literals;
using raccordo::testing::Http2Partner;

std::size_t times(const std::string& text, const std::string& words) {
  std::size_t count = 0;
  for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++count;
  return count;
}

TEST(PartnersApiOverHttp2, takes_requests_side_by_side_on_one_connection) {
  if (!Http2Partner::installed()) GTEST_SKIP() << "no nghttpd: install nghttp2-server";
  const raccordo::testing::TempFolder folder;
  const auto own = raccordo::testing::own_certificate(folder.path().string());
  const Http2Partner partner(own, folder.path());
  Api api;
  api.site.base_url = partner.url("/api");
  api.site.guards.networks = {Network::parse("127.0.0.0/8").value()};
  api.site.guards.tls.ca = own.certificate;
  api.site.guards.whole = 20s;
  api.parallel = 8;
  const raccordo::testing::SimulatedClock clock;
  const auto client = open_requests(std::move(api), clock);
  constexpr std::uint64_t kRequests = 40;
  for (std::uint64_t i = 0; i < kRequests; ++i)
    client->begin(i, {"PUT", "/services/" + std::to_string(i), "", {}, "body " + std::to_string(i)});
  for (std::size_t ended = 0; ended < kRequests;)
    for (const auto& end : client->ended(20s, {})) {
      ++ended;
      ASSERT_TRUE(end.answer.ok()) << end.answer.error().message.en;
      EXPECT_EQ(end.answer->status, 200);
      EXPECT_EQ(end.answer->body, "body " + std::to_string(end.number));
    }
  const auto account = partner.account();
  EXPECT_EQ(times(account, "The negotiated protocol: h2"), 1u) << "one connection";
  EXPECT_EQ(times(account, ":method: PUT"), kRequests);
}

}  // namespace
}  // namespace raccordo::http_client
