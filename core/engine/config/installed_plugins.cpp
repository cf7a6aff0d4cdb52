// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/installed_plugins.hpp"

#include <algorithm>
#include <filesystem>

#include "core/engine/config/suggestion.hpp"

namespace raccordo {
namespace {

// What a file's name says of the plugin in it: "libred-cross.so" is red_cross.
std::string called(const std::string& path) {
  std::string name = std::filesystem::path(path).stem().string();
  if (name.starts_with("lib")) name.erase(0, 3);
  std::ranges::replace(name, '-', '_');
  return name;
}

bool is_called(const std::string& path, std::string_view name) {
  return std::filesystem::path(path).stem() == name || called(path) == called(std::string(name) + ".so");
}

bool could_be(const std::string& path, std::string_view name) {
  return called(path).find(called(std::string(name) + ".so")) != std::string::npos;
}

// The libraries of some folders, each described once at most.
class Search {
 public:
  Search(std::span<const std::string> folders, PluginHost& host, const Environment& environment)
      : host_(host) {
    for (const auto& folder : folders) add(folder, environment);
  }

  // In the order of the folders, those not described yet that `wanted` takes; no further once `name` is
  // found.
  template <typename Wanted>
  void describe(Wanted wanted, std::string_view name = {}) {
    for (auto path = paths_.begin(); path != paths_.end();) {
      if (!name.empty() && found_.find(name) != nullptr) return;
      if (!wanted(*path)) {
        ++path;
        continue;
      }
      describe_one(*path);
      path = paths_.erase(path);
    }
  }

  [[nodiscard]] bool refused(std::string_view name) const { return found_.find_refused(name) != nullptr; }

  [[nodiscard]] InstalledPlugins found() && {
    std::ranges::sort(found_.plugins, {}, &PluginDescription::name);
    return std::move(found_);
  }

 private:
  void add(const std::string& folder, const Environment& environment) {
    auto paths = environment.matching(environment.absolute(folder) + "/*.so");
    if (!paths.ok()) {
      found_.refused.push_back({folder, std::move(paths).error()});
      return;
    }
    for (auto& path : *paths)
      if (std::ranges::find(paths_, path) == paths_.end()) paths_.push_back(std::move(path));
  }

  void describe_one(const std::string& path) {
    auto description = host_.describe(path);
    if (!description.ok())
      found_.refused.push_back({path, std::move(description).error()});
    else if (found_.find(description->name) == nullptr)
      found_.plugins.push_back(std::move(description).value());
  }

  PluginHost& host_;
  std::vector<std::string> paths_;
  InstalledPlugins found_;
};

}  // namespace

const PluginDescription* InstalledPlugins::find(std::string_view name) const {
  const auto found =
      std::find_if(plugins.begin(), plugins.end(), [&](const auto& one) { return one.name == name; });
  return found == plugins.end() ? nullptr : &*found;
}

const RefusedPlugin* InstalledPlugins::find_refused(std::string_view name) const {
  for (const auto& one : refused)
    if (is_called(one.path, name)) return &one;
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
  Search search(folders, host, environment);
  search.describe([](const auto&) { return true; });
  return std::move(search).found();
}

InstalledPlugins find_plugins(std::span<const std::string> names, std::span<const std::string> folders,
                              PluginHost& host, const Environment& environment) {
  Search search(folders, host, environment);
  for (const auto& name : names) {
    search.describe([&](const auto& path) { return is_called(path, name); }, name);
    search.describe([&](const auto& path) { return could_be(path, name); }, name);
  }
  // A file may be called otherwise than its plugin.
  for (const auto& name : names)
    if (!search.refused(name)) search.describe([](const auto&) { return true; }, name);
  return std::move(search).found();
}

}  // namespace raccordo
