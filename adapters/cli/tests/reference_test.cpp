// SPDX-License-Identifier: EUPL-1.2
// docs/reference/ says what the declarations say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "adapters/cli/commands_page.hpp"

namespace raccordo {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

TEST(Reference, is_what_the_declarations_say) {
  auto pages = reference_pages();
  pages.push_back(commands_page());
  const char* write = std::getenv("RACCORDO_REFERENCE");
  for (const auto& page : pages) {
    const auto path = std::string(RACCORDO_REFERENCE_FOLDER) + "/" + page.file;
    if (write != nullptr && std::string(write) == "write")
      std::ofstream(path, std::ios::binary) << page.content;
    EXPECT_TRUE(content_of(path) == page.content)
        << path
        << " is stale: raccordo docs --write docs/reference, or RACCORDO_REFERENCE=write and this test";
  }
}

TEST(Reference, shows_each_option_with_its_default_and_bounds) {
  const auto page = configuration_page().content;
  EXPECT_THAT(page, HasSubstr("## `connectors[].from.files`"));
  EXPECT_THAT(page, HasSubstr("| `poll` | una durata / a duration ≥ 100ms ≤ 7d | `30s` |"));
  EXPECT_THAT(page, HasSubstr("| `max_deletions` | una percentuale / a percentage | `10%` |"));
}

TEST(EditorSchema, knows_every_option_of_this_build) {
  const auto schema = nlohmann::json::parse(editor_schema().content);
  const auto& main = schema["anyOf"][0];
  EXPECT_EQ(main["additionalProperties"], false);
  EXPECT_EQ(main["required"], nlohmann::json({"config", "hub"}));
  EXPECT_EQ(main["properties"]["connectors"]["anyOf"][1]["items"]["$ref"], "#/definitions/connector");
  const auto& connector = schema["definitions"]["connector"];
  EXPECT_EQ(connector["properties"]["from"]["properties"]["files"]["properties"]["snapshot"]["enum"],
            nlohmann::json({"partial", "complete"}));
  EXPECT_FALSE(main["properties"]["store"]["properties"].contains("postgresql"));
}

TEST(Messages, say_none_of_the_words_that_only_programmers_know) {
  auto pages = reference_pages();
  pages.push_back(commands_page());
  for (const auto& page : pages)
    for (const auto* word : {"sink", "framer", "tombstone", "outbox", "back-off", "backoff"})
      EXPECT_THAT(page.content, Not(HasSubstr(word))) << page.file;
}

}  // namespace
}  // namespace raccordo
