// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/poll_requests.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "core/ports/http_methods.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kMostWaiting = 64u << 20;  // bytes
constexpr std::size_t kMostContext = 64u << 10;
constexpr std::size_t kLongestName = 300;

AskedFor sent(const Effect& effect) {
  const auto& fields = effect.fields;
  AskedFor asked{
      {std::string(fields[0]), std::string(fields[1]), std::string(fields[2]), {}, std::string(fields[3])},
      std::string(fields[4])};
  for (std::size_t i = 5; i + 1 < fields.size(); i += 2)
    asked.request.headers.push_back({std::string(fields[i]), std::string(fields[i + 1])});
  return asked;
}

// Every part with its size before it, so that no two requests read the same.
std::string spelled(const AskedFor& asked) {
  std::string all;
  const auto add = [&](const std::string& part) { all += fmt::format("{}:{}", part.size(), part); };
  for (const auto* part : {&asked.request.method, &asked.request.path, &asked.request.query,
                           &asked.request.body, &asked.context})
    add(*part);
  for (const auto& header : asked.request.headers) {
    add(header.name);
    add(header.value);
  }
  return all;
}

std::size_t size_of(const AskedFor& asked) { return spelled(asked).size(); }

ParkReason refused(const Text& why) { return {kStageTranslation, "unexpected_effect", "", why}; }

}  // namespace

std::string AskedFor::name() const {
  std::string out = request.path.empty() ? "/" : request.path;
  const bool whole = out.find("://") != std::string::npos;
  if (whole) out = out.substr(0, out.find('?'));
  if (!whole && !request.query.empty()) out += '?' + request.query;
  if (out.size() > kLongestName) out.resize(kLongestName);
  return out;
}

bool PluginAnswer::ends_snapshot() const {
  return std::ranges::any_of(asked, [](const Asked& each) { return each.step == Step::kSnapshotEnd; });
}

PluginAnswer taken_apart(std::span<const Effect> effects) {
  PluginAnswer answer;
  for (const auto& effect : effects) {
    switch (effect.kind) {
      case EffectKind::kSend:
        answer.asked.push_back({PluginAnswer::Step::kSend, sent(effect), {}});
        break;
      case EffectKind::kSaveCursor:
        answer.cursor = effect.fields[0];
        break;
      case EffectKind::kSnapshotBegin:
        answer.asked.push_back({PluginAnswer::Step::kSnapshotBegin, {}, std::string(effect.fields[0])});
        break;
      case EffectKind::kSnapshotEnd:
        answer.asked.push_back({PluginAnswer::Step::kSnapshotEnd, {}, std::string(effect.fields[0])});
        break;
      default:
        answer.stated.push_back(effect);
    }
  }
  return answer;
}

std::optional<ParkReason> why_refused(const PluginAnswer& answer) {
  for (const auto& asked : answer.asked) {
    const auto& method = asked.send.request.method;
    if (asked.step == PluginAnswer::Step::kSend && method != "POST" && !is_question(method))
      return refused(
          say("il plugin ha chiesto {} al partner: una fonte chiede soltanto GET, POST, PROPFIND e "
              "REPORT",
              "the plugin asked the partner for {}: a source asks for GET, POST, PROPFIND and "
              "REPORT only",
              method.substr(0, 20)));
    if (asked.send.context.size() > kMostContext)
      return refused(say("il contesto di una richiesta supera {} byte",
                         "the context of a request is over {} bytes", kMostContext));
    for (const auto& kind : kinds_in(asked.scope))
      if (find_kind(kind) == nullptr)
        return refused(say("l'ambito di una fotografia non è un tipo che si conosce: {}",
                           "the scope of a snapshot is no kind that is known: {}", kind.substr(0, 60)));
  }
  return std::nullopt;
}

std::vector<std::string> kinds_in(const std::string& scope) {
  std::vector<std::string> kinds;
  std::size_t at = 0;
  while (at < scope.size()) {
    const auto end = std::min(scope.find(' ', at), scope.size());
    if (end > at) kinds.push_back(scope.substr(at, end - at));
    at = end + 1;
  }
  return kinds;
}

PollRequests::Taken PollRequests::take(AskedFor asked) {
  const auto hash = [&] {
    const auto text = spelled(asked);
    const auto sum = XXH3_128bits(text.data(), text.size());
    return std::pair{std::uint64_t{sum.high64}, std::uint64_t{sum.low64}};
  }();
  if (known_.contains(hash)) return Taken::kRepeated;
  if (known_.size() >= most_ || bytes_ + size_of(asked) > kMostWaiting) return Taken::kTooMany;
  known_.insert(hash);
  bytes_ += size_of(asked);
  waiting_.push_back(std::move(asked));
  return Taken::kTaken;
}

std::optional<AskedFor> PollRequests::next() {
  if (waiting_.empty()) return std::nullopt;
  auto first = std::move(waiting_.front());
  waiting_.pop_front();
  bytes_ -= size_of(first);
  return first;
}

}  // namespace raccordo
