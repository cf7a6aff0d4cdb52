// SPDX-License-Identifier: EUPL-1.2
// "in/rsa-*.csv": one folder of a server, and which names in it.
#pragma once

#include <string>

#include "raccordo/model/result.hpp"

namespace raccordo::sftp {

struct RemotePattern {
  std::string folder;  // without its last slash: "" is the server's root, "." where it puts the user
  std::string name;

  // Errors: kInvalid.
  [[nodiscard]] static Result<RemotePattern> parse(const std::string& pattern);
};

}  // namespace raccordo::sftp
