// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/wallets/split.hpp"

#include <algorithm>
#include <numeric>

#include "core/engine/wallets/amount.hpp"

namespace raccordo::wallets {
namespace {

// Exact shares are counted in ten-thousandths of a cent.
using Exact = std::int64_t;

Error wrong(Text what) {
  return error(ErrorCode::kInvalid, std::move(what),
               say("correggere la ripartizione dell'offerta", "correct the split of the offer"));
}

Result<std::int64_t> total_of(const Charge& charge) {
  std::int64_t total = 0;
  if (charge.unit_cents < 0 || charge.units < 0 ||
      __builtin_mul_overflow(charge.unit_cents, charge.units, &total) || total > kMaxAmount)
    return error(ErrorCode::kInvalid, say("{} unità a {} centesimi: il prezzo va da 0 a {} centesimi",
                                          "{} units at {} cents: a price is from 0 to {} cents", charge.units,
                                          charge.unit_cents, kMaxAmount));
  return total;
}

Status check(std::span<const ShareRule> rules) {
  std::size_t rests = 0;
  for (const auto& rule : rules) {
    rests += !rule.cents && !rule.hundredths ? 1 : 0;
    if (rule.cents && rule.hundredths)
      return wrong(
          say("{}: centesimi e percentuale insieme", "{}: cents and a percentage at once", rule.party));
    if (rule.cents.value_or(0) < 0 || rule.cents.value_or(0) > kMaxAmount ||
        rule.hundredths.value_or(0) < 0 || rule.hundredths.value_or(0) > kWhole)
      return wrong(say("{}: una quota va da 0 al tutto", "{}: a share is from 0 to the whole", rule.party));
  }
  if (rests > 1) return wrong(say("più parti prendono il resto", "several parties take the rest"));
  return done();
}

Error not_the_price(Exact made, std::int64_t total) {
  const auto shares = amount_text(made / kWhole, "EUR");
  const auto price = amount_text(total, "EUR");
  return wrong(say("le quote fanno {0}, il prezzo è {1}", "the shares make {2}, the price is {3}", shares.it,
                   price.it, shares.en, price.en));
}

// The exact share of each rule.
Result<std::vector<Exact>> exact_shares(const Charge& charge, std::int64_t total,
                                        std::span<const ShareRule> rules) {
  std::vector<Exact> exact(rules.size(), 0);
  Exact left = total * kWhole;
  std::optional<std::size_t> rest;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    std::int64_t cents = 0;
    if (rules[i].cents) {
      if (__builtin_mul_overflow(*rules[i].cents, charge.units, &cents) || cents > kMaxAmount)
        return not_the_price(kMaxAmount * kWhole, total);
      exact[i] = cents * kWhole;
    } else if (rules[i].hundredths) {
      exact[i] = total * *rules[i].hundredths;
    } else {
      rest = i;
    }
    left -= exact[i];
    if (left < -kMaxAmount * kWhole) break;
  }
  if (left < 0 || (left > 0 && !rest)) return not_the_price(total * kWhole - left, total);
  if (rest) exact[*rest] = left;
  return exact;
}

// Whole cents that sum to `total`, as near as can be to `wanted`, which sum to it exactly, and none below 0.
std::vector<std::int64_t> whole_cents(std::int64_t total, std::span<const Exact> wanted, Exact scale) {
  std::vector<std::int64_t> cents;
  for (const auto share : wanted) cents.push_back(share <= 0 ? 0 : share / scale);
  std::vector<std::size_t> order(wanted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return wanted[a] - cents[a] * scale > wanted[b] - cents[b] * scale;
  });
  auto left = total - std::accumulate(cents.begin(), cents.end(), std::int64_t{0});
  for (auto at = order.begin(); left > 0; ++at, --left) ++cents[*at];
  // Carried shares below 0 count as 0: what they take too much comes from those who lost least.
  for (auto at = order.rbegin(); left < 0; ++at) {
    if (at == order.rend()) at = order.rbegin();
    if (cents[*at] > 0) --cents[*at], ++left;
  }
  return cents;
}

}  // namespace

Result<std::vector<Share>> split(const Charge& charge, std::span<const ShareRule> rules) {
  RACCORDO_TRY(auto splits, split_sessions(std::span(&charge, 1), rules));
  return std::move(splits.front());
}

Result<std::vector<std::vector<Share>>> split_sessions(std::span<const Charge> sessions,
                                                       std::span<const ShareRule> rules) {
  RACCORDO_CHECK(check(rules));
  std::vector<std::vector<Share>> splits;
  std::vector<Exact> carried(rules.size(), 0);  // owed and not yet paid, or below 0: paid before it was owed
  for (const auto& session : sessions) {
    RACCORDO_TRY(const auto total, total_of(session));
    auto& shares = splits.emplace_back();
    if (rules.empty()) continue;
    RACCORDO_TRY(auto owed, exact_shares(session, total, rules));
    for (std::size_t i = 0; i < rules.size(); ++i) owed[i] += carried[i];
    const auto cents = whole_cents(total, owed, kWhole);
    for (std::size_t i = 0; i < rules.size(); ++i) {
      carried[i] = owed[i] - cents[i] * kWhole;
      shares.push_back({cents[i], rules[i].party});
    }
  }
  return splits;
}

Result<std::vector<std::int64_t>> spread(std::int64_t cents, std::span<const std::int64_t> weights) {
  constexpr std::int64_t kMostWeight = 1'000'000;
  std::int64_t whole = 0;
  for (const auto weight : weights) {
    if (weight < 0 || weight > kMostWeight || (whole += weight) > kMostWeight)
      return error(ErrorCode::kInvalid,
                   say("pesi da 0 a {} in tutto", "weights are from 0 to {} in all", kMostWeight));
  }
  if (whole == 0 || cents < 0 || cents > kMaxAmount)
    return error(ErrorCode::kInvalid, say("{} centesimi non si dividono su peso {}",
                                          "{} cents cannot be spread over weight {}", cents, whole));
  std::vector<Exact> wanted;
  for (const auto weight : weights) wanted.push_back(cents * weight);
  return whole_cents(cents, wanted, whole);
}

std::vector<Share> sum(std::span<const std::vector<Share>> splits) {
  std::vector<Share> sums;
  for (const auto& shares : splits)
    for (const auto& share : shares) {
      const auto same = [&](const Share& known) { return known.party == share.party; };
      if (const auto known = std::find_if(sums.begin(), sums.end(), same); known != sums.end())
        known->cents += share.cents;
      else
        sums.push_back(share);
    }
  return sums;
}

}  // namespace raccordo::wallets
