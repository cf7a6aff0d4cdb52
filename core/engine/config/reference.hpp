// SPDX-License-Identifier: EUPL-1.2
// The reference, made from the declarations: what docs/reference/ holds. A test compares.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/ports/plugin_runner.hpp"

namespace raccordo {

struct ReferencePage {
  std::string file;  // within docs/reference/
  std::string content;
};

// Every option of a configuration, a table for each section.
[[nodiscard]] ReferencePage configuration_page();
// The same for editors: JSON Schema draft-07, which YAML editors read. A connector of one of these plugins is
// held to that plugin's options; one of another may write any.
[[nodiscard]] ReferencePage editor_schema(std::span<const PluginDescription> plugins);
// Kinds, topics, fields and code lists of the canonical model.
[[nodiscard]] ReferencePage model_page();
// What the program ends with, and why.
[[nodiscard]] ReferencePage exit_codes_page();

[[nodiscard]] std::vector<ReferencePage> reference_pages(std::span<const PluginDescription> plugins);

}  // namespace raccordo
