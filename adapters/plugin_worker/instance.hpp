// SPDX-License-Identifier: EUPL-1.2
// One instance of a loaded plugin, driven through the contract. The same code runs in a worker and in
// process.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/plugin_worker/host_table.hpp"
#include "adapters/plugin_worker/input_builder.hpp"
#include "adapters/plugin_worker/plugin_library.hpp"

namespace raccordo {

using OptionValues = std::vector<std::pair<std::string, std::string>>;

class Instance {
 public:
  // Calls the plugin's `create`; `library` outlives the instance. [instance: the thread that later handles]
  // Errors: kInvalid with the plugin's own words.
  [[nodiscard]] static Result<std::unique_ptr<Instance>> create(const PluginLibrary& library,
                                                                OptionValues options,
                                                                std::uint64_t max_output_bytes, LogLine log);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  // Hands over one input and appends its output to `effects`. Whatever the plugin throws ends here. Effects
  // count only when it is done and broke no rule. After kFatal the instance is gone: `recreate`.
  Ending handle(const SharedByBatch& shared, const InputFields& input, EffectBuffer& effects);

  // Builds the instance again with the same options. Errors as `create`.
  [[nodiscard]] Status recreate();

  [[nodiscard]] const Framing& framing() const { return host_.framing(); }

 private:
  Instance(const PluginLibrary& library, OptionValues options, std::uint64_t max_output_bytes, LogLine log);
  void destroy();
  // The plugin's verdict, or the words of what it threw.
  std::uint32_t call(const raccordo_input& input, std::string& thrown);

  const PluginLibrary& library_;
  OptionValues options_;
  HostTable host_;
  InputBuilder inputs_;
  void* instance_ = nullptr;
};

}  // namespace raccordo
