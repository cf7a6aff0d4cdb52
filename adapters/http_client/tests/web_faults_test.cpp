// SPDX-License-Identifier: EUPL-1.2
// Documents behind a network that cuts, delays, repeats and lies.
#include <gmock/gmock.h>

#include <atomic>

#include "adapters/http_client/documents.hpp"
#include "core/ports/testing/memory_spool.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "tests/faults/fault_proxy.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::http_client {
namespace {

using namespace std::chrono_literals;
using raccordo::testing::Asked;
using raccordo::testing::Carries;
using raccordo::testing::Direction;
using raccordo::testing::Fault;
using raccordo::testing::FaultKind;
using raccordo::testing::FaultPlan;
using raccordo::testing::FaultProxy;
using raccordo::testing::MemorySpool;
using raccordo::testing::MemorySpoolContent;
using raccordo::testing::Reply;
using raccordo::testing::SimulatedClock;
using raccordo::testing::WebPartner;

constexpr int kLooks = 200;
constexpr std::uint64_t kSeed = 20'261'123;

class WebFaults : public ::testing::Test {
 protected:
  std::unique_ptr<SourceFiles> watched() {
    Documents documents;
    documents.urls = {"http://" + proxy_.address() + "/albo.csv"};
    documents.guards.networks = {Network::parse("127.0.0.1").value()};
    return watch(std::move(documents), std::make_unique<MemorySpool>(spool_), clock_);
  }

  // As servers do that know what they gave before.
  Reply answer(const Asked& asked) const {
    const std::string etag = '"' + std::to_string(edition_) + '"';
    const auto known = asked.headers.find("if-none-match");
    if (known != asked.headers.end() && known->second == etag) return {304, {{"ETag", etag}}, ""};
    return {200, {{"ETag", etag}}, document()};
  }

  [[nodiscard]] std::string document() const {
    std::string text = "id;nome\n";
    for (int i = 0; i < 40; ++i)
      text += std::to_string(i) + ";edizione " + std::to_string(edition_.load()) + "\n";
    return text;
  }

  // What a look finds, whether it stood still or not.
  Result<SeenFile> look(SourceFiles& files) {
    clock_.advance(1min);
    RACCORDO_TRY(const auto look, files.look());
    return look.settled.empty() ? look.unsettled.at(0) : look.settled.at(0);
  }

  static std::string text_of(SourceFiles& files, const SeenFile& seen) {
    const auto file = files.open(seen);
    EXPECT_TRUE(file.ok());
    if (!file.ok()) return {};
    std::string text((*file)->size(), '\0');
    EXPECT_EQ((*file)->read_at(0, text).value(), text.size());
    return text;
  }

  void expect_right_from_now_on(SourceFiles& files) {
    for (int i = 0; i < 2; ++i) {
      ++edition_;
      const auto seen = look(files);
      ASSERT_TRUE(seen.ok()) << seen.error().message.en;
      EXPECT_EQ(text_of(files, *seen), document());
    }
  }

  std::atomic<int> edition_ = 1;
  SimulatedClock clock_;
  MemorySpoolContent spool_;
  WebPartner web_{[this](const Asked& asked) { return answer(asked); }};
  FaultProxy proxy_{Carries::kHttp, web_.port()};
};

TEST_F(WebFaults, leave_whole_documents_or_make_the_look_fail_and_forget_nothing) {
  const FaultPlan::Mixture mixture{{FaultKind::kCut, FaultKind::kDelay, FaultKind::kTrickle,
                                    FaultKind::kHoldBack, FaultKind::kSendTwice, FaultKind::kFailAfterwards},
                                   2,
                                   1'000,
                                   2ms};
  auto files = watched();
  auto last = look(*files).value();
  std::string kept = document();
  proxy_.follow(FaultPlan(kSeed, mixture));
  int failed = 0;
  for (int i = 0; i < kLooks; ++i) {
    if (i % 3 == 0) ++edition_;
    if (i % 20 == 0) files = watched();  // started again
    const auto seen = look(*files);
    if (seen.ok()) {
      last = *seen;
      kept = document();
    } else {
      ++failed;
      EXPECT_TRUE(seen.error().retryable()) << seen.error().message.en;
    }
    EXPECT_EQ(text_of(*files, last), kept) << "look " << i;
  }
  EXPECT_GT(failed, 0);
  EXPECT_LT(failed, kLooks);
  for (const auto kind : {FaultKind::kCut, FaultKind::kDelay, FaultKind::kTrickle, FaultKind::kSendTwice,
                          FaultKind::kFailAfterwards})
    EXPECT_GT(proxy_.struck(kind), 0) << static_cast<int>(kind);
  proxy_.follow(FaultPlan());
  expect_right_from_now_on(*files);
}

TEST_F(WebFaults, that_announce_more_than_comes_are_an_answer_that_was_cut) {
  const auto files = watched();
  const auto before = look(*files).value();
  const std::string kept = document();
  proxy_.follow(FaultPlan({{.kind = FaultKind::kWrongLength, .length = 5}}));
  ++edition_;
  EXPECT_EQ(look(*files).error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(proxy_.struck(FaultKind::kWrongLength), 1);
  EXPECT_EQ(text_of(*files, before), kept);
  expect_right_from_now_on(*files);
}

// Nobody can tell that document from a shorter one; but what is left over is no part of any other answer.
TEST_F(WebFaults, that_announce_less_than_comes_never_reach_the_next_answer) {
  const auto files = watched();
  proxy_.follow(FaultPlan({{.kind = FaultKind::kWrongLength, .length = -5}}));
  const auto seen = look(*files).value();
  EXPECT_EQ(proxy_.struck(FaultKind::kWrongLength), 1);
  EXPECT_EQ(text_of(*files, seen), document().substr(0, document().size() - 5));
  expect_right_from_now_on(*files);
}

TEST_F(WebFaults, while_a_partner_is_gone_make_looks_fail_until_it_is_back) {
  const auto files = watched();
  const auto seen = look(*files).value();
  proxy_.lead_to(0);
  proxy_.cut_all();
  EXPECT_EQ(look(*files).error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(text_of(*files, seen), document());
  proxy_.lead_to(web_.port());
  expect_right_from_now_on(*files);
}

}  // namespace
}  // namespace raccordo::http_client
