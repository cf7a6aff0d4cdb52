// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/ports/store.hpp"
#include "core/ports/testing/faults.hpp"

namespace raccordo::testing {

// Fails as planned, by the names of the methods; both commits are "commit". A store says that it changed
// nothing when it fails, so When::kAfter here means a process that died before it heard the answer.
class FaultyStore final : public Store {
 public:
  explicit FaultyStore(Store& inner) : inner_(inner) {}

  Faults faults;

  Result<std::string> epoch() override {
    return faults.through("epoch", [&] { return inner_.epoch(); });
  }
  Result<std::optional<std::string>> fact(const std::string& name) override {
    return faults.through("fact", [&] { return inner_.fact(name); });
  }
  Status set_fact(const std::string& name, const std::string& value) override {
    return faults.through("set_fact", [&] { return inner_.set_fact(name, value); });
  }
  Result<SourceState> source(const std::string& connector) override {
    return faults.through("source", [&] { return inner_.source(connector); });
  }
  Result<SinkState> sink(const std::string& connector) override {
    return faults.through("sink", [&] { return inner_.sink(connector); });
  }
  Result<std::string> scan_files(const std::string& connector) override {
    return faults.through("scan_files", [&] { return inner_.scan_files(connector); });
  }
  Result<std::vector<AcceptedRequest>> accepted(const std::string& connector) override {
    return faults.through("accepted", [&] { return inner_.accepted(connector); });
  }
  Result<std::map<std::string, std::string>> file_notes(const std::string& connector) override {
    return faults.through("file_notes", [&] { return inner_.file_notes(connector); });
  }
  Result<Committed> commit(const SourceCommit& commit) override {
    return faults.through("commit", [&] { return inner_.commit(commit); });
  }
  Result<Committed> commit(const SinkCommit& commit) override {
    return faults.through("commit", [&] { return inner_.commit(commit); });
  }
  Status move(const std::string& connector, const ParkedMove& move) override {
    return faults.through("move", [&] { return inner_.move(connector, move); });
  }
  Status deltas(const std::string& connector, const std::string& kind,
                const std::function<bool(std::string_view)>& each) override {
    return faults.through("deltas", [&] { return inner_.deltas(connector, kind, each); });
  }
  Result<std::vector<std::string>> delta_kinds(const std::string& connector) override {
    return faults.through("delta_kinds", [&] { return inner_.delta_kinds(connector); });
  }
  Status replace_deltas(const std::string& connector, const std::string& kind,
                        std::span<const std::string> deltas) override {
    return faults.through("replace_deltas", [&] { return inner_.replace_deltas(connector, kind, deltas); });
  }
  Result<std::map<std::string, Counts>> ledger() override {
    return faults.through("ledger", [&] { return inner_.ledger(); });
  }
  Result<std::vector<ParkedRecord>> parked(const ParkedQuery& query) override {
    return faults.through("parked", [&] { return inner_.parked(query); });
  }
  Result<std::optional<ParkedRecord>> parked_one(std::int64_t id) override {
    return faults.through("parked_one", [&] { return inner_.parked_one(id); });
  }
  Result<std::vector<Finding>> findings(const std::string& connector, std::size_t limit) override {
    return faults.through("findings", [&] { return inner_.findings(connector, limit); });
  }

 private:
  Store& inner_;
};

}  // namespace raccordo::testing
