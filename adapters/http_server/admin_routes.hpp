// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/http_server/routes.hpp"

namespace raccordo {

// One part of the hub (store, backbone, a connector), and whether it works.
struct PartState {
  std::string name;
  bool up = true;
  Text why;  // when it does not
};

// What the admin address tells. Both are called in the server's thread, once for each request that needs
// them.
struct AdminSources {
  std::function<std::vector<PartState>()> parts;
  std::function<std::string()> metrics;  // in Prometheus' text format
};

// GET /healthz: 200 while the process serves at all. GET /readyz: 200 when every part is up, else 503; which,
// as JSON. GET /metrics.
[[nodiscard]] HttpRoutes admin_routes(AdminSources sources);

}  // namespace raccordo
