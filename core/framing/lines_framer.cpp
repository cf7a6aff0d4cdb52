// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/lines_framer.hpp"

#include "core/framing/context.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

std::string_view trimmed(std::string_view line, std::size_t& start) {
  std::size_t end = line.size();
  while (end > 0 && is_blank(line[end - 1])) --end;
  start = 0;
  while (start < end && is_blank(line[start])) ++start;
  return line.substr(start, end - start);
}

}  // namespace

LinesFramer::LinesFramer(const ByteFile& file, const FoundEncoding& encoding, const FramingLimits& limits)
    : RecordFramer(Format::kLines, file.name(), limits),
      window_(file, encoding),
      encoding_(encoding),
      json_(limits.max_depth) {}

Result<std::unique_ptr<Framer>> LinesFramer::open(const Framing& framing, const ByteFile& file,
                                                  const FramingLimits& limits) {
  RACCORDO_TRY(const FoundEncoding encoding,
               find_encoding(file, framing.encoding.empty() ? "utf-8" : framing.encoding));
  return std::unique_ptr<Framer>(new LinesFramer(file, encoding, limits));
}

Status LinesFramer::resume(const Mark& mark) {
  if (mark == Mark{}) return done();
  if (mark.offset > window_.file().size()) return ends_before_mark();
  window_.jump(mark.offset);
  line_ = mark.line;
  went_on_at(mark.records);
  return done();
}

Result<std::optional<std::string_view>> LinesFramer::line_at_hand() {
  for (std::size_t from = 0;;) {
    const auto bytes = window_.unread();
    const auto stop = bytes.find('\n', from);
    const std::size_t size = std::min(stop, bytes.size());
    if (size > limits_.max_record_bytes) return std::optional<std::string_view>{};
    if (stop != std::string_view::npos || window_.at_end()) return std::optional(bytes.substr(0, size));
    from = bytes.size();
    RACCORDO_CHECK(window_.more());
  }
}

Result<bool> LinesFramer::next(InputBatch& batch, std::vector<Malformed>& malformed) {
  for (;;) {
    RACCORDO_TRY(const auto line, line_at_hand());
    if (!line) {
      RACCORDO_TRY(Malformed large, leave_large_line());
      malformed.push_back(std::move(large));
      return true;
    }
    ended_ = window_.unread().empty();
    if (ended_) return false;
    std::size_t start = 0;
    const auto text = trimmed(*line, start);
    const Place place{window_.offset() + start * (is_utf16(encoding_.encoding) ? 2 : 1), line_};
    if (const auto fault = text.empty() ? std::nullopt : check(text)) {
      const auto spot = spot_of(*line, start + fault->at, {line_, 1}, encoding_.encoding);
      malformed.push_back(malformed_at(place, spot, *fault, text, true, limits_));
    } else if (!text.empty()) {
      add_body(text, encoding_.encoding, place, batch);
    }
    const bool blank = text.empty();
    leave(*line);
    if (!blank) return true;
  }
}

std::optional<Fault> LinesFramer::check(std::string_view line) {
  if (encoding_.resembles || line.front() == '\0') return nul_byte(line, encoding_);
  if (encoding_.encoding == Encoding::kUtf8 && !json::is_utf8(line)) return not_utf8(line);
  auto cut = json_.cut(line, true);
  if (cut.end == CutEnd::kFault) return std::move(cut.fault);
  if (cut.size == line.size()) return std::nullopt;
  return Fault{
      "syntax",
      say("JSON non valido: altro testo dietro il valore", "invalid JSON: more text behind the value"),
      cut.size};
}

void LinesFramer::leave(std::string_view line) {
  const bool broken = window_.unread().size() > line.size();
  window_.consume(line.size() + (broken ? 1 : 0));
  if (broken) ++line_;
}

Result<Malformed> LinesFramer::leave_large_line() {
  const auto start = window_.unread().substr(0, limits_.max_original_bytes);
  const bool zeros = start.find_first_not_of('\0') == std::string_view::npos;
  const auto fault = zeros ? nul_byte(start, encoding_) : too_large(limits_.max_record_bytes);
  auto large = malformed_at({window_.offset(), line_}, {line_, 1}, fault, start, false, limits_);
  for (;;) {
    const auto bytes = window_.unread();
    const auto stop = bytes.find('\n');
    window_.consume(stop == std::string_view::npos ? bytes.size() : stop + 1);
    if (stop != std::string_view::npos) ++line_;
    if (stop != std::string_view::npos || window_.at_end()) return large;
    RACCORDO_CHECK(window_.more());
  }
}

std::string LinesFramer::context() const { return write_context({Format::kLines, encoding_.encoding}); }

std::vector<FramingFinding> LinesFramer::findings() const {
  if (!ended_ || records() > 0) return {};
  return {no_records()};
}

}  // namespace raccordo
