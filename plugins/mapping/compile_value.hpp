// SPDX-License-Identifier: EUPL-1.2
// One value of a mapping file - a constant, or a source with what is done to it - becomes operations that
// leave exactly one value on the stack.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/mapping/builder.hpp"
#include "plugins/mapping/compile_formats.hpp"

namespace raccordo::mapping {

// What the whole file settles for all its values.
struct Settled {
  Trim trim = Trim::kNone;
  const Table* empty_words = nullptr;
  std::map<std::string, const Node*, std::less<>> tables;  // by name
  std::vector<OutEntity> entities;                         // all, in their order
};

class ValueCompiler {
 public:
  ValueCompiler(Builder& builder, Findings& findings, const Settled& settled)
      : builder_(builder), findings_(findings), settled_(settled) {}

  // `above`: how many of the entities stand above, and can be referred to.
  void stands_below(std::size_t above) { above_ = above; }

  // Leaves one value on the stack.
  void value(const Node& written, const Wanted& wanted);

  // A value's words - where it comes from, what is done to it - as they were meant; findings for the
  // misspelt.
  [[nodiscard]] Node words(const Node& node);

  // For lists: the source with its `empty` and `default`, then what is done to each piece.
  void source(const Node& node, const Wanted& wanted);
  void changes(const Node& node, const Wanted& wanted, const Entry* from);
  void empty_words(const Node& node);
  // The one word that says where a value comes from; a finding unless there is exactly one.
  [[nodiscard]] const Entry* source_word(const Node& node, const Wanted& wanted);

  [[nodiscard]] Builder& builder() { return builder_; }
  [[nodiscard]] Findings& findings() { return findings_; }

  // A path of the record's format; nothing after a finding.
  [[nodiscard]] std::optional<Path> path(const Entry& entry);

 private:
  void constant(const Node& node, const Wanted& wanted);
  void from_word(const Entry& entry, const Wanted& wanted, const Node& node);
  void column(const Entry& entry);
  void from_path(const Entry& entry);
  void id_of(const Entry& entry, const Wanted& wanted);
  void join(const Entry& entry, const Node& node);
  void parts(const Entry& entry);
  std::size_t text_parts(const Entry& entry);
  void table(const Entry& entry, const Entry* otherwise, const Wanted& wanted);
  void named_rows(const Node*& rows, std::string& name);
  void date(const Entry& entry, const Wanted& wanted);
  void number(const Entry& entry, const Wanted& wanted);
  void fallback(const Entry& entry, const Wanted& wanted);
  void check_types(const Node& node, const Wanted& wanted, const Entry& from);
  void check_together(const Node& node);
  void nothing() { builder_.add({Do::kConstant, 0, kNoSource, builder_.constant({}), 0}, +1); }

  Builder& builder_;
  Findings& findings_;
  const Settled& settled_;
  std::size_t above_ = 0;
};

}  // namespace raccordo::mapping
