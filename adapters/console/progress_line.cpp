// SPDX-License-Identifier: EUPL-1.2
#include "adapters/console/progress_line.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

namespace raccordo {
namespace {

using std::chrono::milliseconds;

constexpr Duration kBetween = milliseconds(200);
constexpr Duration kFirst = milliseconds(500);  // before, nothing is worth being told
constexpr double kMemory = 3.0;                 // seconds in which a change of the rate shows
constexpr std::string_view kWipe = "\r\033[K";

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

// 1234567 as "1.234.567", or with commas.
std::string grouped(std::uint64_t number, Language language) {
  auto digits = std::to_string(number);
  const char mark = language == Language::kItalian ? '.' : ',';
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, mark);
  return digits;
}

std::string lasting(double left) {
  const auto whole = static_cast<std::uint64_t>(std::ceil(left));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3'600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3'600, whole / 60 % 60);
}

std::size_t columns_of(int terminal) {
  winsize size{};
  return ::ioctl(terminal, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

}  // namespace

ProgressLine::ProgressLine(const Clock& clock, Language language, std::size_t width, Output output)
    : clock_(clock), language_(language), width_(width), output_(std::move(output)) {}

std::unique_ptr<ProgressLine> ProgressLine::on_terminal(std::FILE* file, const Clock& clock,
                                                        Language language) {
  const int terminal = ::fileno(file);
  if (terminal < 0 || ::isatty(terminal) != 1) return nullptr;
  return std::make_unique<ProgressLine>(clock, language, columns_of(terminal), [file](std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), file);
    std::fflush(file);
  });
}

ProgressLine::~ProgressLine() { wipe(); }

void ProgressLine::wipe() {
  if (shown_) output_(kWipe);
  shown_ = false;
}

void ProgressLine::show(const Progress& progress) {
  const auto now = clock_.monotonic();
  if (!begun_) {
    begun_ = measured_at_ = now;
    first_ = progress;
    measured_ = progress.records;
    shown_at_ = now + kFirst - kBetween;
  }
  if (now - shown_at_ < kBetween) return;
  measure(progress, now);
  output_(std::string(kWipe) + line(progress, now));
  shown_at_ = now;
  shown_ = true;
}

// Follows the rate with some patience: neither the average of a day nor the last instant.
void ProgressLine::measure(const Progress& progress, Duration now) {
  const double passed = seconds(now - measured_at_);
  const double rate = static_cast<double>(progress.records - std::min(measured_, progress.records)) / passed;
  const bool early = seconds(now - *begun_) < kMemory;
  const double weight = early ? passed / seconds(now - *begun_) : 1 - std::exp(-passed / kMemory);
  rate_ += weight * (rate - rate_);
  measured_ = progress.records;
  measured_at_ = now;
}

std::string ProgressLine::line(const Progress& progress, Duration now) {
  const bool italian = language_ == Language::kItalian;
  auto out = fmt::format("{} {}, {}/s", grouped(progress.records, language_), italian ? "record" : "records",
                         grouped(static_cast<std::uint64_t>(std::llround(rate_)), language_));
  if (progress.bytes_total && *progress.bytes_total > 0) {
    const auto total = static_cast<double>(*progress.bytes_total);
    const auto done = std::min(static_cast<double>(progress.bytes), total);
    out += fmt::format(", {} %", static_cast<int>(100 * done / total));
    const double gained = done - static_cast<double>(first_.bytes);
    if (gained > 0 && done < total) {
      const double left = (total - done) * seconds(now - *begun_) / gained;
      out += fmt::format(fmt::runtime(italian ? ", mancano {}" : ", {} left"), lasting(left));
    }
  }
  return out.substr(0, width_);
}

}  // namespace raccordo
