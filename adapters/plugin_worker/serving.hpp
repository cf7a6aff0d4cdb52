// SPDX-License-Identifier: EUPL-1.2
// The life of a worker process: load, create, then batches until the daemon closes its end.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/plugin_worker/batch_layout.hpp"
#include "adapters/plugin_worker/batch_memory.hpp"
#include "adapters/plugin_worker/instance.hpp"
#include "adapters/plugin_worker/wire.hpp"

namespace raccordo {

class Serving {
 public:
  Serving(int socket, SharedPage& page) : socket_(socket), page_(page) {}

  // Returns when the daemon has no more batches, or the plugin cannot go on. [instance]
  void run();

 private:
  [[nodiscard]] std::optional<Load> receive_load();
  [[nodiscard]] Status start(Load load);
  [[nodiscard]] bool receive_batch();
  // False when the instance is gone.
  [[nodiscard]] bool handle_batch();
  void flush(std::uint32_t next);
  void send(FrameKind kind, const std::string& payload);
  [[nodiscard]] bool receive(void* to, std::size_t size);

  int socket_;
  SharedPage& page_;
  PluginLibrary library_;
  std::unique_ptr<Instance> instance_;

  BatchMemory frame_;  // of one batch
  BatchHead head_;
  ReceivedBatch batch_;
  EffectBuffer effects_;
  std::uint32_t first_ = 0;  // of the answers that are not sent yet
};

}  // namespace raccordo
