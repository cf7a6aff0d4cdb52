// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/provider_identities.hpp"

#include <algorithm>

#include "core/engine/desk/json_text.hpp"
#include "raccordo/model/italian_identifiers.hpp"

namespace raccordo::cases {
namespace {

std::string without_country(std::string number) {
  return number.starts_with("IT") ? number.substr(2) : number;
}

}  // namespace

void ProviderIdentities::take(const std::string& organization, const nlohmann::json& data) {
  forget(organization);
  for (const char* field : {"fiscal_code", "vat_number"}) {
    const auto number = without_country(normal_fiscal_code(text_of(data, field)));
    if (number.empty()) continue;
    numbers_[organization].insert(number);
    organizations_[number].insert(organization);
  }
}

void ProviderIdentities::forget(const std::string& organization) {
  const auto found = numbers_.find(organization);
  if (found == numbers_.end()) return;
  for (const auto& number : found->second) {
    const auto others = organizations_.find(number);
    others->second.erase(organization);
    if (others->second.empty()) organizations_.erase(others);
  }
  numbers_.erase(found);
}

std::vector<std::string> ProviderIdentities::same(std::string_view organization) const {
  std::vector<std::string> out{std::string(organization)};
  const auto found = numbers_.find(organization);
  if (found == numbers_.end()) return out;
  for (const auto& number : found->second)
    for (const auto& other : organizations_.at(number))
      if (std::ranges::find(out, other) == out.end()) out.push_back(other);
  return out;
}

}  // namespace raccordo::cases
