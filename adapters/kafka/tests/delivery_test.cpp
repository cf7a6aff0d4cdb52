// SPDX-License-Identifier: EUPL-1.2
// Reports come from another thread than that of the one who waits for them.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "adapters/kafka/delivery.hpp"

namespace raccordo::kafka {
namespace {

constexpr auto kFine = RD_KAFKA_RESP_ERR_NO_ERROR;
constexpr auto kLost = RD_KAFKA_RESP_ERR__FATAL;

std::vector<Delivery::End*> begun(Delivery& delivery, std::size_t messages) {
  std::vector<Delivery::End*> ends;
  while (ends.size() < messages) ends.push_back(delivery.begin(ends.size()));
  return ends;
}

TEST(Delivery, ends_once_all_of_it_is_reported_by_whatever_thread) {
  constexpr std::size_t kMessages = 2'000;
  for (int round = 0; round < 20; ++round) {
    Delivery delivery;
    const auto ends = begun(delivery, kMessages);
    const auto report = [&ends](std::size_t from) {
      for (std::size_t i = from; i < kMessages; i += 2)
        Delivery::report(ends[i], kFine, static_cast<std::int32_t>(i % 12));
    };
    std::jthread first(report, 0), second(report, 1);
    delivery.wait();
    EXPECT_EQ(delivery.first_failed(), kMessages);
    EXPECT_EQ(delivery.partition(kMessages - 1), (kMessages - 1) % 12);
  }
}

TEST(Delivery, is_reported_while_more_of_it_is_begun) {
  constexpr std::size_t kMessages = 2'000;
  Delivery delivery;
  std::vector<std::jthread> reports;
  for (std::size_t i = 0; i < kMessages; i += 500) {
    std::vector<Delivery::End*> ends;
    for (std::size_t k = 0; k < 500; ++k) ends.push_back(delivery.begin(i + k));
    reports.emplace_back([ends] {
      for (auto* end : ends) Delivery::report(end, kFine, 0);
    });
  }
  EXPECT_EQ(delivery.begun(), kMessages);
  delivery.wait();
  EXPECT_EQ(delivery.first_failed(), kMessages);
}

TEST(Delivery, of_what_failed_may_be_begun_again) {
  Delivery delivery;
  const auto ends = begun(delivery, 3);
  Delivery::report(ends[0], kFine, 0);
  Delivery::report(ends[1], kLost, -1);
  Delivery::report(ends[2], kLost, -1);
  delivery.wait();
  EXPECT_EQ(delivery.first_failed(), 1u);
  EXPECT_EQ(delivery.code(1), kLost);
  std::vector<std::jthread> reports;
  for (const std::size_t message : {1u, 2u})
    reports.emplace_back([end = delivery.begin(message)] { Delivery::report(end, kFine, 5); });
  delivery.wait();
  EXPECT_EQ(delivery.begun(), 3u);
  EXPECT_EQ(delivery.first_failed(), 3u);
  EXPECT_EQ(delivery.partition(2), 5);
}

TEST(Delivery, of_nothing_is_not_waited_for) {
  Delivery delivery;
  delivery.wait();
  delivery.wait();
  EXPECT_EQ(delivery.first_failed(), 0u);
}

}  // namespace
}  // namespace raccordo::kafka
