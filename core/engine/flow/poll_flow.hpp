// SPDX-License-Identifier: EUPL-1.2
// A source that its plugin asks for: each poll begins with a tick, and goes on as long as the plugin sends
// requests. Each response is an input. The cursor that the plugin saves is committed with what it stated.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/engine/flow/asking.hpp"
#include "core/engine/flow/poll_cursor.hpp"
#include "core/engine/flow/poll_requests.hpp"
#include "core/engine/flow/source.hpp"
#include "core/engine/flow/translated_batch.hpp"

namespace raccordo {

struct PollSettings {
  double max_deletions = 0.1;
  std::size_t most_requests = 10'000;        // of one poll
  std::uint64_t most_bytes = 1ull << 30;     // of the bodies of one poll
  Duration longest = std::chrono::hours(1);  // one poll
  AskingLimits asking;
};

class PollFlow final : public Source {
 public:
  // All borrowed but facts and settings.
  PollFlow(FlowFacts facts, PollSettings settings, HttpClient& partner, PluginRunner& runner,
           FlowParts parts);

  [[nodiscard]] Status recover(const std::stop_token& stop) override;

  // One poll. What was stated and committed stays, whatever ends it. Stopped in between, the next one begins
  // at its tick. Errors: also those of Asking, and kInvalid, kUnavailable when the plugin cannot answer the
  // tick.
  [[nodiscard]] Status pass(bool again, Pass& pass, const std::stop_token& stop) override;

  [[nodiscard]] const std::optional<Error>& not_opened() const override { return nothing_left_out_; }
  [[nodiscard]] Result<Decision> replay(const ParkedRecord& record, bool force,
                                        const std::stop_token& stop) override;

 private:
  // Between the plugin's snapshot_begin and its snapshot_end.
  struct Snapshot {
    std::string scope;
    std::int64_t said = 0;    // responses that stated something
    std::int64_t parked = 0;  // responses
  };
  // What is of one poll only.
  struct Poll {
    explicit Poll(std::size_t most) : requests(most) {}
    PollRequests requests;
    std::optional<Snapshot> snapshot;
    bool cut = false;         // it ends before its plugin did
    bool scanning = false;    // its number is stored
    bool superseded = false;  // it held all that the source has, and parked nothing
    std::uint64_t bytes = 0;
    Duration until{};  // monotonic
  };
  // One response that came through its plugin.
  struct Handled {
    AskedFor asked;
    WebResponse response;
    TranslatedBatch batch;
    PluginAnswer answer;
  };

  [[nodiscard]] Status tick(Poll& poll, Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Status ask_all(Poll& poll, Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Result<WebResponse> answered(const AskedFor& asked, const Poll& poll, Pass& pass,
                                             const std::stop_token& stop);
  [[nodiscard]] Status handle(Handled& handled, Poll& poll, Pass& pass, const std::stop_token& stop);
  // False: it was asked to stop meanwhile, and the batch was not handled.
  [[nodiscard]] Result<bool> translate(TranslatedBatch& batch, const std::stop_token& stop);
  [[nodiscard]] Status begin_scan(Poll& poll, Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Result<Settled> settle(const Handled& handled, End& end, const std::stop_token& stop);
  [[nodiscard]] Result<Decision> decide(const Handled& handled, std::vector<Remark>& remarks,
                                        const std::stop_token& stop);
  [[nodiscard]] Status follow(const PluginAnswer& answer, bool parked, const std::string& name, Poll& poll,
                              Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Status take(AskedFor asked, const std::string& name, Poll& poll, const std::stop_token& stop);
  [[nodiscard]] Status begin_snapshot(const std::string& scope, const std::string& name, Poll& poll,
                                      const std::stop_token& stop);
  // Whether it was believed.
  [[nodiscard]] Result<bool> end_snapshot(const std::string& scope, const std::string& name, Poll& poll,
                                          Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Result<bool> delete_missing(const Snapshot& snapshot, Poll& poll, Pass& pass,
                                            const std::stop_token& stop);
  [[nodiscard]] Status keep_cursor(Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Status end_scan(Poll& poll, Pass& pass, const std::stop_token& stop);
  [[nodiscard]] Status cut(Poll& poll, Remark why, const std::string& place, const std::stop_token& stop);
  void mend(bool other_log, SourceCommit& commit) override;
  void add_to(SourceCommit& commit) override;
  [[nodiscard]] std::vector<Effect> stated(std::span<const Effect> effects) const override;

  PollSettings settings_;
  Asking asking_;
  PollCursor cursor_;
  Counts asked_;  // requests and tries that no commit holds yet
  std::optional<Error> nothing_left_out_;
};

}  // namespace raccordo
