// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/installed_plugins.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/engine/config/suggestion.hpp"

namespace raccordo {

const PluginDescription* InstalledPlugins::find(std::string_view name) const {
  const auto found =
      std::find_if(plugins.begin(), plugins.end(), [&](const auto& one) { return one.name == name; });
  return found == plugins.end() ? nullptr : &*found;
}

const RefusedPlugin* InstalledPlugins::find_refused(std::string_view name) const {
  for (const auto& one : refused)
    if (std::filesystem::path(one.path).stem() == name) return &one;
  return nullptr;
}

Error InstalledPlugins::missing(std::string_view name) const {
  if (const auto* one = find_refused(name)) return one->error;
  std::vector<std::string_view> names;
  for (const auto& one : plugins) names.push_back(one.name);
  auto hint = suggestion(name, names);
  if (names.empty())
    hint = say("non è installato nessun plugin: plugins.folders dice dove cercare",
               "no plugin is installed: plugins.folders says where to look");
  return error(ErrorCode::kInvalid, say("il plugin {} non c'è", "there is no plugin {}", name),
               std::move(hint));
}

InstalledPlugins look_for_plugins(std::span<const std::string> folders, PluginHost& host,
                                  const Environment& environment) {
  InstalledPlugins installed;
  std::set<std::string> seen;
  for (const auto& folder : folders) {
    const auto paths = environment.matching(environment.absolute(folder) + "/*.so");
    if (!paths.ok()) {
      installed.refused.push_back({folder, paths.error()});
      continue;
    }
    for (const auto& path : *paths) {
      if (!seen.insert(path).second) continue;
      auto description = host.describe(path);
      if (!description.ok())
        installed.refused.push_back({path, std::move(description).error()});
      else if (installed.find(description->name) == nullptr)
        installed.plugins.push_back(std::move(description).value());
    }
  }
  std::sort(installed.plugins.begin(), installed.plugins.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return installed;
}

}  // namespace raccordo
