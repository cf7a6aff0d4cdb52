// SPDX-License-Identifier: EUPL-1.2
// What all Seals do.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <random>
#include <string>

#include "core/ports/seals.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo::contract {

// Those of a hub with keys of its own.
using SealsMaker = std::function<std::unique_ptr<Seals>(const std::string& hub)>;

class SealsContract : public ::testing::TestWithParam<SealsMaker> {
 protected:
  static constexpr SealedPlace kPlace{"people", 3};
  // Invented: Maria Rossi, born on 1 January 1980.
  static constexpr std::string_view kPlain = R"({"applicant":{"fiscal_code":"RSSMRA80A41H501W"}})";

  static bool is_denied(const Error& error) {
    return error.code == ErrorCode::kDenied && !error.message.it.empty() && !error.message.en.empty() &&
           error.in(Language::kItalian).find("RSSMRA") == std::string::npos &&
           error.in(Language::kEnglish).find("RSSMRA") == std::string::npos;
  }
  template <typename T>
  static bool is_denied(const Result<T>& result) {
    return !result.ok() && is_denied(result.error());
  }

  // Every text that is another by one bit.
  static void each_flipped(std::string text, const std::function<void(const std::string&)>& each) {
    for (std::size_t i = 0; i < text.size() * 8; ++i) {
      text[i / 8] = static_cast<char>(text[i / 8] ^ (1 << i % 8));
      each(text);
      text[i / 8] = static_cast<char>(text[i / 8] ^ (1 << i % 8));
    }
  }

  std::unique_ptr<Seals> seals_ = GetParam()("valle-demo");
  std::unique_ptr<Seals> others_ = GetParam()("colle-demo");
  Uuid id_ = Uuid::random();
  std::unique_ptr<CaseSeals> case_ = seals_->begin(id_);
};

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SealsContract);

TEST_P(SealsContract, open_what_they_sealed_of_any_size) {
  std::mt19937 random(7);
  for (std::size_t size = 0; size < 70'000; size = size * 2 + 1) {
    std::string plain(size, '\0');
    for (auto& c : plain) c = static_cast<char>(random());
    EXPECT_EQ(case_->open(case_->seal(plain, kPlace), kPlace).value(), plain) << size;
    EXPECT_EQ(seals_->open_bytes(seals_->seal_bytes(plain, "x"), "x").value(), plain) << size;
  }
}

TEST_P(SealsContract, write_canonical_json_and_show_nothing_of_the_value) {
  for (const auto& text : {case_->seal(kPlain, kPlace), case_->keys()}) {
    EXPECT_EQ(json::canonical(text).value(), text);
    EXPECT_EQ(text.find("RSSMRA"), std::string::npos);
  }
  const auto sealed = from_sealed_text(case_->seal(kPlain, kPlace));
  ASSERT_TRUE(sealed);
  EXPECT_FALSE(sealed->kid.empty());
}

TEST_P(SealsContract, open_what_somebody_wrote_again_in_another_order) {
  const auto sealed = from_sealed_text(case_->seal(kPlain, kPlace)).value();
  const auto text = sealed_text(sealed);
  const auto ct = text.substr(text.find("\"ct\""), text.find(",\"kid\"") - text.find("\"ct\""));
  const auto again = fmt::format(R"( {{ "v":1, "kid":"{}", "alg":"{}", {} }} )", sealed.kid, sealed.alg, ct);
  EXPECT_EQ(case_->open(again, kPlace).value(), kPlain);
}

TEST_P(SealsContract, open_a_value_only_where_it_belongs) {
  const auto sealed = case_->seal(kPlain, kPlace);
  EXPECT_TRUE(is_denied(case_->open(sealed, {"note", 3})));
  EXPECT_TRUE(is_denied(case_->open(sealed, {"people", 2})));
  EXPECT_TRUE(is_denied(case_->open(sealed, {"people", 4})));
  EXPECT_TRUE(is_denied(seals_->begin(id_)->open(sealed, kPlace)));
  EXPECT_TRUE(is_denied(seals_->begin(Uuid::random())->open(sealed, kPlace)));
}

TEST_P(SealsContract, open_nothing_of_which_one_bit_is_another) {
  each_flipped(case_->seal(kPlain, kPlace),
               [&](const std::string& text) { EXPECT_TRUE(is_denied(case_->open(text, kPlace))) << text; });
}

TEST_P(SealsContract, open_nothing_that_is_no_sealed_value) {
  for (const auto* text :
       {"", "{}", "[]", "null", R"({"alg":"none","ct":"","kid":"","v":1})", "RSSMRA80A41H501W"})
    EXPECT_TRUE(is_denied(case_->open(text, kPlace))) << text;
}

TEST_P(SealsContract, find_a_cases_key_again_in_what_travels) {
  const auto sealed = case_->seal(kPlain, kPlace);
  const auto again = seals_->of(id_, case_->keys());
  ASSERT_TRUE(again.ok()) << again.error().in(Language::kEnglish);
  EXPECT_EQ((*again)->open(sealed, kPlace).value(), kPlain);
  EXPECT_EQ((*again)->keys(), case_->keys());
}

TEST_P(SealsContract, refuse_another_cases_key) {
  EXPECT_TRUE(is_denied(seals_->of(Uuid::random(), case_->keys())));
}

TEST_P(SealsContract, refuse_a_wrapped_key_of_which_one_bit_is_another) {
  each_flipped(case_->keys(),
               [&](const std::string& text) { EXPECT_TRUE(is_denied(seals_->of(id_, text))) << text; });
  for (const auto* text : {"", "[]", "{}", "null"}) EXPECT_TRUE(is_denied(seals_->of(id_, text))) << text;
}

TEST_P(SealsContract, let_those_hubs_read_that_a_case_is_shared_with) {
  const auto before = case_->keys();
  EXPECT_TRUE(is_denied(others_->of(id_, before)));
  ASSERT_TRUE(case_->share(others_->own_key()).ok());
  const auto theirs = others_->of(id_, case_->keys());
  ASSERT_TRUE(theirs.ok()) << theirs.error().in(Language::kEnglish);
  EXPECT_EQ((*theirs)->open(case_->seal(kPlain, kPlace), kPlace).value(), kPlain);
  EXPECT_EQ(case_->open((*theirs)->seal(kPlain, {"people", 4}), {"people", 4}).value(), kPlain);
  EXPECT_TRUE(seals_->of(id_, case_->keys()).ok());
}

TEST_P(SealsContract, share_with_nobody_whose_key_is_none) {
  EXPECT_EQ(case_->share({"colle-demo", "k", "AAAA"}).error().code, ErrorCode::kInvalid);
  EXPECT_EQ(case_->share({"colle-demo", "k", ""}).error().code, ErrorCode::kInvalid);
  const auto key = others_->own_key();
  EXPECT_EQ(case_->share({"colle\"", key.kid, key.key}).error().code, ErrorCode::kInvalid);
  EXPECT_EQ(case_->share({key.hub, "k\"", key.key}).error().code, ErrorCode::kInvalid);
}

TEST_P(SealsContract, share_with_so_many_hubs_and_no_more) {
  for (std::size_t i = 1; i < kMostWraps; ++i) ASSERT_TRUE(case_->share(others_->own_key()).ok());
  EXPECT_EQ(case_->share(others_->own_key()).error().code, ErrorCode::kTooLarge);
  EXPECT_TRUE(seals_->of(id_, case_->keys()).ok());
}

TEST_P(SealsContract, open_a_body_only_for_what_it_belongs_to_and_only_for_their_hub) {
  const auto sealed = seals_->seal_bytes(kPlain, "parked/albo/in.csv:12");
  EXPECT_EQ(seals_->open_bytes(sealed, "parked/albo/in.csv:12").value(), kPlain);
  EXPECT_TRUE(is_denied(seals_->open_bytes(sealed, "parked/albo/in.csv:13")));
  EXPECT_TRUE(is_denied(others_->open_bytes(sealed, "parked/albo/in.csv:12")));
}

TEST_P(SealsContract, open_no_body_of_which_one_bit_is_another) {
  const auto sealed = seals_->seal_bytes(kPlain, "x");
  each_flipped(sealed.bytes, [&](const std::string& bytes) {
    EXPECT_TRUE(is_denied(seals_->open_bytes({sealed.alg, sealed.kid, bytes}, "x")));
  });
  EXPECT_TRUE(is_denied(seals_->open_bytes({sealed.alg, sealed.kid + "x", sealed.bytes}, "x")));
  EXPECT_TRUE(is_denied(seals_->open_bytes({sealed.alg + "x", sealed.kid, sealed.bytes}, "x")));
  EXPECT_TRUE(is_denied(seals_->open_bytes({sealed.alg, sealed.kid, ""}, "x")));
}

TEST_P(SealsContract, give_a_body_back_as_it_is_that_was_never_sealed) {
  EXPECT_EQ(seals_->open_bytes({"none", "", "a"}, "x").value(), "a");
}

TEST_P(SealsContract, call_a_person_the_same_each_time_and_by_purpose_and_hub) {
  const auto pseudonym = seals_->pseudonym("fiscal_code", "RSSMRA80A41H501W");
  EXPECT_EQ(seals_->pseudonym("fiscal_code", "RSSMRA80A41H501W"), pseudonym);
  EXPECT_NE(seals_->pseudonym("fiscal_code", "RSSMRA80A41H501X"), pseudonym);
  EXPECT_NE(seals_->pseudonym("holder", "RSSMRA80A41H501W"), pseudonym);
  EXPECT_NE(others_->pseudonym("fiscal_code", "RSSMRA80A41H501W"), pseudonym);
  EXPECT_NE(seals_->pseudonym("fiscal_codeR", "SSMRA80A41H501W"), pseudonym);
  EXPECT_EQ(pseudonym.find("RSSMRA"), std::string::npos);
}

}  // namespace raccordo::contract
