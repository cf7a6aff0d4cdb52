// SPDX-License-Identifier: EUPL-1.2
// Turns the fields of an input (core/ports/input_batch.hpp) into the structs of the contract, in memory that
// is reused: nothing is allocated for a record once the arrays have grown.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/ports/input_batch.hpp"
#include "raccordo/abi.h"

namespace raccordo {

// What all inputs of a batch share. Borrowed.
struct SharedByBatch {
  Format format = Format::kNone;
  std::string_view file;
  std::span<const raccordo_bytes> columns;
};

// One input as it lies in its batch. Borrowed.
struct InputFields {
  InputKind kind = InputKind::kRecord;
  std::uint64_t line = 0;
  std::span<const std::uint32_t> sizes;  // of its fields
  const char* bytes = nullptr;           // where the first one starts
};

class InputBuilder {
 public:
  // Valid until the next call. An input with too few fields has empty ones at the end.
  const raccordo_input& build(const SharedByBatch& shared, const InputFields& input);

 private:
  void build_record(const SharedByBatch& shared, std::uint64_t line);
  void build_event();
  void build_request();
  void build_response();
  void build_outcome();
  void build_tick();
  [[nodiscard]] raccordo_bytes field(std::size_t index) const;
  [[nodiscard]] std::span<const raccordo_header> headers_from(std::size_t first);

  std::vector<raccordo_bytes> fields_;
  std::vector<raccordo_header> headers_;
  raccordo_input input_{};
  raccordo_record record_{};
  raccordo_event event_{};
  raccordo_request request_{};
  raccordo_response response_{};
  raccordo_outcome outcome_{};
  raccordo_tick tick_{};
};

}  // namespace raccordo
