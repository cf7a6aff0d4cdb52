// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/admin_routes.hpp"

#include <gtest/gtest.h>

namespace raccordo {
namespace {

HttpResponse get(const std::string& path, std::vector<PartState> parts = {}) {
  const auto routes =
      admin_routes({[&] { return parts; }, [] { return std::string("raccordo_build_info 1\n"); }});
  const HttpRequest request{"GET", path, "", {{"Accept-Language", "it"}}, "", ""};
  return std::get<const HttpRoute*>(routes.find(request))->handle(request);
}

TEST(AdminRoutes, tell_that_the_process_is_alive) {
  EXPECT_EQ(get("/healthz").status, 200);
  EXPECT_EQ(get("/healthz").body, "{\"alive\":true}\n");
}

TEST(AdminRoutes, are_ready_when_every_part_is_up) {
  const auto response = get("/readyz", {{"store", true, {}}, {"albo", true, {}}});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, R"({"ready":true,"parts":[{"name":"store","up":true},{"name":"albo","up":true}]})"
                           "\n");
}

TEST(AdminRoutes, name_the_part_that_is_not_ready_and_why) {
  const auto response =
      get("/readyz", {{"store", true, {}}, {"albo", false, {"il plugin \"x\" si riavvia", "x"}}});
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body, R"({"ready":false,"parts":[{"name":"store","up":true},)"
                           R"({"name":"albo","up":false,"why":"il plugin \"x\" si riavvia"}]})"
                           "\n");
}

TEST(AdminRoutes, give_metrics_to_prometheus) {
  EXPECT_EQ(get("/metrics").content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(get("/metrics").body, "raccordo_build_info 1\n");
}

}  // namespace
}  // namespace raccordo
