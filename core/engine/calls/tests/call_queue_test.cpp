// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/calls/call_queue.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace raccordo {
namespace {

WaitingCall call_counted_in(std::atomic<int>& let_go) {
  return {{}, InboundReply([&let_go](const auto& answer) { let_go += answer ? 0 : 1; })};
}

TEST(CallQueue, lets_go_of_calls_that_are_too_many) {
  CallQueue queue(2);
  queue.open();
  std::atomic<int> let_go = 0;
  EXPECT_TRUE(queue.put(call_counted_in(let_go)));
  EXPECT_TRUE(queue.put(call_counted_in(let_go)));
  EXPECT_FALSE(queue.put(call_counted_in(let_go)));
  EXPECT_EQ(let_go, 1);
  EXPECT_EQ(queue.take(10).size(), 2u);
  EXPECT_TRUE(queue.put(call_counted_in(let_go)));
}

TEST(CallQueue, hands_out_in_the_order_of_coming) {
  CallQueue queue;
  queue.open();
  for (const char* body : {"a", "b", "c"}) {
    InboundRequest request;
    request.body = body;
    EXPECT_TRUE(queue.put({std::move(request), InboundReply([](const auto&) {})}));
  }
  auto first = queue.take(2);
  EXPECT_EQ(first.at(0).request.body, "a");
  EXPECT_EQ(first.at(1).request.body, "b");
  EXPECT_EQ(queue.size(), 1u);
}

TEST(CallQueue, loses_none_that_come_while_it_closes) {
  std::atomic<int> let_go = 0;
  constexpr int kCalls = 1'000;
  std::atomic<int> taken = 0;
  {
    CallQueue queue(kCalls);
    queue.open();
    std::jthread partner([&] {
      for (int i = 0; i < kCalls; ++i) (void)queue.put(call_counted_in(let_go));
    });
    while (taken == 0) taken += static_cast<int>(queue.take(10).size());
    queue.close();
  }
  EXPECT_EQ(let_go, kCalls) << "each was taken by us and dropped, or refused";
}

}  // namespace
}  // namespace raccordo
