// SPDX-License-Identifier: Apache-2.0
// The model's structs beside the whole SDK, as a plugin has them.
#include <gtest/gtest.h>

#include "raccordo/model/decode.hpp"
#include "raccordo/sdk.hpp"

namespace raccordo {
namespace {

TEST(Decoding, gives_a_plugin_the_models_own_structs) {
  const auto service = decode<Service>(
      R"({"id":"sad","name":"Assistenza domiciliare","organization":"airone","status":"active"})");
  ASSERT_TRUE(service.ok()) << service.error().message.en;
  EXPECT_EQ(service->name, "Assistenza domiciliare");
  EXPECT_FALSE(decode<Service>(R"({"id":"sad"})").ok()) << "its name is missing";
}

}  // namespace
}  // namespace raccordo
