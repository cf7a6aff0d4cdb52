// SPDX-License-Identifier: EUPL-1.2
#include "adapters/logging/open_log.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "adapters/logging/printable.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

using Mutex = spdlog::details::console_mutex;

constexpr std::size_t kLongestMessage = 8u << 10;
constexpr std::size_t kLongestSubject = 256;

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    default:
      return spdlog::level::err;
  }
}

// A progress line may stand where the next line goes: wiped first.
constexpr const char* kTerminalPattern = "\r\033[K%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %v";
constexpr const char* kTextPattern = "%Y-%m-%dT%H:%M:%S.%eZ %l %v";
constexpr const char* kJsonPattern = R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l"%v})";

std::unique_ptr<spdlog::formatter> pattern(const char* text) {
  return std::make_unique<spdlog::pattern_formatter>(text, spdlog::pattern_time_type::utc, "\n");
}

spdlog::sink_ptr open_destination(std::FILE* file, bool terminal, bool json) {
  if (terminal && !json) {
    auto coloured = std::make_shared<spdlog::sinks::ansicolor_sink<Mutex>>(file, spdlog::color_mode::always);
    coloured->set_formatter(pattern(kTerminalPattern));
    return coloured;
  }
  auto plain = std::make_shared<spdlog::sinks::stdout_sink_base<Mutex>>(file);
  plain->set_formatter(pattern(json ? kJsonPattern : kTextPattern));
  return plain;
}

// "[connector record event] "
void append_text(const LogSubject& subject, std::string_view message, std::string& line) {
  char before = '[';
  for (const auto part : {subject.connector, subject.record, subject.event}) {
    if (part.empty()) continue;
    line += std::exchange(before, ' ');
    append_printable(cut(part, kLongestSubject), line);
  }
  if (before == ' ') line += "] ";
  append_printable(cut(message, kLongestMessage), line);
  if (message.size() > kLongestMessage) line += "…";
}

void append_member(std::string_view name, std::string_view value, std::size_t limit, std::string& line) {
  if (value.empty()) return;
  std::string clean;
  append_utf8(cut(value, limit), clean);
  if (value.size() > limit) clean += "…";
  line += ",\"";
  line += name;
  line += "\":";
  json::append_string(clean, line);
}

void append_json(const LogSubject& subject, std::string_view message, std::string& line) {
  append_member("connector", subject.connector, kLongestSubject, line);
  append_member("record", subject.record, kLongestSubject, line);
  append_member("event", subject.event, kLongestSubject, line);
  append_member("message", message, kLongestMessage, line);
}

class SpdlogLog final : public LevelledLog {
 public:
  SpdlogLog(spdlog::sink_ptr destination, LogLevel level, bool json)
      : logger_("raccordo", std::move(destination)), json_(json) {
    SpdlogLog::set_level(level);
    // Nowhere is left to complain to.
    logger_.set_error_handler([](const std::string&) {});
  }

  void set_level(LogLevel level) override { logger_.set_level(spdlog_level(level)); }

  void write(LogLevel level, const LogSubject& subject, std::string_view message) override {
    const auto at = spdlog_level(level);
    if (!logger_.should_log(at)) return;
    std::string line;
    line.reserve(message.size() + 128);
    json_ ? append_json(subject, message, line) : append_text(subject, message, line);
    logger_.log(at, spdlog::string_view_t(line.data(), line.size()));
  }

 private:
  spdlog::logger logger_;
  bool json_;
};

}  // namespace

std::unique_ptr<LevelledLog> open_log(LogSettings settings) {
  const bool terminal = ::isatty(::fileno(settings.destination)) == 1;
  const bool json =
      settings.shape == LogShape::kJson || (settings.shape == LogShape::kByDestination && !terminal);
  return std::make_unique<SpdlogLog>(open_destination(settings.destination, terminal, json), settings.level,
                                     json);
}

}  // namespace raccordo
