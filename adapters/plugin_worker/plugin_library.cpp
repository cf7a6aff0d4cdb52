// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/plugin_library.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <boost/dll/shared_library.hpp>
#include <exception>

#include "adapters/plugin_worker/description.hpp"
#include "adapters/plugin_worker/plugin_file.hpp"
#include "adapters/plugin_worker/refusal.hpp"

namespace raccordo {
namespace {

// With RTLD_NODELETE closing the handle unloads nothing.
constexpr auto kMode = static_cast<boost::dll::load_mode::type>(
    static_cast<unsigned>(boost::dll::load_mode::rtld_now) | static_cast<unsigned>(RTLD_NODELETE));

// Boost says "... (dlerror system message: PATH: why): Bad file descriptor"; the path stands in our message
// already.
std::string loader_words(const std::string& path, std::string words) {
  constexpr std::string_view kLead = "(dlerror system message: ";
  if (const auto at = words.find(kLead); at != std::string::npos) {
    words.erase(0, at + kLead.size());
    words.erase(std::min(words.rfind("): "), words.size()));
  }
  if (words.starts_with(path + ": ")) words.erase(0, path.size() + 2);
  return words;
}

Error not_loaded(const std::string& path, const std::string& words) {
  return refused(
      path, say("non si carica: {}", "it does not load: {}", words),
      say("installare le librerie che gli mancano, o collegarlo con -Wl,-z,defs per trovarle prima",
          "install the libraries that it lacks, or link it with -Wl,-z,defs to find them earlier"));
}

Error no_entry(const std::string& path) {
  return refused(
      path, say("non esporta {}", "it does not export {}", RACCORDO_PLUGIN_ENTRY),
      say("non è un plugin di Raccordo, o il suo punto d'ingresso non è visibile (RACCORDO_EXPORT)",
          "it is not a Raccordo plugin, or its entry is not visible (RACCORDO_EXPORT)"));
}

}  // namespace

Result<PluginLibrary> open_plugin(const std::string& path) try {
  RACCORDO_CHECK(check_plugin_file(path));
  boost::dll::shared_library library(path, kMode);
  if (!library.has(RACCORDO_PLUGIN_ENTRY)) return no_entry(path);
  const auto* plugin = library.get<const raccordo_plugin*()>(RACCORDO_PLUGIN_ENTRY)();
  RACCORDO_TRY(auto description, read_description(path, plugin));
  return PluginLibrary{std::move(description), plugin};
} catch (const std::exception& failure) {
  return not_loaded(path, loader_words(path, failure.what()));
} catch (...) {
  return not_loaded(path, "?");
}

}  // namespace raccordo
