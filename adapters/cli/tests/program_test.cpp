// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "adapters/cli/tests/command_test.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST_F(CommandTest, a_wrong_command_line_ends_with_64_and_the_nearest_name) {
  EXPECT_EQ(type({}), 64);
  EXPECT_THAT(err(), StartsWith("usage: raccordo COMMAND"));
  EXPECT_EQ(type({"chekc", "hub.yaml"}), 64);
  EXPECT_EQ(err(), "raccordo: unknown command: chekc: did you mean check?\n");
  EXPECT_EQ(type({"parked", "lst"}), 64);
  EXPECT_EQ(err(), "raccordo: unknown command: parked lst: did you mean parked list?\n");
  EXPECT_EQ(type({"parked"}), 64);
  EXPECT_THAT(err(), HasSubstr("parked wants one more word: known: parked list"));
  EXPECT_EQ(type({"check", "hub.yaml", "--jsn"}), 64);
  EXPECT_THAT(
      err(),
      StartsWith("raccordo: unknown option: --jsn: did you mean --json?\nusage: raccordo check CONFIG"));
  EXPECT_EQ(type({"check"}), 64);
  EXPECT_THAT(err(), HasSubstr("CONFIG is missing"));
  EXPECT_EQ(type({"check", "a", "b"}), 64);
  EXPECT_THAT(err(), HasSubstr("one argument too many: b"));
  EXPECT_EQ(type({"events", "services"}), 64);
  EXPECT_THAT(err(), HasSubstr("--config CONFIG is missing"));
  EXPECT_EQ(type({"events", "services", "--config"}), 64);
  EXPECT_THAT(err(), HasSubstr("--config wants a value: --config CONFIG"));
  EXPECT_EQ(type({"check", "hub.yaml", "--lang", "fr"}), 64);
  EXPECT_THAT(err(), HasSubstr("\"fr\" is no language: it or en"));
  EXPECT_THAT(out(), IsEmpty());
}

TEST_F(CommandTest, help_of_the_program_and_of_a_command) {
  expect_golden("help", {"--help"});
  expect_golden("help-parked-replay", {"parked", "replay", "--help"});
  EXPECT_EQ(type({"help", "run"}), 0);
  EXPECT_THAT(out(), StartsWith("usage: raccordo run CONFIG"));
}

TEST_F(CommandTest, speaks_the_language_of_the_locale) {
  environment_.variables = {{"LANG", "it_IT.UTF-8"}};
  EXPECT_EQ(language_of(environment_), Language::kItalian);
  environment_.variables = {{"LANG", "it_IT.UTF-8"}, {"LC_ALL", "en_GB.UTF-8"}};
  EXPECT_EQ(language_of(environment_), Language::kEnglish);
  environment_.variables = {{"LC_ALL", ""}, {"LC_MESSAGES", "C"}};
  EXPECT_EQ(language_of(environment_), Language::kEnglish);
  environment_.variables = {};
  EXPECT_EQ(language_of(environment_), Language::kItalian);
}

TEST_F(CommandTest, an_exception_is_a_bug_and_ends_with_70) {
  program_.plugin_host = []() -> std::unique_ptr<PluginHost> { throw std::runtime_error("oh"); };
  EXPECT_EQ(type({"plugins"}), 70);
  EXPECT_EQ(err(), "raccordo: internal error: oh\n");
}

TEST_F(CommandTest, hands_a_worker_its_arguments_untouched) {
  std::vector<std::string> seen;
  program_.worker = [&](std::span<const std::string> arguments) {
    seen.assign(arguments.begin(), arguments.end());
    return 7;
  };
  EXPECT_EQ(type({"worker", "--describe", "x.so", "--unknown"}), 7);
  EXPECT_THAT(seen, ElementsAre("--describe", "x.so", "--unknown"));
}

TEST_F(CommandTest, check_of_a_configuration_without_mistakes) {
  expect_golden("check-fine", {"check", "hub.yaml"});
}

TEST_F(CommandTest, check_says_every_mistake_and_ends_with_78) {
  environment_.files["/hub.yaml"] =
      "config: 1\nhub: {id: A}\nstor: {}\nconnectors:\n  - {id: r, plugin: raeder, from: {files: {path: "
      "x}}}\n"
      "  - {id: s, plugin: reader, from: {files: {path: x, pol: 3s}}}\n";
  expect_golden("check-mistakes", {"check", "hub.yaml"});
  EXPECT_EQ(type({"check", "hub.yaml", "--json"}), 78);
  const auto json = nlohmann::json::parse(out());
  EXPECT_EQ(json["ok"], false);
  EXPECT_EQ(json["findings"].size(), 5u);
  EXPECT_EQ(json["findings"][1]["line"], 3);
  EXPECT_EQ(json["findings"][1]["hint_en"], "did you mean store?");
}

TEST_F(CommandTest, check_notes_an_include_that_matches_nothing_and_is_content) {
  environment_.files["/hub.yaml"] = "config: 1\nhub: {id: a}\ninclude: parts.d/*.yaml\n";
  EXPECT_EQ(type({"check", "hub.yaml"}), 0);
  EXPECT_EQ(out(), "hub.yaml: fine; connectors: 0\n");
  EXPECT_EQ(err(), "hub.yaml:3:10: include: no file matches /parts.d/*.yaml\n");
  EXPECT_EQ(type({"check", "hub.yaml", "--json"}), 0);
  EXPECT_EQ(nlohmann::json::parse(out())["notes"].size(), 1u);
}

TEST_F(CommandTest, check_asks_the_plugins_whether_they_start_with_their_options) {
  environment_.variables["RACCORDO_SECRET_T"] = "wrong";
  EXPECT_EQ(type({"check", "hub.yaml"}), 78);
  EXPECT_EQ(out(), "hub.yaml:4:21: r: the key is not valid\n");
}

TEST_F(CommandTest, plugins_shows_what_is_installed) {
  environment_.files["/more/broken.so"] = "";
  expect_golden("plugins", {"plugins", "--folder", "/more"});
  expect_golden("plugins-one", {"plugins", "reader"});
  EXPECT_EQ(type({"plugins", "raeder"}), 78);
  EXPECT_EQ(err(), "raccordo: there is no plugin raeder: did you mean reader?\n");
  EXPECT_EQ(type({"plugins", "--json"}), 0);
  EXPECT_EQ(nlohmann::json::parse(out())["options"][0]["default"], "2s");
}

TEST_F(CommandTest, plugins_says_where_the_format_is_written_when_the_plugin_does_not_fix_it) {
  environment_.files["/more/shaped.so"] = "";
  EXPECT_EQ(type({"plugins", "shaped", "--folder", "/more"}), 0);
  EXPECT_THAT(out(), HasSubstr("what its options say"));
}

TEST_F(CommandTest, version_names_the_hub_the_contract_and_the_libraries) {
  expect_golden("version", {"version"});
}

TEST_F(CommandTest, mapping_is_handed_over) {
  MappingRequest seen;
  program_.mapping = [&](const MappingRequest& request, Terminal&) -> Result<int> {
    seen = request;
    return 1;
  };
  EXPECT_EQ(type({"mapping", "run", "m.yaml", "in.csv", "--json"}), 1);
  EXPECT_THAT(seen.files, ElementsAre("m.yaml", "in.csv"));
  EXPECT_TRUE(seen.json);
  EXPECT_EQ(type({"mapping", "test", "a.yaml", "b.yaml"}), 1);
  EXPECT_TRUE(seen.test);
  EXPECT_THAT(seen.files, ElementsAre("a.yaml", "b.yaml"));
}

}  // namespace
}  // namespace raccordo
