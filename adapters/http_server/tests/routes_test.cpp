// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/routes.hpp"

#include <gmock/gmock.h>

namespace raccordo {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

HttpRoutes two_routes() {
  HttpRoutes routes;
  routes.add({"GET", "/healthz", nullptr});
  routes.add({"POST", "/hook", nullptr});
  routes.add({"GET", "/hook", nullptr});
  return routes;
}

HttpRequest request(std::string method, std::string path) {
  return {std::move(method), std::move(path), "", {{"Accept-Language", "en"}}, "", ""};
}

HttpResponse refused(const HttpRequest& asked) {
  const auto routes = two_routes();
  const auto found = routes.find(asked);
  return std::get<HttpResponse>(found);
}

TEST(HttpRoutes, find_method_and_path) {
  const auto routes = two_routes();
  EXPECT_EQ(std::get<const HttpRoute*>(routes.find(request("POST", "/hook")))->method, "POST");
  EXPECT_EQ(std::get<const HttpRoute*>(routes.find(request("HEAD", "/healthz")))->method, "GET");
}

TEST(HttpRoutes, name_the_nearest_path_when_there_is_none) {
  const auto response = refused(request("GET", "/health"));
  EXPECT_EQ(response.status, 404);
  EXPECT_THAT(response.body, HasSubstr("there is no /health: perhaps /healthz?"));
  EXPECT_THAT(refused(request("GET", "/phpmyadmin/index.php")).body, Not(HasSubstr("perhaps")));
}

TEST(HttpRoutes, say_which_methods_a_path_allows) {
  const auto response = refused(request("DELETE", "/hook"));
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.headers.back().name, "Allow");
  EXPECT_EQ(response.headers.back().value, "POST, GET, HEAD");
  EXPECT_EQ(refused(request("get", "/healthz")).status, 405);
}

TEST(HttpRoutes, repeat_only_the_beginning_of_an_endless_path) {
  EXPECT_LT(refused(request("GET", "/" + std::string(4'000, 'x'))).body.size(), 400u);
}

TEST(HttpRoutes, that_end_with_a_slash_may_mean_whatever_is_below) {
  HttpRoutes routes;
  routes.add({.method = "POST", .path = "/in/", .below = true});
  routes.add({"GET", "/list/", [](const HttpRequest&) { return HttpResponse{}; }});
  const auto status = [&](const char* method, const char* path) {
    const auto found = routes.find({method, path, "", {}, "", ""});
    const auto* problem = std::get_if<HttpResponse>(&found);
    return problem == nullptr ? 200 : problem->status;
  };
  EXPECT_EQ(status("POST", "/in/portale"), 200);
  EXPECT_EQ(status("POST", "/in/portale/a"), 200);
  EXPECT_EQ(status("POST", "/in"), 404);
  EXPECT_EQ(status("GET", "/in/portale"), 405);
  EXPECT_EQ(status("GET", "/list/a"), 404);
}

}  // namespace
}  // namespace raccordo
