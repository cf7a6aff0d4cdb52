// SPDX-License-Identifier: EUPL-1.2
// The failing twins fail as planned, and otherwise let everything through.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/ports/testing/faulty_backbone.hpp"
#include "core/ports/testing/faulty_files.hpp"
#include "core/ports/testing/faulty_http_requests.hpp"
#include "core/ports/testing/faulty_store.hpp"
#include "core/ports/testing/memory_backbone.hpp"
#include "core/ports/testing/memory_byte_file.hpp"
#include "core/ports/testing/memory_files.hpp"
#include "core/ports/testing/memory_http_partner.hpp"
#include "core/ports/testing/memory_http_requests.hpp"
#include "core/ports/testing/memory_store.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "core/ports/testing/simulated_clock.hpp"

namespace raccordo::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class FaultyTwins : public ::testing::Test {
 protected:
  FaultyTwins() { EXPECT_TRUE(log_.ensure(std::vector<TopicSettings>{{"services", true}}).ok()); }

  SimulatedClock clock_;
  MemoryBackbone log_{clock_};
  FaultyBackbone faulty_{log_};
  const std::vector<Message> one_{{"services", uuid_v5(kNamespaceUrl, "airone"), "1"}};
};

TEST_F(FaultyTwins, the_nth_call_fails_and_the_others_do_not) {
  faulty_.faults.fail("append", 2, away());
  EXPECT_TRUE(faulty_.append(one_).ok());
  EXPECT_EQ(faulty_.append(one_).error().code, ErrorCode::kUnavailable);
  EXPECT_TRUE(faulty_.append(one_).ok());
  EXPECT_EQ(log_.appends(), 2u);
  EXPECT_EQ(faulty_.faults.calls("append"), 3);
}

TEST_F(FaultyTwins, calls_are_counted_from_when_the_fault_was_planned) {
  EXPECT_TRUE(faulty_.append(one_).ok());
  faulty_.faults.fail("append", 1, full(), When::kBefore, 2);
  EXPECT_EQ(faulty_.append(one_).error().code, ErrorCode::kFull);
  EXPECT_EQ(faulty_.append(one_).error().code, ErrorCode::kFull);
  EXPECT_TRUE(faulty_.append(one_).ok());
}

TEST_F(FaultyTwins, an_append_may_succeed_and_say_that_it_failed) {
  faulty_.faults.fail("append", 1, away(), When::kAfter);
  EXPECT_FALSE(faulty_.append(one_).ok());
  EXPECT_EQ(log_.appends(), 1u);
}

TEST_F(FaultyTwins, a_commit_may_be_kept_though_nobody_heard_of_it) {
  MemoryStore store;
  FaultyStore faulty(store);
  SourceCommit commit;
  commit.connector = "albo";
  commit.counts.received = commit.counts.delivered = 1;
  faulty.faults.fail("commit", 1, full());
  faulty.faults.fail("commit", 2, away(), When::kAfter);
  EXPECT_EQ(faulty.commit(commit).error().code, ErrorCode::kFull);
  EXPECT_THAT(*store.ledger(), IsEmpty());
  EXPECT_EQ(faulty.commit(commit).error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(faulty.ledger()->at("albo").received, 1);
}

TEST_F(FaultyTwins, a_file_may_give_less_than_was_asked_for_and_then_fail) {
  const MemoryByteFile file("a.csv", "0123456789");
  FaultyByteFile slow(file, 4);
  std::string buffer(10, '\0');
  EXPECT_EQ(*slow.read_at(3, buffer), 4u);
  EXPECT_EQ(buffer.substr(0, 4), "3456");
  slow.faults.fail("read_at", 1, away());
  EXPECT_FALSE(slow.read_at(7, buffer).ok());
}

TEST_F(FaultyTwins, files_in_memory_settle_as_those_on_a_disk) {
  MemorySourceFiles files;
  files.put("in/a.csv.part", "1");
  EXPECT_THAT(files.look()->settled, IsEmpty());
  files.rename("in/a.csv.part", "in/a.csv");
  const auto settled = files.look()->settled;
  ASSERT_THAT(settled, SizeIs(1));
  EXPECT_EQ(settled[0].path, "in/a.csv");
  EXPECT_TRUE(*files.unchanged(settled[0]));
  files.append("in/a.csv", "2");
  EXPECT_FALSE(*files.unchanged(settled[0]));
  EXPECT_EQ(files.open(settled[0]).error().code, ErrorCode::kConflict);
  EXPECT_THAT(files.look()->settled, IsEmpty());
}

TEST_F(FaultyTwins, a_read_of_an_opened_file_fails_as_planned) {
  MemorySourceFiles files;
  files.put("in/a.csv", "1");
  FaultySourceFiles faulty(files);
  (void)faulty.look();
  const auto file = faulty.open(faulty.look()->settled.at(0)).value();
  faulty.faults.fail("read_at", 1, away());
  std::string buffer(1, '\0');
  EXPECT_FALSE(file->read_at(0, buffer).ok());
  EXPECT_EQ(*file->read_at(0, buffer), 1u);
}

TEST_F(FaultyTwins, a_rename_may_happen_and_say_that_it_failed) {
  MemoryOutputFiles files;
  FaultyOutputFiles faulty(files);
  const auto file = faulty.create().value();
  faulty.faults.fail("append", 1, full());
  EXPECT_FALSE(file->append("x").ok());
  EXPECT_TRUE(file->append("x").ok());
  EXPECT_TRUE(file->finish().ok());
  faulty.faults.fail("publish", 1, away(), When::kAfter);
  EXPECT_FALSE(faulty.publish(file->temporary(), "a.csv").ok());
  EXPECT_EQ(files.published().at("a.csv"), "x");
  EXPECT_TRUE(faulty.publish(file->temporary(), "a.csv").ok());
}

TEST_F(FaultyTwins, a_web_partner_whose_answer_was_lost_was_asked) {
  MemoryHttpPartner partner([](const WebRequest& request) {
    return WebResponse{200, request.path, {}, "x"};
  });
  FaultyHttpClient faulty(partner);
  faulty.faults.fail("ask", 1, away(), When::kAfter);
  EXPECT_FALSE(faulty.ask({"GET", "/services", "", {}, ""}, {}).ok());
  EXPECT_THAT(partner.asked, SizeIs(1));
  EXPECT_EQ(faulty.ask({"GET", "/services", "", {}, ""}, {})->body, "x");
}

TEST_F(FaultyTwins, requests_that_fail_have_reached_the_partner_or_have_not_as_planned) {
  MemoryPartner partner;
  MemoryHttpRequests requests(partner, clock_);
  FaultyHttpRequests faulty(requests);
  faulty.faults.fail("begin", 1, away(), When::kBefore);
  faulty.faults.fail("begin", 2, away(), When::kAfter);
  const auto end_of = [&](std::uint64_t number) {
    faulty.begin(number, {"PUT", "/a", "", {}, ""});
    auto ends = faulty.ended(std::chrono::seconds(1), {});
    EXPECT_THAT(ends, SizeIs(1));
    EXPECT_EQ(ends.front().number, number);
    return std::move(ends.front().answer);
  };
  EXPECT_FALSE(end_of(1).ok());
  EXPECT_THAT(partner.got, IsEmpty());
  EXPECT_FALSE(end_of(2).ok());
  EXPECT_THAT(partner.got, SizeIs(1));
  EXPECT_EQ(end_of(3)->status, 200);
}

TEST_F(FaultyTwins, simulated_time_passes_when_somebody_waits) {
  const auto before = clock_.now();
  EXPECT_TRUE(clock_.wait(std::chrono::minutes(5), {}));
  EXPECT_EQ(clock_.now() - before, std::chrono::minutes(5));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(clock_.wait(std::chrono::minutes(5), stop.get_token()));
  EXPECT_EQ(clock_.monotonic(), std::chrono::minutes(5));
  clock_.set(before);
  EXPECT_EQ(clock_.monotonic(), std::chrono::minutes(5));
}

TEST_F(FaultyTwins, a_recording_log_keeps_what_was_written) {
  RecordingLog log;
  log.write(LogLevel::kWarning, {.connector = "albo", .record = "in.csv:3"}, "not a number");
  ASSERT_THAT(log.lines(), SizeIs(1));
  EXPECT_EQ(log.lines()[0].connector, "albo");
  EXPECT_EQ(log.lines()[0].message, "not a number");
}

}  // namespace
}  // namespace raccordo::testing
