// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/testing/configured.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "raccordo/sdk/borrowed.hpp"

namespace raccordo {
inline namespace sdk {
namespace {

struct Unit {
  std::string_view suffix;
  std::int64_t factor;
};

constexpr std::array kDurations{Unit{"", 1},       Unit{"ms", 1},        Unit{"s", 1'000},
                                Unit{"m", 60'000}, Unit{"h", 3'600'000}, Unit{"d", 86'400'000}};
constexpr std::array kSizes{Unit{"", 1}, Unit{"B", 1}, Unit{"KiB", 1 << 10}, Unit{"MiB", 1 << 20},
                            Unit{"GiB", 1 << 30}};

std::optional<std::string> in_units(std::string_view written, std::span<const Unit> units) {
  std::int64_t count = 0;
  const auto* const end = written.data() + written.size();
  const auto [at, failed] = std::from_chars(written.data(), end, count);
  if (failed != std::errc()) return std::nullopt;
  const std::string_view suffix(at, static_cast<std::size_t>(end - at));
  for (const auto& unit : units)
    if (unit.suffix == suffix) return std::to_string(count * unit.factor);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> contract_form(std::uint32_t type, std::string_view written) {
  if (type == RACCORDO_OPTION_DURATION) return in_units(written, kDurations);
  if (type == RACCORDO_OPTION_SIZE) return in_units(written, kSizes);
  return std::string(written);
}

Pairs configured(const raccordo_plugin& plugin, const Pairs& given) {
  Pairs options = given;
  for (std::size_t i = 0; i < plugin.option_count; ++i) {
    const auto& declared = plugin.options[i];
    const auto name = view(declared.name);
    auto found =
        std::find_if(options.begin(), options.end(), [&](const auto& one) { return one.first == name; });
    if (found == options.end()) {
      if (declared.required != 0 || declared.default_value.size == 0) continue;
      found = options.insert(options.end(), {std::string(name), std::string(view(declared.default_value))});
    }
    found->second = contract_form(declared.type, found->second).value_or(found->second);
  }
  return options;
}

}  // namespace sdk
}  // namespace raccordo
