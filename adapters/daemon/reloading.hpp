// SPDX-License-Identifier: EUPL-1.2
// Takes up, while the hub runs, a configuration that changed, and libraries that were replaced.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cli/program.hpp"
#include "adapters/daemon/hub.hpp"
#include "adapters/daemon/library_watch.hpp"
#include "adapters/http_server/ingress/ingress.hpp"
#include "adapters/logging/open_log.hpp"
#include "core/engine/config/difference.hpp"

namespace raccordo {

// One change at a time, whoever asks. Log and hub outlive it. [any]
class Reloading {
 public:
  Reloading(RunRequest request, LevelledLog& log, Language language);

  // What is in force: of a daemon that starts, what it was started with. Until others may ask for a reload.
  [[nodiscard]] const ReadyConfiguration& current() const { return current_; }

  // Before anything is asked of it.
  void start(Hub& hub) { hub_ = &hub; }

  // Who may call is taken up with the rest: at `ingress`, until another, or none, is named. [control]
  void serve_at(Ingress* ingress) {
    const std::lock_guard lock(mutex_);
    ingress_ = ingress;
  }

  // For SIGHUP and for {"do":"reload"}: the answer to the latter. All of the configuration is taken up or
  // nothing.
  std::string reload();

  // A connector whose library was replaced since it was described drains and goes on with a new worker. One
  // that cannot be used takes the place of none that works: what runs goes on, and people are told, once.
  void take_up_libraries();

 private:
  struct Kept {
    std::string id;
    Text why;
  };

  void take_up(ReadyConfiguration next);
  [[nodiscard]] std::string refused(const Error& why);
  [[nodiscard]] std::vector<Kept> keep(const Difference& change, ReadyConfiguration& next);
  [[nodiscard]] Status apply(const Difference& change, const ReadyConfiguration& next, Hub::Folders folders);
  [[nodiscard]] std::vector<std::string> replaced_libraries();
  void describe_again(const std::string& library, ReadyConfiguration& next);

  std::function<ReadyConfiguration()> read_again_;
  ReadyConfiguration current_;
  LibraryWatch::Stamps described_;     // of its libraries
  std::optional<LogLevel> log_level_;  // of the command line
  LevelledLog& log_;
  Language language_;
  Hub* hub_ = nullptr;
  Ingress* ingress_ = nullptr;
  LibraryWatch watch_;
  std::mutex mutex_;
};

}  // namespace raccordo
