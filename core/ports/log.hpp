// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>

namespace raccordo {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// What a line is about. Empty members are left out.
struct LogSubject {
  std::string_view connector;
  std::string_view record;  // file:line
  std::string_view event;   // event id
};

class Log {
 public:
  virtual ~Log() = default;

  // One line. Never a record's content above debug level, never a secret. [any]
  virtual void write(LogLevel level, const LogSubject& subject, std::string_view message) = 0;
};

}  // namespace raccordo
