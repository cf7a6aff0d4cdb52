// SPDX-License-Identifier: EUPL-1.2
// Deliveries by requests to a partner that answers as a test says.
#pragma once

#include <gmock/gmock.h>

#include "core/engine/delivery/tests/api_territory.hpp"

namespace raccordo::testing {

class Requests : public ::testing::Test {
 protected:
  // The partner answers so to what goes to this path.
  void answers(const std::string& path, int status, const std::string& body = "") {
    statuses[path] = {status, body};
    a.partner.answers = [this](const WebRequest& request) {
      const auto found = statuses.find(request.path);
      return found == statuses.end() ? says(200) : says(found->second.first, found->second.second);
    };
  }
  void works_again(const std::string& path) { statuses.erase(path); }

  ApiTerritory a;
  std::map<std::string, std::pair<int, std::string>> statuses;
};

}  // namespace raccordo::testing
