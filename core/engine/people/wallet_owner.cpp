// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/people/wallet_owner.hpp"

#include <nlohmann/json.hpp>

namespace raccordo {
namespace {

constexpr const char* kOwner = "owner";

}  // namespace

bool is_owned(std::string_view kind) { return kind == "wallet" || kind == "wallet_totals"; }

Result<std::optional<std::string>> owned_by(const std::string& partner, std::string_view data) {
  auto json = nlohmann::json::parse(data, nullptr, false);
  if (!json.is_object())
    return error(ErrorCode::kInvalid,
                 say("i dati non sono quelli di un borsellino", "the data are not those of a wallet"));
  const auto owner = json.find(kOwner);
  if (owner == json.end() || *owner != partner) return std::optional<std::string>();
  json.erase(owner);
  return std::optional<std::string>(json.dump());
}

}  // namespace raccordo
