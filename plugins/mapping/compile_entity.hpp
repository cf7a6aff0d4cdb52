// SPDX-License-Identifier: EUPL-1.2
// One entity of a mapping file: its fields against the canonical schema, in the order of the canonical keys.
#pragma once

#include "plugins/mapping/compile_value.hpp"

namespace raccordo::mapping {

class EntityCompiler {
 public:
  EntityCompiler(ValueCompiler& values, std::uint32_t index, const OutEntity& entity)
      : values_(values),
        builder_(values.builder()),
        findings_(values.findings()),
        index_(index),
        entity_(entity) {}

  // `entry`: with its fields as they were meant.
  void compile(const Schema& schema, const Entry& entry);

  // The fields of an entity, and its `when` and `called`, as they were meant; findings for the misspelt.
  [[nodiscard]] static Node spelt(const Schema& schema, const Node& node, Findings& findings);

 private:
  // Where a field stands: whether everything around it must be there.
  struct Around {
    std::string path;
    bool must_stand = true;
    int depth = 0;
  };

  void fields(const Schema& schema, const Node& node, const Around& around);
  void field(const Field& field, const Entry& entry, const Around& around);
  void single(const Field& field, const Node& node, const Wanted& wanted, Presence presence);
  void object(const Field& field, const Node& written, const Around& around, std::uint32_t out,
              Presence presence);
  void list(const Field& field, const Node& node, const Around& around, std::uint32_t out, Presence presence);
  void item(const Field& field, const Node& written, const Around& around, std::uint32_t out);
  void pieces(const Node& node, const Wanted& wanted, std::uint32_t out);
  void loop(const Node& node, const Wanted& wanted, std::size_t begin, Do next, std::uint32_t out);
  bool ready(const Field& field, const Node& node, const Wanted& wanted);
  [[nodiscard]] Presence presence(const Field& field, const Node& node, const Around& around);

  ValueCompiler& values_;
  Builder& builder_;
  Findings& findings_;
  std::uint32_t index_;
  const OutEntity& entity_;
};

}  // namespace raccordo::mapping
