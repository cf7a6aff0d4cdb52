// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/ledger/sealing_store.hpp"

#include "core/engine/ledger/parked.hpp"
#include "core/ports/testing/clear_seals.hpp"
#include "core/ports/testing/memory_store.hpp"
#include "tests/contract/store_contract.hpp"
#include "tests/contract/store_parked_contract.hpp"

namespace raccordo {
namespace {

using testing::ClearSeals;
using ::testing::HasSubstr;
using testing::MemoryStore;
using ::testing::Not;

constexpr auto kRecord = "id;codice\n1;RSSMRA80A41H501W\n";

// What is beneath a sealing store, seen by the test.
class SealingStoreTest : public ::testing::Test {
 protected:
  SealingStoreTest() {
    auto inner = std::make_unique<MemoryStore>();
    inner_ = inner.get();
    store_ = sealing_store(std::move(inner), seals_);
  }

  static SourceCommit parking(const std::string& place) {
    ParkedRecord record;
    record.place = place;
    record.content = 7;
    record.text = say("«RSSMRA80A41H501W» non è un numero", "\"RSSMRA80A41H501W\" is no number");
    record.context = R"({"path":"/persone/RSSMRA80A41H501W"})";
    record.original.bytes = kRecord;
    SourceCommit commit;
    commit.connector = "albo";
    commit.counts.received = commit.counts.parked = 1;
    commit.parked = {record};
    commit.findings = {{"albo", "dropped", "in.csv:2", "codice", record.text, 1}};
    return commit;
  }
  static std::string shown(const ParkedRecord& record) {
    return record.original.bytes + record.context + record.text.it + record.text.en;
  }
  ParkedRecord only() { return store_->parked({}).value().at(0); }
  ParkedRecord only_beneath() { return inner_->parked({}).value().at(0); }

  ClearSeals seals_;
  MemoryStore* inner_ = nullptr;
  std::unique_ptr<Store> store_;
};

TEST_F(SealingStoreTest, keeps_nothing_that_a_partner_sent_as_it_came) {
  ASSERT_TRUE(store_->commit(parking("in.csv:1")).ok());
  EXPECT_THAT(shown(only_beneath()), Not(HasSubstr("RSSMRA")));
  EXPECT_EQ(only_beneath().original.alg, "clear");
  EXPECT_EQ(only_beneath().original.kid, seals_.own_key().kid);
  const auto finding = inner_->findings("albo", 1).value().at(0);
  EXPECT_THAT(finding.text.it + finding.text.en, Not(HasSubstr("RSSMRA")));
}

TEST_F(SealingStoreTest, shows_it_to_whoever_asks) {
  const auto commit = parking("in.csv:1");
  ASSERT_TRUE(store_->commit(commit).ok());
  EXPECT_EQ(only().original.bytes, kRecord);
  EXPECT_EQ(only().original.alg, "none");
  EXPECT_EQ(only().text, commit.parked[0].text);
  EXPECT_EQ(store_->parked_one(only().id).value()->original.bytes, kRecord);
  EXPECT_EQ(only().context, commit.parked[0].context);
  EXPECT_EQ(store_->findings("albo", 1).value().at(0).text, commit.findings[0].text);
}

TEST_F(SealingStoreTest, keeps_no_answer_of_a_partner_as_it_came) {
  SinkCommit commit;
  commit.connector = "agenda";
  commit.accepted = {{"e1", "0", "for RSSMRA80A41H501W"}, {"e1", "1", ""}};
  ASSERT_TRUE(store_->commit(commit).ok());
  EXPECT_EQ(store_->accepted("agenda").value(), commit.accepted);
  const auto beneath = inner_->accepted("agenda").value();
  ASSERT_EQ(beneath.size(), 2u);
  EXPECT_THAT(beneath[0].answer, Not(HasSubstr("RSSMRA")));
  EXPECT_EQ(beneath[1].answer, "");
}

// Under the same key of its own: the partner knows that it is the same.
TEST_F(SealingStoreTest, lets_a_request_whose_answer_does_not_open_be_made_again) {
  SinkCommit commit;
  commit.connector = "agenda";
  commit.accepted = {{"e1", "0", sealed_text({"other", "gone", "bytes"})}, {"e1", "1", ""}};
  ASSERT_TRUE(inner_->commit(commit).ok());
  const auto accepted = store_->accepted("agenda").value();
  ASSERT_EQ(accepted.size(), 1u);
  EXPECT_EQ(accepted[0].number, "1");
}

TEST_F(SealingStoreTest, seals_the_words_of_a_replay_in_vain) {
  ASSERT_TRUE(store_->commit(parking("in.csv:1")).ok());
  ParkedMove move;
  move.id = only().id;
  move.to = ParkedState::kParked;
  move.text = say("ancora RSSMRA80A41H501W", "RSSMRA80A41H501W again");
  ASSERT_TRUE(store_->move("albo", move).ok());
  EXPECT_THAT(shown(only_beneath()), Not(HasSubstr("RSSMRA")));
  EXPECT_EQ(only().text, move.text);
}

TEST_F(SealingStoreTest, gives_back_what_was_kept_before_there_were_keys) {
  const auto commit = parking("in.csv:1");
  ASSERT_TRUE(inner_->commit(commit).ok());
  EXPECT_EQ(only().original.bytes, kRecord);
  EXPECT_EQ(only().text, commit.parked[0].text);
}

TEST_F(SealingStoreTest, leaves_sealed_what_it_has_no_key_for_and_nothing_puts_it_through_again) {
  ASSERT_TRUE(store_->commit(parking("in.csv:1")).ok());
  EXPECT_FALSE(why_never_again(only()));
  seals_.lose_keys();
  EXPECT_EQ(only().original.alg, "clear");
  EXPECT_THAT(shown(only()), Not(HasSubstr("RSSMRA")));
  EXPECT_THAT(only().text.en, HasSubstr("sealed: "));
  const auto why = why_never_again(only());
  ASSERT_TRUE(why);
  EXPECT_THAT(why->en, HasSubstr("people.keys"));
}

TEST_F(SealingStoreTest, does_not_open_an_original_that_was_moved_to_another_record) {
  ASSERT_TRUE(store_->commit(parking("in.csv:1")).ok());
  auto moved = parking("in.csv:2");
  moved.parked[0].original = only_beneath().original;
  ASSERT_TRUE(inner_->commit(moved).ok());
  EXPECT_EQ(store_->parked({}).value().at(1).original.alg, "clear");
}

}  // namespace
}  // namespace raccordo

namespace raccordo::contract {
namespace {

class SealedRig final : public StoreRig {
 public:
  Store& store() override { return *store_; }

 private:
  raccordo::testing::ClearSeals seals_;
  std::unique_ptr<Store> store_ = sealing_store(std::make_unique<raccordo::testing::MemoryStore>(), seals_);
};

INSTANTIATE_TEST_SUITE_P(Sealed, StoreContract,
                         ::testing::Values(StoreMaker([] { return std::make_unique<SealedRig>(); })));

}  // namespace
}  // namespace raccordo::contract
