// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/catalogue/event_identity.hpp"

#include <simdjson.h>
#include <xxhash.h>

#include <algorithm>

namespace raccordo {

std::string event_id_in(std::string_view event) {
  std::string unescaped;
  const auto read = read_event(event, unescaped);
  return read.ok() ? std::string(read->id) : std::string();
}

std::string source_id_in(std::string_view data) {
  thread_local simdjson::dom::parser parser;
  std::string_view id;
  const auto document = parser.parse(data.data(), data.size());
  if (document.error() != simdjson::SUCCESS || document["source_id"].get(id) != simdjson::SUCCESS) return {};
  return std::string(id);
}

std::uint64_t content_hash(std::string_view data) {
  return std::max<std::uint64_t>(1, XXH3_64bits(data.data(), data.size()));
}

}  // namespace raccordo
