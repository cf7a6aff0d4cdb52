// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/call.hpp"

#include <gtest/gtest.h>

#include <array>

#include "core/engine/delivery/kept_answer.hpp"

namespace raccordo {
namespace {

TEST(IdempotencyKeys, are_the_same_for_the_same_effect_of_the_same_event_at_the_same_destination_only) {
  const auto key = idempotency_key("valle:portale", "e1", "0");
  EXPECT_EQ(key, idempotency_key("valle:portale", "e1", "0"));
  EXPECT_NE(key, idempotency_key("valle:portale", "e1", "1"));
  EXPECT_NE(key, idempotency_key("valle:portale", "e1", "0.0"));
  EXPECT_NE(key, idempotency_key("valle:portale", "e2", "0"));
  EXPECT_NE(key, idempotency_key("valle:altro", "e1", "0"));
  EXPECT_EQ(key.size(), 36u);
}

TEST(Calls, that_change_something_carry_our_key_and_no_other) {
  Call call;
  call.request = {.method = "PUT", .headers = {{"idempotency-key", "mine"}, {"X-A", "1"}}};
  put_key(call, "Idempotency-Key", "k1");
  EXPECT_EQ(call.request.headers, (std::vector<WebHeader>{{"X-A", "1"}, {"Idempotency-Key", "k1"}}));
  Call look;
  put_key(look, "Idempotency-Key", "k2");
  EXPECT_TRUE(look.request.headers.empty()) << "a GET";
}

TEST(Calls, carry_what_the_plugin_wrote) {
  const std::array<std::string_view, 9> fields{"PUT", "/a", "b=c", "body", "context", "X-A", "1", "X-B", ""};
  const auto request = request_of({EffectKind::kSend, 0, fields});
  EXPECT_EQ(request, (WebRequest{"PUT", "/a", "b=c", {{"X-A", "1"}, {"X-B", ""}}, "body"}));
}

TEST(KeptAnswers, come_back_as_they_were) {
  WebAnswer answer;
  answer.status = 201;
  answer.headers = {{"location", "/services/7"}, {"x-empty", ""}};
  answer.body = std::string("{\"id\":7}\n\n\0x", 12);
  const auto back = unpacked(packed(answer));
  EXPECT_EQ(back.status, 201);
  EXPECT_EQ(back.headers, answer.headers);
  EXPECT_EQ(back.body, answer.body);
  EXPECT_EQ(unpacked("").status, 0);
  EXPECT_EQ(unpacked("nonsense").status, 0);
}

}  // namespace
}  // namespace raccordo
