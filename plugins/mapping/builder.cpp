// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/builder.hpp"

#include <algorithm>

namespace raccordo::mapping {
namespace {

template <typename List, typename Item>
std::uint32_t append(List& list, Item&& item) {
  list.push_back(std::forward<Item>(item));
  return static_cast<std::uint32_t>(list.size() - 1);
}

std::size_t index_in(std::vector<std::string>& list, std::string_view name) {
  const auto at = std::find(list.begin(), list.end(), name);
  if (at != list.end()) return static_cast<std::size_t>(at - list.begin());
  list.emplace_back(name);
  return list.size() - 1;
}

}  // namespace

std::size_t Builder::add(Op op, int change) {
  depth_ += static_cast<std::size_t>(change);
  most_ = std::max(most_, depth_);
  program_.ops.push_back(op);
  return program_.ops.size() - 1;
}

std::uint32_t Builder::column(std::string_view name) {
  return static_cast<std::uint32_t>(index_in(program_.columns, name));
}

std::uint16_t Builder::source(std::string_view name) {
  return static_cast<std::uint16_t>(std::min<std::size_t>(index_in(program_.sources, name), kNoSource));
}

std::uint32_t Builder::path(Path path) { return append(program_.paths, std::move(path)); }
std::uint32_t Builder::constant(Constant constant) { return append(program_.constants, std::move(constant)); }
std::uint32_t Builder::number(NumberFormat format) { return append(program_.numbers, std::move(format)); }
std::uint32_t Builder::dates(DateFormats formats) { return append(program_.dates, std::move(formats)); }
std::uint32_t Builder::table(ValueTable table) { return append(program_.tables, std::move(table)); }
std::uint32_t Builder::field(OutField field) { return append(program_.fields, std::move(field)); }
std::uint32_t Builder::entity(OutEntity entity) { return append(program_.entities, std::move(entity)); }
std::uint32_t Builder::row(OutRow row) { return append(program_.rows, std::move(row)); }

}  // namespace raccordo::mapping
