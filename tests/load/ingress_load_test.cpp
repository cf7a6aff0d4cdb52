// SPDX-License-Identifier: EUPL-1.2
// The ingress among thousands of clients that stall, and under many that do not: RACCORDO_SOAK=1 brings ten
// thousand, and minds the time.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "adapters/clock/system_clock.hpp"
#include "adapters/http_server/ingress/ingress.hpp"
#include "adapters/http_server/tests/secure_visitor.hpp"
#include "adapters/http_server/tests/visitor.hpp"
#include "core/ports/testing/faulty_metrics.hpp"
#include "core/ports/testing/memory_inlet.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "core/ports/testing/temp_folder.hpp"
#include "tests/load/slow_clients.hpp"
#include "tests/partner/own_certificate.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;

constexpr double kBound = 250;  // milliseconds, of 99 in 100 answers
constexpr Rate kAny{10'000, 1ms};

std::string post(std::string_view more = {}) {
  return "POST /in/portale HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer token\r\nContent-Length: 14\r\n" +
         std::string(more) + "\r\n{\"id\":\"p-001\"}";
}

double in_ms(std::vector<Clock::duration>& took, double part) {
  const auto at = took.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(took.size() - 1));
  std::ranges::nth_element(took, at);
  return std::chrono::duration<double, std::milli>(*at).count();
}

class IngressUnderLoad : public ::testing::Test {
 protected:
  std::unique_ptr<Ingress> open(bool encrypted) {
    IngressSettings settings{.address = "127.0.0.1:0", .client_rate = kAny};
    if (encrypted) {
      const auto own = own_certificate(folder.path());
      settings.tls = {own.certificate, own.key};
    }
    return Ingress::open(std::move(settings), {{"portale", BearerRule{{"token"}}, 4'096, kAny}},
                         {inlet, clock, log, metrics})
        .value();
  }

  void tell(std::string_view manner, std::vector<Clock::duration> took) {
    const auto p99 = in_ms(took, 0.99);
    std::cout << manner << ": " << took.size() << " answers, median " << in_ms(took, 0.5) << " ms, p99 "
              << p99 << " ms, longest " << in_ms(took, 1) << " ms\n";
    if (soak) {
      EXPECT_LE(p99, kBound);
    }
  }

  const bool soak = std::getenv("RACCORDO_SOAK") != nullptr;
  TempFolder folder;
  SystemClock clock;
  RecordingLog log;
  FaultyMetrics metrics;
  MemoryInlet inlet{[](const InboundRequest& request) {
    return InboundAnswer{200, {{"Content-Type", "application/json"}}, request.body};
  }};
};

class SlowClientsOfTheIngress : public IngressUnderLoad,
                                public ::testing::WithParamInterface<SlowClients::From> {};

TEST_P(SlowClientsOfTheIngress, keep_no_healthy_one_from_its_answer) {
  for (const bool encrypted : {false, true}) {
    const auto ingress = open(encrypted);
    SlowClients slow(ingress->port(), soak ? 10'000 : 1'000, GetParam(),
                     encrypted ? kStallsShakingHands : kStallsAtTheIngress);
    slow.await_all();
    std::vector<Clock::duration> took;
    const int asked = soak ? 1'000 : 50;
    for (int i = 0; i < asked; ++i) {
      const auto begun = Clock::now();
      const auto answer =
          encrypted ? SecureVisitor(ingress->port(), {.from = "127.0.0.2"})
                          .send(post("Connection: close\r\n"))
                          .answer()
                    : Visitor(ingress->port(), "127.0.0.2").send(post("Connection: close\r\n")).answer();
      ASSERT_THAT(answer, HasSubstr("200 OK")) << i;
      took.push_back(Clock::now() - begun);
    }
    tell(encrypted ? "each on an encrypted connection of its own" : "each on a connection of its own",
         std::move(took));
    EXPECT_GT(slow.turned_away(), 0);  // they were more than the ingress keeps
  }
}

INSTANTIATE_TEST_SUITE_P(From, SlowClientsOfTheIngress,
                         ::testing::Values(SlowClients::From::kOneAddress,
                                           SlowClients::From::kAddressesOfTheirOwn),
                         [](const auto& parameter) {
                           return parameter.param == SlowClients::From::kOneAddress
                                      ? "one_address"
                                      : "addresses_of_their_own";
                         });

// Connections that stay, as a portal keeps them; 64 at once are all that one address may have.
TEST_F(IngressUnderLoad, sixty_four_clients_are_answered_over_tls) {
  const auto ingress = open(true);
  const int each = soak ? 1'000 : 20;
  std::vector<std::vector<Clock::duration>> took(64);
  const auto begun = Clock::now();
  {
    std::vector<std::jthread> clients;
    for (auto& mine : took)
      clients.emplace_back([&] {
        SecureVisitor visitor(ingress->port());
        const auto request = post();
        for (int i = 0; i < each - 1; ++i) {
          const auto asked = Clock::now();
          if (visitor.send(request).answer().find("200 OK") == std::string::npos) return;
          mine.push_back(Clock::now() - asked);
        }
      });
  }
  const auto seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  std::vector<Clock::duration> all;
  for (const auto& mine : took) all.insert(all.end(), mine.begin(), mine.end());
  EXPECT_EQ(all.size(), 64u * static_cast<std::size_t>(each - 1));
  std::cout << static_cast<double>(all.size()) / seconds << " requests a second, handshakes included\n";
  tell("64 clients over TLS", std::move(all));
}

}  // namespace
}  // namespace raccordo::testing
