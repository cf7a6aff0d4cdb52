// SPDX-License-Identifier: EUPL-1.2
// A portal that calls the hub, its plugin, and cases that remember what they were asked.
#pragma once

#include <gmock/gmock.h>

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/calls/call_flow.hpp"
#include "core/engine/calls/calls.hpp"
#include "core/engine/flow/testing/territory.hpp"

namespace raccordo::testing {

// "book X" asks for a booking, and answers 201 or 409 once it hears of it; of "book deaf" it cannot hear.
// "read" is answered at once, "bad" rejected, "twice" answered twice, "later" put off; "crash" ends it.
class PortalPlugin final : public PluginRunner {
 public:
  [[nodiscard]] const Framing& framing() const override { return framing_; }
  [[nodiscard]] Status submit(const InputBatch& batch) override;
  [[nodiscard]] Result<OutputBatch> collect(const std::stop_token& stop) override;
  [[nodiscard]] std::size_t window() const override { return 1; }
  [[nodiscard]] std::uint64_t restarts() const override { return 0; }

  int away = 0;  // for so many batches
  bool takes_bad = false;
  std::vector<std::string> headers;  // "name: value"

 private:
  Framing framing_;
  std::optional<InputBatch> batch_;
};

class RememberingCases final : public CaseCommands {
 public:
  [[nodiscard]] Result<std::vector<CaseOutcome>> give(std::span<const CaseCommand> commands) override;

  std::vector<CaseCommand> given;
  int calls = 0;
  int away = 0;         // for so many calls
  std::string refused;  // what is asked with this in it

 private:
  std::map<std::string, std::pair<std::string, CaseOutcome>> known_;  // message -> content, outcome
};

class PortalCalls : public ::testing::Test {
 protected:
  PortalCalls() { make_flow(true); }

  void make_flow(bool hears_outcomes);
  // The answer comes here, once it comes.
  const std::optional<InboundAnswer>& call(const std::string& body, const std::string& message,
                                           std::vector<WebHeader> headers = {}, std::string path = {});
  void work();
  // Whether the last call was let go without an answer.
  [[nodiscard]] bool let_go() const { return ends_.back().let_go; }
  [[nodiscard]] Counts ledger() { return t.ledger("portale"); }
  [[nodiscard]] std::vector<ParkedRecord> parked() {
    return *t.store_in_memory.parked({.connector = "portale"});
  }

  Territory t;
  PortalPlugin portal;
  RememberingCases cases;
  std::vector<std::string> woken;
  Calls calls{[this](const std::string& connector) { woken.push_back(connector); }};
  std::unique_ptr<CallFlow> flow;

 private:
  struct Ended {
    std::optional<InboundAnswer> answer;
    bool let_go = false;
  };
  std::list<Ended> ends_;
};

}  // namespace raccordo::testing
