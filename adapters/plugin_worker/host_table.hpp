// SPDX-License-Identifier: EUPL-1.2
// The host as a plugin sees it: what an instance says is checked against what its plugin declared and against
// the limits, and lands in an EffectBuffer. The callbacks that the plugin is given are static members here.
#pragma once

#include <pthread.h>

#include <functional>
#include <initializer_list>
#include <string>

#include "adapters/plugin_worker/effects.hpp"
#include "raccordo/abi.h"

namespace raccordo {

// Where lines go that an instance logs while it is created or freed, when no batch can carry them.
using LogLine = std::function<void(std::uint32_t level, std::string_view text)>;

class HostTable {
 public:
  // `description` outlives it.
  HostTable(const PluginDescription& description, std::uint64_t max_output_bytes, LogLine log);
  HostTable(const HostTable&) = delete;
  HostTable& operator=(const HostTable&) = delete;

  [[nodiscard]] const raccordo_host* table() const { return &table_; }

  void begin_create();
  void begin_handle(EffectBuffer& effects);
  void end();

  [[nodiscard]] const std::string& explained() const { return explained_; }
  // What the call did against the contract, the first of it; empty: nothing.
  [[nodiscard]] const Text& broken() const { return broken_; }
  [[nodiscard]] const Framing& framing() const { return framing_; }

 private:
  enum class Phase { kIdle, kCreate, kHandle };

  static HostTable& of(void* self) { return *static_cast<HostTable*>(self); }
  static const void* table_callback(void* self, raccordo_bytes id);
  static void explain_callback(void* self, raccordo_bytes text);
  static raccordo_status frame_callback(void* self, const raccordo_framing* framing);
  static raccordo_status publish_callback(void* self, raccordo_bytes kind, raccordo_bytes json);
  static raccordo_status erase_callback(void* self, raccordo_bytes kind, raccordo_bytes id);
  static raccordo_status command_callback(void* self, raccordo_bytes type, raccordo_bytes json,
                                          raccordo_bytes context);
  static raccordo_status send_callback(void* self, const raccordo_send* request, raccordo_bytes context);
  static raccordo_status respond_callback(void* self, std::uint32_t status, const raccordo_header* headers,
                                          std::size_t header_count, raccordo_bytes body);
  static raccordo_status write_callback(void* self, raccordo_bytes file, raccordo_bytes bytes);
  static raccordo_status save_cursor_callback(void* self, raccordo_bytes cursor);
  static raccordo_status snapshot_begin_callback(void* self, raccordo_bytes scope);
  static raccordo_status snapshot_end_callback(void* self, raccordo_bytes scope);
  static raccordo_status filter_callback(void* self, raccordo_bytes reason);
  static raccordo_status reject_callback(void* self, raccordo_bytes code, raccordo_bytes field,
                                         raccordo_bytes text);
  static raccordo_status finding_callback(void* self, raccordo_bytes code, raccordo_bytes field,
                                          raccordo_bytes text);
  static void log_callback(void* self, std::uint32_t level, raccordo_bytes text);

  // One effect of fixed fields, and headers behind them.
  raccordo_status take(EffectKind kind, std::uint32_t number, std::initializer_list<raccordo_bytes> fields,
                       const raccordo_header* headers = nullptr, std::size_t header_count = 0);
  raccordo_status take_declared(EffectKind kind, std::string_view verb,
                                const std::vector<std::string>& declared,
                                std::initializer_list<raccordo_bytes> fields);
  // Counts against the limit of one input; false: over it.
  bool charge(raccordo_bytes bytes);
  bool charge(std::initializer_list<raccordo_bytes> fields, const raccordo_header* headers,
              std::size_t header_count);
  raccordo_status fail(raccordo_status status, Text why);
  [[nodiscard]] bool may(Phase phase) const {
    return phase_ == phase && pthread_equal(pthread_self(), owner_) != 0;
  }

  const PluginDescription& description_;
  std::uint64_t max_output_bytes_;
  LogLine log_;
  raccordo_host table_{};
  Framing framing_;
  Phase phase_ = Phase::kIdle;
  pthread_t owner_{};
  EffectBuffer* effects_ = nullptr;
  std::uint64_t cost_ = 0;
  std::uint64_t log_lines_ = 0;  // of this input
  bool responded_ = false;
  std::string explained_;
  Text broken_;
};

}  // namespace raccordo
