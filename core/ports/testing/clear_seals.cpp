// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/testing/clear_seals.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/ports/base64.hpp"

namespace raccordo::testing {
namespace {

constexpr std::string_view kAlg = "clear";

// Enough to notice what tests alter (FNV-1a).
std::string sum_of(std::string_view bytes) {
  std::uint64_t sum = 0xcbf29ce484222325u;
  for (const char c : bytes) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return fmt::format("{:016x}", sum);
}

Error denied() {
  return error(ErrorCode::kDenied,
               say("il sigillo è alterato o di altro", "the seal was altered or belongs elsewhere"));
}

// "SUM\nPLACE\nplain"; the sum is of both. In base64, so that tests find values that were left where they do
// not belong.
std::string written(std::string_view plain, const std::string& place) {
  const auto body = fmt::format("{}\n{}", place, plain);
  return base64url(sum_of(body) + "\n" + body);
}

Result<std::string> read(std::string_view bytes, const std::string& place) {
  const auto text = from_base64url(bytes).value_or("");
  if (text.size() < 17) return denied();
  const auto head = std::string_view(text).substr(0, 17);
  const auto body = std::string_view(text).substr(17);
  if (head != sum_of(body) + "\n" || !body.starts_with(place + "\n")) return denied();
  return std::string(body.substr(place.size() + 1));
}

class ClearCaseSeals final : public CaseSeals {
 public:
  ClearCaseSeals(Uuid id, std::string name, std::vector<WrappedKey> wraps)
      : id_(id), name_(std::move(name)), wraps_(std::move(wraps)) {}

  std::string seal(std::string_view plain, const SealedPlace& place) const override {
    return sealed_text({std::string(kAlg), name_, written(plain, text_of(place))});
  }

  Result<std::string> open(std::string_view sealed, const SealedPlace& place) const override {
    const auto found = from_sealed_text(sealed);
    if (!found || found->alg != kAlg || found->kid != name_) return denied();
    return read(found->bytes, text_of(place));
  }

  std::string keys() const override { return wraps_text(wraps_); }

  Status share(const HubKey& with) override {
    if (!is_sealed_word(with.hub) || !is_sealed_word(with.kid) || with.key != base64url(with.hub))
      return error(ErrorCode::kInvalid, say("«{}» non è una chiave", "\"{}\" is no key", with.key));
    if (wraps_.size() == kMostWraps) return error(ErrorCode::kTooLarge, say("troppi hub", "too many hubs"));
    wraps_.push_back({with.hub, with.kid, written(name_, id_.text())});
    return done();
  }

 private:
  std::string text_of(const SealedPlace& place) const {
    return fmt::format("{} {} {}", id_.text(), place.revision, place.field);
  }

  Uuid id_;
  std::string name_;
  std::vector<WrappedKey> wraps_;
};

}  // namespace

std::string ClearSeals::kid() const { return fmt::format("clear-{}-{}", hub_, generation_.load()); }

HubKey ClearSeals::own_key() const { return {hub_, kid(), base64url(hub_)}; }

std::unique_ptr<CaseSeals> ClearSeals::begin(const Uuid& id) const {
  auto seals = std::make_unique<ClearCaseSeals>(id, Uuid::random().text(), std::vector<WrappedKey>{});
  static_cast<void>(seals->share(own_key()));
  return seals;
}

Result<std::unique_ptr<CaseSeals>> ClearSeals::of(const Uuid& id, std::string_view keys) const {
  auto wraps = from_wraps_text(keys);
  if (!wraps) return denied();
  const auto ours = std::ranges::find_if(
      *wraps, [&](const WrappedKey& wrap) { return wrap.hub == hub_ && wrap.kid == kid(); });
  if (ours == wraps->end()) return denied();
  RACCORDO_TRY(auto name, read(ours->bytes, id.text()));
  return std::unique_ptr<CaseSeals>(std::make_unique<ClearCaseSeals>(id, std::move(name), std::move(*wraps)));
}

Sealed ClearSeals::seal_bytes(std::string_view plain, std::string_view about) const {
  return {std::string(kAlg), kid(), written(plain, std::string(about))};
}

Result<std::string> ClearSeals::open_bytes(const Sealed& sealed, std::string_view about) const {
  if (sealed.alg == "none") return sealed.bytes;
  if (sealed.alg != kAlg || sealed.kid != kid()) return denied();
  return read(sealed.bytes, std::string(about));
}

std::string ClearSeals::pseudonym(std::string_view purpose, std::string_view value) const {
  return fmt::format("{}-{}", purpose, sum_of(fmt::format("{}\n{}\n{}", hub_, purpose, value)));
}

}  // namespace raccordo::testing
