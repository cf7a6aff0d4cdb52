// SPDX-License-Identifier: EUPL-1.2
// A child appends and commits in a loop and is killed with SIGKILL at seeded moments, over and over on the
// same files. What it had acknowledged is there afterwards, whole. RACCORDO_CRASH_ROUNDS says how often (10),
// RACCORDO_SEED from where (1).
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "adapters/sqlite/sqlite_backbone.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/sqlite/tests/killed_child.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::sqlite {
namespace {

constexpr int kKeys = 40;
constexpr std::int64_t kRoundsBetweenCompactions = 25;

struct Files {
  explicit Files(const raccordo::testing::TempFolder& folder)
      : backbone(open_backbone(folder.file("backbone.db"), clock, {.checkpoint_bytes = 1u << 18}).value()),
        store(open_store(folder.file("store.db"), {.checkpoint_bytes = 1u << 18}).value()) {}

  raccordo::testing::SimulatedClock clock;
  std::unique_ptr<Backbone> backbone;
  std::unique_ptr<Store> store;
};

// Every key says `number`, in one append; the store says it too, in one commit.
bool do_round(Files& files, std::int64_t number) {
  const auto value = std::to_string(number) + ":" + std::string(400, 'x');
  std::vector<Message> messages;
  for (int key = 0; key < kKeys; ++key)
    messages.push_back({"services", uuid_v5(kNamespaceUrl, std::to_string(key)), value});
  if (!files.backbone->append(messages).ok()) return false;
  if (number % kRoundsBetweenCompactions == 0 && !files.backbone->compact(std::chrono::hours(1)).ok())
    return false;
  SourceCommit commit;
  commit.connector = "albo";
  commit.state.cursor = std::to_string(number);
  commit.counts.received = 2;
  commit.counts.delivered = commit.counts.parked = 1;
  commit.deltas = {{"services", std::to_string(number)}};
  commit.parked.emplace_back().place = std::to_string(number);
  return files.store->commit(commit).ok();
}

// The child: goes on behind `number` for ever, telling each acknowledged number.
void work(const raccordo::testing::TempFolder& folder, std::int64_t number, const Tell& tell) {
  Files files(folder);
  if (!files.backbone->ensure(std::vector<TopicSettings>{{"services", true}}).ok()) ::_exit(1);
  while (do_round(files, ++number) && tell(number)) {
  }
}

// What the log says last, the same for every key.
std::int64_t said_last(Backbone& backbone) {
  std::map<Uuid, std::string> last;
  for (Position at;;) {
    const auto batch = backbone.read("services", at, 1'000, Duration{0}).value();
    if (batch->messages.empty()) break;
    for (const auto& message : batch->messages) last[*message.key] = message.value;
    at = batch->next;
  }
  EXPECT_EQ(last.size(), static_cast<std::size_t>(kKeys));
  std::set<std::string> values;
  for (const auto& [key, value] : last) values.insert(value);
  EXPECT_EQ(values.size(), 1u) << "an append is there whole or not at all";
  return values.empty() ? 0 : std::stoll(*values.begin());
}

// Where the store stands; all that was committed together is there together.
std::int64_t committed_last(Store& store) {
  const auto cursor = store.source("albo").value().cursor;
  const auto number = cursor.empty() ? 0 : std::stoll(cursor);
  std::int64_t deltas = 0;
  EXPECT_TRUE(store
                  .deltas("albo", "services",
                          [&](std::string_view bytes) { return ++deltas, bytes == std::to_string(deltas); })
                  .ok());
  EXPECT_EQ(deltas, number);
  EXPECT_EQ(store.ledger().value()["albo"].received, 2 * number);
  EXPECT_EQ(store.ledger().value()["albo"].parked, number);
  ParkedQuery query;
  query.limit = 1'000'000;
  EXPECT_EQ(store.parked(query)->size(), static_cast<std::size_t>(number));
  return number;
}

TEST(SqliteCrash, what_was_acknowledged_survives_kill_9) {
  const raccordo::testing::TempFolder folder;
  const auto seed = setting("RACCORDO_SEED", 1);
  std::mt19937_64 random(seed);
  std::int64_t number = 0;
  std::string epoch;
  for (std::uint64_t round = 0; round < setting("RACCORDO_CRASH_ROUNDS", 10); ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", round " + std::to_string(round));
    const auto told = work_and_die([&](const Tell& tell) { work(folder, number, tell); }, 1 + random() % 60,
                                   std::chrono::microseconds(random() % 3'000));
    ASSERT_FALSE(told.empty());
    const auto acknowledged = told.back();
    Files files(folder);
    const auto said = said_last(*files.backbone);
    const auto committed = committed_last(*files.store);
    EXPECT_GE(committed, acknowledged);
    EXPECT_LE(committed, acknowledged + 1);
    EXPECT_GE(said, committed);
    EXPECT_LE(said, acknowledged + 1);
    if (epoch.empty()) epoch = *files.store->epoch();
    EXPECT_EQ(*files.store->epoch(), epoch) << "a crash is no restored copy";
    if (HasFailure()) break;
    number = committed;
  }
}

}  // namespace
}  // namespace raccordo::sqlite
