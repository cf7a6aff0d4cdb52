// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/yaml_document.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <sstream>

#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

// Ends the parsing from inside a callback of the library, which knows no other way out.
struct Refused {
  YAML::Mark mark;
  Text what;
};

// Builds the tree from the library's events: its own nodes would drop repeated keys.
class TreeBuilder : public YAML::EventHandler {
 public:
  std::optional<YamlNode> root;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    leaf(node(YamlNode::Kind::kNull, mark), anchor, mark);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    auto scalar = node(YamlNode::Kind::kScalar, mark);
    scalar.text = value;
    scalar.quoted = tag == "!";
    leaf(std::move(scalar), anchor, mark);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto known = anchors_.find(anchor);
    if (known == anchors_.end())
      throw Refused{mark, say("il riferimento * sta dentro ciò a cui rimanda",
                              "the alias * stands inside what it means")};
    count(size_of(known->second), mark);
    add(known->second);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(node(YamlNode::Kind::kList, mark), anchor, mark);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(node(YamlNode::Kind::kMap, mark), anchor, mark);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    std::optional<YamlNode> key;  // of a map: read, its value not yet
  };

  static YamlNode node(YamlNode::Kind kind, const YAML::Mark& mark) {
    YamlNode out;
    out.kind = kind;
    out.line = mark.line + 1;
    out.column = mark.column + 1;
    return out;
  }

  static std::size_t size_of(const YamlNode& tree) {
    std::size_t size = 1;
    for (const auto& item : tree.items) size += size_of(item);
    for (const auto& entry : tree.entries) size += size_of(entry.key) + size_of(entry.value);
    return size;
  }

  void count(std::size_t nodes, const YAML::Mark& mark) {
    nodes_ += nodes;
    if (nodes_ > kMaxYamlNodes)
      throw Refused{mark, say("più di {} valori, contati quelli dei riferimenti *",
                              "more than {} values, those of aliases * counted", kMaxYamlNodes)};
  }

  void leaf(YamlNode value, YAML::anchor_t anchor, const YAML::Mark& mark) {
    count(1, mark);
    if (anchor != 0) anchors_[anchor] = value;
    add(std::move(value));
  }

  void open(YamlNode value, YAML::anchor_t anchor, const YAML::Mark& mark) {
    count(1, mark);
    if (stack_.size() >= kMaxYamlDepth)
      throw Refused{mark, say("più di {} livelli uno dentro l'altro", "more than {} levels inside each other",
                              kMaxYamlDepth)};
    stack_.push_back({std::move(value), anchor, std::nullopt});
  }

  void close() {
    auto [value, anchor, key] = std::move(stack_.back());
    stack_.pop_back();
    if (anchor != 0) anchors_[anchor] = value;
    add(std::move(value));
  }

  void add(YamlNode value) {
    if (stack_.empty()) {
      root = std::move(value);
      return;
    }
    auto& parent = stack_.back();
    if (parent.node.kind == YamlNode::Kind::kList) {
      parent.node.items.push_back(std::move(value));
    } else if (!parent.key) {
      parent.key = std::move(value);
    } else {
      parent.node.entries.push_back({std::move(*parent.key), std::move(value)});
      parent.key.reset();
    }
  }

  std::vector<Open> stack_;
  std::map<YAML::anchor_t, YamlNode> anchors_;
  std::size_t nodes_ = 0;
};

// A second document in the same file would silently say nothing.
bool parse_into(TreeBuilder& tree, std::string_view text) {
  std::istringstream stream{std::string(text)};
  YAML::Parser parser(stream);
  if (!parser.HandleNextDocument(tree)) return true;
  TreeBuilder rest;
  return !parser.HandleNextDocument(rest);
}

TextPosition position(const std::string& file, const YAML::Mark& mark) {
  if (mark.is_null()) return {file, 0, 0};
  return {file, mark.line + 1, mark.column + 1};
}

}  // namespace

std::optional<YamlNode> parse_yaml(const std::string& file, std::string_view text,
                                   ConfigurationFindings& findings) {
  const auto refuse = [&](TextPosition at, Text what, Text hint) {
    findings.push_back({std::move(at), std::move(what), std::move(hint)});
    return std::nullopt;
  };
  if (!json::is_utf8(text))
    return refuse({file, 0, 0}, say("il file non è in UTF-8", "the file is not UTF-8"),
                  say("salvarlo di nuovo come UTF-8", "save it again as UTF-8"));
  TreeBuilder tree;
  try {
    if (!parse_into(tree, text))
      return refuse({file, 0, 0},
                    say("più di un documento YAML nel file", "more than one YAML document in the file"),
                    say("togliere ciò che segue la riga ---", "remove what follows the line ---"));
  } catch (const Refused& refused) {
    return refuse(position(file, refused.mark), refused.what, {});
  } catch (const YAML::Exception& broken) {
    return refuse(position(file, broken.mark), say("YAML non valido: {}", "invalid YAML: {}", broken.msg),
                  say("controllare rientri, due punti e virgolette qui e nella riga prima",
                      "check indentation, colons and quotes here and in the line before"));
  }
  if (tree.root && tree.root->kind != YamlNode::Kind::kNull) return std::move(tree.root);
  YamlNode empty;
  empty.kind = YamlNode::Kind::kMap;
  empty.line = empty.column = 1;
  return empty;
}

}  // namespace raccordo
