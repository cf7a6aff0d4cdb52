// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/library_watch.hpp"

namespace raccordo {

std::vector<std::string> LibraryWatch::replaced(const Stamps& described, Stamps now) {
  std::vector<std::string> out;
  for (const auto& [path, stamp] : now) {
    const auto known = described.find(path);
    const auto before = before_.find(path);
    const bool another = known != described.end() && known->second != stamp;
    const bool still = before != before_.end() && before->second == stamp;
    if (!another) told_.erase(path);
    if (!another || !still) continue;
    const auto [told, first] = told_.try_emplace(path, stamp);
    if (!first && told->second == stamp) continue;
    told->second = stamp;
    out.push_back(path);
  }
  before_ = std::move(now);
  return out;
}

}  // namespace raccordo
