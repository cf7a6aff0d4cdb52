// SPDX-License-Identifier: EUPL-1.2
// Fills values from a YAML tree by their declarations, and collects what is wrong on the way.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/config/configuration.hpp"
#include "core/engine/config/declaration.hpp"
#include "core/engine/config/yaml_document.hpp"
#include "core/ports/environment.hpp"

namespace raccordo {

// The reading of one file. Everything it refers to outlives it.
class Reading {
 public:
  // `file` as the person named it; `folder` is where its relative paths start.
  Reading(std::string file, std::string folder, const Environment& environment,
          ConfigurationFindings& findings)
      : file_(std::move(file)), folder_(std::move(folder)), environment_(environment), findings_(findings) {}

  // Fills `owner`, a value of the type that the section was declared for.
  void read(const Section& section, const YamlNode& node, void* owner);

  // The text of a scalar with its variables replaced; nothing, and a finding, when it is none.
  [[nodiscard]] std::optional<std::string> scalar(const YamlNode& node);
  // An absolute path.
  [[nodiscard]] std::string resolve(const std::string& path) const;

  void find(const YamlNode& node, Text what, Text hint = {});
  [[nodiscard]] TextPosition at(const YamlNode& node) const { return {file_, node.line, node.column}; }
  [[nodiscard]] const std::string& folder() const { return folder_; }
  // Of what is being read: "hub.id"; within a connector from there on: "from.files.poll".
  [[nodiscard]] std::string path() const;

  // While it lives, paths start anew.
  class NewPath {
   public:
    explicit NewPath(Reading& reading) : reading_(reading) { reading_.path_.swap(kept_); }
    ~NewPath() { reading_.path_.swap(kept_); }
    NewPath(const NewPath&) = delete;
    NewPath& operator=(const NewPath&) = delete;

   private:
    Reading& reading_;
    std::vector<std::string_view> kept_;
  };

 private:
  void read_entries(const Section& section, const YamlNode& node, void* owner, std::vector<int>& lines);
  void read_missing(const Section& section, const YamlNode& node, void* owner, const std::vector<int>& lines);
  void read_option(const Option& option, const YamlNode& node, void* owner);

  std::string file_;
  std::string folder_;
  const Environment& environment_;
  ConfigurationFindings& findings_;
  std::vector<std::string_view> path_;
};

// One value. What is wrong becomes a finding, and the value stays as it was.
void read_value(Reading& reading, const Option& option, const YamlNode& node, std::string& value);
void read_value(Reading& reading, const Option& option, const YamlNode& node, std::int64_t& value);
void read_value(Reading& reading, const Option& option, const YamlNode& node,
                std::uint64_t& value);                                                         // a size
void read_value(Reading& reading, const Option& option, const YamlNode& node, double& value);  // a percentage
void read_value(Reading& reading, const Option& option, const YamlNode& node, Duration& value);
void read_value(Reading& reading, const Option& option, const YamlNode& node, Rate& value);
void read_value(Reading& reading, const Option& option, const YamlNode& node, Roll& value);
void read_value(Reading& reading, const Option& option, const YamlNode& node, SecretReference& value);
void read_value(Reading& reading, const Option& option, const YamlNode& node, IncludePattern& value);
void read_value(Reading& reading, const Option& option, const YamlNode& node, std::vector<RawOption>& value);
// The number of the choice, by the order of the declaration.
[[nodiscard]] std::optional<std::size_t> read_choice(Reading& reading, const Option& option,
                                                     const YamlNode& node);

// The default as it would be written; empty: none.
[[nodiscard]] std::string print_value(const Option& option, const std::string& value);
[[nodiscard]] std::string print_value(const Option& option, std::int64_t value);
[[nodiscard]] std::string print_value(const Option& option, std::uint64_t value);
[[nodiscard]] std::string print_value(const Option& option, double value);
[[nodiscard]] std::string print_value(const Option& option, Duration value);
[[nodiscard]] std::string print_value(const Option& option, const Roll& value);
[[nodiscard]] std::string print_value(const Option& option, const Rate& value);

}  // namespace raccordo
