// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/sharing/holdings.hpp"

namespace raccordo {
namespace {

// "connector:albo" is albo.
std::string short_name(const std::string& lease) {
  const auto colon = lease.find(':');
  return colon == std::string::npos ? lease : lease.substr(colon + 1);
}

Error of_another(const std::string& name, const std::string& by) {
  const auto what = short_name(name);
  if (by.empty())
    return error(ErrorCode::kConflict,
                 say("{}: non è di questo hub in questo momento: se ne occupa un altro, o se ne occuperà",
                     "{}: not this daemon's now: another one works at it, or will", what));
  return error(ErrorCode::kConflict, say("{}: se ne occupa {}", "{}: {} works at it", what, by));
}

Error not_prolonged(const std::string& name) {
  return error(
      ErrorCode::kUnavailable,
      say("{}: la base di dati non ha confermato in tempo che se ne occupa questo hub",
          "{}: the database did not confirm in time that this daemon works at it", short_name(name)));
}

}  // namespace

void Holdings::open_to_all(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  open_.insert(name);
}

void Holdings::hold(const Lease& lease, Duration until) {
  const std::scoped_lock lock(mutex_);
  held_[lease.name] = {lease, until};
  others_.erase(lease.name);
}

void Holdings::drop(const std::string& name, const std::string& by) {
  const std::scoped_lock lock(mutex_);
  held_.erase(name);
  others_[name] = by;
}

std::vector<Lease> Holdings::all() const {
  const std::scoped_lock lock(mutex_);
  std::vector<Lease> leases;
  for (const auto& [name, held] : held_) leases.push_back(held.lease);
  return leases;
}

bool Holdings::has(const std::string& name) const {
  const std::scoped_lock lock(mutex_);
  return held_.contains(name);
}

bool Holdings::runs(const std::string& name) const {
  const std::scoped_lock lock(mutex_);
  const auto found = held_.find(name);
  return found != held_.end() && clock_.monotonic() < found->second.until;
}

Result<Fence> Holdings::of(const std::string& name) const {
  const std::scoped_lock lock(mutex_);
  if (open_.contains(name)) return Fence();
  const auto found = held_.find(name);
  if (found == held_.end()) {
    const auto by = others_.find(name);
    return of_another(name, by == others_.end() ? std::string() : by->second);
  }
  if (clock_.monotonic() >= found->second.until) return not_prolonged(name);
  return Fence(found->second.lease);
}

}  // namespace raccordo
