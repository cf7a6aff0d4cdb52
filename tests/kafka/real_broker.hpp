// SPDX-License-Identifier: EUPL-1.2
// A Kafka broker of its own for a test: one node, KRaft, in a temporary folder, on free ports of the
// loopback.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::testing {

// A broker that only lets in who speaks TLS and proves to be this user (SCRAM-SHA-512, SCRAM-SHA-256,
// PLAIN), or brings a token that has not ended, signed or not (OAUTHBEARER).
struct BrokerSecurity {
  std::string key_and_certificate;  // one PEM file
  std::string user;
  std::string password;
};

class RealBroker {
 public:
  // Where scripts/kafka.sh put this version's libraries ($RACCORDO_KAFKA, else build/kafka); none: not there.
  [[nodiscard]] static std::optional<std::filesystem::path> libraries(const std::string& version);

  // Starts and waits until it serves. Throws what its log ends with.
  // `more`: further lines of server.properties, which win over its own.
  explicit RealBroker(const std::filesystem::path& libraries, std::optional<BrokerSecurity> security = {},
                      const std::string& more = {});
  ~RealBroker();
  RealBroker(const RealBroker&) = delete;
  RealBroker& operator=(const RealBroker&) = delete;

  [[nodiscard]] const std::string& address() const { return address_; }
  [[nodiscard]] int port() const { return std::stoi(address_.substr(address_.rfind(':') + 1)); }
  // All of its files: what it keeps of topics is in logs/.
  [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }
  void signal(int number) const;
  void stop();   // SIGKILL, and its end
  void start();  // again, on the same ports with what it kept

 private:
  void format(const std::optional<BrokerSecurity>& security);
  [[nodiscard]] pid_t run(const std::string& main_class, const std::vector<std::string>& arguments,
                          int output) const;

  std::filesystem::path libraries_;
  TempFolder folder_;
  std::string address_;
  pid_t pid_ = -1;
  std::jthread drain_;  // reads its log, so that it never waits for a reader
};

}  // namespace raccordo::testing
