// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/sealed.hpp"

#include <gtest/gtest.h>

namespace raccordo {
namespace {

TEST(SealedText, is_canonical_json) {
  const Sealed sealed{"xchacha20poly1305", "k1", "\xfb\xff"};
  const std::string text = R"({"alg":"xchacha20poly1305","ct":"-_8","kid":"k1","v":1})";
  EXPECT_EQ(sealed_text(sealed), text);
  EXPECT_EQ(from_sealed_text(text), sealed);
}

TEST(SealedText, is_read_however_others_write_json) {
  EXPECT_EQ(from_sealed_text(R"({"v": 1, "kid": "k1", "ct": "-_8", "alg": "\u0061"})"),
            (Sealed{"a", "k1", "\xfb\xff"}));
}

TEST(SealedText, is_nothing_else) {
  for (const auto* text :
       {"", "x", "{}", R"({"alg":"a","ct":"-_8","kid":"k","v":2})", R"({"alg":"a","ct":"-_8","kid":"k"})",
        R"({"alg":"a","ct":"-_9","kid":"k","v":1})", R"({"alg":"a","ct":1,"kid":"k","v":1})",
        R"({"alg":"a","ct":"","kid":"k\n","v":1})", R"({"alg":"a","ct":"","kid":"k","v":1,"z":0})",
        R"([{"alg":"a","ct":"","kid":"k","v":1}])", R"({"alg":"a","alg":"a","ct":"","kid":"k","v":1})"})
    EXPECT_FALSE(from_sealed_text(text)) << text;
}

TEST(WrapsText, holds_one_key_for_each_hub) {
  const std::vector<WrappedKey> wraps{{"valle-demo", "k1", "a"}, {"colle-demo", "k2", "bc"}};
  const std::string text =
      R"([{"ct":"YQ","hub":"valle-demo","kid":"k1"},{"ct":"YmM","hub":"colle-demo","kid":"k2"}])";
  EXPECT_EQ(wraps_text(wraps), text);
  EXPECT_EQ(from_wraps_text(text), wraps);
  EXPECT_EQ(wraps_text({}), "[]");
  EXPECT_EQ(from_wraps_text("[]"), std::vector<WrappedKey>{});
}

TEST(WrapsText, is_nothing_else_and_of_so_many_hubs) {
  for (const auto* text :
       {"", "{}", "[1]", R"([{"ct":"YQ","hub":"","kid":"k"}])", R"([{"ct":"YQ","hub":"h"}])",
        R"([{"ct":"YQ","hub":"h","kid":"k","x":1}])", R"([[{"ct":"YQ","hub":"h","kid":"k"}]])"})
    EXPECT_FALSE(from_wraps_text(text)) << text;
  std::vector<WrappedKey> wraps(kMostWraps, {"h", "k", "a"});
  EXPECT_TRUE(from_wraps_text(wraps_text(wraps)));
  wraps.push_back(wraps.front());
  EXPECT_FALSE(from_wraps_text(wraps_text(wraps)));
}

}  // namespace
}  // namespace raccordo
