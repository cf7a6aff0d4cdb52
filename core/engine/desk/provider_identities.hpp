// SPDX-License-Identifier: EUPL-1.2
// One organization that several sources state, each under an id of its own: it is known by its tax numbers.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace raccordo::cases {

// Guarded by who holds it.
class ProviderIdentities {
 public:
  // What a source says of an organization now: `fiscal_code`, `vat_number`, as the model writes them.
  void take(const std::string& organization, const nlohmann::json& data);
  void forget(const std::string& organization);

  // This id first, then those of all organizations that have a tax number in common with it. A tax code and a
  // VAT number are the same number for most companies, and count as such.
  [[nodiscard]] std::vector<std::string> same(std::string_view organization) const;

 private:
  std::map<std::string, std::set<std::string>, std::less<>> numbers_;
  std::map<std::string, std::set<std::string>> organizations_;
};

}  // namespace raccordo::cases
