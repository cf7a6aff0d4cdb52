// SPDX-License-Identifier: EUPL-1.2
// The daemon's end of control.sock: one line of JSON in, one line of JSON out, then the connection ends.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/control/data_folder.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

struct ControlLimits {
  std::size_t request_bytes = 1u << 20;
  std::size_t clients = 32;                  // further ones wait in the kernel's queue
  std::chrono::milliseconds request{5'000};  // from connecting to the end of the line
  std::chrono::milliseconds answer{60'000};  // from the answer being ready to its last byte
};

// Takes requests and gives answers, one call at a time. [control-socket]
using ControlHandler = std::function<std::string(std::string_view)>;

// Listens until it goes. Owns one thread, in which the handler is called; the handler may take its time,
// others wait meanwhile. A client that is slow, silent, wordy or of another user costs nothing but its own
// connection.
class ControlServer {
 public:
  // Replaces a socket file that an earlier holder left; `folder` being held says that nobody serves it.
  // Errors: kDenied, kFull, kInvalid (something else has that name).
  [[nodiscard]] static Result<std::unique_ptr<ControlServer>> open(const DataFolder& folder,
                                                                   ControlHandler handler,
                                                                   ControlLimits limits = {});

  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;
  // Requests that were read are answered, the socket file is removed. [control]
  ~ControlServer();

 private:
  class Service;
  explicit ControlServer(std::unique_ptr<Service> service);

  std::unique_ptr<Service> service_;
};

}  // namespace raccordo
