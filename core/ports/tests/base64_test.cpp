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

TEST(Base64Url, is_safe_in_addresses_and_has_no_padding) {
  EXPECT_EQ(base64url("\xfb\xff\xfe"), "-__-");
  EXPECT_EQ(base64url("f"), "Zg");
  EXPECT_EQ(from_base64url("-__-"), "\xfb\xff\xfe");
  EXPECT_EQ(from_base64url("Zm8"), "fo");
  EXPECT_EQ(from_base64url(""), "");
}

TEST(Base64Url, takes_the_only_text_of_some_bytes) {
  EXPECT_FALSE(from_base64url("Zh"));  // as "Zg", but for bits of no byte
  EXPECT_FALSE(from_base64url("Zg=="));
  EXPECT_FALSE(from_base64url("Zm9vZ"));
  EXPECT_FALSE(from_base64url("+//+"));
  EXPECT_FALSE(from_base64url("Zm 8"));
}

}  // namespace
}  // namespace raccordo
