// SPDX-License-Identifier: EUPL-1.2
// What a person at a terminal sees while `run --once` works.
#include <gmock/gmock.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <future>

#include "tests/integration/hub_folder.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;

// `raccordo run hub.yaml --once` on a terminal of its own.
class Watched {
 public:
  explicit Watched(const std::filesystem::path& folder) {
    const std::string where = folder.string();
    winsize size{.ws_row = 24, .ws_col = 80, .ws_xpixel = 0, .ws_ypixel = 0};
    pid_ = ::forkpty(&terminal_, nullptr, nullptr, &size);
    if (pid_ != 0) return;
    if (::chdir(where.c_str()) == 0)
      ::execl(RACCORDO_PROGRAM, "raccordo", "run", "hub.yaml", "--once", "--lang", "en", nullptr);
    ::_exit(127);
  }
  ~Watched() {
    ::close(terminal_);
    ::waitpid(pid_, nullptr, 0);
  }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;

  [[nodiscard]] bool there() const { return pid_ > 0; }
  // Reads on until the terminal has shown these words; false when the program ended before.
  [[nodiscard]] bool shows(const std::string& words) {
    while (shown_.find(words) == std::string::npos)
      if (!read_on()) return false;
    return true;
  }
  // All that it showed until its end.
  [[nodiscard]] std::string all() {
    while (read_on()) {
    }
    return shown_;
  }

 private:
  bool read_on() {
    char some[4096];
    const auto count = ::read(terminal_, some, sizeof some);
    if (count > 0) shown_.append(some, static_cast<std::size_t>(count));
    return count > 0;
  }

  int terminal_ = -1;
  pid_t pid_ = -1;
  std::string shown_;
};

TEST(Progress, of_a_run_is_shown_on_a_terminal_and_wiped_at_its_end) {
  HubFolder hub;
  std::promise<void> seen;
  WebPartner web([wait = seen.get_future().share()](const Asked&) {
    wait.wait();  // the run goes on only when its progress was seen
    return Reply{200, {}, "id;nome\n3;Cicogna\n"};
  });
  hub.write("albo.yaml",
            "mapping: 1\ninput: {format: csv, separator: \";\"}\nentities:\n  - service:\n"
            "      id: {column: id}\n      name: {column: nome}\n");
  hub.write("in/a.csv", "id;nome\n1;Airone\n2;Brezza\n");
  const std::string mapped = "    plugin: mapping\n    options: {mapping: albo.yaml}\n";
  hub.configure("  - id: cartella\n" + mapped + "    from: {files: {path: in/*.csv}}\n  - id: rete\n" +
                mapped + "    from: {http: {url: \"" + web.url("/albo.csv") +
                "\", networks: [127.0.0.1]}}\n");
  Watched run(hub.path(""));
  if (!run.there()) {
    seen.set_value();
    GTEST_SKIP() << "no pseudo terminal here";
  }
  const bool shown = run.shows("\r\033[K2 records, ");
  seen.set_value();
  const auto all = run.all();
  EXPECT_TRUE(shown) << all;
  const auto last = all.rfind(" records, ");
  ASSERT_NE(last, std::string::npos) << all;
  EXPECT_THAT(all.substr(last), HasSubstr("\r\033[K")) << "wiped before the account is printed";
}

}  // namespace
}  // namespace raccordo::testing
