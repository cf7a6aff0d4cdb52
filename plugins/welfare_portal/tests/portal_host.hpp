// SPDX-License-Identifier: EUPL-1.2
// The plugin, as tests call it.
#pragma once

#include <nlohmann/json.hpp>

#include "raccordo/sdk/plugin.hpp"
#include "raccordo/sdk/testing.hpp"

extern "C" const raccordo_plugin* raccordo_plugin_entry(void);

namespace welfare_portal {

inline constexpr const char* kOffer = "621c2df6-a9c6-53d9-8ed4-994213e93f71";
inline constexpr const char* kCase = "2f0c9a52-52d1-4f3e-8a4b-6d0f5b7e1c90";

struct PortalHost : raccordo::FakeHost {
  PortalHost() : FakeHost(raccordo_plugin_entry()) {}

  raccordo::Answer post(std::string path, std::string body, raccordo::Pairs headers = {}) {
    return handle(raccordo::Sample::request("POST", std::move(path), std::move(body), std::move(headers)));
  }
};

// What a hub says of a step: with the context that the plugin gave it.
inline raccordo::Sample accepted(std::string data, std::uint64_t revision, std::string command,
                                 std::string id) {
  auto outcome = raccordo::Sample::outcome(true, std::move(data), "command=" + command + "&id=" + id);
  outcome.revision = revision;
  return outcome;
}

inline raccordo::Sample refused(std::string reason, std::vector<std::string> legal_now, std::string command) {
  auto outcome = raccordo::Sample::outcome(false, "", "command=" + command + "&id=P-1");
  outcome.reason = std::move(reason);
  outcome.legal_now = std::move(legal_now);
  return outcome;
}

inline std::string header_of(const raccordo::Responded& responded, std::string_view name) {
  for (const auto& [key, value] : responded.headers)
    if (key == name) return value;
  return "none";
}

}  // namespace welfare_portal
