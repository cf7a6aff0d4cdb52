// SPDX-License-Identifier: EUPL-1.2
#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {

std::span<const Target> targets() {
  static constexpr Target kTargets[] = {
      {"calendar", calendar},
      {"canonical_json", canonical_json},
      {"configuration", configuration},
      {"csv", csv},
      {"desk", desk},
      {"document", document},
      {"entity", entity},
      {"event", event},
      {"http_head", http_head},
      {"http_server", http_server},
      {"ingress", ingress},
      {"json", json_items},
      {"kept_case", kept_case},
      {"key_file", key_file},
      {"lines", lines},
      {"mapping", mapping},
      {"multistatus", multistatus},
      {"payroll", payroll},
      {"portal", portal},
      {"public_key", public_key},
      {"reframing", reframing},
      {"sealed", sealed},
      {"split", split},
      {"worker_answers", worker_answers},
      {"worker_batch", worker_batch},
      {"worker_messages", worker_messages},
      {"xlsx_archive", xlsx_archive},
      {"xlsx_parts", xlsx_parts},
      {"xml", xml},
  };
  return kTargets;
}

std::pair<std::string_view, std::string_view> cut_at(std::string_view bytes, std::string_view mark) {
  const auto at = bytes.find(mark);
  if (at == bytes.npos) return {bytes, {}};
  return {bytes.substr(0, at), bytes.substr(at + mark.size())};
}

}  // namespace raccordo::fuzz
