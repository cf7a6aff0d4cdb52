// SPDX-License-Identifier: EUPL-1.2
// How a worker is kept running: what is under way when it ends, when it is started again, what it prints.
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <future>

#include "tests/zoo/cage.hpp"

namespace raccordo {
namespace {

using test::told;
using testing::ElementsAre;

class Worker : public test::Cage {
 protected:
  // As `run`, on a clock that stands still.
  std::unique_ptr<PluginRunner> run_on(Clock& clock, const std::string& name, const std::string& path) {
    WorkerSettings settings;
    settings.executable = RACCORDO_WORKER_PROGRAM;
    auto workers = worker_host(settings, clock, log_);
    auto described = workers->describe(path);
    auto runner = workers->run({name, std::move(*described), {}, patient()});
    EXPECT_TRUE(runner.ok());
    return std::move(*runner);
  }

  test::StillClock still_;
};

std::vector<std::string> many(std::size_t count, const std::string& lead) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(lead + std::to_string(i) + std::string(300, '.'));
  return all;
}

std::vector<std::string> expected(const std::vector<std::string>& bodies) {
  std::vector<std::string> all;
  for (const auto& body : bodies)
    all.push_back(body.find("bad") != std::string::npos ? "crashed SIGSEGV" : "done " + body);
  return all;
}

TEST_F(Worker, answers_batches_under_way_in_order_though_one_of_them_ends_it) {
  const auto runner = run("segfaults");
  auto first = many(2'000, "a"), second = many(2'000, "b"), third = many(2'000, "c");
  second[700] = second[1'400] = third[0] = "bad";
  const auto batches = {test::lines(first), test::lines(second), test::lines(third)};
  for (const auto& batch : batches) ASSERT_TRUE(runner->submit(batch).ok());
  EXPECT_EQ(told(runner->collect()), expected(first));
  EXPECT_EQ(told(runner->collect()), expected(second));
  EXPECT_EQ(told(runner->collect()), expected(third));
  EXPECT_EQ(runner->restarts(), 3u);
}

TEST_F(Worker, takes_no_more_batches_than_its_window) {
  const auto runner = run("good");
  const auto batch = test::lines({"1"});
  for (std::size_t i = 0; i < runner->window(); ++i) ASSERT_TRUE(runner->submit(batch).ok());
  EXPECT_EQ(runner->submit(batch).error().code, ErrorCode::kBug);
  for (std::size_t i = 0; i < runner->window(); ++i)
    EXPECT_THAT(told(runner->collect()), ElementsAre("done 1"));
}

TEST_F(Worker, answers_an_empty_batch_with_nothing) {
  const auto runner = run("good");
  EXPECT_TRUE(outcome(*runner, test::lines({})).empty());
}

TEST_F(Worker, goes_on_after_bad_records_with_good_ones_between) {
  const auto runner = run_on(still_, "albo", test::animal("segfaults"));
  std::vector<std::string> bodies;
  for (int i = 0; i < 12; ++i) {
    bodies.push_back("bad " + std::to_string(i));
    bodies.push_back("good " + std::to_string(i));
  }
  EXPECT_EQ(outcome(*runner, test::lines(bodies)), expected(bodies));
  EXPECT_TRUE(still_.waits.empty());
}

TEST_F(Worker, rests_after_five_ends_in_a_row_and_says_until_when) {
  const auto runner = run_on(still_, "albo", test::animal("segfaults"));
  const auto batch = test::lines({"bad 1", "bad 2", "bad 3", "bad 4", "bad 5", "bad 6", "7"});
  ASSERT_TRUE(runner->submit(batch).ok());
  auto out = runner->collect();
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(out.error().message.it,
            "albo: il plugin segfaults non resta in funzione (SIGSEGV); nuovo tentativo dalle 2019-12-20 "
            "01:00:30 UTC");
  EXPECT_EQ(out.error().message.en,
            "albo: plugin segfaults does not stay up (SIGSEGV); next try at 2019-12-20 01:00:30 UTC");
  using std::chrono::milliseconds;
  EXPECT_THAT(still_.waits, ElementsAre(milliseconds(100), milliseconds(200), milliseconds(400)));
  EXPECT_EQ(runner->submit(batch).error().code, ErrorCode::kUnavailable);
}

TEST_F(Worker, gets_past_records_that_each_end_it_though_it_rests_between) {
  const auto runner = run_on(still_, "albo", test::animal("segfaults"));
  const std::vector<std::string> bodies{"bad 1", "bad 2", "bad 3", "bad 4", "bad 5", "bad 6", "7"};
  const auto batch = test::lines(bodies);
  ASSERT_TRUE(runner->submit(batch).ok());
  ASSERT_FALSE(runner->collect().ok());
  still_.pass(std::chrono::seconds(31));
  ASSERT_TRUE(runner->submit(batch).ok());
  EXPECT_FALSE(runner->collect().ok()) << "one more end after a rest starts the next rest";
  still_.pass(std::chrono::seconds(31));
  EXPECT_FALSE(runner->submit(batch).ok()) << "which is twice as long";
  still_.pass(std::chrono::seconds(30));
  EXPECT_EQ(outcome(*runner, batch), expected(bodies));
}

TEST_F(Worker, hands_back_every_batch_under_way_when_it_rests) {
  const auto runner = run_on(still_, "albo", test::animal("segfaults"));
  const auto bad = test::lines({"bad 1", "bad 2", "bad 3", "bad 4", "bad 5"}), good = test::lines({"6", "7"});
  ASSERT_TRUE(runner->submit(bad).ok());
  ASSERT_TRUE(runner->submit(good).ok());
  EXPECT_TRUE(runner->collect().ok());  // its five endings are known
  EXPECT_FALSE(runner->collect().ok());
  still_.pass(std::chrono::seconds(31));
  EXPECT_THAT(outcome(*runner, good), ElementsAre("done 6", "done 7"));
}

TEST_F(Worker, is_not_waited_for_once_it_is_asked_to_stop) {
  const auto runner = run("loops_for_ever");
  const auto bad = test::lines({"1", "bad", "3"}), good = test::lines({"4", "5"});
  ASSERT_TRUE(runner->submit(bad).ok());
  ASSERT_TRUE(runner->submit(good).ok());
  std::stop_source stop;
  auto waiting = std::async(std::launch::async, [&] { return runner->collect(stop.get_token()); });
  stop.request_stop();
  const auto answer = waiting.get();
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(answer.error().message.en,
            "loops_for_ever: plugin loops_for_ever had not answered yet when it was asked to stop");
  EXPECT_FALSE(runner->collect(stop.get_token()).ok());
  EXPECT_THAT(outcome(*runner, good), ElementsAre("done 4", "done 5"));
}

TEST_F(Worker, is_waited_for_no_longer_than_one_has_time) {
  const auto runner = run("loops_for_ever");
  const auto good = test::lines({"1", "2"}), bad = test::lines({"3", "bad"});
  ASSERT_TRUE(runner->submit(good).ok());
  ASSERT_TRUE(runner->submit(bad).ok());
  EXPECT_TRUE(runner->answers_within(std::chrono::hours(1), {}));
  EXPECT_THAT(told(runner->collect()), ElementsAre("done 1", "done 2"));
  EXPECT_FALSE(runner->answers_within(std::chrono::milliseconds(1), {}));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(runner->answers_within(std::chrono::hours(1), stop.get_token()));
  EXPECT_FALSE(runner->collect(stop.get_token()).ok());
}

TEST_F(Worker, that_ended_is_not_started_again_just_to_see_whether_it_answers) {
  const auto runner = run("segfaults");
  const auto batch = test::lines({"1", "bad", "3"});
  ASSERT_TRUE(runner->submit(batch).ok());
  EXPECT_FALSE(runner->answers_within(std::chrono::hours(1), {}));
  EXPECT_EQ(runner->restarts(), 0u);
  EXPECT_THAT(told(runner->collect()), ElementsAre("done 1", "crashed SIGSEGV", "done 3"));
}

TEST_F(Worker, rests_when_it_cannot_be_started_again) {
  const auto copy = std::filesystem::path(testing::TempDir()) / "zoo_vanishing.so";
  std::filesystem::copy_file(test::animal("segfaults"), copy,
                             std::filesystem::copy_options::overwrite_existing);
  const auto runner = run_on(still_, "albo", copy.string());
  std::filesystem::remove(copy);
  const auto batch = test::lines({"1", "bad", "3"});
  ASSERT_TRUE(runner->submit(batch).ok());
  auto out = runner->collect();
  ASSERT_FALSE(out.ok());
  EXPECT_EQ(out.error().message.en, "albo: plugin segfaults does not stay up (there is no plugin " +
                                        copy.string() + "); next try at 2019-12-20 01:00:30 UTC");
}

TEST_F(Worker, starts_again_in_silence_after_it_was_killed_while_idle) {
  const auto runner = run("good");
  EXPECT_THAT(outcome(*runner, test::lines({"1"})), ElementsAre("done 1"));
  kill_children();
  EXPECT_THAT(outcome(*runner, test::lines({"2"})), ElementsAre("done 2"));
  EXPECT_EQ(runner->restarts(), 1u);
}

TEST_F(Worker, prints_into_the_log_under_its_connectors_name) {
  const auto runner = run("prints");
  outcome(*runner, test::lines({"hello"}));
  const auto lines = log_.lines();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].connector, "prints");
  EXPECT_EQ(lines[0].message, "hello");
}

TEST_F(Worker, drops_a_flood_of_lines_with_a_count) {
  auto runner = run_on(still_, "prints", test::animal("prints"));
  EXPECT_THAT(outcome(*runner, test::lines({"flood"})), ElementsAre("done flood"));
  runner.reset();
  EXPECT_EQ(log_.lines().size(), 101u);
  EXPECT_TRUE(log_.says("the plugin prints too much: 99901 lines left out"));
}

TEST_F(Worker, is_ended_though_it_prints_without_end) {
  auto runner = run("floods_stdout");
  outcome(*runner, test::lines({"1"}));
  const auto batch = test::lines({"bad"});
  ASSERT_TRUE(runner->submit(batch).ok());
  runner.reset();  // comes back, and leaves no process
}

TEST_F(Worker, ends_when_the_daemon_is_killed_though_its_plugin_loops) {
  ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const auto daemon = ::fork();
  if (daemon == 0) {
    const auto runner = run("loops_for_ever");
    const auto batch = test::lines({"bad"});
    if (!runner->submit(batch).ok()) ::_exit(1);
    if (::write(ready[1], "x", 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  ::close(ready[1]);
  char byte = 0;
  EXPECT_EQ(::read(ready[0], &byte, 1), 1);
  ::close(ready[0]);
  ::kill(daemon, SIGKILL);
  EXPECT_EQ(::waitpid(daemon, nullptr, 0), daemon);
  EXPECT_GT(::waitpid(-1, nullptr, 0), 0) << "the worker became ours and has ended";
  ::prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
}

TEST_F(Worker, in_process_handles_no_more_than_one_has_time_for) {
  const auto here = in_process_host(log_);
  auto inside = here->run({"good", *here->describe(test::animal("good")), {}, {}});
  ASSERT_TRUE(inside.ok());
  const auto batch = test::lines({"1", "2"}), next = test::lines({"3"});
  ASSERT_TRUE((*inside)->submit(batch).ok());
  EXPECT_FALSE((*inside)->answers_within(Duration::zero(), {}));
  EXPECT_TRUE((*inside)->answers_within(std::chrono::hours(1), {}));
  EXPECT_THAT(told((*inside)->collect()), ElementsAre("done 1", "done 2"));
  EXPECT_THAT(outcome(**inside, next), ElementsAre("done 3"));
}

TEST_F(Worker, gives_the_same_results_as_in_process) {
  const auto here = in_process_host(log_);
  const auto batch = test::lines({"1", "bad", "kind", "", "4"});
  for (const std::string name : {"good", "throws_in_handle", "invalid_entity"}) {
    auto inside = here->run({name, *here->describe(test::animal(name)), {}, {}});
    ASSERT_TRUE(inside.ok());
    EXPECT_EQ(outcome(**inside, batch), outcome(*run(name), batch)) << name;
  }
}

}  // namespace
}  // namespace raccordo
