// SPDX-License-Identifier: EUPL-1.2
#include "tests/booking/traces.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>

#include "adapters/http_server/tests/visitor.hpp"
#include "tests/postgresql/real_postgresql.hpp"

namespace raccordo::testing {
namespace {

std::string output_of(const std::string& command) {
  std::string out;
  FILE* const pipe = ::popen(command.c_str(), "r");
  std::array<char, 65'536> buffer{};
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    out.append(buffer.data(), got);
  EXPECT_EQ(::pclose(pipe), 0) << command;
  return out;
}

std::string measures_at(std::uint16_t port) {
  Visitor visitor(port);
  visitor.send("GET /metrics HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
  return visitor.all();
}

// All schemas: the tests' own among them.
void add_database(Traces& traces) {
  const char* const url = std::getenv("RACCORDO_TEST_POSTGRESQL");
  if (url == nullptr) return;
  const auto binaries = RealPostgresql::binaries();
  ASSERT_TRUE(binaries) << RealPostgresql::kMissing;
  const auto dump = output_of((*binaries / "pg_dump").string() + " " + url);
  EXPECT_NE(dump.find("case_step"), std::string::npos) << "the cases are in it";
  traces["the database"] = dump;
}

}  // namespace

Traces traces_of_running(const Running& daemon) {
  const std::string words = "health and metrics on port ";
  const auto log = daemon.log();
  const auto at = log.find(words);
  EXPECT_NE(at, std::string::npos) << log;
  return {{"the measures", measures_at(static_cast<std::uint16_t>(std::stoi(log.substr(at + words.size()))))},
          {"the log", log}};
}

Traces traces_of_stopped(const HubFolder& hub) {
  Traces traces;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(hub.path("var")))
    if (entry.is_regular_file())
      traces[entry.path().string()] =
          hub.read(std::filesystem::relative(entry.path(), hub.path("")).string());
  add_database(traces);
  for (const char* topic : {"services", "offers", "accreditations", "bookings", "wallets"}) {
    auto& content = traces[std::string("topic ") + topic];
    for (const auto& message : hub.messages(topic)) content += message.dump() + "\n";
  }
  traces["parked records"] = hub.raccordo({"parked", "list", "--config", "hub.yaml", "--json"}).out +
                             hub.raccordo({"findings", "hub.yaml", "--json"}).out;
  return traces;
}

bool tells(const std::string& content, const std::string& planted) {
  if (content.find(planted) != std::string::npos) return true;
  std::string digits;
  for (const unsigned char byte : planted) {
    constexpr const char* kDigits = "0123456789abcdef";
    digits += {kDigits[byte / 16], kDigits[byte % 16]};
  }
  return content.find(digits) != std::string::npos;
}

}  // namespace raccordo::testing
