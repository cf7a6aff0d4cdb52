// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdio>
#include <memory>

#include "core/ports/log.hpp"

namespace raccordo {

enum class LogShape {
  kByDestination,  // text on a terminal, JSON anywhere else
  kText,
  kJson,
};

struct LogSettings {
  LogLevel level = LogLevel::kInfo;  // lines below it are not written
  LogShape shape = LogShape::kByDestination;
  std::FILE* destination = stderr;  // borrowed; stays open longer than the log
};

// A log that can be made to say more or less while it is written.
class LevelledLog : public Log {
 public:
  virtual void set_level(LogLevel level) = 0;  // [any]
};

// A log whose every line is written whole before `write` returns, one line whatever the message holds:
//   text:  2026-11-22T17:00:00.123Z warning [albo rsa-1.csv:12] message
//   JSON:
//   {"time":"...","level":"warning","connector":"albo","record":"rsa-1.csv:12","event":"...","message":"..."}
// Empty members are left out; messages beyond 8 KiB are cut. A destination that cannot be written loses
// lines, it stops nobody.
[[nodiscard]] std::unique_ptr<LevelledLog> open_log(LogSettings settings = {});

}  // namespace raccordo
