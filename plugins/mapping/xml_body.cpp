// SPDX-License-Identifier: EUPL-1.2
#include <pugixml.hpp>

#include <algorithm>
#include <cstring>

#include "plugins/mapping/arena.hpp"
#include "plugins/mapping/body.hpp"
#include "plugins/mapping/spaces.hpp"

namespace raccordo::mapping {
namespace {

// A path without a prefix means an element with or without one: `nome` finds <anag:nome>.
bool named(const char* name, std::string_view wanted) {
  const std::string_view full(name);
  if (full == wanted) return true;
  if (wanted.find(':') != std::string_view::npos) return false;
  const auto colon = full.find(':');
  return colon != std::string_view::npos && full.substr(colon + 1) == wanted;
}

bool is_text(const pugi::xml_node& node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

class XmlBody final : public Body {
 public:
  bool open(std::string_view bytes) override {
    root_ = {};
    list_parent_ = {};
    if (bytes.size() > kMaxBodyBytes) return fail("too large");
    buffer_.assign(bytes.begin(), bytes.end());
    // Entities of a DOCTYPE are never expanded; comments and declarations are not even kept.
    const auto result = document_.load_buffer_inplace(
        buffer_.data(), buffer_.size(), pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol,
        pugi::encoding_utf8);
    if (!result) return fail(result.description());
    root_ = document_.document_element();
    if (!root_) return fail("no element");
    return depth_is_bearable() || fail("too deep");
  }

  std::string_view why() const override { return why_; }

  Piece find(const Path& path, Arena& arena) override {
    pugi::xml_node at = root_;
    for (const auto& step : path) {
      if (step.what == Step::What::kAttribute) return attribute(at, step.name);
      at = child(at, step);
      if (!at) return {};
    }
    return text(at, arena);
  }

  // The last step names what repeats; with a number or an attribute there is only one.
  void open_list(const Path& path) override {
    list_step_ = path.empty() ? nullptr : &path.back();
    list_path_ = &path;
    list_single_ = path.empty() || path.back().numbered || path.back().what == Step::What::kAttribute;
    if (list_single_) return;
    pugi::xml_node at = root_;
    for (std::size_t i = 0; i + 1 < path.size() && at; ++i) at = child(at, path[i]);
    list_parent_ = at;
    list_here_ = at.first_child();
  }

  bool next(Piece& piece, Arena& arena) override {
    if (list_single_) {
      list_single_ = false;
      piece = find(*list_path_, arena);
      return piece.found != Found::kNothing;
    }
    if (list_step_ == nullptr || list_step_->numbered || list_step_->what == Step::What::kAttribute)
      return false;
    while (list_here_ && !named(list_here_.name(), list_step_->name)) list_here_ = list_here_.next_sibling();
    if (!list_here_) return false;
    piece = text(list_here_, arena);
    list_here_ = list_here_.next_sibling();
    return true;
  }

 private:
  bool fail(const char* why) {
    why_ = why;
    return false;
  }

  static pugi::xml_node child(const pugi::xml_node& parent, const Step& step) {
    std::uint32_t left = step.index;
    for (auto node = parent.first_child(); node; node = node.next_sibling())
      if (named(node.name(), step.name) && left-- == 0) return node;
    return {};
  }

  static Piece attribute(const pugi::xml_node& node, std::string_view name) {
    for (auto attribute = node.first_attribute(); attribute; attribute = attribute.next_attribute())
      if (named(attribute.name(), name)) return {Found::kText, attribute.value()};
    return {};
  }

  // The element's own text; pieces around comments, CDATA or inner elements are put together.
  static Piece text(const pugi::xml_node& node, Arena& arena) {
    std::size_t pieces = 0;
    std::size_t size = 0;
    bool has_elements = false;
    std::string_view only;
    for (auto child = node.first_child(); child; child = child.next_sibling()) {
      has_elements = has_elements || child.type() == pugi::node_element;
      if (!is_text(child)) continue;
      only = child.value();
      size += only.size();
      ++pieces;
    }
    if (pieces > 1) only = joined(node, size, arena);
    if (has_elements && trim_ends(only).empty()) return {Found::kStructure, {}};
    if (pieces == 0) return {};
    return {Found::kText, only};
  }

  static std::string_view joined(const pugi::xml_node& node, std::size_t size, Arena& arena) {
    char* const out = arena.take(size);
    char* to = out;
    for (auto child = node.first_child(); child; child = child.next_sibling()) {
      if (!is_text(child)) continue;
      const std::string_view piece(child.value());
      to = std::copy(piece.begin(), piece.end(), to);
    }
    return {out, size};
  }

  // Without recursion: a record nested a million deep must not take the stack.
  [[nodiscard]] bool depth_is_bearable() const {
    std::size_t depth = 1;
    for (pugi::xml_node at = root_;;) {
      if (at.first_child()) {
        at = at.first_child();
        if (++depth > kMaxBodyDepth) return false;
        continue;
      }
      while (at != root_ && !at.next_sibling()) {
        at = at.parent();
        --depth;
      }
      if (at == root_) return true;
      at = at.next_sibling();
    }
  }

  pugi::xml_document document_;
  std::vector<char> buffer_;
  pugi::xml_node root_;
  const char* why_ = "";

  const Path* list_path_ = nullptr;
  const Step* list_step_ = nullptr;
  bool list_single_ = false;
  pugi::xml_node list_parent_;
  pugi::xml_node list_here_;
};

}  // namespace

std::unique_ptr<Body> make_xml_body() { return std::make_unique<XmlBody>(); }

}  // namespace raccordo::mapping
