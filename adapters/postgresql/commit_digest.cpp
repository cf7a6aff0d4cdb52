// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/commit_digest.hpp"

namespace raccordo::postgresql {
namespace {

// Everything one behind the other, each part with its length.
class Spelling {
 public:
  void add(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    text_ += text;
  }
  void add(std::int64_t number) { text_.append(reinterpret_cast<const char*>(&number), sizeof number); }
  void add(const std::map<std::string, std::string>& map) {
    add(static_cast<std::int64_t>(map.size()));
    for (const auto& [key, value] : map) add(key), add(value);
  }
  void add(const Counts& c) {
    for (const auto number : {c.received, c.delivered, c.unchanged, c.filtered, c.parked, c.entities,
                              c.deleted, c.requests, c.attempts})
      add(number);
  }
  void add(const IndexDelta& delta) { add(delta.kind), add(delta.bytes); }
  void add(const ParkedRecord& r) {
    add(r.place), add(static_cast<std::int64_t>(r.content)), add(r.reason), add(r.scan), add(r.last_ms);
  }
  void add(const Finding& f) { add(f.code), add(f.place), add(f.field), add(f.text.en), add(f.time_ms); }
  void add(const FileNote& file) { add(file.path), add(file.note); }
  void add(const PendingFile& file) { add(file.temporary), add(file.final_name); }
  // Not what was answered: sealed again, it is other bytes.
  void add(const AcceptedRequest& r) { add(r.event), add(r.number); }
  void add(const std::optional<std::string>& text) {
    add(std::int64_t{text.has_value()});
    if (text) add(std::string_view(*text));
  }
  void add(const std::string& text) { add(std::string_view(text)); }
  template <typename Item>
  void add(const std::vector<Item>& items) {
    add(static_cast<std::int64_t>(items.size()));
    for (const auto& item : items) add(item);
  }

  [[nodiscard]] Uuid digest() const { return uuid_v5(kNamespaceUrl, text_); }

 private:
  std::string text_;
};

}  // namespace

Uuid digest_of(const SourceCommit& c) {
  Spelling all;
  all.add(c.connector);
  all.add(c.state.scan);
  all.add(std::int64_t{c.state.scanning});
  all.add(c.state.cursor);
  all.add(c.state.backbone_at);
  all.add(c.counts);
  all.add(c.deltas);
  all.add(c.parked);
  all.add(c.findings);
  all.add(c.files);
  all.add(c.scan_files);
  all.add(c.supersede_before.value_or(-1));
  return all.digest();
}

Uuid digest_of(const SinkCommit& c) {
  Spelling all;
  all.add(c.connector);
  all.add(c.state.positions);
  all.add(c.state.pending);
  all.add(c.state.sequence);
  all.add(c.state.last_read_ms);
  all.add(c.state.waiting);
  all.add(c.counts);
  all.add(c.deltas);
  all.add(c.parked);
  all.add(c.findings);
  all.add(c.accepted);
  all.add(c.finished);
  return all.digest();
}

}  // namespace raccordo::postgresql
