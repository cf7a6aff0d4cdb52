// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "raccordo/sdk/plugin.hpp"
#include "raccordo/sdk/testing.hpp"
#include "raccordo/sdk/testing/conformance.hpp"

extern "C" const raccordo_plugin* raccordo_plugin_entry(void);

namespace hsds {
namespace {

using namespace raccordo;

constexpr const char* kId = "5f0a5f34-7f3b-4d9c-9c3e-0d0a3f9d2b11";

std::vector<Sample> samples() {
  return {
      Sample::document(
          R"({"cost_options":[{"amount":12.5,"id":"c1"}],"id":"s1","name":"S","phones":[{"id":"p","number":"1"}],)"
          R"("status":"active","organization":{"id":"o1","name":"O"}})",
          RACCORDO_FORMAT_LINES),
      Sample::document(
          R"({"id":"o1","name":"O","description":"d","services":[{"id":"s1","name":"S"}],"x":1})",
          RACCORDO_FORMAT_LINES),
      Sample::document(R"({"name":"no id"})", RACCORDO_FORMAT_LINES),
      Sample::event(
          "service", kId,
          R"({"address":{"city":"Lecco"},"id":"5f0a5f34-7f3b-4d9c-9c3e-0d0a3f9d2b11","name":"S","unit_type":"rsa"})"),
      Sample::event(
          "organization", kId,
          R"({"id":"5f0a5f34-7f3b-4d9c-9c3e-0d0a3f9d2b11","kind":"mutual","name":"O","phone":"1"})"),
      Sample::deletion("service", kId),
      Sample::deletion("organization", kId),
      Sample::tick(1'768'464'000'000),
      Sample::response(
          200,
          R"({"contents":[{"id":"s1","name":"S","status":"active"}],"page_number":2,"total_items":9,"total_pages":9})",
          "page=2&seen=1&items=9&contents=ab"),
      Sample::response(200, R"({"contents":[],"total_items":1})", "page=2&seen=1&items=1&contents=ab"),
      Sample::response(404, "", "page=7&seen=6&items=9&changed=1"),
      Sample::response(200, "no page", "page=1"),
  };
}

RACCORDO_CONFORMANCE({raccordo_plugin_entry(), {{"layout", "lines"}}, samples()});

}  // namespace
}  // namespace hsds
