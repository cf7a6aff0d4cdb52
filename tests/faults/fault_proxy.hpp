// SPDX-License-Identifier: EUPL-1.2
// Stands on 127.0.0.1 before a server and does what networks do on bad days, as a plan says. What struck is
// counted, so that a test can tell that something did.
#pragma once

#include <memory>
#include <string>

#include "tests/faults/fault_plan.hpp"

namespace raccordo::testing {

enum class Carries : std::uint8_t {
  kBytes,  // anything over TCP: faults of HTTP do nothing
  kHttp,   // HTTP/1.1 in the clear
};

class FaultProxy {
 public:
  // On a free port, before the server that listens on `port` of 127.0.0.1; 0: see `lead_to`.
  FaultProxy(Carries carries, int port, FaultPlan plan = FaultPlan());
  ~FaultProxy();
  FaultProxy(const FaultProxy&) = delete;
  FaultProxy& operator=(const FaultProxy&) = delete;

  [[nodiscard]] int port() const;
  [[nodiscard]] std::string address() const;  // 127.0.0.1:PORT

  // For connections from now on. [any]
  void lead_to(int port);
  // From now on; what waits for its fault already keeps it. [any]
  void follow(FaultPlan plan);
  // Every connection that is open now. [any]
  void cut_all();

  // How often that kind has struck. [any]
  [[nodiscard]] int struck(FaultKind kind) const;
  [[nodiscard]] int struck() const;  // of any kind
  // Waits until it has struck so often.
  void await(FaultKind kind, int times) const;
  [[nodiscard]] int connections() const;  // so far

 private:
  struct Proxy;
  std::unique_ptr<Proxy> proxy_;
};

}  // namespace raccordo::testing
