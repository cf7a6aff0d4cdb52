// SPDX-License-Identifier: EUPL-1.2
// What every Spool does.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "core/ports/spool.hpp"

namespace raccordo::contract {

class SpoolRig {
 public:
  virtual ~SpoolRig() = default;
  // One that finds what the one before kept.
  virtual std::unique_ptr<Spool> restarted() = 0;
  // Something of what lies under the name is lost, as after a power loss.
  virtual void damage(const std::string& name) = 0;
};

using SpoolMaker = std::function<std::unique_ptr<SpoolRig>()>;

class SpoolContract : public ::testing::TestWithParam<SpoolMaker> {
 protected:
  Spooled kept(const std::string& name, const std::string& bytes, const std::string& note = "nota") {
    auto writer = spool_->write(name).value();
    for (const char byte : bytes) EXPECT_TRUE(writer->append({&byte, 1}).ok());
    return writer->keep(note).value();
  }

  std::string read(const std::string& name) {
    const auto file = spool_->open(name, "mostrato.csv").value();
    std::string bytes(file->size() + 1, '?');
    bytes.resize(file->read_at(0, bytes).value());
    return bytes;
  }

  void restart() { spool_ = rig_->restarted(); }

  std::unique_ptr<SpoolRig> rig_ = GetParam()();
  std::unique_ptr<Spool> spool_ = rig_->restarted();
};

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SpoolContract);

inline constexpr const char* kUrl = "https://partner.example/albo.csv?anno=2026";

TEST_P(SpoolContract, gives_back_what_was_kept_with_its_note) {
  const auto spooled = kept(kUrl, std::string("a\0b", 3), "{\"etag\":\"1\"}\n");
  EXPECT_EQ(spooled.size, 3u);
  EXPECT_EQ(spooled.note, "{\"etag\":\"1\"}\n");
  EXPECT_EQ(spool_->find(kUrl).value(), spooled);
  EXPECT_EQ(read(kUrl), std::string("a\0b", 3));
  EXPECT_EQ(spool_->open(kUrl, "x/mostrato.csv").value()->name(), "mostrato.csv");
}

TEST_P(SpoolContract, keeps_it_over_a_restart) {
  const auto spooled = kept(kUrl, "abc");
  restart();
  EXPECT_EQ(spool_->find(kUrl).value(), spooled);
  EXPECT_EQ(read(kUrl), "abc");
}

TEST_P(SpoolContract, has_nothing_that_was_never_kept) {
  EXPECT_FALSE(spool_->find(kUrl).value());
  EXPECT_EQ(spool_->open(kUrl, "x").error().code, ErrorCode::kNotFound);
  {
    const auto writer = spool_->write(kUrl).value();
    ASSERT_TRUE(writer->append("abc").ok());
  }
  EXPECT_FALSE(spool_->find(kUrl).value());
  restart();
  EXPECT_FALSE(spool_->find(kUrl).value());
}

TEST_P(SpoolContract, keeps_the_old_until_the_new_is_kept) {
  const auto old = kept(kUrl, "old");
  {
    const auto writer = spool_->write(kUrl).value();
    ASSERT_TRUE(writer->append("half of the new").ok());
    EXPECT_EQ(spool_->find(kUrl).value(), old);
  }
  EXPECT_EQ(read(kUrl), "old");
  const auto renewed = kept(kUrl, "new", "another");
  EXPECT_NE(renewed.hash, old.hash);
  EXPECT_EQ(spool_->find(kUrl).value(), renewed);
  EXPECT_EQ(read(kUrl), "new");
}

TEST_P(SpoolContract, lets_who_reads_the_old_read_on) {
  (void)kept(kUrl, "old");
  const auto file = spool_->open(kUrl, "x").value();
  (void)kept(kUrl, "new");
  std::string bytes(3, '?');
  EXPECT_EQ(file->read_at(0, bytes).value(), 3u);
  EXPECT_EQ(bytes, "old");
}

TEST_P(SpoolContract, lets_the_later_of_two_writers_win) {
  auto one = spool_->write(kUrl).value();
  auto other = spool_->write(kUrl).value();
  ASSERT_TRUE(one->append("one").ok());
  ASSERT_TRUE(other->append("other").ok());
  one = spool_->write(kUrl).value();  // given up for another try
  ASSERT_TRUE(one->append("again").ok());
  ASSERT_TRUE(other->keep("").ok());
  EXPECT_EQ(read(kUrl), "other");
  ASSERT_TRUE(one->keep("").ok());
  EXPECT_EQ(read(kUrl), "again");
}

TEST_P(SpoolContract, tells_equal_bytes_by_their_hash) {
  const auto one = kept("a", "same");
  const auto other = kept("b", "same", "other note");
  EXPECT_EQ(one.hash, other.hash);
  EXPECT_EQ(kept("c", "").size, 0u);
  EXPECT_EQ(read("c"), "");
}

TEST_P(SpoolContract, has_nothing_where_bytes_were_lost) {
  (void)kept(kUrl, "abc");
  rig_->damage(kUrl);
  restart();
  EXPECT_FALSE(spool_->find(kUrl).value());
}

TEST_P(SpoolContract, removes_what_nobody_wants_any_more) {
  (void)kept("a", "1");
  (void)kept("b", "2");
  ASSERT_TRUE(spool_->keep_only({"b", "c"}).ok());
  EXPECT_FALSE(spool_->find("a").value());
  EXPECT_EQ(read("b"), "2");
}

}  // namespace raccordo::contract
