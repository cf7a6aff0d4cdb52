// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/delivered.hpp"

#include "core/engine/catalogue/recovery.hpp"

namespace raccordo {
namespace {

constexpr std::string_view kPrefix = "delivered/";
constexpr const char* kWrittenEpochFact =
    "delivered.epoch.";  // and the connector: of the store it wrote into

}  // namespace

void Delivered::forget() {
  indexes_.clear();
  deltas_.clear();
  entries_kept_ = 0;
  resting_ = false;
  older_copy_ = false;
  new_epoch_.reset();
}

Result<Recalled> Delivered::recover() {
  forget();
  RACCORDO_TRY(const bool whole, read_index());
  RACCORDO_CHECK(compare_epochs());
  return older_copy_ ? Recalled::kOlderCopy : whole ? Recalled::kWhole : Recalled::kDamaged;
}

Result<bool> Delivered::read_index() {
  bool whole = true;
  RACCORDO_TRY(const auto kinds, store_.delta_kinds(identity_));
  for (const auto& stored : kinds) {
    if (!stored.starts_with(kPrefix)) continue;
    auto& index = indexes_[stored.substr(kPrefix.size())];
    RACCORDO_CHECK(store_.deltas(identity_, stored, [&](std::string_view delta) {
      whole &= index.apply(delta);
      entries_kept_ += delta.size() / SaidIndex::kEncodedSize;
      return true;
    }));
  }
  return whole;
}

void Delivered::rest() {
  if (!deltas_.empty() || new_epoch_ || older_copy_) return;
  indexes_.clear();
  entries_kept_ = 0;
  resting_ = true;
}

Status Delivered::know() {
  if (!resting_) return done();
  RACCORDO_TRY(const bool whole, read_index());
  if (!whole)
    return error(
        ErrorCode::kCorrupt,
        say("una parte di ciò che si sa di aver consegnato è danneggiata: tutto si confronta di nuovo",
            "a part of what is known to be delivered is damaged: all of it is compared again"));
  resting_ = false;
  return done();
}

Status Delivered::compare_epochs() {
  RACCORDO_TRY(const auto epoch, store_.epoch());
  RACCORDO_TRY(const auto known, store_.fact(kWrittenEpochFact + identity_));
  older_copy_ = known && *known != epoch;
  if (known != epoch) new_epoch_ = epoch;
  return done();
}

bool Delivered::has(const Said* known, const Said& said) const {
  if (known == nullptr) return said.hash == 0;
  if (known->revision > said.revision) return true;
  return known->hash == said.hash && !(older_copy_ && said.revision > known->revision);
}

Said* Delivered::find(std::string_view kind, const Uuid& key) {
  const auto index = indexes_.find(kind);
  return index == indexes_.end() ? nullptr : index->second.find(key);
}

std::optional<Delivered::Known> Delivered::find_there(const Uuid& key) {
  for (auto& [kind, index] : indexes_)
    if (Said* said = index.find(key); said != nullptr && !said->deleted()) return Known{kind, said};
  return std::nullopt;
}

void Delivered::remember(std::string_view kind, const Said& said) {
  const std::string name(kind);
  indexes_[name].put(said);
  SaidIndex::encode(said, deltas_[name]);
}

void Delivered::confirm(std::string_view kind, Said& known, std::uint32_t revision) {
  if (revision <= known.revision) return;
  known.revision = revision;
  SaidIndex::encode(known, deltas_[std::string(kind)]);
}

std::vector<IndexDelta> Delivered::take_deltas() {
  std::vector<IndexDelta> taken;
  for (auto& [kind, entries] : deltas_) {
    if (!entries.empty()) taken.push_back({std::string(kPrefix) + kind, SaidIndex::seal(entries)});
    entries_kept_ += entries.size() / SaidIndex::kEncodedSize;
  }
  deltas_.clear();
  return taken;
}

Status Delivered::committed() {
  RACCORDO_CHECK(keep_epoch());
  return join();
}

Status Delivered::keep_epoch() {
  if (!new_epoch_) return done();
  RACCORDO_CHECK(store_.set_fact(kWrittenEpochFact + identity_, *new_epoch_));
  new_epoch_.reset();
  older_copy_ = false;
  return done();
}

Status Delivered::join() {
  if (resting_) return done();
  std::size_t delivered = 0;
  for (const auto& [kind, index] : indexes_) delivered += index.size();
  if (!worth_joining(entries_kept_, delivered)) return done();
  for (auto& [kind, index] : indexes_)
    RACCORDO_CHECK(store_.replace_deltas(identity_, std::string(kPrefix) + kind, deltas_of(index)));
  entries_kept_ = delivered;
  return done();
}

std::vector<Delivered::Unseen> Delivered::unseen() {
  std::vector<Unseen> gone;
  for (auto& [kind, index] : indexes_)
    index.each([&](Said& said) {
      if (!said.deleted() && said.generation != generation_) gone.push_back({kind, said});
    });
  return gone;
}

}  // namespace raccordo
