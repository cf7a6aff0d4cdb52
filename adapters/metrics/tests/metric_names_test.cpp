// SPDX-License-Identifier: EUPL-1.2
#include "adapters/metrics/metric_names.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace raccordo {
namespace {

// RACCORDO_WRITE_DOCS=1 writes the page anew instead of comparing it.
TEST(MetricNames, reference_page_says_what_is_declared) {
  const char* root = std::getenv("RACCORDO_ROOT");
  ASSERT_NE(root, nullptr) << "run through ctest";
  const auto page = std::filesystem::path(root) / "docs/reference/metrics.md";
  if (std::getenv("RACCORDO_WRITE_DOCS") != nullptr) std::ofstream(page) << metrics_reference();
  std::ifstream file(page);
  const std::string there{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(there, metrics_reference()) << "RACCORDO_WRITE_DOCS=1 ctest -R MetricNames writes it";
}

}  // namespace
}  // namespace raccordo
