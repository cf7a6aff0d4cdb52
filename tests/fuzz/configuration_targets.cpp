// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/ready.hpp"
#include "core/engine/config/testing/fake_environment.hpp"
#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {
namespace {

PluginOption an_option(OptionType type, const char* name) {
  PluginOption option;
  option.type = type;
  option.name = name;
  return option;
}

const InstalledPlugins& installed() {
  static const auto kInstalled = [] {
    PluginDescription plugin;
    plugin.name = "mapping";
    plugin.inputs = (1u << static_cast<std::uint32_t>(InputKind::kRecord)) |
                    (1u << static_cast<std::uint32_t>(InputKind::kEvent));
    plugin.framing.format = Format::kCsv;
    plugin.publishes = {"service"};
    plugin.subscribes = {"service"};
    plugin.options = {
        an_option(OptionType::kFile, "mapping"),    an_option(OptionType::kText, "text"),
        an_option(OptionType::kInteger, "integer"), an_option(OptionType::kNumber, "number"),
        an_option(OptionType::kBoolean, "boolean"), an_option(OptionType::kDuration, "duration"),
        an_option(OptionType::kSize, "size"),       an_option(OptionType::kChoice, "choice")};
    plugin.options.back().choices = {"a", "b"};
    return InstalledPlugins{{plugin}, {}};
  }();
  return kInstalled;
}

}  // namespace

// A configuration, and behind a line of ===== the file connectors.d/one.yaml.
void configuration(std::string_view bytes) {
  const auto [main, included] = cut_at(bytes, kNextPart);
  testing::FakeEnvironment environment;
  environment.files["/raccordo.yaml"] = main;
  environment.files["/connectors.d/one.yaml"] = included;
  environment.files["/offers.yaml"] = "mapping: 1";
  environment.variables["TOKEN"] = "x";
  auto loading = load_configuration("raccordo.yaml", environment);
  for (const auto& finding : loading.findings)
    must(!finding.line(Language::kItalian).empty() && !finding.line(Language::kEnglish).empty(),
         "a finding without words");
  static_cast<void>(make_ready(std::move(loading), installed(), environment));
}

}  // namespace raccordo::fuzz
