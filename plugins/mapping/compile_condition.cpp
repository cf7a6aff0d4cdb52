// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/compile_condition.hpp"

#include <algorithm>

namespace raccordo::mapping {
namespace {

void comparison(const Entry& entry, bool wanted_in, ValueCompiler& values, std::vector<std::size_t>& skips) {
  auto& builder = values.builder();
  const auto words = builder.table({read_words(entry.value, values.findings()), {}});
  skips.push_back(builder.add({wanted_in ? Do::kSkipUnlessIn : Do::kSkipIfIn, 0, kNoSource, words, 0}, -1));
}

void condition(const Node& node, ValueCompiler& values, std::vector<std::size_t>& skips) {
  auto& findings = values.findings();
  if (!node.is_map())
    return findings.add(node.at, say("when vuole un valore, per esempio {{column: STATO, is: attivo}}",
                                     "when wants a value, for instance {{column: STATE, is: active}}"));
  const auto *is = node.find("is"), *is_not = node.find("is_not");
  if (is != nullptr && is_not != nullptr)
    return findings.add(
        is_not->at, say("is e is_not non si possono usare insieme", "is and is_not cannot be used together"));
  Node value = node;
  std::erase_if(value.entries, [](const Entry& entry) { return entry.key == "is" || entry.key == "is_not"; });
  values.value(value, Wanted{});
  if (is != nullptr) return comparison(*is, true, values, skips);
  if (is_not != nullptr) return comparison(*is_not, false, values, skips);
  skips.push_back(values.builder().add({Do::kSkipUnless, 0, kNoSource, 0, 0}, -1));
}

}  // namespace

void compile_when(const Node& node, ValueCompiler& values, std::vector<std::size_t>& skips) {
  const auto* when = node.find("when");
  if (when == nullptr) return;
  if (!when->value.is_list()) condition(when->value, values, skips);
  for (const auto& one : when->value.items) condition(one, values, skips);
}

}  // namespace raccordo::mapping
