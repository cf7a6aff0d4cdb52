// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/ingress/signature_memory.hpp"

#include <cstring>

namespace raccordo {

std::size_t SignatureMemory::Hash::operator()(const Digest& digest) const {
  std::size_t hash = 0;
  std::memcpy(&hash, digest.data(), sizeof hash);  // nobody without the key can choose it
  return hash;
}

std::optional<std::string> SignatureMemory::first_of(const Digest& signature, const std::string& message,
                                                     Duration now) {
  while (!seen_.empty() && now - seen_.front().at > keep_) {
    messages_.erase(seen_.front().signature);
    seen_.pop_front();
  }
  if (const auto known = messages_.find(signature); known != messages_.end()) return known->second;
  if (messages_.size() >= most_) return std::nullopt;
  messages_.emplace(signature, message);
  seen_.push_back({now, signature});
  return message;
}

}  // namespace raccordo
