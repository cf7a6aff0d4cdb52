// SPDX-License-Identifier: Apache-2.0
// A plugin's class and its declaration become the C contract here: the descriptor, and the fence around every
// entry.
//
// The class has any of
//   void on_record(const Row&, Effects&) const;        rows of CSV and XLSX
//   void on_record(const Document&, Effects&) const;   every other record
//   void on_event(const Event&, Effects&) const;
//   void on_request(const Request&, Effects&) const;
//   void on_response(const Response&, Effects&) const;
//   void on_outcome(const Outcome&, Effects&) const;
//   void on_tick(const Tick&, Effects&) const;
// and a constructor that takes (Options), (Options, Setup&), (Setup&) or nothing. Handlers are const: what
// the constructor built is all that an instance knows. An exception in the constructor becomes the words of a
// refusal, in a handler a rejection of that input with the code "plugin_exception".
#pragma once

#include <raccordo/abi.h>

#include <memory>
#include <string>
#include <utility>

#include "raccordo/sdk/declaration.hpp"
#include "raccordo/sdk/descriptor.hpp"
#include "raccordo/sdk/effects.hpp"
#include "raccordo/sdk/inputs.hpp"
#include "raccordo/sdk/row.hpp"
#include "raccordo/sdk/setup.hpp"

namespace raccordo {
inline namespace sdk {
namespace sdk_detail {

template <typename P>
concept HandlesRows = requires(const P& p, const Row& row, Effects& effects) {
  p.on_record(row, effects);
};
template <typename P>
concept HandlesDocuments = requires(const P& p, const Document& d, Effects& effects) {
  p.on_record(d, effects);
};
template <typename P>
concept HandlesEvents = requires(const P& p, const Event& event, Effects& effects) {
  p.on_event(event, effects);
};
template <typename P>
concept HandlesRequests = requires(const P& p, const Request& r, Effects& effects) {
  p.on_request(r, effects);
};
template <typename P>
concept HandlesResponses = requires(const P& p, const Response& r, Effects& effects) {
  p.on_response(r, effects);
};
template <typename P>
concept HandlesOutcomes = requires(const P& p, const Outcome& o, Effects& effects) {
  p.on_outcome(o, effects);
};
template <typename P>
concept HandlesTicks = requires(const P& p, const Tick& tick, Effects& effects) {
  p.on_tick(tick, effects);
};

template <typename P>
constexpr std::uint32_t inputs_of() {
  std::uint32_t inputs = 0;
  if constexpr (HandlesRows<P> || HandlesDocuments<P>) inputs |= 1u << RACCORDO_INPUT_RECORD;
  if constexpr (HandlesEvents<P>) inputs |= 1u << RACCORDO_INPUT_EVENT;
  if constexpr (HandlesRequests<P>) inputs |= 1u << RACCORDO_INPUT_REQUEST;
  if constexpr (HandlesResponses<P>) inputs |= 1u << RACCORDO_INPUT_RESPONSE;
  if constexpr (HandlesOutcomes<P>) inputs |= 1u << RACCORDO_INPUT_OUTCOME;
  if constexpr (HandlesTicks<P>) inputs |= 1u << RACCORDO_INPUT_TICK;
  return inputs;
}

// True when a handler took it.
template <typename P>
bool hand_record(const P& plugin, const raccordo_record& record, Memory& memory, Effects& effects) {
  const bool rows = record.format == RACCORDO_FORMAT_CSV || record.format == RACCORDO_FORMAT_XLSX;
  if constexpr (HandlesRows<P>)
    if (rows) return plugin.on_record(Row(record, memory.guesses), effects), true;
  if constexpr (HandlesDocuments<P>)
    if (!rows) return plugin.on_record(document_of(record), effects), true;
  return false;
}

template <typename P>
bool hand(const P& plugin, const raccordo_input& input, Memory& memory, Effects& effects) {
  if (input.kind == RACCORDO_INPUT_RECORD && input.record != nullptr)
    return hand_record(plugin, known_members(input.record), memory, effects);
  if constexpr (HandlesEvents<P>)
    if (input.kind == RACCORDO_INPUT_EVENT && input.event != nullptr)
      return plugin.on_event(event_of(known_members(input.event)), effects), true;
  if constexpr (HandlesRequests<P>)
    if (input.kind == RACCORDO_INPUT_REQUEST && input.request != nullptr)
      return plugin.on_request(request_of(known_members(input.request)), effects), true;
  if constexpr (HandlesResponses<P>)
    if (input.kind == RACCORDO_INPUT_RESPONSE && input.response != nullptr)
      return plugin.on_response(response_of(known_members(input.response)), effects), true;
  if constexpr (HandlesOutcomes<P>)
    if (input.kind == RACCORDO_INPUT_OUTCOME && input.outcome != nullptr)
      return plugin.on_outcome(outcome_of(known_members(input.outcome)), effects), true;
  if constexpr (HandlesTicks<P>)
    if (input.kind == RACCORDO_INPUT_TICK && input.tick != nullptr)
      return plugin.on_tick(tick_of(known_members(input.tick)), effects), true;
  return false;
}

template <typename P, typename Declared>
P built(const Declared& declared, const raccordo_options& options, Setup& setup) {
  using Options = typename Declared::Struct;
  auto configured = filled(declared, options);
  if (!configured) throw SetupFailed(configured.error());
  if constexpr (std::constructible_from<P, Options, Setup&>)
    return P(std::move(*configured), setup);
  else if constexpr (std::constructible_from<P, Setup&>)
    return P(setup);
  else if constexpr (std::constructible_from<P, Options>)
    return P(std::move(*configured));
  else {
    static_assert(std::default_initializable<P>,
                  "its constructor takes its options, a Setup&, both or nothing");
    return P();
  }
}

// One instance: the plugin, and memory that is reused from call to call but never read across them.
template <typename P>
struct Instance {
  template <typename Declared>
  Instance(const raccordo_host& given, const Declared& declared, const raccordo_options& options)
      : host(given), setup(host), plugin(built<P>(declared, options, setup)) {}

  const raccordo_host host;
  Setup setup;
  const P plugin;
  Memory memory;
};

// `D` is what RACCORDO_PLUGIN makes: the class and its declaration.
template <typename D>
struct Contract {
  using P = typename D::Plugin;
  static_assert(inputs_of<P>() != 0, "a plugin has at least one handler, and handlers are const");
  static_assert(well_named(D::declaration().facts.name), "a plugin's name is [a-z0-9_]");

  static void* create(const raccordo_host* host, const raccordo_options* options) {
    if (host == nullptr) return nullptr;
    const auto known = known_members(host);
    return fenced_create(known, [&]() -> void* {
      return new Instance<P>(known, D::declaration().declared_options, known_members(options));
    });
  }

  static raccordo_verdict handle(void* instance, const raccordo_input* input) {
    auto& self = *static_cast<Instance<P>*>(instance);
    const auto known = known_members(input);
    return fenced_handle(self.host, self.memory, [&](Effects& effects) {
      if (!hand(self.plugin, known, self.memory, effects)) reject_unknown(known, effects);
    });
  }

  static void destroy(void* instance) {
    fenced_destroy([&] { delete static_cast<Instance<P>*>(instance); });
  }
};

}  // namespace sdk_detail

// The descriptor of a declared plugin. Built at the first call; nullptr when there is no memory for it. [any]
template <typename D>
const raccordo_plugin* descriptor_of() noexcept {
  using Contract = sdk_detail::Contract<D>;
  try {
    static const auto options = option_list(D::declaration().declared_options);
    static const Descriptor descriptor(D::declaration().facts, options,
                                       sdk_detail::inputs_of<typename D::Plugin>(),
                                       {Contract::create, Contract::handle, Contract::destroy});
    return &descriptor.contract();
  } catch (...) {
    return nullptr;
  }
}

}  // namespace sdk
}  // namespace raccordo

// The one line that makes a class a plugin. RACCORDO_PLUGIN_AS gives the entry another name, for tests that
// hold several plugins in one program.
#define RACCORDO_PLUGIN_AS(entry, Class, ...)                     \
  namespace {                                                     \
  struct entry##_declared {                                       \
    using Plugin = Class;                                         \
    static constexpr auto declaration() {                         \
      using namespace ::raccordo;                                 \
      return __VA_ARGS__;                                         \
    }                                                             \
  };                                                              \
  }                                                               \
  extern "C" RACCORDO_EXPORT const raccordo_plugin* entry(void) { \
    return ::raccordo::descriptor_of<entry##_declared>();         \
  }
#define RACCORDO_PLUGIN(Class, ...) RACCORDO_PLUGIN_AS(raccordo_plugin_entry, Class, __VA_ARGS__)
