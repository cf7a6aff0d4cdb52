// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/base64.hpp"

#include <gtest/gtest.h>

namespace raccordo {
namespace {

// The vectors of RFC 4648, section 10.
TEST(Base64, pads_what_does_not_fill_a_group) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, gives_back_every_byte_and_breaks_no_lines) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  const auto text = base64(bytes);
  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_EQ(from_base64(text), bytes);
}

TEST(Base64, takes_padding_and_refuses_the_rest) {
  EXPECT_EQ(from_base64(""), "");
  EXPECT_EQ(from_base64("QQ=="), "A");
  EXPECT_EQ(from_base64("QUI="), "AB");
  EXPECT_EQ(from_base64("QUJD"), "ABC");
  EXPECT_FALSE(from_base64("QQ"));
  EXPECT_FALSE(from_base64("Q*=="));
}

}  // namespace
}  // namespace raccordo
