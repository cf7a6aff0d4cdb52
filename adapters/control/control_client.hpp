// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "core/engine/operations.hpp"

namespace raccordo {

// Operations as performed by the process that holds a data folder. Each request is a connection of its own,
// so one that waits (following events) keeps nobody else away.
class ControlClient final : public Operations {
 public:
  // Looks whether someone answers there.
  // Errors: kNotFound (no socket: the holder is starting, or is a command that runs without one),
  // kUnavailable (nobody listens any more), kDenied (another user's hub).
  [[nodiscard]] static Result<std::unique_ptr<ControlClient>> open(
      const std::filesystem::path& folder, std::chrono::milliseconds patience = std::chrono::minutes(10));

  // A hub that cannot be reached, or falls silent for longer than the patience, is a failed answer.
  [[nodiscard]] std::string perform(std::string_view request_json) override;

 private:
  ControlClient(std::filesystem::path socket_file, std::chrono::milliseconds patience)
      : socket_file_(std::move(socket_file)), patience_(patience) {}

  std::filesystem::path socket_file_;
  std::chrono::milliseconds patience_;
};

}  // namespace raccordo
