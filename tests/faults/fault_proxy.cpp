// SPDX-License-Identifier: EUPL-1.2
#include "tests/faults/fault_proxy.hpp"

#include <list>

#include "tests/faults/link.hpp"

namespace raccordo::testing {

struct FaultProxy::Proxy {
  Proxy(Carries what, int port, FaultPlan plan) : carries(what), course(port, std::move(plan)) {}

  Carries carries;
  Course course;
  Socket listening = Socket::listening();
  std::atomic<int> connections = 0;
  std::mutex mutex;
  std::list<std::unique_ptr<Link>> links;
  std::jthread accepting{[this] { accept(); }};

  void accept() {
    while (auto client = listening.accept()) {
      ++connections;
      // Whoever was answered on a link already finds it among those that are cut.
      const std::scoped_lock lock(mutex);
      links.remove_if([](const auto& known) { return known->ended(); });
      links.push_back(carries == Carries::kHttp ? link_http(*std::move(client), course)
                                                : link_bytes(*std::move(client), course));
    }
  }

  void cut_all() {
    const std::scoped_lock lock(mutex);
    for (const auto& link : links) link->cut();
  }
};

FaultProxy::FaultProxy(Carries carries, int port, FaultPlan plan)
    : proxy_(std::make_unique<Proxy>(carries, port, std::move(plan))) {}

FaultProxy::~FaultProxy() {
  proxy_->listening.shut();
  proxy_->accepting.join();
  proxy_->course.leave();
  proxy_->cut_all();
}

int FaultProxy::port() const { return proxy_->listening.port(); }
std::string FaultProxy::address() const { return "127.0.0.1:" + std::to_string(port()); }
void FaultProxy::lead_to(int port) { proxy_->course.lead_to(port); }
void FaultProxy::follow(FaultPlan plan) { proxy_->course.follow(std::move(plan)); }
void FaultProxy::cut_all() { proxy_->cut_all(); }
int FaultProxy::struck(FaultKind kind) const { return proxy_->course.strikes(kind); }
void FaultProxy::await(FaultKind kind, int times) const { proxy_->course.await(kind, times); }
int FaultProxy::connections() const { return proxy_->connections; }

int FaultProxy::struck() const {
  int all = 0;
  for (std::size_t kind = 0; kind < kFaultKinds; ++kind) all += struck(static_cast<FaultKind>(kind));
  return all;
}

}  // namespace raccordo::testing
