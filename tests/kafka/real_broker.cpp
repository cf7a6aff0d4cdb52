// SPDX-License-Identifier: EUPL-1.2
#include "tests/kafka/real_broker.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "core/ports/testing/free_port.hpp"

namespace raccordo::testing {
namespace {

constexpr const char* kServing = "Kafka Server started";

std::string properties(const std::string& broker, const std::string& controller, const std::string& logs,
                       const std::string& protocol) {
  std::ostringstream out;
  out << "process.roles=broker,controller\nnode.id=1\n"
      << "controller.quorum.voters=1@" << controller << "\ncontroller.listener.names=CONTROLLER\n"
      << "listeners=PARTNERS://" << broker << ",CONTROLLER://" << controller << '\n'
      << "listener.security.protocol.map=PARTNERS:" << protocol << ",CONTROLLER:PLAINTEXT\n"
      << "advertised.listeners=PARTNERS://" << broker << "\ninter.broker.listener.name=PARTNERS\n"
      << "log.dirs=" << logs << "\nauto.create.topics.enable=false\n"
      << "offsets.topic.replication.factor=1\ntransaction.state.log.replication.factor=1\n"
      << "transaction.state.log.min.isr=1\ngroup.initial.rebalance.delay.ms=0\n"
      << "log.cleaner.backoff.ms=100\nlog.cleaner.dedupe.buffer.size=8388608\n";
  return out.str();
}

std::string secured(const BrokerSecurity& security) {
  const std::string modules = "org.apache.kafka.common.security.";
  const std::string who = " username=\"" + security.user + "\" password=\"" + security.password + "\"";
  std::ostringstream out;
  out << "ssl.keystore.type=PEM\nssl.keystore.location=" << security.key_and_certificate << '\n'
      << "ssl.truststore.type=PEM\nssl.truststore.location=" << security.key_and_certificate << '\n'
      << "sasl.enabled.mechanisms=SCRAM-SHA-512,SCRAM-SHA-256,PLAIN,OAUTHBEARER\n"
      << "sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512\n";
  for (const auto* scram : {"scram-sha-512", "scram-sha-256"})
    out << "listener.name.partners." << scram << ".sasl.jaas.config=" << modules
        << "scram.ScramLoginModule required" << who << ";\n";
  out << "listener.name.partners.plain.sasl.jaas.config=" << modules << "plain.PlainLoginModule required"
      << who << " user_" << security.user << "=\"" << security.password << "\";\n";
  // Takes tokens that nobody signed: for tests.
  out << "listener.name.partners.oauthbearer.sasl.jaas.config=" << modules
      << "oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub=\"broker\";\n";
  return out.str();
}

}  // namespace

std::optional<std::filesystem::path> RealBroker::libraries(const std::string& version) {
  const char* const set = std::getenv("RACCORDO_KAFKA");
  const auto folder =
      std::filesystem::path(set != nullptr ? set : RACCORDO_SOURCE "/build/kafka") / version / "lib";
  if (!std::filesystem::exists(folder / ".whole")) return std::nullopt;
  return folder;
}

RealBroker::RealBroker(const std::filesystem::path& libraries, std::optional<BrokerSecurity> security,
                       const std::string& more)
    : libraries_(libraries) {
  {
    const FreePort broker;
    const FreePort controller;
    address_ = broker.text();
    std::ofstream out(folder_.file("server.properties"));
    out << properties(address_, controller.text(), folder_.file("logs"), security ? "SASL_SSL" : "PLAINTEXT");
    if (security) out << secured(*security);
    out << more;
  }
  format(security);
  start();
}

RealBroker::~RealBroker() { stop(); }

// One process of Java; its end comes with ours.
pid_t RealBroker::run(const std::string& main_class, const std::vector<std::string>& arguments,
                      int output) const {
  const std::string classes = libraries_.string() + "/*";
  const std::string settings = folder_.file("server.properties");
  std::vector<std::string> words{"java",
                                 "-Xmx512m",
                                 "-XX:+UseSerialGC",
                                 "-XX:TieredStopAtLevel=1",
                                 "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                                 "-cp",
                                 classes,
                                 main_class};
  words.insert(words.end(), arguments.begin(), arguments.end());
  words.push_back(settings);
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::execvp(argv[0], argv.data());
  ::_exit(127);
}

void RealBroker::format(const std::optional<BrokerSecurity>& security) {
  std::vector<std::string> how{"format", "-t", "kVQxPLYkTyuOqkXVFXnvQg"};
  for (const std::string mechanism : {"SCRAM-SHA-512", "SCRAM-SHA-256"})
    if (security)
      how.insert(how.end(), {"--add-scram", mechanism + "=[name=" + security->user +
                                                ",password=" + security->password + "]"});
  how.emplace_back("-c");
  const int output = ::open(folder_.file("format.log").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  const pid_t tool = run("kafka.tools.StorageTool", how, output);
  ::close(output);
  int status = 0;
  ::waitpid(tool, &status, 0);
  if (status == 0) return;
  std::ifstream log(folder_.file("format.log"));
  throw std::runtime_error("the broker's storage: " + std::string(std::istreambuf_iterator<char>(log), {}));
}

void RealBroker::start() {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  pid_ = run("kafka.Kafka", {}, pipe[1]);
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
  if (!serves) throw std::runtime_error("the broker did not start: " + last);
  drain_ = std::jthread([log] {
    std::array<char, 4096> rest{};
    while (std::fread(rest.data(), 1, rest.size(), log) > 0) {
    }
    std::fclose(log);
  });
}

void RealBroker::signal(int number) const { ::kill(pid_, number); }

void RealBroker::stop() {
  if (pid_ < 0) return;
  signal(SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
  if (drain_.joinable()) drain_.join();
}

}  // namespace raccordo::testing
