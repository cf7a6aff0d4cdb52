// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/start_findings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace raccordo {
namespace {

using ::testing::ElementsAre;

ReadyConnector a_connector(std::vector<std::string> files) {
  ReadyConnector connector;
  PluginDescription plugin;
  connector.configuration.plugin_at = {"conf/hub.yaml", 6, 13};
  for (std::size_t i = 0; i < files.size(); ++i) {
    PluginOption option;
    option.type = OptionType::kFile;
    option.name = "file" + std::to_string(i);
    plugin.options.push_back(option);
    RawOption written;
    written.name = option.name;
    written.value = files[i];
    written.at = {"conf/hub.yaml", 7, 20};
    connector.configuration.options.push_back(written);
  }
  connector.run = RunSpec{{}, std::move(plugin), {}, {}};
  return connector;
}

Error refusal(Text words) { return error(ErrorCode::kInvalid, std::move(words), say("guardare", "look")); }

std::vector<std::string> lines(const ConfigurationFindings& findings, Language language) {
  std::vector<std::string> out;
  for (const auto& finding : findings) out.push_back(finding.line(language));
  return out;
}

TEST(StartFindings, stand_where_the_plugin_says_in_the_file_that_it_was_given) {
  const auto findings =
      start_findings(a_connector({"maps/../rsa.yaml"}),
                     refusal({"il plugin m non si avvia: 1:10: questo: alle 9:30; anche così; 20:1: quello",
                              "plugin m does not start: 1:10: this: at 9:30; like this too; 20:1: that"}));
  EXPECT_THAT(lines(findings, Language::kItalian),
              ElementsAre("conf/rsa.yaml:1:10: questo: alle 9:30; anche così", "conf/rsa.yaml:20:1: quello"));
  EXPECT_THAT(lines(findings, Language::kEnglish),
              ElementsAre("conf/rsa.yaml:1:10: this: at 9:30; like this too", "conf/rsa.yaml:20:1: that"));
}

TEST(StartFindings, keep_what_one_language_had_no_room_for) {
  const auto findings =
      start_findings(a_connector({"/etc/rsa.yaml"}), refusal({"1:1: uno; 2:1: due", "1:1: one"}));
  EXPECT_THAT(lines(findings, Language::kEnglish),
              ElementsAre("/etc/rsa.yaml:1:1: one", "/etc/rsa.yaml:2:1: due"));
}

TEST(StartFindings, stand_at_the_plugin_when_no_one_file_is_meant) {
  const std::vector<std::string> at_plugin{"conf/hub.yaml:6:13: no: 1:2: this: look"};
  EXPECT_EQ(
      lines(start_findings(a_connector({}), refusal({"no: 1:2: this", "no: 1:2: this"})), Language::kEnglish),
      at_plugin);
  EXPECT_EQ(lines(start_findings(a_connector({"a", "b"}), refusal({"no: 1:2: this", "no: 1:2: this"})),
                  Language::kEnglish),
            at_plugin);
  EXPECT_THAT(
      lines(start_findings(a_connector({"a"}), refusal({"chiave 1:2", "key 1:2"})), Language::kEnglish),
      ElementsAre("conf/hub.yaml:6:13: key 1:2: look"));
}

}  // namespace
}  // namespace raccordo
