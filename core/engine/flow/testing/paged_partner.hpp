// SPDX-License-Identifier: EUPL-1.2
// A hub in memory with one source "albo" that its plugin asks for. The plugin does what pages say, a line
// each:
//   say ID NAME       publishes a service         gone ID          erases it
//   next QUERY        asks for /pages?QUERY, with the query as context; "next QUERY CONTEXT" with another
//   begin, end        brackets a snapshot; "begin KIND" of one kind     save CURSOR
//   step TYPE CASE    asks the case for a step    step TYPE CASE#N  the same, for another reason
//   reject, skip, mail (a service with a broken e-mail), crash, later (asks to be tried again), PUT (asks so)
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/flow/poll_flow.hpp"
#include "core/engine/flow/testing/territory.hpp"
#include "core/ports/testing/memory_http_partner.hpp"

namespace raccordo::testing {

class PageReader final : public PluginRunner {
 public:
  std::string tick = "begin\nnext p=1\n";  // "{}" stands for the cursor
  bool rejects_are_fine = false;           // the plugin was corrected
  std::vector<std::string> contexts;       // that came with responses

  [[nodiscard]] const Framing& framing() const override { return framing_; }
  [[nodiscard]] Status submit(const InputBatch& batch) override;
  [[nodiscard]] Result<OutputBatch> collect(const std::stop_token& stop = {}) override;
  [[nodiscard]] std::size_t window() const override { return 2; }
  [[nodiscard]] std::uint64_t restarts() const override { return 0; }

 private:
  void follow(const std::string& script, OutputBatch& out);

  Framing framing_;
  std::vector<const InputBatch*> under_way_;
};

class PagedPartner {
 public:
  PagedPartner();

  // From now on `/pages?QUERY` holds this.
  void page(const std::string& query, const std::string& script) { pages[query] = {200, query, {}, script}; }
  // One page after the other, the last ends the snapshot: "say A Airone" ...
  void list(const std::vector<std::string>& pages);
  Result<Pass> poll();
  // As after a crash: what is not in store and backbone is lost.
  void restart();

  [[nodiscard]] std::vector<std::string> published();
  [[nodiscard]] std::vector<std::string> findings();
  [[nodiscard]] std::vector<ParkedRecord> parked();
  [[nodiscard]] Counts ledger();
  [[nodiscard]] Result<Decision> replay(std::int64_t id);
  // The queries, in the order in which they came.
  [[nodiscard]] std::vector<std::string> asked() const;

  std::map<std::string, WebResponse> pages;
  MemoryHttpPartner partner;
  FaultyHttpClient web{partner};
  PageReader reader;
  PollSettings settings;
  SimulatedClock clock;
  RecordingLog log;
  NoMetrics metrics;
  RecordingCommands cases;
  MemoryBackbone backbone_in_memory{clock};
  MemoryStore store_in_memory;
  FaultyBackbone backbone{backbone_in_memory};
  FaultyStore store{store_in_memory};
  std::unique_ptr<PollFlow> flow;

 private:
  bool failed_ = false;  // the last poll: the flow is brought back before the next, as a connector does
};

}  // namespace raccordo::testing
