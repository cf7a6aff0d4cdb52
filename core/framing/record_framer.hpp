// SPDX-License-Identifier: EUPL-1.2
// What all framers do alike: batches and their limits, marks.
#pragma once

#include <string>
#include <vector>

#include "core/framing/framer.hpp"
#include "core/framing/malformed.hpp"

namespace raccordo {

class RecordFramer : public Framer {
 public:
  RecordFramer(Format format, std::string file, const FramingLimits& limits)
      : limits_(limits), format_(format), file_(std::move(file)) {}

  Result<bool> read(InputBatch& batch, std::vector<Malformed>& malformed) final;
  Status resume(const Mark& mark) override;

 protected:
  // Adds one record or one malformed one; false, and nothing, at the end.
  [[nodiscard]] virtual Result<bool> next(InputBatch& batch, std::vector<Malformed>& malformed) = 0;

  [[nodiscard]] Error ends_before_mark() const;
  [[nodiscard]] Format format() const { return format_; }
  [[nodiscard]] std::uint64_t records() const { return records_; }
  void went_on_at(std::uint64_t records) { records_ = records; }

  FramingLimits limits_;
  std::vector<std::string> columns_;

 private:
  void share(InputBatch& batch) const;

  Format format_;
  std::string file_;
  std::uint64_t records_ = 0;
};

// Of a file that ended without one.
[[nodiscard]] FramingFinding no_records();

// Where an input began in a batch: takes back what was added since.
class Rollback {
 public:
  explicit Rollback(InputBatch& batch)
      : batch_(batch), items_(batch.items.size()), sizes_(batch.sizes.size()), bytes_(batch.bytes.size()) {}
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] std::size_t sizes() const { return sizes_; }
  void take_back() {
    batch_.items.resize(items_);
    batch_.sizes.resize(sizes_);
    batch_.bytes.resize(bytes_);
  }

 private:
  InputBatch& batch_;
  std::size_t items_;
  std::size_t sizes_;
  std::size_t bytes_;
};

}  // namespace raccordo
