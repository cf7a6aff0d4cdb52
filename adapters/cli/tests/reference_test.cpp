// SPDX-License-Identifier: EUPL-1.2
// docs/reference/ says what the declarations say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "adapters/cli/commands_page.hpp"
#include "adapters/cli/plugins_page.hpp"
#include "adapters/cli/tests/command_test.hpp"
#include "core/engine/cases/machines_page.hpp"

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

// Pages that need no plugin; all of them: check_test, over the real program.
TEST(Reference, is_what_the_declarations_say) {
  const std::vector<ReferencePage> pages{configuration_page(),
                                         model_page(),
                                         exit_codes_page(),
                                         commands_page(),
                                         {"machines.md", cases::machines_page()}};
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
  const auto schema = nlohmann::json::parse(editor_schema({}).content);
  const auto& main = schema["anyOf"][0];
  EXPECT_EQ(main["additionalProperties"], false);
  EXPECT_EQ(main["required"], nlohmann::json({"config", "hub"}));
  EXPECT_EQ(main["properties"]["connectors"]["anyOf"][1]["items"]["$ref"], "#/definitions/connector");
  const auto& connector = schema["definitions"]["connector"];
  EXPECT_EQ(connector["properties"]["from"]["properties"]["files"]["properties"]["snapshot"]["enum"],
            nlohmann::json({"partial", "complete"}));
  EXPECT_EQ(main["properties"]["store"]["properties"]["postgresql"]["required"], nlohmann::json({"url"}));
}

TEST(EditorSchema, holds_connectors_of_a_known_plugin_to_its_options) {
  const std::vector<PluginDescription> plugins{a_reader()};
  const auto schema = nlohmann::json::parse(editor_schema(plugins).content);
  const auto& rule = schema["definitions"]["connector"]["allOf"][0];
  EXPECT_EQ(rule["if"]["properties"]["plugin"]["const"], "reader");
  EXPECT_EQ(rule["then"]["required"], nlohmann::json({"options"}));
  const auto& options = rule["then"]["properties"]["options"];
  EXPECT_EQ(options["required"], nlohmann::json({"token"}));
  EXPECT_EQ(options["additionalProperties"], false);
  EXPECT_EQ(options["properties"]["wait"]["default"], "2s");
  EXPECT_EQ(options["properties"]["wait"]["description"], "Quanto attendere\nHow long to wait");
  EXPECT_TRUE(options["properties"]["token"]["properties"].contains("secret"));
}

TEST(PluginsPage, shows_each_plugin_with_its_options_in_both_languages) {
  const std::vector<PluginDescription> plugins{a_reader()};
  const auto page = plugins_page(plugins).content;
  EXPECT_THAT(page, HasSubstr("## `reader`\n\nLegge elenchi / Reads lists\n"));
  EXPECT_THAT(page, HasSubstr("| legge / reads | record | records |"));
  EXPECT_THAT(page,
              HasSubstr("| `wait` | una durata, da 1s / a duration, from 1s | `2s` | Quanto attendere | How "
                        "long to wait |"));
  EXPECT_THAT(page, HasSubstr("| `token` | un testo, segreto / a text, secret | richiesta / required |"));
}

TEST(Messages, say_none_of_the_words_that_only_programmers_know) {
  auto pages = reference_pages({});
  pages.push_back(commands_page());
  for (const auto& page : pages)
    for (const auto* word : {"sink", "framer", "tombstone", "outbox", "back-off", "backoff"})
      EXPECT_THAT(page.content, Not(HasSubstr(word))) << page.file;
}

}  // namespace
}  // namespace raccordo
