// SPDX-License-Identifier: EUPL-1.2
#include "adapters/logging/open_log.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <pty.h>
#include <unistd.h>

#include <thread>
#include <vector>

namespace raccordo {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kTime = R"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z)";

// What a log writes, read back.
class Paper {
 public:
  Paper() : file_(std::tmpfile()) {}
  Paper(const Paper&) = delete;
  Paper& operator=(const Paper&) = delete;
  ~Paper() { std::fclose(file_); }

  [[nodiscard]] std::unique_ptr<LevelledLog> log(LogShape shape, LogLevel level = LogLevel::kInfo) const {
    return open_log({level, shape, file_});
  }
  [[nodiscard]] std::string text() const {
    std::string all(1u << 20, '\0');
    const auto size = ::pread(::fileno(file_), all.data(), all.size(), 0);
    all.resize(static_cast<std::size_t>(size));
    return all;
  }

 private:
  std::FILE* file_;
};

TEST(Log, writes_a_line_of_json_with_what_the_line_is_about) {
  Paper paper;
  paper.log(LogShape::kJson)
      ->write(LogLevel::kWarning, {"albo", "rsa-1.csv:12", "6d1b"}, "posti \"liberi\": non è un numero");
  EXPECT_THAT(paper.text(),
              MatchesRegex("\\{\"time\":\"" + std::string(kTime) +
                           "\",\"level\":\"warning\",\"connector\":\"albo\",\"record\":\"rsa-1.csv:12\","
                           "\"event\":\"6d1b\",\"message\":\"posti "
                           "\\\\\"liberi\\\\\": non è un numero\"\\}\n"));
}

TEST(Log, leaves_empty_members_out) {
  Paper paper;
  paper.log(LogShape::kJson)->write(LogLevel::kInfo, {}, "started");
  EXPECT_THAT(paper.text(), EndsWith(R"("level":"info","message":"started"})"
                                     "\n"));
}

TEST(Log, writes_text_with_what_the_line_is_about_in_brackets) {
  Paper paper;
  const auto log = paper.log(LogShape::kText);
  log->write(LogLevel::kError, {"albo", "", "6d1b"}, "no");
  log->write(LogLevel::kInfo, {}, "yes");
  EXPECT_THAT(paper.text(),
              MatchesRegex(std::string(kTime) + " error \\[albo 6d1b\\] no\n" + kTime + " info yes\n"));
}

TEST(Log, is_json_where_nobody_watches) {
  Paper paper;
  paper.log(LogShape::kByDestination)->write(LogLevel::kInfo, {}, "x");
  EXPECT_THAT(paper.text(), StartsWith("{"));
}

TEST(Log, is_coloured_text_on_a_terminal) {
  int mine = -1;
  int theirs = -1;
  if (::openpty(&mine, &theirs, nullptr, nullptr, nullptr) != 0) GTEST_SKIP() << "no pseudo terminal here";
  std::FILE* terminal = ::fdopen(theirs, "w");
  open_log({LogLevel::kInfo, LogShape::kByDestination, terminal})
      ->write(LogLevel::kError, {"albo", "", ""}, "no");
  std::string text(4096, '\0');
  text.resize(static_cast<std::size_t>(::read(mine, text.data(), text.size())));
  std::fclose(terminal);
  ::close(mine);
  EXPECT_THAT(text, StartsWith("\r\033[K20"));
  EXPECT_THAT(text, HasSubstr("\033[31m\033[1merror\033[m [albo] no"));
}

TEST(Log, writes_no_colours_into_a_file) {
  Paper paper;
  paper.log(LogShape::kText)->write(LogLevel::kError, {}, "x");
  EXPECT_THAT(paper.text(), Not(HasSubstr("\033")));
}

TEST(Log, drops_what_is_below_its_level) {
  Paper paper;
  const auto log = paper.log(LogShape::kText, LogLevel::kWarning);
  log->write(LogLevel::kInfo, {}, "no");
  log->write(LogLevel::kWarning, {}, "yes");
  EXPECT_THAT(paper.text(), EndsWith(" warning yes\n"));
  EXPECT_THAT(paper.text(), Not(HasSubstr("no")));
}

TEST(Log, says_more_or_less_from_the_line_on_where_it_is_told_to) {
  Paper paper;
  const auto log = paper.log(LogShape::kText, LogLevel::kWarning);
  log->write(LogLevel::kDebug, {}, "one");
  log->set_level(LogLevel::kDebug);
  log->write(LogLevel::kDebug, {}, "two");
  log->set_level(LogLevel::kError);
  log->write(LogLevel::kWarning, {}, "three");
  EXPECT_THAT(paper.text(), MatchesRegex(std::string(kTime) + " debug two\n"));
}

TEST(Log, forges_no_line_from_a_partners_words) {
  Paper paper;
  paper.log(LogShape::kText)
      ->write(LogLevel::kInfo, {"a\nb", "", ""}, "x\n2026-11-22T17:00:00.000Z error forged");
  paper.log(LogShape::kJson)->write(LogLevel::kInfo, {}, "x\"}\n{\"level\":\"error\"");
  const auto text = paper.text();
  EXPECT_EQ(std::ranges::count(text, '\n'), 2);
  EXPECT_THAT(text, HasSubstr(R"([a\nb] x\n2026)"));
  EXPECT_THAT(text, HasSubstr(R"("message":"x\"}\n{\"level\":\"error\""})"));
}

TEST(Log, understands_no_format_in_a_message) {
  Paper paper;
  paper.log(LogShape::kText)->write(LogLevel::kInfo, {}, "{} {0:999999} %s %n");
  EXPECT_THAT(paper.text(), EndsWith("{} {0:999999} %s %n\n"));
}

TEST(Log, cuts_a_message_without_end) {
  Paper paper;
  paper.log(LogShape::kJson)->write(LogLevel::kInfo, {}, std::string(1u << 20, 'x'));
  EXPECT_LT(paper.text().size(), 9u << 10);
  EXPECT_THAT(paper.text(), EndsWith("x…\"}\n"));
}

TEST(Log, goes_on_when_nothing_can_be_written) {
  std::FILE* full = std::fopen("/dev/full", "w");
  if (full == nullptr) GTEST_SKIP() << "no /dev/full here";
  open_log({LogLevel::kInfo, LogShape::kText, full})->write(LogLevel::kError, {}, "lost");
  std::fclose(full);
}

TEST(Log, keeps_lines_whole_when_many_write) {
  Paper paper;
  const auto log = paper.log(LogShape::kText);
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < 4; ++i)
      writers.emplace_back([&] {
        for (int n = 0; n < 200; ++n) log->write(LogLevel::kInfo, {"albo", "", ""}, std::string(100, 'm'));
      });
  }
  EXPECT_THAT(paper.text(),
              MatchesRegex("(" + std::string(kTime) + " info \\[albo\\] " + std::string(100, 'm') + "\n)*"));
  EXPECT_EQ(std::ranges::count(paper.text(), '\n'), 800);
}

}  // namespace
}  // namespace raccordo
