// SPDX-License-Identifier: EUPL-1.2
#include "tests/integration/hub_folder.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <spawn.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace raccordo::testing {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int exit_of(int status) { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }

std::vector<std::string> program(const std::vector<std::string>& arguments) {
  std::vector<std::string> words{RACCORDO_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

pid_t spawn(const fs::path& folder, std::vector<std::string> words, const fs::path& out,
            const fs::path& err) {
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::vector<std::string> kept{"LC_ALL=C.UTF-8", "LANG=en_US.UTF-8", "PATH=/usr/bin:/bin"};
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "TMPDIR", "PROVA"})
    if (const char* value = std::getenv(name)) kept.push_back(std::string(name) + "=" + value);
  std::vector<char*> environment;
  for (auto& each : kept) environment.push_back(each.data());
  environment.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t pid = -1;
  EXPECT_EQ(posix_spawnp(&pid, argv.front(), &actions, nullptr, argv.data(), environment.data()), 0);
  posix_spawn_file_actions_destroy(&actions);
  return pid;
}

// From /proc/PID; 0 when it is no process, or none any more.
pid_t parent_of(const fs::path& process) {
  const auto stat = content_of(process / "stat");
  const auto behind_name = stat.rfind(')');
  if (behind_name == std::string::npos || behind_name + 4 > stat.size()) return 0;
  return std::atoi(stat.c_str() + behind_name + 4);  // ") S 4711"
}

std::string isolated(std::string connectors) {
  const char* const isolation = std::getenv("RACCORDO_TEST_ISOLATION");
  if (isolation == nullptr || connectors.find("isolation:") != std::string::npos) return connectors;
  for (const std::string plugin : {"    plugin: mapping\n", "    plugin: hsds\n"})
    for (auto at = connectors.find(plugin); at != std::string::npos;
         at = connectors.find(plugin, at + plugin.size()))
      connectors.insert(at + plugin.size(), "    isolation: " + std::string(isolation) + "\n");
  return connectors;
}

void expect_adds_up(const Json& ledger) {
  for (const auto& line : ledger.at("connectors"))
    EXPECT_EQ(line.at("received").get<int>(),
              line.at("delivered").get<int>() + line.at("unchanged").get<int>() +
                  line.at("filtered").get<int>() + line.at("parked").get<int>() +
                  line.at("in_flight").get<int>())
        << line;
}

Json parsed(const Ran& ran) {
  auto json = Json::parse(ran.out, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << ran.out << ran.err;
  return json.is_discarded() ? Json{{"connectors", Json::array()}} : json;
}

}  // namespace

Running::~Running() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

// Once it was waited for there is nobody to signal: kill(-1) would reach every process of this machine.
void Running::signal(int number) const {
  if (pid_ > 0) ::kill(pid_, number);
}

int Running::wait() {
  int status = 0;
  ::waitpid(std::exchange(pid_, -1), &status, 0);
  return exit_of(status);
}

std::string Running::log() const { return content_of(err_); }

bool Running::says(const std::string& words) { return appears_in(err_, words); }

bool Running::prints(const std::string& words) {
  return appears_in(err_.parent_path() / ".daemon-out", words);
}

bool Running::appears_in(const fs::path& file, const std::string& words) const {
  const int watch = ::inotify_init1(IN_CLOEXEC);
  ::inotify_add_watch(watch, file.c_str(), IN_MODIFY);
  const int process = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  bool said = false;
  for (bool ended = false; !said;) {
    said = content_of(file).find(words) != std::string::npos;
    if (said || ended) break;
    pollfd waiting[] = {{watch, POLLIN, 0}, {process, POLLIN, 0}};
    ::poll(waiting, 2, -1);
    ended = waiting[1].revents != 0;
    char events[4096];
    if (waiting[0].revents != 0) (void)!::read(watch, events, sizeof events);
  }
  ::close(watch);
  ::close(process);
  return said;
}

bool Running::ends_within(std::chrono::microseconds time) const {
  const int process = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  pollfd ended{process, POLLIN, 0};
  const timespec patience{time.count() / 1'000'000, time.count() % 1'000'000 * 1'000};
  const bool over = ::ppoll(&ended, 1, &patience, nullptr) == 1;
  ::close(process);
  return over;
}

std::vector<pid_t> Running::children() const {
  std::vector<pid_t> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const auto pid = std::atoi(entry.path().filename().c_str());
    if (pid > 0 && parent_of(entry.path()) == pid_) found.push_back(pid);
  }
  return found;
}

HubFolder::HubFolder() {
  std::string name = (fs::temp_directory_path() / "raccordo-test-XXXXXX").string();
  folder_ = ::mkdtemp(name.data());
  fs::create_directories(folder_ / "in");
}

HubFolder::~HubFolder() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void HubFolder::write(const std::string& name, const std::string& content) const {
  fs::create_directories(path(name).parent_path());
  std::ofstream file(path(name), std::ios::binary);
  file << content;
  file.close();
  EXPECT_TRUE(file.good()) << name << " cannot be written";
}

std::string HubFolder::read(const std::string& name) const { return content_of(path(name)); }

void HubFolder::copy(const fs::path& from, const std::string& name) const {
  fs::create_directories(path(name).parent_path());
  fs::copy_file(from, path(name), fs::copy_options::overwrite_existing);
  fs::permissions(path(name), fs::perms::owner_write,
                  fs::perm_options::add);  // official data may be read-only
}

std::string HubFolder::schema() const {
  return "prova-" + std::to_string(std::hash<std::string>{}(folder_.string()));
}

// The same tests run over a broker, a database, or with plugins in the hub's process, where these variables
// say so.
void HubFolder::configure(const std::string& connectors, const std::string& more) const {
  std::string backbone;
  if (const char* const broker = std::getenv("RACCORDO_TEST_KAFKA"))
    backbone = "backbone: {kafka: {brokers: [\"" + std::string(broker) +
               "\"], topic_prefix: " + folder_.filename().string() + "., partitions: 3}}\n";
  std::string store;
  if (const char* const database = std::getenv("RACCORDO_TEST_POSTGRESQL"))
    store = "store: {postgresql: {url: \"" + std::string(database) + "\", schema: " + schema() + "}}\n";
  write("hub.yaml", "config: 1\nhub: {id: prova, data: var}\nplugins: {folders: [plugins, " RACCORDO_PLUGINS
                    "]}\n" +
                        backbone + store + more + "connectors:\n" + isolated(connectors));
}

Ran HubFolder::raccordo(const std::vector<std::string>& arguments) const { return ran(program(arguments)); }

Ran HubFolder::raccordo_as_nobody(const std::vector<std::string>& arguments) const {
  auto words = program(arguments);
  const std::vector<std::string> nobody{"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
  if (::geteuid() == 0) words.insert(words.begin(), nobody.begin(), nobody.end());
  return ran(words);
}

Ran HubFolder::ran(const std::vector<std::string>& words) const {
  const auto out = folder_ / ".out";
  const auto err = folder_ / ".err";
  int status = 0;
  ::waitpid(spawn(folder_, words, out, err), &status, 0);
  return {exit_of(status), content_of(out), content_of(err)};
}

Running HubFolder::start(const std::vector<std::string>& arguments) const {
  const auto err = folder_ / ".daemon-err";
  std::ofstream(err).close();
  return {spawn(folder_, program(arguments), folder_ / ".daemon-out", err), err};
}

Json HubFolder::once(int expected_exit) const {
  const auto ran = raccordo({"run", "hub.yaml", "--once", "--json", "--lang", "en"});
  EXPECT_EQ(ran.exit, expected_exit) << ran.err;
  auto json = parsed(ran);
  expect_adds_up(json);
  return json;
}

Json HubFolder::ledger() const {
  auto json = parsed(raccordo({"ledger", "hub.yaml", "--json"}));
  expect_adds_up(json);
  return json;
}

std::vector<Json> HubFolder::messages(const std::string& topic, const std::string& from,
                                      std::size_t limit) const {
  std::vector<Json> messages;
  const auto ran = raccordo(
      {"events", topic, "--config", "hub.yaml", "--json", "--from", from, "--limit", std::to_string(limit)});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  std::istringstream lines(ran.out);
  for (std::string line; std::getline(lines, line);) messages.push_back(Json::parse(line));
  // Where a topic has several partitions they come one after the other.
  std::ranges::stable_sort(messages, {},
                           [](const Json& message) { return message.at("time_ms").get<std::int64_t>(); });
  return messages;
}

std::vector<Json> HubFolder::events(const std::string& topic) const {
  std::vector<Json> events;
  for (auto& message : messages(topic)) events.push_back(std::move(message.at("event")));
  return events;
}

std::vector<Json> HubFolder::parked() const {
  std::vector<Json> records;
  std::istringstream lines(raccordo({"parked", "list", "--config", "hub.yaml", "--json"}).out);
  for (std::string line; std::getline(lines, line);) records.push_back(Json::parse(line));
  return records;
}

std::vector<std::string> HubFolder::lines_in(const std::string& folder) const {
  std::vector<fs::path> files;
  if (fs::exists(path(folder)))
    for (const auto& entry : fs::directory_iterator(path(folder)))
      if (!entry.path().filename().string().starts_with('.')) files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<std::string> lines;
  for (const auto& file : files) {
    std::istringstream content(content_of(file));
    for (std::string line; std::getline(content, line);) lines.push_back(line);
  }
  return lines;
}

std::string told(const Json& ledger, const std::string& connector) {
  std::string text;
  for (const auto& line : ledger.at("connectors")) {
    if (line.at("id") != connector) continue;
    for (const char* name :
         {"received", "delivered", "unchanged", "filtered", "parked", "in_flight", "entities", "deleted"})
      if (line.at(name) != 0)
        text += (text.empty() ? "" : " ") + std::string(name) + " " + line.at(name).dump();
    return text.empty() ? "nothing" : text;
  }
  return "no such connector";
}

fs::path vectors() {
  const char* set = std::getenv("RACCORDO_VECTORS");
  const fs::path folder =
      set != nullptr ? fs::path(set) : fs::path(RACCORDO_SOURCE).parent_path() / "shared/vectors";
  return fs::exists(folder) ? folder : fs::path{};
}

}  // namespace raccordo::testing
