// SPDX-License-Identifier: EUPL-1.2
// The admin address among thousands of clients that stall: RACCORDO_SOAK=1 brings ten thousand, and minds the
// time.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "adapters/http_server/admin_routes.hpp"
#include "adapters/http_server/http_server.hpp"
#include "adapters/http_server/tests/visitor.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "tests/load/slow_clients.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;

constexpr const char* kHealth = "GET /healthz HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n";
constexpr double kBound = 250;  // milliseconds, of 99 in 100 answers

HttpRoutes routes() {
  auto routes =
      admin_routes({[] { return std::vector<PartState>{}; }, [] { return std::string(256 << 10, 'm'); }});
  routes.add({"POST", "/echo",
              [](const HttpRequest& request) {
                return HttpResponse{200, "text/plain", request.body, {}};
              },
              64u << 10});
  return routes;
}

class SlowClientsOfTheAdminAddress : public ::testing::TestWithParam<SlowClients::From> {
 protected:
  void answer(const char* manner, Clock::duration took) {
    took_.push_back(took);
    manner_ = manner;
  }

  // How long the slowest but one in a hundred took.
  void tell() {
    std::ranges::sort(took_);
    const auto in_ms = [&](double part) {
      const auto at = static_cast<std::size_t>(part * static_cast<double>(took_.size() - 1));
      return std::chrono::duration<double, std::milli>(took_[at]).count();
    };
    std::cout << manner_ << ": " << took_.size() << " answers, median " << in_ms(0.5) << " ms, p99 "
              << in_ms(0.99) << " ms, longest " << in_ms(1) << " ms\n";
    if (soak) {
      EXPECT_LE(in_ms(0.99), kBound);
    }
    took_.clear();
  }

  const bool soak = std::getenv("RACCORDO_SOAK") != nullptr;
  RecordingLog log;
  HttpLimits limits;

 private:
  std::vector<Clock::duration> took_;
  const char* manner_ = "";
};

TEST_P(SlowClientsOfTheAdminAddress, keep_no_healthy_one_from_its_answer) {
  const auto server = *HttpServer::open({"127.0.0.1:0", "http.admin", limits}, routes(), log);
  SlowClients slow(server->port(), soak ? 10'000 : 1'000, GetParam());
  slow.await_all();
  const char* const healthy = GetParam() == SlowClients::From::kOneAddress ? "127.0.0.1" : "127.0.0.2";
  const int asked = soak ? 2'000 : 100;
  for (int i = 0; i < asked; ++i) {
    const auto begun = Clock::now();
    Visitor visitor(server->port(), healthy);
    ASSERT_THAT(visitor.send(kHealth).answer(), HasSubstr("200 OK")) << i;
    answer("each on a connection of its own", Clock::now() - begun);
  }
  tell();
  EXPECT_GT(slow.turned_away(), 0);  // they were more than the server keeps
  std::cout << slow.hanging() << " hang, turned away " << slow.turned_away() << " times\n";
}

INSTANTIATE_TEST_SUITE_P(From, SlowClientsOfTheAdminAddress,
                         ::testing::Values(SlowClients::From::kOneAddress,
                                           SlowClients::From::kAddressesOfTheirOwn),
                         [](const auto& parameter) {
                           return parameter.param == SlowClients::From::kOneAddress
                                      ? "one_address"
                                      : "addresses_of_their_own";
                         });

}  // namespace
}  // namespace raccordo::testing
