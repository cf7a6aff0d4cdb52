// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "adapters/plugin_worker/readable.hpp"

namespace raccordo {
namespace {

TEST(Readable, turns_control_characters_and_broken_utf8_into_plain_text) {
  EXPECT_EQ(readable("a\nb\tc"), "a b c");
  EXPECT_EQ(readable("caff\xe8"), "caff?");
  EXPECT_EQ(readable("caffè"), "caffè");
}

}  // namespace
}  // namespace raccordo
