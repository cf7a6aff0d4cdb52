// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/seals_of.hpp"

#include "adapters/clock/system_clock.hpp"
#include "adapters/sodium/key_file.hpp"
#include "adapters/sodium/sodium_seals.hpp"

namespace raccordo {
namespace {

Result<sodium::KeyRing> ring_of(const KeysRequest& request, WallTime now) {
  switch (request.action) {
    case KeysAction::kNew:
      return sodium::make_key_file(request.file, request.expires, now);
    case KeysAction::kAdd:
      return sodium::add_key_to_file(request.file, request.expires, now);
    case KeysAction::kShow:
      break;
  }
  return sodium::read_key_file(request.file);
}

}  // namespace

Result<std::unique_ptr<Seals>> seals_of(const Configuration& configuration) {
  if (configuration.people.keys.empty()) return std::unique_ptr<Seals>();
  return sodium::open_seals(configuration.people.keys, configuration.hub.id, SystemClock().now());
}

std::optional<Diagnosis> examine_keys(const Configuration& configuration) {
  if (configuration.people.keys.empty()) return std::nullopt;
  return sodium::examine_key_file(configuration.people.keys, SystemClock().now());
}

Result<std::vector<PeopleKey>> keep_keys(const KeysRequest& request) {
  const auto now = SystemClock().now();
  RACCORDO_TRY(const auto ring, ring_of(request, now));
  return sodium::public_part(ring, sodium::day_of(now));
}

}  // namespace raccordo
