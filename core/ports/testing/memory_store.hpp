// SPDX-License-Identifier: EUPL-1.2
// A store that lives as long as its object: for tests of what stands above it.
#pragma once

#include <mutex>

#include "core/ports/store.hpp"

namespace raccordo::testing {

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(std::string epoch = "memory") : epoch_(std::move(epoch)) {}

  Result<std::string> epoch() override;
  Result<std::optional<std::string>> fact(const std::string& name) override;
  Status set_fact(const std::string& name, const std::string& value) override;
  Result<SourceState> source(const std::string& connector) override;
  Result<SinkState> sink(const std::string& connector) override;
  Result<std::string> scan_files(const std::string& connector) override;
  Result<std::vector<AcceptedRequest>> accepted(const std::string& connector) override;
  Result<std::map<std::string, std::string>> file_notes(const std::string& connector) override;
  Result<Committed> commit(const SourceCommit& commit) override;
  Result<Committed> commit(const SinkCommit& commit) override;
  Status move(const std::string& connector, const ParkedMove& move) override;
  Status deltas(const std::string& connector, const std::string& kind,
                const std::function<bool(std::string_view)>& each) override;
  Result<std::vector<std::string>> delta_kinds(const std::string& connector) override;
  Status replace_deltas(const std::string& connector, const std::string& kind,
                        std::span<const std::string> deltas) override;
  Result<std::map<std::string, Counts>> ledger() override;
  Result<std::vector<ParkedRecord>> parked(const ParkedQuery& query) override;
  Result<std::optional<ParkedRecord>> parked_one(std::int64_t id) override;
  Result<std::vector<Finding>> findings(const std::string& connector, std::size_t limit) override;

  // As if an older copy had been put back.
  void change_epoch(std::string epoch);

  // That sources had written so far: their cursors, lists, notes and deltas.
  [[nodiscard]] std::size_t bytes_of_sources();

 private:
  struct Kept {
    ParkedRecord record;
    bool of_source = true;
  };

  void park(const std::string& connector, bool of_source, const ParkedRecord& record, Committed& committed);
  void supersede(const std::string& connector, std::int64_t before_scan, Committed& committed);
  void keep(const std::string& connector, std::span<const IndexDelta> deltas,
            std::span<const Finding> findings);

  std::mutex mutex_;
  std::string epoch_;
  std::map<std::string, std::string> facts_;
  std::map<std::string, SourceState> sources_;
  std::map<std::string, SinkState> sinks_;
  std::map<std::string, std::string> scan_files_;
  std::map<std::string, std::vector<AcceptedRequest>> accepted_;
  std::map<std::string, std::map<std::string, std::string>> file_notes_;
  std::size_t bytes_of_sources_ = 0;
  std::map<std::string, Counts> ledger_;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> deltas_;
  std::map<std::int64_t, Kept> parked_;
  std::map<std::string, std::vector<Finding>> findings_;
};

}  // namespace raccordo::testing
