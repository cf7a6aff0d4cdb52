// SPDX-License-Identifier: EUPL-1.2
// What framing one record again needs to know of its file. Kept beside parked records.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/framing/text_encoding.hpp"
#include "core/ports/input_batch.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo {

struct Context {
  Format format = Format::kNone;
  Encoding encoding = Encoding::kUtf8;  // of the original bytes; UTF-16 files leave theirs as UTF-8
  char separator = ',';
  char line_break = '\n';
  std::vector<std::string> columns;
};

[[nodiscard]] std::string write_context(const Context& context);
[[nodiscard]] Result<Context> read_context(std::string_view json);

}  // namespace raccordo
