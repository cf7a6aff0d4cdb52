// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/catalogue_terms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "core/engine/desk/json_text.hpp"
#include "raccordo/model/envelope.hpp"

namespace raccordo::cases {
namespace {

constexpr std::size_t kTogether = 512;
constexpr std::string_view kTopics[] = {"organizations", "services", "offers", "accreditations"};
constexpr std::string_view kKinds[] = {"service",       "offer", "capacity",   "accreditation",
                                       "qualification", "plan",  "entitlement"};

constexpr std::string_view kOrganization = "organization";

// Of a service only who provides it is asked for.
std::string kept_of(std::string_view kind, const nlohmann::json& data) {
  if (kind != "service") return data.dump();
  nlohmann::json kept;
  for (const char* name : {"id", "organization", "unit_type", "source_id"})
    if (data.contains(name)) kept[name] = data[name];
  return kept.dump();
}

}  // namespace

CatalogueTerms::CatalogueTerms(std::string hub, std::string topic_prefix, Backbone& backbone)
    : hub_(std::move(hub)), backbone_(backbone) {
  for (const auto topic : kTopics) at_[fmt::format("{}welfare.{}", topic_prefix, topic)];
}

Status CatalogueTerms::refresh() {
  for (const auto& [topic, at] : at_) RACCORDO_CHECK(refresh(topic));
  return done();
}

Status CatalogueTerms::refresh(const std::string& topic) {
  auto& [log, at] = at_[topic];
  RACCORDO_TRY(const auto identity, backbone_.identity(topic));
  if (identity != log) {
    RACCORDO_TRY(at, backbone_.begin(topic));
    log = identity;
  }
  for (;;) {
    auto batch = backbone_.read(topic, at, kTogether, Duration::zero());
    if (!batch.ok() && batch.error().code == ErrorCode::kConflict) {
      log.clear();
      return done();  // from the start at the next look
    }
    RACCORDO_TRY(const auto messages, std::move(batch));
    {
      const std::unique_lock lock(mutex_);
      for (const auto& message : messages->messages) take(message);
    }
    at = messages->next;
    if (messages->messages.empty()) return done();
  }
}

void CatalogueTerms::take(const StoredMessage& message) {
  if (message.tombstone) {
    if (!message.key) return;
    providers_.forget(message.key->text());
    return forget(*message.key);
  }
  std::string unescaped;
  const auto event = read_event(message.value, unescaped);
  if (!event.ok()) return;  // another producer's: deliveries park it
  const auto key = Uuid::parse(event->subject);
  if (key && event->kind == kOrganization) {
    const auto said = nlohmann::json::parse(event->data, nullptr, false);
    return event->deleted || !said.is_object() ? providers_.forget(key->text())
                                               : providers_.take(key->text(), said);
  }
  if (!key || std::ranges::find(kKinds, event->kind) == std::end(kKinds)) return;
  forget(*key);
  const auto data = nlohmann::json::parse(event->data, nullptr, false);
  if (event->deleted || !data.is_object()) return;
  Entry entry{std::string(event->kind), kept_of(event->kind, data), {}, {}, text_of(data, "source_id"), {}};
  const auto ours = fmt::format("urn:raccordo:{}:", hub_);
  if (event->source.starts_with(ours)) entry.connector = event->source.substr(ours.size());
  const bool of_service = event->kind == "capacity" || event->kind == "offer";
  entry.owner = text_of(data, of_service ? "service" : "provider");
  if (entry.kind == "offer") {
    entry.answered_by = text_of(data, "answered_by");
    if (entry.answered_by.empty()) entry.answered_by = entry.connector;
    offers_.insert(*key);
  }
  if (entry.kind == "capacity") other_places_.insert(entry.owner);
  if (!entry.owner.empty()) owned_.insert({{entry.kind, entry.owner}, *key});
  if (!entry.source_id.empty()) by_source_id_.insert({{entry.kind, entry.source_id}, *key});
  entries_[*key] = std::move(entry);
}

void CatalogueTerms::forget(const Uuid& key) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return;
  const auto drop = [&](auto& index, const std::string& id) {
    const auto [first, last] = index.equal_range({found->second.kind, id});
    const auto at = std::find_if(first, last, [&](const auto& each) { return each.second == key; });
    if (at != last) index.erase(at);
  };
  drop(owned_, found->second.owner);
  drop(by_source_id_, found->second.source_id);
  entries_.erase(found);
}

std::vector<OfferSaid> CatalogueTerms::offers_said() {
  const std::shared_lock lock(mutex_);
  std::vector<OfferSaid> said;
  for (const auto& key : std::exchange(offers_, {})) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) continue;
    const auto& entry = found->second;
    said.push_back({entry.source_id.empty() ? key.text() : entry.source_id, entry.answered_by});
  }
  return said;
}

std::optional<Stated> CatalogueTerms::find(std::string_view kind, std::string_view id) const {
  const std::shared_lock lock(mutex_);
  auto key = Uuid::parse(id);
  if (!key) {
    const auto [first, last] = by_source_id_.equal_range({std::string(kind), std::string(id)});
    if (first == last || std::next(first) != last) return std::nullopt;
    key = first->second;
  }
  const auto found = entries_.find(*key);
  if (found == entries_.end() || found->second.kind != kind) return std::nullopt;
  return Stated{nlohmann::json::parse(found->second.data), found->second.connector};
}

std::vector<Stated> CatalogueTerms::of(std::string_view kind, std::string_view owner) const {
  const std::shared_lock lock(mutex_);
  std::vector<Stated> found;
  for (const auto& id : providers_.same(owner)) {
    const auto [first, last] = owned_.equal_range({std::string(kind), id});
    for (auto each = first; each != last; ++each) {
      const auto& entry = entries_.at(each->second);
      found.push_back({nlohmann::json::parse(entry.data), entry.connector});
    }
  }
  return found;
}

std::vector<std::string> CatalogueTerms::same_provider(std::string_view id) const {
  const std::shared_lock lock(mutex_);
  return providers_.same(id);
}

}  // namespace raccordo::cases
