// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

#include "adapters/http_server/ingress/digest.hpp"
#include "core/ports/clock.hpp"

namespace raccordo {

// Which message a signature came with first. A message's id in a header is not signed: without this, whoever
// saw a request could send it again under another id within the window. One owner, one thread.
class SignatureMemory {
 public:
  // Forgets what is older than `keep`; while `most` are younger, new ones are not taken.
  SignatureMemory(Duration keep, std::size_t most) : keep_(keep), most_(most) {}

  // The id that the signature stands for: `message` when it is new. none: there is no room for it.
  [[nodiscard]] std::optional<std::string> first_of(const Digest& signature, const std::string& message,
                                                    Duration now);

  void keep_for(Duration keep) { keep_ = keep; }
  [[nodiscard]] std::size_t size() const { return messages_.size(); }

 private:
  struct Hash {
    std::size_t operator()(const Digest& digest) const;
  };
  struct Seen {
    Duration at;
    Digest signature;
  };

  Duration keep_;
  std::size_t most_;
  std::unordered_map<Digest, std::string, Hash> messages_;
  std::deque<Seen> seen_;  // the oldest first
};

}  // namespace raccordo
