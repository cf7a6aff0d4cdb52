// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/mapping_file.hpp"

#include <yaml-cpp/yaml.h>

#include "raccordo/model/json.hpp"

namespace raccordo::mapping {
namespace {

Position position(const YAML::Mark& mark) { return {mark.line + 1, mark.column + 1}; }

// Builds our tree out of yaml-cpp's. An alias may hang one node in many places: what is counted is what is
// built.
class Copy {
 public:
  explicit Copy(Findings& findings) : findings_(findings) {}

  Node node(const YAML::Node& from, int depth) {
    Node to;
    to.at = position(from.Mark());
    if (!within_limits(to.at, depth)) return to;
    if (from.IsScalar()) scalar(from, to);
    if (from.IsSequence()) list(from, to, depth);
    if (from.IsMap()) map(from, to, depth);
    return to;
  }

 private:
  bool within_limits(Position at, int depth) {
    if (stopped_) return false;
    if (depth <= kMaxMappingDepth && ++count_ <= kMaxMappingNodes) return true;
    stopped_ = true;
    findings_.add(at, say("la mappatura è troppo profonda o troppo grande (al massimo {} livelli, {} nodi)",
                          "the mapping is too deep or too large (at most {} levels, {} nodes)",
                          kMaxMappingDepth, kMaxMappingNodes));
    return false;
  }

  static void scalar(const YAML::Node& from, Node& to) {
    to.kind = Node::Kind::kScalar;
    to.text = from.Scalar();
    to.quoted = from.Tag() == "!";
  }

  void list(const YAML::Node& from, Node& to, int depth) {
    to.kind = Node::Kind::kList;
    for (const auto& item : from) {
      to.items.push_back(node(item, depth + 1));
      if (stopped_) return;
    }
  }

  void map(const YAML::Node& from, Node& to, int depth) {
    to.kind = Node::Kind::kMap;
    for (const auto& pair : from) {
      entry(pair.first, pair.second, to, depth);
      if (stopped_) return;
    }
  }

  void entry(const YAML::Node& key, const YAML::Node& value, Node& to, int depth) {
    const Position at = position(key.Mark());
    if (!key.IsScalar()) return findings_.add(at, say("qui serve un nome", "a name is needed here"));
    if (const Entry* earlier = to.find(key.Scalar()))
      return findings_.add(at, say("«{}» c'è già alla riga {}", "“{}” stands already on line {}",
                                   shown(key.Scalar()), earlier->at.line));
    to.entries.push_back({key.Scalar(), at, node(value, depth + 1)});
    if (value.IsNull()) to.entries.back().value.at = at;  // yaml-cpp's is where the next thing stands
  }

  Findings& findings_;
  std::size_t count_ = 0;
  bool stopped_ = false;
};

std::optional<Node> unreadable(Findings& findings, Position at, const std::string& why) {
  findings.add(at, say("questo non è YAML: {}", "this is not YAML: {}", why),
               say("spesso è un rientro, o un testo con due punti da mettere tra virgolette",
                   "often it is the indentation, or a text with a colon that wants quotes"));
  return std::nullopt;
}

}  // namespace

const Entry* Node::find(std::string_view key) const {
  for (const auto& entry : entries)
    if (entry.key == key) return &entry;
  return nullptr;
}

std::optional<Node> parse(std::string_view yaml, Findings& findings) {
  if (yaml.size() > kMaxMappingBytes) {
    findings.add({1, 1}, say("la mappatura è più grande di {} byte", "the mapping is larger than {} bytes",
                             kMaxMappingBytes));
    return std::nullopt;
  }
  if (!json::is_utf8(yaml) || yaml.find('\0') != std::string_view::npos) {
    findings.add({1, 1}, say("la mappatura non è in UTF-8", "the mapping is not UTF-8"),
                 say("salvarla con codifica UTF-8", "save it with the encoding UTF-8"));
    return std::nullopt;
  }
  try {
    return Copy(findings).node(YAML::Load(std::string(yaml)), 0);
  } catch (const YAML::Exception& error) {
    return unreadable(findings, position(error.mark), error.msg);
  } catch (const std::exception& error) {
    return unreadable(findings, {1, 1}, error.what());
  }
}

}  // namespace raccordo::mapping
