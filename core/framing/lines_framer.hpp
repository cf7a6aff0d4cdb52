// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>

#include "core/framing/json_value.hpp"
#include "core/framing/record_framer.hpp"
#include "core/framing/text_reader.hpp"

namespace raccordo {

// NDJSON: one JSON value a line. UTF-8 (RFC 8259) unless a mark or the framing says otherwise. Blank lines
// are left.
class LinesFramer final : public RecordFramer {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Framer>> open(const Framing& framing, const ByteFile& file,
                                                            const FramingLimits& limits);
  Mark mark() const override { return {window_.offset(), line_, records(), 0}; }
  Status resume(const Mark& mark) override;
  std::string context() const override;
  std::uint64_t position() const override { return window_.offset(); }
  std::vector<FramingFinding> findings() const override;

 protected:
  Result<bool> next(InputBatch& batch, std::vector<Malformed>& malformed) override;

 private:
  LinesFramer(const ByteFile& file, const FoundEncoding& encoding, const FramingLimits& limits);

  // The line at hand without its line break; none: it is larger than a record may be.
  Result<std::optional<std::string_view>> line_at_hand();
  [[nodiscard]] std::optional<Fault> check(std::string_view line);
  void leave(std::string_view line);
  Result<Malformed> leave_large_line();

  Window window_;
  FoundEncoding encoding_;
  JsonValue json_;
  std::uint64_t line_ = 1;
  bool ended_ = false;
};

}  // namespace raccordo
