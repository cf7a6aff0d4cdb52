// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/ledger/sealing_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace raccordo {
namespace {

// Of the same record only; the number is of the original.
std::string about_original(const std::string& connector, const ParkedRecord& record) {
  return fmt::format("parked\n{}\n{:016x}\n{}", connector, record.content, record.place);
}

// How it came: a call's address and headers may name somebody.
std::string about_context(const std::string& connector, const ParkedRecord& record) {
  return fmt::format("context\n{}\n{:016x}\n{}", connector, record.content, record.place);
}

// What a partner answered to a request may repeat what the request said.
std::string about_answer(const std::string& connector, const AcceptedRequest& request) {
  return fmt::format("answer\n{}\n{}\n{}", connector, request.event, request.number);
}

// Words move with a replay, which knows the record by its number alone.
std::string about_words(const std::string& connector) { return fmt::format("words\n{}", connector); }

// Both languages as one, and apart again.
std::string joined(const Text& text) { return fmt::format("{}\n{}{}", text.it.size(), text.it, text.en); }

Text parted(std::string_view both) {
  std::size_t size = 0;
  const auto line = both.find('\n');
  const auto head = both.substr(0, line);
  std::from_chars(head.data(), head.data() + head.size(), size);
  const auto rest = both.substr(line + 1);
  return {std::string(rest.substr(0, size)), std::string(rest.substr(size))};
}

class SealingStore final : public Store {
 public:
  SealingStore(std::unique_ptr<Store> inner, const Seals& seals) : inner_(std::move(inner)), seals_(seals) {}

  Result<Committed> commit(const SourceCommit& commit) override { return commit_sealed(commit); }
  Result<Committed> commit(const SinkCommit& commit) override {
    if (commit.accepted.empty()) return commit_sealed(commit);
    auto sealed = commit;
    for (auto& request : sealed.accepted) seal(commit.connector, request);
    return commit_sealed(sealed);
  }

  Status move(const std::string& connector, const ParkedMove& move) override {
    auto sealed = move;
    seal_words(connector, sealed.text);
    for (auto& finding : sealed.findings) seal_words(connector, finding.text);
    return inner_->move(connector, sealed);
  }

  Result<std::vector<ParkedRecord>> parked(const ParkedQuery& query) override {
    RACCORDO_TRY(auto records, inner_->parked(query));
    for (auto& record : records) open(record, query.with_originals);
    return records;
  }
  Result<std::optional<ParkedRecord>> parked_one(std::int64_t id) override {
    RACCORDO_TRY(auto record, inner_->parked_one(id));
    if (record) open(*record, true);
    return record;
  }
  Result<std::vector<Finding>> findings(const std::string& connector, std::size_t limit) override {
    RACCORDO_TRY(auto findings, inner_->findings(connector, limit));
    for (auto& finding : findings) open_words(finding.connector, finding.text);
    return findings;
  }

  // What says nothing of what partners sent.
  Result<std::string> epoch() override { return inner_->epoch(); }
  Result<std::optional<std::string>> fact(const std::string& name) override { return inner_->fact(name); }
  Status set_fact(const std::string& name, const std::string& value) override {
    return inner_->set_fact(name, value);
  }
  Result<SourceState> source(const std::string& connector) override { return inner_->source(connector); }
  Result<SinkState> sink(const std::string& connector) override { return inner_->sink(connector); }
  Result<std::string> scan_files(const std::string& connector) override {
    return inner_->scan_files(connector);
  }
  Result<std::vector<AcceptedRequest>> accepted(const std::string& connector) override {
    RACCORDO_TRY(auto accepted, inner_->accepted(connector));
    std::erase_if(accepted, [&](AcceptedRequest& request) { return !open(connector, request); });
    return accepted;
  }
  Result<std::map<std::string, std::string>> file_notes(const std::string& connector) override {
    return inner_->file_notes(connector);
  }
  Status deltas(const std::string& connector, const std::string& kind,
                const std::function<bool(std::string_view)>& each) override {
    return inner_->deltas(connector, kind, each);
  }
  Result<std::vector<std::string>> delta_kinds(const std::string& connector) override {
    return inner_->delta_kinds(connector);
  }
  Status replace_deltas(const std::string& connector, const std::string& kind,
                        std::span<const std::string> deltas) override {
    return inner_->replace_deltas(connector, kind, deltas);
  }
  Result<std::map<std::string, Counts>> ledger() override { return inner_->ledger(); }

 private:
  // Most commits park nothing and find nothing: those go through without a copy.
  template <typename Commit>
  Result<Committed> commit_sealed(const Commit& commit) {
    if (commit.parked.empty() && commit.findings.empty()) return inner_->commit(commit);
    auto sealed = commit;
    for (auto& record : sealed.parked) seal(commit.connector, record);
    for (auto& finding : sealed.findings) seal_words(commit.connector, finding.text);
    return inner_->commit(sealed);
  }

  void seal(const std::string& connector, ParkedRecord& record) const {
    seal_words(connector, record.text);
    if (!record.context.empty())
      record.context = sealed_text(seals_.seal_bytes(record.context, about_context(connector, record)));
    auto original = seals_.seal_bytes(record.original.bytes, about_original(connector, record));
    record.original = {std::move(original.alg), std::move(original.kid), std::move(original.bytes)};
  }

  void seal(const std::string& connector, AcceptedRequest& request) const {
    if (request.answer.empty()) return;
    request.answer = sealed_text(seals_.seal_bytes(request.answer, about_answer(connector, request)));
  }
  // False: its key is missing. It is asked for again, under the same key of its own.
  bool open(const std::string& connector, AcceptedRequest& request) const {
    const auto sealed = from_sealed_text(request.answer);
    if (!sealed) return true;
    auto plain = seals_.open_bytes(*sealed, about_answer(connector, request));
    if (plain.ok()) request.answer = std::move(plain).value();
    return plain.ok();
  }

  void seal_words(const std::string& connector, Text& text) const {
    if (text.empty()) return;
    text = {sealed_text(seals_.seal_bytes(joined(text), about_words(connector))), {}};
  }

  void open(ParkedRecord& record, bool with_original) const {
    open_words(record.connector, record.text);
    open_context(record);
    if (!with_original) {
      record.original = {};
      return;
    }
    const Sealed sealed{record.original.alg, record.original.kid, record.original.bytes};
    if (auto plain = seals_.open_bytes(sealed, about_original(record.connector, record)); plain.ok())
      record.original = {"none", {}, std::move(plain).value()};
  }

  void open_context(ParkedRecord& record) const {
    const auto sealed = from_sealed_text(record.context);
    if (!sealed) return;
    if (auto plain = seals_.open_bytes(*sealed, about_context(record.connector, record)); plain.ok())
      record.context = std::move(plain).value();
  }

  void open_words(const std::string& connector, Text& text) const {
    if (!text.en.empty()) return;
    const auto sealed = from_sealed_text(text.it);
    if (!sealed) return;
    const auto both = seals_.open_bytes(*sealed, about_words(connector));
    if (both.ok()) {
      text = parted(*both);
      return;
    }
    const auto& why = both.error().message;
    text = say("sigillato: {0}", "sealed: {1}", why.it, why.en);
  }

  std::unique_ptr<Store> inner_;
  const Seals& seals_;
};

}  // namespace

std::unique_ptr<Store> sealing_store(std::unique_ptr<Store> inner, const Seals& seals) {
  return std::make_unique<SealingStore>(std::move(inner), seals);
}

}  // namespace raccordo
