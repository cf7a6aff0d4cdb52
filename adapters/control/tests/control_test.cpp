// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <atomic>
#include <fstream>
#include <thread>
#include <vector>

#include "adapters/control/control_address.hpp"
#include "adapters/control/control_client.hpp"
#include "adapters/control/control_server.hpp"
#include "adapters/control/tests/scratch.hpp"

namespace raccordo {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

std::string echo(std::string_view request) { return R"({"ok":true,"echo":)" + std::string(request) + "}"; }

// A held folder with a server on it.
class Hub {
 public:
  explicit Hub(ControlHandler handler = echo, ControlLimits limits = {}, const std::string& below = {})
      : path_(scratch_.path() / below), folder_(DataFolder::take(path_, scratch_.clock()).value()) {
    auto opened = ControlServer::open(folder_, std::move(handler), limits);
    EXPECT_TRUE(opened.ok()) << opened.error().in(Language::kEnglish);
    server_ = std::move(opened).value();
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::string ask(std::string_view request) const {
    auto client = ControlClient::open(path_, 10s);
    return client ? client.value()->perform(request) : failed_answer(client.error());
  }
  [[nodiscard]] Descriptor connect() const {
    const auto address = ControlAddress::of(control_socket_of(path_));
    Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::connect(socket.number(), address->get(), address->size()) != 0) return {};
    return socket;
  }
  void stop() { server_.reset(); }

 private:
  Scratch scratch_;
  std::filesystem::path path_;
  DataFolder folder_;
  std::unique_ptr<ControlServer> server_;
};

void send(const Descriptor& socket, std::string_view bytes) {
  (void)!::send(socket.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

// All that comes until the other end closes.
std::string read_to_end(const Descriptor& socket) {
  std::string all;
  char buffer[4096];
  for (ssize_t size = 0; (size = ::recv(socket.number(), buffer, sizeof buffer, 0)) > 0;)
    all.append(buffer, static_cast<std::size_t>(size));
  return all;
}

TEST(Control, answers_a_request_with_a_line) {
  Hub hub;
  EXPECT_EQ(hub.ask(R"({"do":"ledger"})"), R"({"ok":true,"echo":{"do":"ledger"}})");
}

TEST(Control, takes_line_breaks_inside_json_for_white_space) {
  Hub hub([](std::string_view request) { return std::string(request) + "\n "; });
  EXPECT_EQ(hub.ask("{\"do\":\n1}"), "{\"do\": 1}  ");
}

TEST(Control, carries_answers_larger_than_any_socket_buffer) {
  Hub hub([](std::string_view) { return std::string(8u << 20, 'x'); });
  EXPECT_EQ(hub.ask("{}").size(), 8u << 20);
}

TEST(Control, reaches_a_socket_whose_path_is_longer_than_an_address) {
  Hub hub(echo, {}, std::string(120, 'd') + "/var");
  EXPECT_EQ(hub.ask("1"), R"({"ok":true,"echo":1})");
}

TEST(Control, says_that_nobody_listens) {
  Scratch scratch;
  const auto client = ControlClient::open(scratch.path());
  ASSERT_FALSE(client.ok());
  EXPECT_EQ(client.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(client.error().message.en, HasSubstr("control.sock"));
}

TEST(Control, replaces_the_socket_that_a_killed_holder_left) {
  Hub hub;
  const auto left = control_socket_of(hub.path());
  hub.stop();
  {
    const auto address = ControlAddress::of(left);
    const Descriptor dead(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(::bind(dead.number(), address->get(), address->size()), 0);
  }
  ASSERT_TRUE(std::filesystem::exists(left));
  EXPECT_EQ(ControlClient::open(hub.path()).error().code, ErrorCode::kUnavailable);
  Scratch elsewhere;
  std::filesystem::rename(left, control_socket_of(elsewhere.path()));
  const auto folder = DataFolder::take(elsewhere.path(), elsewhere.clock());
  const auto server = ControlServer::open(*folder, echo);
  ASSERT_TRUE(server.ok());
  EXPECT_TRUE(ControlClient::open(elsewhere.path()).ok());
}

TEST(Control, leaves_a_file_alone_that_is_no_socket) {
  Scratch scratch;
  const auto folder = DataFolder::take(scratch.path(), scratch.clock());
  std::ofstream(folder->control_socket()) << "somebody's";
  const auto server = ControlServer::open(*folder, echo);
  ASSERT_FALSE(server.ok());
  EXPECT_EQ(server.error().code, ErrorCode::kInvalid);
  EXPECT_TRUE(std::filesystem::exists(folder->control_socket()));
}

TEST(Control, socket_is_for_owner_and_group_and_goes_with_the_server) {
  Hub hub;
  struct stat made {};
  ASSERT_EQ(::stat(control_socket_of(hub.path()).c_str(), &made), 0);
  EXPECT_EQ(made.st_mode & 0777u, 0660u);
  hub.stop();
  EXPECT_FALSE(std::filesystem::exists(control_socket_of(hub.path())));
}

TEST(Control, lets_go_of_a_client_that_never_ends_its_line) {
  Hub hub(echo, {.request = 20ms});
  const auto slow = hub.connect();
  send(slow, "{\"do\":");
  EXPECT_EQ(read_to_end(slow), "");
}

TEST(Control, serves_others_behind_clients_that_stay_silent) {
  Hub hub(echo, {.clients = 3, .request = 30ms});
  std::vector<Descriptor> silent;
  for (int i = 0; i < 20; ++i) silent.push_back(hub.connect());
  EXPECT_EQ(hub.ask("1"), R"({"ok":true,"echo":1})");
}

TEST(Control, refuses_a_request_beyond_the_limit_with_words) {
  Hub hub(echo, {.request_bytes = 100});
  const auto wordy = hub.connect();
  send(wordy, std::string(101, '1'));
  EXPECT_THAT(read_to_end(wordy), HasSubstr(R"("code":"too_large")"));
}

TEST(Control, turns_an_exception_of_the_handler_into_an_answer) {
  Hub hub([](std::string_view) -> std::string { throw std::runtime_error("no such thing"); });
  EXPECT_THAT(hub.ask("{}"), HasSubstr("no such thing"));
  EXPECT_THAT(hub.ask("{}"), HasSubstr(R"("code":"bug")"));
}

TEST(Control, client_goes_before_its_answer_and_nobody_minds) {
  Hub hub([](std::string_view) { return std::string(4u << 20, 'x'); });
  send(hub.connect(), "1\n");
  EXPECT_EQ(hub.ask("2").size(), 4u << 20);
}

TEST(Control, answers_many_at_once_one_call_at_a_time) {
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  Hub hub([&](std::string_view request) {
    const int now = ++inside;
    if (now > most) most = now;
    --inside;
    return std::string(request);
  });
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> people;
    for (int i = 0; i < 8; ++i)
      people.emplace_back([&, i] {
        for (int n = 0; n < 25; ++n)
          right += hub.ask(std::to_string(i * 100 + n)) == std::to_string(i * 100 + n);
      });
  }
  EXPECT_EQ(right, 200);
  EXPECT_EQ(most, 1);
}

// The raw calls change this thread only; the ones of the C library would change all of them.
bool become_nobody() {
  constexpr int kNobody = 65534;
  return ::syscall(SYS_setgroups, 0, nullptr) == 0 &&
         ::syscall(SYS_setresgid, kNobody, kNobody, kNobody) == 0 &&
         ::syscall(SYS_setresuid, kNobody, kNobody, kNobody) == 0;
}

TEST(Control, refuses_another_user_of_another_group) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  Hub hub;
  std::filesystem::permissions(hub.path(), std::filesystem::perms::all);
  std::filesystem::permissions(control_socket_of(hub.path()), std::filesystem::perms::all);
  std::string answer;
  std::jthread([&] {
    if (become_nobody()) answer = hub.ask(R"({"do":"ledger"})");
  }).join();
  EXPECT_THAT(answer, HasSubstr(R"("code":"denied")"));
  EXPECT_THAT(hub.ask("1"), HasSubstr("true"));
}

}  // namespace
}  // namespace raccordo
