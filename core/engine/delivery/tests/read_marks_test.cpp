// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/delivery/read_marks.hpp"

#include <gtest/gtest.h>

namespace raccordo {
namespace {

Position at(std::vector<std::int64_t> next) { return {std::move(next)}; }

// Reads [from, to) of a partition as a flow does, and says which of it counts.
std::vector<std::int64_t> read(ReadMarks& marks, std::int32_t partition, std::int64_t from, std::int64_t to) {
  std::vector<std::int64_t> counts;
  for (auto offset = from; offset < to; ++offset)
    if (!marks.ended_before(partition, offset)) {
      marks.read(partition, offset);
      counts.push_back(offset);
    }
  return counts;
}

TEST(ReadMarks, go_forward_behind_what_has_ended_only) {
  ReadMarks marks(at({10}), "");
  read(marks, 0, 10, 20);
  marks.reached(at({20}));
  EXPECT_EQ(marks.position(), at({10}));
  for (const int offset : {10, 11, 15}) marks.end(0, offset);
  EXPECT_EQ(marks.position(), at({12}));
  for (const int offset : {12, 13, 14, 16, 17, 18, 19}) marks.end(0, offset);
  EXPECT_EQ(marks.position(), at({20}));
  EXPECT_EQ(marks.waiting_text(), "");
}

TEST(ReadMarks, know_behind_a_restart_what_had_ended_ahead_of_what_waits) {
  ReadMarks marks(at({10, 0}), "");
  read(marks, 0, 10, 20);
  read(marks, 1, 0, 3);
  marks.reached(at({20, 3}));
  for (int offset = 10; offset < 20; ++offset)
    if (offset != 12 && offset != 17) marks.end(0, offset);
  for (int offset = 0; offset < 3; ++offset) marks.end(1, offset);
  EXPECT_EQ(marks.position(), at({12, 3}));
  EXPECT_EQ(marks.waiting_text(), "0:20:12,17");

  ReadMarks again(marks.position(), marks.waiting_text());
  EXPECT_EQ(read(again, 0, 12, 22), (std::vector<std::int64_t>{12, 17, 20, 21}));
  EXPECT_EQ(read(again, 1, 3, 5), (std::vector<std::int64_t>{3, 4}));
}

TEST(ReadMarks, still_know_it_when_the_next_run_ends_before_it_has_read_as_far) {
  ReadMarks marks(at({12}), "0:40:12,25");
  EXPECT_EQ(read(marks, 0, 12, 20), (std::vector<std::int64_t>{12}));
  marks.reached(at({20}));
  EXPECT_EQ(marks.waiting_text(), "0:40:12,25");
  marks.end(0, 12);
  EXPECT_EQ(marks.position(), at({20}));
  EXPECT_EQ(marks.waiting_text(), "0:40:25");
  ReadMarks again(marks.position(), marks.waiting_text());
  EXPECT_EQ(read(again, 0, 20, 42), (std::vector<std::int64_t>{25, 40, 41}));

  ReadMarks none_waits(at({20}), "0:40:");
  EXPECT_EQ(none_waits.waiting_text(), "0:40:");
  EXPECT_EQ(read(none_waits, 0, 20, 41), (std::vector<std::int64_t>{40}));
}

TEST(ReadMarks, take_what_is_no_such_text_for_nothing) {
  for (const char* text : {"x", "0", "0:", "99999999999:1:2", ";;;", "-1:5:6"}) {
    ReadMarks marks(at({5}), text);
    EXPECT_FALSE(marks.ended_before(0, 5)) << text;
  }
}

}  // namespace
}  // namespace raccordo
