// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <filesystem>

#include "adapters/control/descriptor.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

// The address of a socket file, however deep its folder lies: a path that does not fit into sun_path is
// reached through the folder's descriptor, which stays open as long as the address.
class ControlAddress {
 public:
  // Errors: kNotFound, kDenied (the folder).
  [[nodiscard]] static Result<ControlAddress> of(const std::filesystem::path& socket_file);

  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address_); }
  [[nodiscard]] socklen_t size() const { return sizeof address_; }

 private:
  sockaddr_un address_{};
  Descriptor folder_;
};

}  // namespace raccordo
