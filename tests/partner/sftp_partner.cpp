// SPDX-License-Identifier: EUPL-1.2
#include "tests/partner/sftp_partner.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pwd.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::testing {
namespace {

namespace fs = std::filesystem;

constexpr uid_t kNobody = 65'534;
constexpr long kEndless = -1;

bool as_root() { return ::geteuid() == 0; }

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::string printed(const std::string& command) {
  std::string out;
  FILE* const pipe = ::popen(command.c_str(), "re");
  std::array<char, 1'024> buffer{};
  for (std::size_t n = 0; pipe != nullptr && (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    out.append(buffer.data(), n);
  if (pipe != nullptr) ::pclose(pipe);
  return out;
}

void give_to_user(const fs::path& path) {
  const auto given = as_root() ? ::chown(path.c_str(), kNobody, kNobody) : 0;
  EXPECT_EQ(given, 0) << path;
}

void make_key(const fs::path& file, const std::string& kind, const std::string& password = "") {
  const auto command = "ssh-keygen -q -t " + kind + " -N '" + password + "' -f '" + file.string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
}

}  // namespace

struct SftpPartner::Server {
  explicit Server(const Settings& settings);
  ~Server();

  void make_keys(const Settings& settings);
  void write_settings(const Settings& settings);
  void listen();
  void accept_all();
  void serve(int client);
  [[nodiscard]] pid_t start_sshd(int socket) const;
  void relay(int client, int sshd);
  // False: the connection ends.
  bool pass(int from, int to);
  void hold(int client) const;
  [[nodiscard]] std::string file(const std::string& name) const { return own_.file(name); }

  TempFolder own_;
  fs::path folder_;
  std::string user_;
  int listener_ = -1;
  int port_ = 0;
  int bell_ = ::eventfd(0, EFD_CLOEXEC);
  std::atomic<long> left_ = kEndless;
  std::atomic<bool> hangs_ = false;
  std::atomic<int> connections_ = 0;
  std::mutex mutex_;
  std::vector<std::jthread> serving_;
  std::jthread accepting_;
};

SftpPartner::Server::Server(const Settings& settings)
    : folder_(settings.folder.empty() ? own_.path() / "home" : settings.folder) {
  const auto* const who = ::getpwuid(as_root() ? kNobody : ::geteuid());
  user_ = who == nullptr ? "" : who->pw_name;
  EXPECT_NE(user_, "") << "sshd lets in only users that have a name";
  fs::permissions(own_.path(), fs::perms(0755));
  fs::create_directories(folder_);
  fs::permissions(folder_, fs::perms(0755));
  give_to_user(folder_);
  fs::copy_file(RACCORDO_OWN_SHADOW, file("own_shadow.so"));  // the tree may be closed to nobody
  make_keys(settings);
  write_settings(settings);
  listen();
  accepting_ = std::jthread([this] { accept_all(); });
}

SftpPartner::Server::~Server() {
  const std::uint64_t one = 1;
  EXPECT_EQ(::write(bell_, &one, sizeof one), static_cast<ssize_t>(sizeof one));
  accepting_.join();
  serving_.clear();
  ::close(listener_);
  ::close(bell_);
}

void SftpPartner::Server::make_keys(const Settings& settings) {
  for (const auto& kind : settings.host_keys) {
    make_key(file("host_" + kind), kind);
    give_to_user(file("host_" + kind));
  }
  make_key(file("user"), "ed25519");
  make_key(file("strange"), "ed25519");
  make_key(file("sealed"), "ed25519", kPassword);
  std::ofstream(file("authorized")) << text_of(file("user.pub")) << text_of(file("sealed.pub"));
}

void SftpPartner::Server::write_settings(const Settings& settings) {
  std::ofstream out(file("sshd_config"));
  for (const auto& kind : settings.host_keys) out << "HostKey " << file("host_" + kind) << '\n';
  out << settings.more << "AuthorizedKeysFile " << file("authorized")
      << "\nStrictModes no\nUsePAM no\nPidFile none\nSubsystem sftp internal-sftp\nForceCommand "
         "internal-sftp -d "
      << folder_.string() << '\n';
}

void SftpPartner::Server::listen() {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  EXPECT_EQ(::bind(listener_, any, size), 0);
  EXPECT_EQ(::listen(listener_, 16), 0);
  EXPECT_EQ(::getsockname(listener_, any, &size), 0);
  port_ = ntohs(address.sin_port);
}

void SftpPartner::Server::accept_all() {
  std::array<pollfd, 2> watched{{{listener_, POLLIN, 0}, {bell_, POLLIN, 0}}};
  while (::poll(watched.data(), watched.size(), -1) > 0 && watched[1].revents == 0) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    ++connections_;
    serving_.emplace_back([this, client] { serve(client); });
  }
}

void SftpPartner::Server::serve(int client) {
  std::array<int, 2> ends{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0) {
    const auto sshd = start_sshd(ends[1]);
    ::close(ends[1]);
    relay(client, ends[0]);
    ::close(ends[0]);
    if (sshd > 0) ::waitpid(sshd, nullptr, 0);
  }
  ::close(client);
}

// As inetd would: one process for each connection, which is its standard input and output.
pid_t SftpPartner::Server::start_sshd(int socket) const {
  std::vector<std::string> words{"/usr/sbin/sshd", "-i", "-e", "-f", file("sshd_config")};
  if (as_root())
    words.insert(words.begin(), {"/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"});
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::string preload = "LD_PRELOAD=" + file("own_shadow.so");
  std::array<char*, 2> environment{preload.data(), nullptr};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, socket, 0);
  ::posix_spawn_file_actions_adddup2(&actions, socket, 1);
  ::posix_spawn_file_actions_addopen(&actions, 2, file("sshd.log").c_str(), O_WRONLY | O_CREAT | O_APPEND,
                                     0644);
  pid_t child = -1;
  EXPECT_EQ(::posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environment.data()), 0);
  ::posix_spawn_file_actions_destroy(&actions);
  return child;
}

void SftpPartner::Server::relay(int client, int sshd) {
  std::array<pollfd, 3> watched{{{client, POLLIN, 0}, {sshd, POLLIN, 0}, {bell_, POLLIN, 0}}};
  while (::poll(watched.data(), watched.size(), -1) > 0 && watched[2].revents == 0) {
    if (left_ == 0) {
      if (hangs_) hold(client);
      return;
    }
    if (watched[0].revents != 0 && !pass(client, sshd)) return;
    if (watched[1].revents != 0 && !pass(sshd, client)) return;
  }
}

bool SftpPartner::Server::pass(int from, int to) {
  std::array<char, 16'384> buffer{};
  auto room = static_cast<long>(buffer.size());
  if (const long left = left_; left != kEndless) room = std::min(room, left);
  const auto n = ::recv(from, buffer.data(), static_cast<std::size_t>(room), 0);
  if (n <= 0) return left_ == 0 && hangs_;
  if (left_ != kEndless) left_ -= n;
  for (ssize_t sent = 0; sent < n;) {
    const auto more = ::send(to, buffer.data() + sent, static_cast<std::size_t>(n - sent), MSG_NOSIGNAL);
    if (more <= 0) return false;
    sent += more;
  }
  return true;
}

// Until the client gives up.
void SftpPartner::Server::hold(int client) const {
  std::array<pollfd, 2> watched{{{client, POLLRDHUP, 0}, {bell_, POLLIN, 0}}};
  ::poll(watched.data(), watched.size(), -1);
}

SftpPartner::SftpPartner(const Settings& settings) : server_(std::make_unique<Server>(settings)) {}
SftpPartner::~SftpPartner() = default;

int SftpPartner::port() const { return server_->port_; }
const fs::path& SftpPartner::folder() const { return server_->folder_; }
std::string SftpPartner::user() const { return server_->user_; }
std::string SftpPartner::key() const { return server_->file("user"); }
std::string SftpPartner::strange_key() const { return server_->file("strange"); }
std::string SftpPartner::sealed_key() const { return server_->file("sealed"); }
std::string SftpPartner::log() const { return text_of(server_->file("sshd.log")); }
int SftpPartner::connections() const { return server_->connections_; }

std::string SftpPartner::fingerprint(const std::string& kind) const {
  std::istringstream words(printed("ssh-keygen -l -f '" + server_->file("host_" + kind + ".pub") + "'"));
  std::string bits;
  std::string found;
  words >> bits >> found;
  return found;
}

std::string SftpPartner::known_host(const std::string& kind) const {
  return "[127.0.0.1]:" + std::to_string(port()) + " " + text_of(server_->file("host_" + kind + ".pub"));
}

void SftpPartner::make_folder(const std::string& name) const {
  fs::create_directories(folder() / name);
  give_to_user(folder() / name);
}

void SftpPartner::cut_after(long bytes) {
  server_->hangs_ = false;
  server_->left_ = bytes;
}

void SftpPartner::hang_after(long bytes) {
  server_->hangs_ = true;
  server_->left_ = bytes;
}

void SftpPartner::heal() { server_->left_ = kEndless; }

}  // namespace raccordo::testing
