// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/load.hpp"

#include <algorithm>
#include <filesystem>

#include "core/engine/config/reading.hpp"
#include "core/engine/config/rules.hpp"

namespace raccordo {
namespace {

namespace fs = std::filesystem;

bool has(const YamlNode& node, std::string_view key) {
  return std::any_of(node.entries.begin(), node.entries.end(),
                     [&](const auto& entry) { return entry.key.text == key; });
}

// A file of one connector says its id and plugin at the top.
bool is_one_connector(const YamlNode& root) {
  return !has(root, "connectors") && !has(root, "include") && (has(root, "id") || has(root, "plugin"));
}

class Loader {
 public:
  Loader(const Environment& environment, Loading& loading) : environment_(environment), loading_(loading) {}

  void main_file(const std::string& path) {
    const auto root = parse(path, {path, 0, 0});
    if (!root) return;
    auto reading = reading_of(path);
    auto& configuration = loading_.configuration;
    reading.read(configuration_section(), *root, &configuration);
    const Opened opened(*this, path);
    follow(configuration.include);
  }

 private:
  // A file whose includes are being followed.
  class Opened {
   public:
    Opened(Loader& loader, const std::string& path) : loader_(loader) {
      loader_.open_.push_back(loader_.environment_.absolute(path));
      loader_.seen_.push_back(loader_.open_.back());
    }
    ~Opened() { loader_.open_.pop_back(); }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;

   private:
    Loader& loader_;
  };

  Reading reading_of(const std::string& path) {
    const auto folder = fs::path(environment_.absolute(path)).parent_path().string();
    return {path, folder, environment_, loading_.findings};
  }

  std::optional<YamlNode> parse(const std::string& path, const TextPosition& asked_at) {
    auto text = environment_.read(path, kMaxConfigurationBytes);
    if (text.ok()) return parse_yaml(path, *text, loading_.findings);
    loading_.findings.push_back({asked_at, text.error().message, text.error().hint});
    return std::nullopt;
  }

  void follow(const std::vector<IncludePattern>& patterns) {
    for (const auto& [pattern, at] : patterns) {
      if (pattern.empty()) continue;  // was refused already
      auto paths = environment_.matching(pattern);
      if (!paths.ok()) {
        loading_.findings.push_back({at, paths.error().message, paths.error().hint});
        continue;
      }
      if (paths->empty()) nothing_at(pattern, at);
      for (const auto& path : *paths) included_file(path, at);
    }
  }

  // A folder of connectors may still be empty; a file that is named must be there.
  void nothing_at(const std::string& pattern, const TextPosition& at) {
    if (pattern.find_first_of("*?") == std::string::npos)
      loading_.findings.push_back(
          {at, say("include: il file {} non c'è", "include: there is no file {}", pattern), {}});
    else
      loading_.notes.push_back(
          {at, say("include: nessun file corrisponde a {}", "include: no file matches {}", pattern), {}});
  }

  void included_file(const std::string& path, const TextPosition& asked_at) {
    const auto absolute = environment_.absolute(path);
    if (std::find(open_.begin(), open_.end(), absolute) != open_.end()) {
      loading_.findings.push_back({asked_at,
                                   say("include: {} include se stesso", "include: {} includes itself", path),
                                   say("togliere questo include", "remove this include")});
      return;
    }
    if (std::find(seen_.begin(), seen_.end(), absolute) != seen_.end())
      return;  // two patterns may match one file
    if (seen_.size() > kMaxIncludedFiles) {
      loading_.findings.push_back(
          {asked_at, say("include: più di {} file", "include: more than {} files", kMaxIncludedFiles), {}});
      return;
    }
    const Opened opened(*this, path);
    if (const auto root = parse(path, asked_at)) read_included(path, *root);
  }

  void read_included(const std::string& path, const YamlNode& root) {
    auto reading = reading_of(path);
    IncludedConfiguration part;
    if (is_one_connector(root))
      reading.read(connector_section(), root, &part.connectors.emplace_back());
    else
      reading.read(included_section(), root, &part);
    auto& all = loading_.configuration.connectors;
    std::move(part.connectors.begin(), part.connectors.end(), std::back_inserter(all));
    follow(part.include);
  }

  const Environment& environment_;
  Loading& loading_;
  std::vector<std::string> open_;
  std::vector<std::string> seen_;
};

}  // namespace

Loading load_configuration(const std::string& path, const Environment& environment) {
  Loading loading;
  Loader(environment, loading).main_file(path);
  check_rules(loading.configuration, loading.findings);
  sort_by_position(loading.findings);
  sort_by_position(loading.notes);
  return loading;
}

Error error_of(const ConfigurationFindings& findings) {
  Text lines;
  for (const auto& finding : findings) {
    lines.it += (lines.it.empty() ? "" : "\n") + finding.line(Language::kItalian);
    lines.en += (lines.en.empty() ? "" : "\n") + finding.line(Language::kEnglish);
  }
  return error(ErrorCode::kInvalid, std::move(lines));
}

}  // namespace raccordo
