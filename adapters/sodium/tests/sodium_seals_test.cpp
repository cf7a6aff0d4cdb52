// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sodium/sodium_seals.hpp"

#include <sys/stat.h>

#include <fstream>
#include <list>

#include "adapters/sodium/key_file.hpp"
#include "adapters/sodium/sealing.hpp"
#include "core/ports/base64.hpp"
#include "core/ports/testing/temp_folder.hpp"
#include "tests/contract/seals_contract.hpp"

namespace raccordo::sodium {
namespace {

using std::chrono::days;
using ::testing::HasSubstr;

constexpr WallTime kToday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};

std::unique_ptr<Seals> with_new_keys(const std::string& hub) {
  const testing::TempFolder folder;
  static_cast<void>(make_key_file(folder.file("people.key"), "", kToday));
  return open_seals(folder.file("people.key"), hub, kToday).value();
}

class SodiumSeals : public ::testing::Test {
 protected:
  SodiumSeals() { EXPECT_TRUE(make_key_file(path_, "2027-12-31", kToday).ok()); }
  std::unique_ptr<Seals> opened(WallTime when = kToday) {
    return open_seals(path_, "valle-demo", when).value();
  }

  testing::TempFolder folder_;
  std::string path_ = folder_.file("people.key");
  Uuid id_ = Uuid::random();
};

TEST_F(SodiumSeals, seal_the_same_differently_each_time) {
  const auto seals = opened();
  const auto one = seals->begin(id_);
  EXPECT_NE(one->seal("x", {"people", 1}), one->seal("x", {"people", 1}));
  EXPECT_NE(seals->seal_bytes("x", "y").bytes, seals->seal_bytes("x", "y").bytes);
  EXPECT_EQ(from_sealed_text(one->seal("x", {"people", 1}))->alg, "xchacha20poly1305");
}

TEST_F(SodiumSeals, still_open_what_older_keys_sealed) {
  const auto before = opened();
  const auto one = before->begin(id_);
  const auto value = one->seal("x", {"people", 1});
  const auto body = before->seal_bytes("y", "z");
  const auto pseudonym = before->pseudonym("fiscal_code", "x");
  ASSERT_TRUE(add_key_to_file(path_, "", kToday).ok());
  const auto after = opened();
  EXPECT_NE(after->own_key(), before->own_key());
  EXPECT_EQ(after->own_key().kid, after->seal_bytes("y", "z").kid);
  EXPECT_EQ(after->of(id_, one->keys()).value()->open(value, {"people", 1}).value(), "x");
  EXPECT_EQ(after->open_bytes(body, "z").value(), "y");
  EXPECT_EQ(after->pseudonym("fiscal_code", "x"), pseudonym);
}

TEST_F(SodiumSeals, name_the_key_that_is_missing) {
  const auto lost = opened();
  const auto one = lost->begin(id_);
  const auto body = lost->seal_bytes("y", "z");
  ASSERT_EQ(::unlink(path_.c_str()), 0);
  ASSERT_TRUE(make_key_file(path_, "", kToday).ok());
  const auto seals = opened();
  for (const auto& refused : {seals->of(id_, one->keys()).error(), seals->open_bytes(body, "z").error()}) {
    EXPECT_EQ(refused.code, ErrorCode::kDenied);
    EXPECT_THAT(refused.in(Language::kEnglish), HasSubstr("the key " + lost->own_key().kid + " is needed"));
  }
}

TEST_F(SodiumSeals, say_for_whom_a_case_was_not_sealed) {
  const auto others = with_new_keys("colle-demo")->begin(id_);
  const auto refused = opened()->of(id_, others->keys()).error();
  EXPECT_THAT(refused.in(Language::kEnglish), HasSubstr("was not sealed for hub valle-demo"));
}

TEST_F(SodiumSeals, do_not_seal_with_expired_keys) {
  EXPECT_TRUE(open_seals(path_, "valle-demo", kToday + days(403)).ok());
  const auto late = open_seals(path_, "valle-demo", kToday + days(404));
  EXPECT_EQ(late.error().code, ErrorCode::kDenied);
  EXPECT_THAT(late.error().in(Language::kEnglish), HasSubstr("expired"));
}

// Points of low order: whoever sent one would know the key that was wrapped for it.
TEST_F(SodiumSeals, share_nothing_with_a_key_that_everybody_knows) {
  const auto one = opened()->begin(id_);
  EXPECT_EQ(one->share({"colle-demo", "k", base64url(std::string(32, '\0'))}).error().code,
            ErrorCode::kInvalid);
}

// What other programs must be able to do: the names and sizes of what stands on the wire.
TEST_F(SodiumSeals, wrap_48_bytes_in_a_sealed_box_and_put_the_nonce_before_a_value) {
  const auto one = opened()->begin(id_);
  EXPECT_EQ(from_wraps_text(one->keys())->front().bytes.size(), 48u + 48u);
  EXPECT_EQ(from_sealed_text(one->seal("abc", {"people", 1}))->bytes.size(), 24u + 3u + 16u);
}

}  // namespace
}  // namespace raccordo::sodium

namespace raccordo::contract {

INSTANTIATE_TEST_SUITE_P(Sodium, SealsContract, ::testing::Values(sodium::with_new_keys));

}  // namespace raccordo::contract
