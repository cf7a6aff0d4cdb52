// SPDX-License-Identifier: Apache-2.0
// What a plugin says of itself:
//   name("turni").version("1.2.0").licence("EUPL-1.2").summary("Posti ...", "Places ...")
//       .reads(csv()).publishes<Capacity>().options(kOptions)
// Its inputs are not declared: they follow from the handlers that its class has.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string_view>

#include "raccordo/model/entity.hpp"
#include "raccordo/sdk/option.hpp"
#include "raccordo/sdk/reading.hpp"

namespace raccordo {
inline namespace sdk {

struct Names {
  static constexpr std::size_t kMost = 32;
  std::array<std::string_view, kMost> all{};
  std::size_t size = 0;

  constexpr void add(std::string_view name) {
    if (size == kMost) throw std::length_error("more than 32 names");
    all[size++] = name;
  }
  [[nodiscard]] constexpr std::span<const std::string_view> span() const {
    return std::span(all).first(size);
  }
};

struct PluginFacts {
  std::string_view name;
  std::string_view version = "0.1.0";
  std::string_view licence;
  Label summary;
  Reading reading;
  Names publishes;
  Names subscribes;
  Names commands;
  Names writes;
  Names capabilities;
  Names data_classes;
};

struct NoOptions {};

template <typename Options = OptionsOf<NoOptions>>
class Declaration {
 public:
  PluginFacts facts;
  Options declared_options;

  [[nodiscard]] constexpr Declaration version(std::string_view semantic) const {
    return with([&](PluginFacts& f) { f.version = semantic; });
  }
  // An SPDX expression.
  [[nodiscard]] constexpr Declaration licence(std::string_view spdx) const {
    return with([&](PluginFacts& f) { f.licence = spdx; });
  }
  [[nodiscard]] constexpr Declaration summary(std::string_view it, std::string_view en) const {
    return with([&](PluginFacts& f) { f.summary = {it, en}; });
  }
  // How its records are cut, unless its constructor asks for something else. Left out by a plugin whose
  // options alone say it.
  [[nodiscard]] constexpr Declaration reads(const Reading& reading) const {
    return with([&](PluginFacts& f) { f.reading = reading; });
  }
  // Kinds of entities that it may state.
  template <Described... Entities>
  [[nodiscard]] constexpr Declaration publishes() const {
    return with([](PluginFacts& f) { (f.publishes.add(Entities::describe().kind), ...); });
  }
  template <typename... Kinds>
  [[nodiscard]] constexpr Declaration publishes(const Kinds&... kinds) const {
    return with([&](PluginFacts& f) { (f.publishes.add(kinds), ...); });
  }
  // Kinds whose events it understands.
  template <Described... Entities>
  [[nodiscard]] constexpr Declaration subscribes() const {
    return with([](PluginFacts& f) { (f.subscribes.add(Entities::describe().kind), ...); });
  }
  template <typename... Kinds>
  [[nodiscard]] constexpr Declaration subscribes(const Kinds&... kinds) const {
    return with([&](PluginFacts& f) { (f.subscribes.add(kinds), ...); });
  }
  template <typename... Types>
  [[nodiscard]] constexpr Declaration commands(const Types&... types) const {
    return with([&](PluginFacts& f) { (f.commands.add(types), ...); });
  }
  template <typename... Files>  // "*" where an option names them
  [[nodiscard]] constexpr Declaration writes(const Files&... files) const {
    return with([&](PluginFacts& f) { (f.writes.add(files), ...); });
  }
  // Optional tables of the contract.
  template <typename... Capabilities>
  [[nodiscard]] constexpr Declaration asks(const Capabilities&... ids) const {
    return with([&](PluginFacts& f) { (f.capabilities.add(ids), ...); });
  }
  // Classes of people's data that it asks to see.
  template <typename... Classes>
  [[nodiscard]] constexpr Declaration sees(const Classes&... classes) const {
    return with([&](PluginFacts& f) { (f.data_classes.add(classes), ...); });
  }
  template <typename Declared>
  [[nodiscard]] constexpr auto options(const Declared& declared) const {
    return Declaration<Declared>{facts, declared};
  }

 private:
  template <typename Change>
  [[nodiscard]] constexpr Declaration with(Change change) const {
    Declaration copy = *this;
    change(copy.facts);
    return copy;
  }
};

// `plugin: turni` in a configuration: [a-z0-9_].
[[nodiscard]] constexpr Declaration<> name(std::string_view plugin) {
  Declaration<> declaration{};
  declaration.facts.name = plugin;
  return declaration;
}

[[nodiscard]] constexpr bool well_named(std::string_view name) {
  for (const char c : name)
    if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_') return false;
  return !name.empty();
}

}  // namespace sdk
}  // namespace raccordo
