// SPDX-License-Identifier: EUPL-1.2
#include "tests/booking/traces.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "adapters/http_server/tests/visitor.hpp"
#include "tests/kafka/all_messages.hpp"
#include "tests/postgresql/real_postgresql.hpp"

namespace raccordo::testing {
namespace {

namespace fs = std::filesystem;

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

// A server at work makes files and takes them away meanwhile. A broker's indices hold numbers, and much room
// for more.
void add_files(const std::string& where, const fs::path& folder, Traces& traces) {
  std::error_code gone;
  for (auto entry = fs::recursive_directory_iterator(folder, gone); entry != fs::end(entry);
       entry.increment(gone)) {
    if (!entry->is_regular_file(gone) || entry->path().string().ends_with("index")) continue;
    std::ifstream file(entry->path(), std::ios::binary);
    traces[where + entry->path().string()].assign(std::istreambuf_iterator<char>(file), {});
  }
}

// All schemas: the tests' own among them.
void add_database(Traces& traces) {
  const char* const url = std::getenv("RACCORDO_TEST_POSTGRESQL");
  if (url == nullptr) return;
  const auto binaries = RealPostgresql::binaries();
  ASSERT_TRUE(binaries) << RealPostgresql::kMissing;
  traces[kDatabase] = output_of((*binaries / "pg_dump").string() + " " + url);
  if (const char* const files = std::getenv("RACCORDO_TEST_POSTGRESQL_FILES"))
    add_files(kDatabaseFiles, files, traces);
}

void add_topics(const HubFolder& hub, Traces& traces) {
  if (const char* const brokers = std::getenv("RACCORDO_TEST_KAFKA")) {
    for (auto& [topic, messages] : all_messages(brokers)) traces[kTopics + topic] = std::move(messages);
    if (const char* const files = std::getenv("RACCORDO_TEST_KAFKA_FILES")) add_files(kBroker, files, traces);
    return;
  }
  for (const char* topic : {"services", "offers", "accreditations", "bookings", "enquiries", "wallets"})
    for (const auto& message : hub.messages(topic))
      traces[std::string(kTopics) + topic] += message.dump() + "\n";
}

void add_commands(const HubFolder& hub, Traces& traces) {
  const std::vector<std::vector<std::string>> commands{{"parked", "list", "--config", "hub.yaml", "--json"},
                                                       {"findings", "hub.yaml", "--json"},
                                                       {"cases", "list", "--config", "hub.yaml", "--json"},
                                                       {"wallet", "show", "--config", "hub.yaml", "--json"},
                                                       {"ledger", "hub.yaml", "--json"}};
  for (const auto& command : commands) {
    const auto ran = hub.raccordo(command);
    traces[kCommands + command[0]] += ran.out + ran.err;
  }
}

bool is_told_to_the_hub(const fs::path& file, const HubFolder& hub) {
  const auto name = fs::relative(file, hub.path("")).begin()->string();
  return name == "in" || name == "paghe" || name == "secrets" || name == "plugins";
}

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits;
  for (const unsigned char byte : bytes) digits += {kDigits[byte / 16], kDigits[byte % 16]};
  return digits;
}

// The digits that all bytes are in whatever stands before and behind them, of which `before` bytes are in one
// group of three with the first.
std::string within_base64(std::string_view bytes, std::size_t before) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto shifted = std::string(before, '\0').append(bytes);
  std::string digits;
  for (std::size_t bit = 0; bit + 6 <= shifted.size() * 8; bit += 6) {
    const auto byte = [&](std::size_t at) {
      return at < shifted.size() ? static_cast<unsigned char>(shifted[at]) : 0u;
    };
    const auto two = byte(bit / 8) << 8 | byte(bit / 8 + 1);
    digits += kDigits[two >> (10 - bit % 8) & 63];
  }
  return digits.substr((before * 8 + 5) / 6);
}

std::string each(std::string text, int (*change)(int)) {
  std::ranges::transform(text, text.begin(), [&](unsigned char c) { return static_cast<char>(change(c)); });
  return text;
}

std::vector<std::string> forms_of(const std::string& planted) {
  const auto digits = hexadecimal(planted);
  return {planted,
          each(planted, std::toupper),
          each(planted, std::tolower),
          digits,
          each(digits, std::toupper),
          within_base64(planted, 0),
          within_base64(planted, 1),
          within_base64(planted, 2)};
}

}  // namespace

Traces traces_of_running(const Running& daemon) {
  const std::string words = "health and metrics on port ";
  const auto log = daemon.log();
  const auto at = log.find(words);
  EXPECT_NE(at, std::string::npos) << log;
  return {{kMeasures, measures_at(static_cast<std::uint16_t>(std::stoi(log.substr(at + words.size()))))},
          {kLog, log}};
}

Traces traces_of_stopped(const HubFolder& hub) {
  Traces traces;
  add_topics(hub, traces);
  add_commands(hub, traces);
  add_files(kFiles, hub.path(""), traces);
  std::erase_if(traces, [&](const auto& trace) {
    return trace.first.starts_with(kFiles) &&
           is_told_to_the_hub(trace.first.substr(std::string_view(kFiles).size()), hub);
  });
  add_database(traces);
  return traces;
}

bool tells(std::string_view content, const std::string& planted) {
  return std::ranges::any_of(forms_of(planted), [&](const std::string& form) {
    return content.find(form) != std::string_view::npos;
  });
}

bool tells(const Traces& traces, std::string_view where, const std::string& planted) {
  return std::ranges::any_of(traces, [&](const auto& trace) {
    return trace.first.starts_with(where) && tells(std::string_view(trace.second), planted);
  });
}

}  // namespace raccordo::testing
