// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/testing/clear_seals.hpp"

#include "core/ports/testing/faulty_seals.hpp"
#include "tests/contract/seals_contract.hpp"

namespace raccordo::contract {

INSTANTIATE_TEST_SUITE_P(Clear, SealsContract, ::testing::Values([](const std::string& hub) {
                           return std::make_unique<testing::ClearSeals>(hub);
                         }));

}  // namespace raccordo::contract

namespace raccordo::testing {
namespace {

TEST(ClearSeals, are_known_at_first_sight) {
  EXPECT_EQ(from_sealed_text(ClearSeals().begin(Uuid::random())->seal("x", {"people", 1}))->alg, "clear");
  EXPECT_EQ(ClearSeals().seal_bytes("x", "y").alg, "clear");
}

TEST(ClearSeals, open_nothing_once_keys_are_lost) {
  ClearSeals seals;
  const auto id = Uuid::random();
  const auto keys = seals.begin(id)->keys();
  const auto bytes = seals.seal_bytes("x", "y");
  seals.lose_keys();
  EXPECT_EQ(seals.of(id, keys).error().code, ErrorCode::kDenied);
  EXPECT_EQ(seals.open_bytes(bytes, "y").error().code, ErrorCode::kDenied);
  EXPECT_TRUE(seals.of(id, seals.begin(id)->keys()).ok());
}

TEST(FaultySeals, fail_as_planned) {
  const ClearSeals clear;
  FaultySeals faulty(clear);
  const auto bytes = faulty.seal_bytes("x", "y");
  faulty.faults.fail("open_bytes", 1, away());
  EXPECT_EQ(faulty.open_bytes(bytes, "y").error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(faulty.open_bytes(bytes, "y").value(), "x");
}

}  // namespace
}  // namespace raccordo::testing
