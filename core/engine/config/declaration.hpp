// SPDX-License-Identifier: EUPL-1.2
// What is known of an option: parsing, validation, the reference and the editor schema all read it here. A
// section is a map of options; declarations/ declares the whole configuration so.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "raccordo/model/text.hpp"

namespace raccordo {

enum class ValueType {
  kText,
  kName,  // [a-z0-9-]
  kInteger,
  kDuration,
  kSize,
  kPercentage,
  kRate,  // 10/s
  kChoice,
  kChoiceOrDuration,
  kPath,     // of a file or folder
  kPattern,  // of files
  kAddress,  // host:port
  kUrl,
  kSecret,  // {secret: name}
  kSection,
  kFreeForm,  // a map whose names others declare
};

// "duration", "durata"
[[nodiscard]] Label label_of(ValueType type);

struct Choice {
  std::string_view name;
  Label help;
};

struct Section;
struct YamlNode;
class Reading;

struct Option {
  std::string_view name;
  ValueType type = ValueType::kText;
  bool required = false;
  bool list = false;            // a list, or one value alone
  std::optional<double> min{};  // seconds, bytes, part of one, characters: by the type
  std::optional<double> max{};
  std::vector<Choice> choices{};
  Label help;
  std::string_view example{};          // as written in a configuration
  std::optional<Label> unavailable{};  // recognised, but not part of this build: why

  // Set by option() and section(), from the member.
  std::string initial{};             // the default as it would be written; empty: none
  const Section* section = nullptr;  // of kSection
  std::function<void(void* owner, const YamlNode& node, Reading& reading)> read{};
};

struct Section {
  Label help;
  std::vector<Option> options;
  // What no single option can check or fill in; called once the owner is filled.
  std::function<void(void* owner, const YamlNode& node, Reading& reading)> finish{};

  [[nodiscard]] const Option* find(std::string_view name) const;
};

// The whole configuration. Built at the first call, then shared. [any]
[[nodiscard]] const Section& configuration_section();
// What an included file may hold: a part of the configuration, or one connector and nothing else.
[[nodiscard]] const Section& included_section();
[[nodiscard]] const Section& connector_section();

}  // namespace raccordo
