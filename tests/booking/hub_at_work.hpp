// SPDX-License-Identifier: EUPL-1.2
// A hub that partners call, as tests of bookings begin, ask and end it.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>

#include "adapters/http_server/tests/visitor.hpp"
#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {

// Of the tests' own: "counter" for plugins/counter.so.
inline void bring_plugins(const HubFolder& hub, std::initializer_list<const char*> names) {
  for (const std::string name : names)
    hub.copy(std::filesystem::path(RACCORDO_BOOKING_PLUGINS) / (name + ".so"), "plugins/" + name + ".so");
}

inline void keep_secret(const HubFolder& hub, const std::string& name, const std::string& value) {
  hub.write("secrets/" + name, value);
  std::filesystem::permissions(hub.path("secrets/" + name),
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

// What a hub that is called and hears about people has in its configuration; its people.key is made.
inline std::string called_about_people(const HubFolder& hub) {
  EXPECT_EQ(hub.raccordo({"keys", "new", hub.path("people.key").string()}).exit, 0);
  return "http: {admin: \"127.0.0.1:0\", ingress: \"127.0.0.1:0\"}\nsecrets: {folder: secrets}\n"
         "people: {keys: people.key}\n";
}

// `to:` of a connector.
inline std::string partner_at(const std::string& url) {
  return "{http: {base_url: \"" + url + "\", networks: [127.0.0.0/8]}}\n";
}

// The daemon, once it takes calls; on which port.
inline Running start_taking_calls(const HubFolder& hub, std::uint16_t& port) {
  auto daemon = hub.start({"run", "hub.yaml", "--lang", "en"});
  const std::string words = "partners' calls on port ";
  EXPECT_TRUE(daemon.says(words)) << daemon.log();
  const auto log = daemon.log();
  const auto at = log.find(words);
  if (at != std::string::npos) port = static_cast<std::uint16_t>(std::stoi(log.substr(at + words.size())));
  return daemon;
}

inline void stop(Running& daemon) {
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0) << daemon.log();
}

struct Caller {
  std::string connector = "portale";
  std::string key = "gettone";
};

// One try; the whole answer. `message`: the call's own name, so that it may come again.
inline std::string post(std::uint16_t port, const Caller& caller, const std::string& path,
                        const std::string& body, const std::string& message = "") {
  Visitor visitor(port);
  std::string head = "POST /in/" + caller.connector + path +
                     " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nAuthorization: Bearer " + caller.key +
                     "\r\n";
  if (!message.empty()) head += "Idempotency-Key: " + message + "\r\n";
  visitor.send(head + "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n\r\n" + body);
  return visitor.all();
}

inline nlohmann::json body_of(const std::string& answer) {
  const auto at = answer.find("\r\n\r\n");
  return nlohmann::json::parse(answer.substr(std::min(at, answer.size())), nullptr, false);
}

}  // namespace raccordo::testing
