// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/statement_keys.hpp"

#include <xxhash.h>

#include <fmt/format.h>

namespace raccordo {
namespace {

constexpr std::size_t kRemembered = 1024;  // a power of two
constexpr std::size_t kLongestRemembered = 64;

void spell(std::string_view kind, std::string_view source_id, std::string& out) {
  out.assign(kind);
  out += '\n';
  out += source_id;
}

}  // namespace

Uuid statement_space(std::string_view hub, std::string_view connector) {
  return uuid_v5(kNamespaceUrl, fmt::format("urn:raccordo:{}:{}", hub, connector));
}

StatementKeys::StatementKeys(const Uuid& space) : space_(space), remembered_(kRemembered) {}

Uuid StatementKeys::key(std::string_view kind, std::string_view source_id) {
  spell(kind, source_id, name_);
  return uuid_v5(space_, name_);
}

Uuid StatementKeys::reference(std::string_view kind, std::string_view source_id) {
  spell(kind, source_id, name_);
  if (name_.size() > kLongestRemembered) return uuid_v5(space_, name_);
  auto& slot = remembered_[XXH3_64bits(name_.data(), name_.size()) & (kRemembered - 1)];
  if (slot.name != name_) {
    slot.key = uuid_v5(space_, name_);
    slot.name = name_;
  }
  return slot.key;
}

}  // namespace raccordo
