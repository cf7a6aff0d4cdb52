// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/testing/answer.hpp"

#include <ostream>

namespace raccordo {
inline namespace sdk {

std::ostream& operator<<(std::ostream& out, const Published& published) {
  return out << published.kind << ' ' << published.json;
}
std::ostream& operator<<(std::ostream& out, const Erased& erased) {
  return out << erased.kind << ' ' << erased.id;
}
std::ostream& operator<<(std::ostream& out, const Written& written) {
  return out << written.file << ": " << written.bytes;
}
std::ostream& operator<<(std::ostream& out, const Remark& remark) {
  return out << remark.code << " at " << remark.field << ": " << remark.text;
}

std::ostream& operator<<(std::ostream& out, const Answer& answer) {
  constexpr const char* kVerdicts[] = {"done", "retry", "fatal"};
  out << (answer.verdict <= RACCORDO_FATAL ? kVerdicts[answer.verdict] : "no verdict");
  if (!answer.words.empty()) out << " (" << answer.words << ')';
  for (const auto& line : answer.story) out << "\n  " << line;
  for (const auto& line : answer.not_taken) out << "\n  not taken: " << line;
  return out;
}

}  // namespace sdk
}  // namespace raccordo
