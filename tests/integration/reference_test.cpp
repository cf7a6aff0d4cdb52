// SPDX-License-Identifier: EUPL-1.2
// docs/reference says what the program and the plugins beside it declare.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {
namespace {

std::string content_of(const std::filesystem::path& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

TEST(ReferencePages, are_those_that_the_program_and_its_plugins_write) {
  const HubFolder hub;
  std::filesystem::create_directory(hub.path("reference"));
  const auto wrote = hub.raccordo({"docs", "--write", "reference"});
  ASSERT_EQ(wrote.exit, 0) << wrote.err;
  for (const auto* page : {"plugins.md", "raccordo.schema.json", "configuration.md", "commands.md",
                           "model.md", "exit-codes.md", "machines.md"})
    EXPECT_TRUE(hub.read(std::string("reference/") + page) ==
                content_of(std::filesystem::path(RACCORDO_SOURCE) / "docs/reference" / page))
        << page << " is stale: raccordo docs --write docs/reference";
}

}  // namespace
}  // namespace raccordo::testing
