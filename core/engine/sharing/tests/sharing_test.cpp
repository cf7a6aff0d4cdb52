// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/sharing/sharing.hpp"

#include <gmock/gmock.h>

#include <random>

#include "core/ports/testing/faulty_case_store.hpp"
#include "core/ports/testing/memory_case_store.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "core/ports/testing/simulated_clock.hpp"

namespace raccordo::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Duration kLease = seconds(15);

class Piece final : public SharedWork {
 public:
  explicit Piece(const std::string& name) : lease_(lease_of_connector(name)) {}
  const std::string& lease() const override { return lease_; }
  void take_up() override { at_work = true; }
  void ask_to_leave(const Text& who) override {
    why = who.en;
    if (!lingers) at_work = false;
  }
  bool has_left() override { return !at_work; }

  bool at_work = false;
  bool lingers = false;  // what is under way takes long
  std::string why;

 private:
  std::string lease_;
};

// One daemon, and its connectors.
struct Daemon {
  Daemon(const std::string& name, const std::vector<std::string>& connectors, CaseStore& store, Clock& clock,
         const std::string& folder = "")
      : faulty(store), holdings(clock) {
    for (const auto& connector : connectors) pieces.push_back(std::make_shared<Piece>(connector));
    sharing = std::make_unique<Sharing>(
        SharingFacts{name, folder.empty() ? "folder-of-" + name : folder, kLease, Language::kEnglish}, faulty,
        holdings, clock, log,
        [this] { return std::vector<std::shared_ptr<SharedWork>>(pieces.begin(), pieces.end()); });
  }
  Duration round() { return sharing->round(); }
  [[nodiscard]] std::vector<std::string> at_work() const {
    std::vector<std::string> names;
    for (const auto& piece : pieces)
      if (piece->at_work) names.push_back(piece->lease().substr(piece->lease().find(':') + 1));
    return names;
  }
  [[nodiscard]] std::int64_t epoch_of(const std::string& connector) const {
    const auto fence = holdings.of(lease_of_connector(connector));
    return fence.ok() && *fence ? (*fence)->epoch : 0;
  }
  [[nodiscard]] std::string refused(const std::string& connector) const {
    const auto fence = holdings.of(lease_of_connector(connector));
    return fence.ok() ? "" : fence.error().message.en;
  }
  Piece& piece(std::size_t i) { return *pieces[i]; }

  FaultyCaseStore faulty;
  Holdings holdings;
  RecordingLog log;
  std::vector<std::shared_ptr<Piece>> pieces;
  std::unique_ptr<Sharing> sharing;
};

class Several : public ::testing::Test {
 protected:
  Daemon daemon(const std::string& name, const std::vector<std::string>& connectors = kFour) {
    return {name, connectors, store, clock};
  }
  static inline const std::vector<std::string> kFour{"albo", "brezza", "cicogna", "doposcuola"};

  SimulatedClock clock;
  MemoryCaseStore store{clock};
};

TEST_F(Several, of_which_one_is_there_has_all_of_it) {
  auto a = daemon("nodo-a");
  EXPECT_LE(a.round(), kLease / 3);
  EXPECT_EQ(a.at_work(), kFour);
  EXPECT_EQ(a.epoch_of("albo"), 1);
}

TEST_F(Several, have_a_part_each) {
  auto a = daemon("nodo-a");
  auto b = daemon("nodo-b");
  a.round();
  b.round();
  EXPECT_THAT(b.at_work(), IsEmpty());
  EXPECT_EQ(b.piece(0).why, "nodo-a works at it");
  a.round();  // asks what is beyond its part to leave
  a.round();  // gives it back
  b.round();
  EXPECT_THAT(a.at_work(), ElementsAre("albo", "brezza"));
  EXPECT_THAT(b.at_work(), ElementsAre("cicogna", "doposcuola"));
  for (int i = 0; i < 5; ++i) a.round(), b.round();
  EXPECT_THAT(a.at_work(), ElementsAre("albo", "brezza")) << "nothing goes to and fro";
  const auto shared = b.sharing->shared_out();
  ASSERT_EQ(shared.daemons.size(), 2u);
  EXPECT_EQ(shared.daemons[0].name, "nodo-a");
  EXPECT_EQ(shared.daemons[0].holds, 2u);
  EXPECT_EQ(shared.holder_of.at("connector:doposcuola"), "nodo-b");
}

TEST_F(Several, give_nothing_back_before_it_has_left) {
  auto a = daemon("nodo-a", {"albo", "brezza"});
  auto b = daemon("nodo-b", {"albo", "brezza"});
  a.round();
  a.piece(1).lingers = true;
  b.round();
  for (int i = 0; i < 5; ++i) {
    clock.advance(std::min(a.round(), b.round()));
    EXPECT_EQ(a.epoch_of("brezza"), 1);
    EXPECT_THAT(b.at_work(), IsEmpty());
  }
  a.piece(1).at_work = false;
  a.round();
  b.round();
  EXPECT_THAT(b.at_work(), ElementsAre("brezza"));
  EXPECT_EQ(b.epoch_of("brezza"), 2);
}

TEST_F(Several, take_over_within_the_lease_from_one_that_is_gone) {
  auto a = daemon("nodo-a");
  auto b = daemon("nodo-b");
  a.round();
  Duration since{};
  for (Duration next = b.round(); b.at_work().size() < kFour.size(); next = b.round()) {
    clock.advance(next);
    since += next;
    ASSERT_LE(since, kLease + milliseconds(100));
  }
  EXPECT_EQ(b.epoch_of("albo"), 2);
}

TEST_F(Several, of_which_one_stood_still_let_it_change_nothing_more) {
  auto a = daemon("nodo-a");
  auto b = daemon("nodo-b");
  a.round();
  b.round();
  clock.advance(kLease);
  EXPECT_THAT(a.refused("albo"), HasSubstr("did not confirm in time")) << "it knows by its own clock";
  b.round();
  EXPECT_EQ(b.at_work(), kFour);
  a.round();
  EXPECT_EQ(a.refused("albo"), "albo: nodo-b works at it");
  EXPECT_THAT(a.at_work(), IsEmpty());
  EXPECT_EQ(a.sharing->shared_out().lost, 4);
  const CaseStore::Work nothing = [](CaseTransaction&) { return done(); };
  const auto late =
      store.transact(std::span(&nothing, 1), Lease{"connector:albo", "nodo-a/folder-of-nodo-a", 1, 0});
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code, ErrorCode::kConflict);
}

TEST_F(Several, that_cannot_prolong_give_up_before_others_may_take_it) {
  auto a = daemon("nodo-a");
  a.round();
  a.faulty.faults.fail("prolong", 1, error(ErrorCode::kUnavailable, as_is("away")), When::kBefore, 1'000);
  Duration since{};
  while (!a.at_work().empty()) {
    const auto next = a.round();
    clock.advance(next);
    since += next;
  }
  EXPECT_LT(since, kLease);
  auto b = daemon("nodo-b");
  b.round();
  EXPECT_THAT(b.at_work(), IsEmpty()) << "nor had its time passed";
}

TEST_F(Several, go_on_where_nobody_took_over_meanwhile) {
  auto a = daemon("nodo-a");
  a.round();
  a.faulty.faults.fail("prolong", 1, error(ErrorCode::kUnavailable, as_is("away")));
  clock.advance(2 * kLease);
  a.round();
  EXPECT_THAT(a.at_work(), IsEmpty());
  a.round();
  EXPECT_EQ(a.at_work(), kFour);
  EXPECT_EQ(a.epoch_of("albo"), 1);
}

TEST_F(Several, wait_for_no_lease_of_an_earlier_process_over_the_same_folder) {
  daemon("nodo-a").round();
  auto again = daemon("nodo-a");
  again.round();
  EXPECT_EQ(again.at_work(), kFour);
  EXPECT_EQ(again.epoch_of("albo"), 2) << "what the earlier one still does is not let through";
}

TEST_F(Several, of_one_name_are_told_so) {
  auto a = daemon("nodo-a");
  Daemon other("nodo-a", kFour, store, clock, "another-folder");
  a.round();
  other.round();
  EXPECT_THAT(other.at_work(), IsEmpty());
  ASSERT_EQ(other.log.lines().size(), 1u);
  EXPECT_THAT(other.log.lines()[0].message, HasSubstr("is called nodo-a"));
}

TEST_F(Several, give_back_what_is_configured_no_more) {
  auto a = daemon("nodo-a");
  a.round();
  a.pieces.pop_back();
  a.round();
  EXPECT_EQ(a.refused("doposcuola").empty(), false);
  auto b = daemon("nodo-b", {"doposcuola"});
  b.round();
  EXPECT_THAT(b.at_work(), ElementsAre("doposcuola"));
}

TEST_F(Several, let_a_command_have_what_nobody_has) {
  auto a = daemon("nodo-a", {"albo"});
  a.round();
  auto command = daemon("nodo-b");
  ASSERT_TRUE(command.sharing->take_all_there_is().ok());
  EXPECT_EQ(command.epoch_of("brezza"), 1);
  EXPECT_EQ(command.piece(0).why, "nodo-a works at it");
  a.round();
  EXPECT_EQ(a.sharing->shared_out().daemons.size(), 1u) << "a command has no part";
  command.sharing->end();
  EXPECT_EQ(store.lease_book()->running.size(), 2u);
}

// However they come, stand still and go on: no two rely on one lease at a time, and in the end all of it is
// worked at.
TEST_F(Several, never_rely_on_one_lease_at_a_time) {
  std::mt19937 draw(20260115);
  std::vector<std::unique_ptr<Daemon>> all;
  for (const char* name : {"nodo-a", "nodo-b", "nodo-c", "nodo-d"})
    all.push_back(std::make_unique<Daemon>(name, kFour, store, clock));
  const auto rely = [&](const std::string& connector) {
    return std::ranges::count_if(
        all, [&](const auto& each) { return each->holdings.of(lease_of_connector(connector)).ok(); });
  };
  for (int step = 0; step < 4'000; ++step) {
    auto& one = *all[draw() % all.size()];
    if (draw() % 7 == 0) one.faulty.faults.fail("prolong", 1, error(ErrorCode::kUnavailable, as_is("away")));
    one.round();
    if (draw() % 3 == 0) clock.advance(milliseconds(draw() % 6'000));
    if (draw() % 50 == 0) clock.advance(kLease);
    for (const auto& connector : kFour) ASSERT_LE(rely(connector), 1) << step;
  }
  for (int i = 0; i < 20; ++i) {
    clock.advance(seconds(1));
    for (const auto& each : all) each->round();
  }
  for (const auto& connector : kFour) EXPECT_EQ(rely(connector), 1);
  for (const auto& each : all) EXPECT_EQ(each->at_work().size(), 1u);
}

}  // namespace
}  // namespace raccordo::testing
