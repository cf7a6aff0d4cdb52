// SPDX-License-Identifier: Apache-2.0
// One of the services that something holds for.
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct CoveredService {
  std::string service;
  std::optional<std::string> service_source_id;  // set by the hub

  static constexpr auto describe() {
    using C = CoveredService;
    return part("covered_service", {"Servizio compreso", "Covered service"},
                field("service", &C::service, "Servizio", "Service").refers_to("service"),
                field("service_source_id", &C::service_source_id, "Servizio, come lo chiama la fonte",
                      "Service, as its source calls it")
                    .source_id_of("service"));
  }
};

}  // namespace raccordo
