// SPDX-License-Identifier: EUPL-1.2
#include "tests/postgresql/real_postgresql.hpp"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "core/ports/testing/free_port.hpp"

namespace raccordo::testing {
namespace {

constexpr const char* kServing = "database system is ready to accept connections";
constexpr unsigned kNobody = 65'534;

std::string last_of(const std::string& file) {
  std::ifstream log(file);
  return {std::istreambuf_iterator<char>(log), {}};
}

// In the child: what the server is run as.
void drop_root() {
  if (::geteuid() != 0) return;
  if (::setgroups(0, nullptr) != 0 || ::setresgid(kNobody, kNobody, kNobody) != 0 ||
      ::setresuid(kNobody, kNobody, kNobody) != 0)
    ::_exit(126);
}

}  // namespace

std::optional<std::filesystem::path> RealPostgresql::binaries() {
  const char* const set = std::getenv("RACCORDO_POSTGRESQL");
  std::filesystem::path folder = set != nullptr ? set : "/usr/lib/postgresql/15/bin";
  if (!std::filesystem::exists(folder / "initdb")) return std::nullopt;
  return folder;
}

RealPostgresql::RealPostgresql(const std::filesystem::path& binaries, const std::string& more)
    : binaries_(binaries) {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // the server's own processes end as ours
  port_ = FreePort().number();
  make();
  std::ofstream(folder_.file("data/postgresql.conf"), std::ios::app)
      << "listen_addresses = '127.0.0.1'\nport = " << port_ << "\nunix_socket_directories = '"
      << folder_.file("data")
      << "'\nlc_messages = 'C'\nlogging_collector = off\nshared_buffers = 16MB\nmax_connections = 40\n"
      << more << '\n';
  std::ofstream(folder_.file("data/pg_hba.conf"))
      << "local all all trust\nhost all " << kGuarded << " 127.0.0.1/32 scram-sha-256\n"
      << "host all raccordo 127.0.0.1/32 trust\n";
  start();
  add_users();
}

RealPostgresql::~RealPostgresql() { kill(); }

std::string RealPostgresql::url(const std::string& user, const std::string& database) const {
  return "postgresql://" + user + "@127.0.0.1:" + std::to_string(port_) + "/" + database;
}

// Its end comes with ours.
pid_t RealPostgresql::run(const std::vector<std::string>& words, int output) const {
  auto kept = words;
  std::vector<char*> argv;
  for (auto& word : kept) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  if (child != 0) return child;
  drop_root();
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  if (::chdir("/") == 0) ::execv(argv[0], argv.data());
  ::_exit(127);
}

void RealPostgresql::make() {
  std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));
  const auto data = folder_.file("data");
  std::filesystem::create_directory(data);
  if (::geteuid() == 0 && ::chown(data.c_str(), kNobody, kNobody) != 0)
    throw std::runtime_error("cannot give " + data);
  const int output = ::open(folder_.file("initdb.log").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  const pid_t tool = run({binaries_ / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--locale=C",
                          "-E", "UTF8", "--no-sync", "--no-instructions"},
                         output);
  ::close(output);
  int status = 0;
  ::waitpid(tool, &status, 0);
  if (status != 0) throw std::runtime_error("initdb: " + last_of(folder_.file("initdb.log")));
}

void RealPostgresql::add_users() {
  sql("CREATE ROLE raccordo LOGIN", "postgres");
  sql(std::string("CREATE ROLE ") + kGuarded + " LOGIN PASSWORD '" + kPassword + "'", "postgres");
  sql("CREATE DATABASE raccordo OWNER raccordo", "postgres");
}

void RealPostgresql::start() {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  pid_ = run({binaries_ / "postgres", "-D", folder_.file("data")}, pipe[1]);
  ::close(pipe[1]);
  FILE* const log = ::fdopen(pipe[0], "r");
  std::string last;
  std::array<char, 4096> line{};
  bool serves = false;
  while (!serves && std::fgets(line.data(), line.size(), log) != nullptr) {
    last += line.data();
    if (last.size() > 8192) last.erase(0, last.size() - 8192);
    serves = std::string_view(line.data()).find(kServing) != std::string_view::npos;
  }
  if (!serves) throw std::runtime_error("PostgreSQL did not start: " + last);
  if (drain_.joinable()) drain_.join();
  drain_ = std::jthread([log, kept = folder_.file("server.log")] {
    std::ofstream out(kept, std::ios::app);
    std::array<char, 4096> rest{};
    while (std::fgets(rest.data(), rest.size(), log) != nullptr) out << rest.data() << std::flush;
    std::fclose(log);
  });
}

std::string RealPostgresql::sql(const std::string& statements, const std::string& database) const {
  const auto where =
      "host=" + folder_.file("data") + " port=" + std::to_string(port_) + " user=postgres dbname=" + database;
  const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(where.c_str()), PQfinish);
  PQsetNoticeProcessor(
      connection.get(), [](void*, const char*) {}, nullptr);
  const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection.get(), statements.c_str()),
                                                              PQclear);
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
    throw std::runtime_error(statements + ": " + PQerrorMessage(connection.get()));
  return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

std::vector<pid_t> RealPostgresql::processes() const {
  std::vector<pid_t> found{pid_};
  const auto process = std::to_string(pid_);
  std::ifstream children("/proc/" + process + "/task/" + process + "/children");
  for (pid_t child = 0; children >> child;) found.push_back(child);
  return found;
}

void RealPostgresql::halt() const {
  ::kill(pid_, SIGSTOP);  // it starts no more of them
  for (const auto process : processes()) ::kill(process, SIGSTOP);
}

void RealPostgresql::go_on() const {
  for (const auto process : processes()) ::kill(process, SIGCONT);
}

void RealPostgresql::kill() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGSTOP);
  const auto all = processes();
  for (const auto process : all) ::kill(process, SIGKILL);
  for (const auto process : all) ::waitpid(process, nullptr, 0);
  pid_ = -1;
  if (drain_.joinable()) drain_.join();
}

}  // namespace raccordo::testing
