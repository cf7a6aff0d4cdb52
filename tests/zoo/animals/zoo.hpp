// SPDX-License-Identifier: EUPL-1.2
// What the animals of the zoo share: a plugin written against the C contract with as little as it takes.
#pragma once

#include <cstring>
#include <string>
#include <string_view>

#include "raccordo/abi.h"

namespace zoo {

constexpr raccordo_bytes text(std::string_view words) { return {words.data(), words.size()}; }
inline std::string_view view(raccordo_bytes bytes) {
  return bytes.data == nullptr ? std::string_view{} : std::string_view(bytes.data, bytes.size);
}

inline const raccordo_host* host = nullptr;  // one instance in a process

inline void* create(const raccordo_host* given, const raccordo_options*) {
  host = given;
  return &host;
}
inline void destroy(void*) {}

// The record's body, or its first cell.
inline std::string_view content(const raccordo_input* input) {
  if (input->record == nullptr) return {};
  if (input->record->cells.size > 0) return view(input->record->cells.items[0]);
  return view(input->record->body);
}

// Publishes the record's content as a service.
inline raccordo_verdict publish(const raccordo_input* input) {
  const auto json = content(input);
  host->publish(host->self, text("service"), {json.data(), json.size()});
  return RACCORDO_DONE;
}

inline bool is_bad(const raccordo_input* input) {
  return content(input).find("bad") != std::string_view::npos;
}

// Says how what should not be possible ended: parked as "refused" with these words.
inline raccordo_verdict refused(const std::string& words) {
  host->reject(host->self, text("refused"), {}, {words.data(), words.size()});
  return RACCORDO_DONE;
}

inline constexpr raccordo_bytes kKinds[] = {text("service"), text("organization")};

inline constexpr raccordo_framing kFraming{
    sizeof(raccordo_framing), RACCORDO_FORMAT_LINES, {}, {}, {}, {}, 0, 0};

inline raccordo_plugin describe(std::string_view name,
                                raccordo_verdict (*handle)(void*, const raccordo_input*)) {
  raccordo_plugin plugin{};
  plugin.struct_size = sizeof plugin;
  plugin.abi_major = RACCORDO_ABI_MAJOR;
  plugin.abi_minor = RACCORDO_ABI_MINOR;
  plugin.name = text(name);
  plugin.version = text("1.0.0");
  plugin.licence = text("EUPL-1.2");
  plugin.summary_it = text("Un animale dello zoo");
  plugin.summary_en = text("An animal of the zoo");
  plugin.inputs = 1u << RACCORDO_INPUT_RECORD;
  plugin.framing = &kFraming;
  plugin.publishes = {kKinds, 2};
  plugin.create = create;
  plugin.handle = handle;
  plugin.destroy = destroy;
  return plugin;
}

}  // namespace zoo

#define ZOO_PLUGIN(name, handle)                                              \
  extern "C" RACCORDO_EXPORT const raccordo_plugin* raccordo_plugin_entry() { \
    static const raccordo_plugin plugin = zoo::describe(name, handle);        \
    return &plugin;                                                           \
  }

// For one that partners call.
#define ZOO_CALLED_PLUGIN(name, handle)                                       \
  extern "C" RACCORDO_EXPORT const raccordo_plugin* raccordo_plugin_entry() { \
    static const raccordo_plugin plugin = [] {                                \
      auto made = zoo::describe(name, handle);                                \
      made.inputs |= 1u << RACCORDO_INPUT_REQUEST;                            \
      return made;                                                            \
    }();                                                                      \
    return &plugin;                                                           \
  }
