// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sodium/key_ring.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/ports/base64.hpp"

namespace raccordo::sodium {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

KeyRing a_ring() {
  auto ring = new_ring();
  add_key(ring, "2026-11-23", "2028-11-23");
  add_key(ring, "2027-11-23", "");
  return ring;
}

std::string text_for(const KeyRing& ring) { return std::string(text_of(ring).text()); }

TEST(KeyRing, reads_what_it_wrote) {
  const auto ring = a_ring();
  const auto again = read_ring(text_of(ring).text(), "people.key");
  ASSERT_TRUE(again.ok()) << again.error().in(Language::kEnglish);
  EXPECT_EQ(text_for(*again), text_for(ring));
  EXPECT_EQ(again->keys[1].public_key(), ring.keys[1].public_key());
  EXPECT_EQ(public_part(*again, "2026-11-24"), public_part(ring, "2026-11-24"));
}

TEST(KeyRing, seals_with_the_newest_that_has_not_expired) {
  auto ring = a_ring();
  EXPECT_EQ(ring.sealing_on("2030-01-01"), &ring.keys[1]);
  ring.keys[1].expires = "2027-12-31";
  EXPECT_EQ(ring.sealing_on("2027-12-31"), &ring.keys[1]);
  EXPECT_EQ(ring.sealing_on("2028-01-01"), &ring.keys[0]);
  EXPECT_EQ(ring.sealing_on("2028-11-24"), nullptr);
}

TEST(KeyRing, shows_the_public_half_of_each_key_and_nothing_of_the_secrets) {
  const auto ring = a_ring();
  const auto shown = public_part(ring, "2026-11-24");
  ASSERT_EQ(shown.size(), 2u);
  EXPECT_EQ(shown[0].kid, ring.keys[0].kid);
  EXPECT_EQ(shown[0].expires, "2028-11-23");
  EXPECT_FALSE(shown[0].seals);
  EXPECT_TRUE(shown[1].seals);
  EXPECT_EQ(from_base64url(shown[1].key), ring.keys[1].public_key());
  const std::string secret(reinterpret_cast<const char*>(ring.keys[1].secret()), kKeyBytes);
  EXPECT_NE(from_base64url(shown[1].key), secret);
}

TEST(KeyRing, makes_another_of_each) {
  const auto one = a_ring(), other = a_ring();
  EXPECT_NE(one.keys[0].kid, one.keys[1].kid);
  EXPECT_NE(one.keys[0].public_key(), other.keys[0].public_key());
  EXPECT_NE(one.pseudonyms.text(), other.pseudonyms.text());
}

// People rotate by hand, too: comments, blank lines and the line ends of other systems are no mistake.
TEST(KeyRing, reads_what_people_wrote_around_the_keys) {
  auto text = text_for(a_ring());
  for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 3)) text.insert(at, "\r");
  text = "\r\n# ours\r\n" + text + "   # the end";
  EXPECT_TRUE(read_ring(text, "people.key").ok());
}

TEST(KeyRing, notices_each_letter_of_a_secret_that_is_another_and_never_says_it) {
  const auto text = text_for(a_ring());
  for (auto at = text.find("secret: ") + 8; text[at] != '\n'; ++at) {
    auto altered = text;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    const auto read = read_ring(altered, "people.key");
    ASSERT_FALSE(read.ok()) << at;
    EXPECT_EQ(read.error().code, ErrorCode::kInvalid);
    EXPECT_THAT(read.error().in(Language::kEnglish), HasSubstr("was altered: correct it, or put the copy of the file back"));
    EXPECT_THAT(read.error().in(Language::kEnglish), Not(HasSubstr(altered.substr(at, 8))));
  }
}

TEST(KeyRing, notices_that_a_key_was_given_another_name) {
  const auto ring = a_ring();
  auto text = text_for(ring);
  text.replace(text.find(ring.keys[0].kid), ring.keys[0].kid.size(), "other");
  EXPECT_THAT(read_ring(text, "people.key").error().in(Language::kEnglish),
              HasSubstr("the key other was altered"));
}

TEST(KeyRing, refuses_what_is_no_whole_key_file_and_says_where) {
  const auto text = text_for(a_ring());
  const auto refused = [](const std::string& altered) {
    const auto read = read_ring(altered, "people.key");
    return read.ok() ? "read" : read.error().in(Language::kEnglish);
  };
  const auto replaced = [&](const std::string& from, const std::string& to) {
    auto altered = text;
    altered.replace(altered.find(from), from.size(), to);
    return refused(altered);
  };
  EXPECT_THAT(refused(""), HasSubstr("people.key:0: is no whole key file"));
  EXPECT_THAT(refused(text.substr(0, text.find("  - kid"))), HasSubstr("is no whole key file"));
  EXPECT_THAT(replaced("people_keys: 1", "people_keys: 2"),
              HasSubstr("people.key:5: this line is not expected"));
  EXPECT_THAT(replaced("people_keys: 1\n", ""), HasSubstr("is no whole key file"));
  EXPECT_THAT(replaced("created", "made"), HasSubstr("people.key:9: this line is not expected"));
  EXPECT_THAT(replaced("2026-11-23", "2026-02-30"), HasSubstr("people.key:8: created or expires is no date"));
  EXPECT_THAT(replaced("expires: 2028-11-23", "expires: soon"), HasSubstr("is no date"));
  EXPECT_THAT(replaced("secret: ", "secret "), HasSubstr("the line cannot be read"));
  EXPECT_THAT(replaced("keys:\n", "keys:\n    kid: x\n"), HasSubstr("is not expected"));
  EXPECT_THAT(refused(text + text), HasSubstr("is not expected"));
  EXPECT_THAT(refused(text + text.substr(text.find("  - kid"))),
              HasSubstr("kid is missing, repeated or no name"));
}

}  // namespace
}  // namespace raccordo::sodium
