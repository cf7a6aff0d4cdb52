// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/http_server/ingress/caller.hpp"
#include "adapters/http_server/ingress/rate_limit.hpp"
#include "adapters/http_server/ingress/signature_memory.hpp"
#include "adapters/http_server/routes.hpp"
#include "core/ports/inlet.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"

namespace raccordo {

// What stays longer than the ingress and every reply that it handed out. All are safe from every thread.
struct IngressParts {
  Inlet& inlet;
  const Clock& clock;
  Log& log;
  Metrics& metrics;
};

struct DoorkeeperRules {
  Rate client_rate{200, std::chrono::seconds(1)};  // of one client, whoever it says it is
  Duration handling = std::chrono::seconds(10);    // how long a client waits for the inlet's answer
  Language language = Language::kEnglish;          // of the log
};

inline constexpr std::string_view kIngressPath = "/in/";

// Says who asks, keeps everybody within limits, and hands what is left to the inlet. It owns no socket.
class Doorkeeper {
 public:
  Doorkeeper(DoorkeeperRules rules, std::vector<Caller> callers, const IngressParts& parts);

  // A request to /in/... with its whole body. [http]
  void receive(HttpRequest request, HttpReply reply);

  // From the next request on these; what was counted of those who stay goes on. [any]
  void serve(std::vector<Caller> callers);

  // The most that any of them may send. Bodies are read that far before anything is said: an answer that came
  // earlier would tell which connectors there are. [any]
  [[nodiscard]] std::size_t most_body_bytes() const;

 private:
  using Callers = std::map<std::string, Caller, std::less<>>;

  // What is remembered of a connector.
  struct Known {
    RateBucket bucket;
    SignatureMemory signatures;
    std::optional<Duration> told;  // when somebody was refused in its name, for the log
  };
  struct Visit;

  [[nodiscard]] std::optional<HttpResponse> against(Visit& visit);
  [[nodiscard]] std::optional<HttpResponse> turn_away(const Visit& visit, std::string_view outcome,
                                                      HttpResponse response) const;
  [[nodiscard]] bool is_known(Visit& visit, const Caller* caller);
  [[nodiscard]] std::optional<HttpResponse> name_message(Visit& visit);
  [[nodiscard]] Known& known(const std::string& connector);
  void tell_refused(const Visit& visit, const Text& why);
  void hand_on(Visit visit, HttpReply reply);
  [[nodiscard]] std::shared_ptr<const Callers> callers() const;

  const DoorkeeperRules rules_;
  const IngressParts parts_;
  const Caller nobody_ = nobody();
  ClientRates clients_;
  std::map<std::string, Known, std::less<>> known_;
  mutable std::mutex mutex_;  // of what follows
  std::shared_ptr<const Callers> callers_;
};

}  // namespace raccordo
