// SPDX-License-Identifier: Apache-2.0
#include "shares.hpp"

#include <cmath>

#include "raccordo/model/pieces.hpp"

namespace raccordo {
namespace {

constexpr std::int64_t kMostCents = 1'000'000'000'000;
constexpr std::int64_t kAllInHundredths = 10'000;  // of a percent

// Of one share; none: finer than hundredths, or more than all.
std::optional<std::int64_t> in_hundredths(double percent) {
  const double exact = percent * 100;
  if (!(exact >= 0 && exact <= static_cast<double>(kAllInHundredths))) return std::nullopt;
  const auto rounded = std::llround(exact);
  if (std::abs(exact - static_cast<double>(rounded)) > 1e-6) return std::nullopt;
  return rounded;
}

class ShareSum {
 public:
  // One share. False: not exactly one of the two, or not one that counts.
  bool add(std::optional<std::int64_t> cents, std::optional<double> percent);
  bool is(std::optional<std::int64_t> price) const;

 private:
  std::int64_t cents_ = 0;
  std::int64_t hundredths_ = 0;
};

bool ShareSum::add(std::optional<std::int64_t> cents, std::optional<double> percent) {
  if (cents.has_value() == percent.has_value()) return false;
  if (percent) {
    const auto hundredths = in_hundredths(*percent);
    if (!hundredths) return false;
    hundredths_ += *hundredths;
    return hundredths_ <= kAllInHundredths;
  }
  if (*cents < 0 || *cents > kMostCents) return false;
  cents_ += *cents;
  return cents_ <= kMostCents;
}

bool ShareSum::is(std::optional<std::int64_t> price) const {
  if (!price) return cents_ == 0 && hundredths_ == kAllInHundredths;
  if (*price < 0 || *price > kMostCents) return false;
  return cents_ * kAllInHundredths + hundredths_ * *price == *price * kAllInHundredths;
}

}  // namespace

bool shares_add_up(std::string_view price, std::string_view shares) {
  ShareSum sum;
  json::Pieces items(shares);
  while (items.next())
    if (!sum.add(json::integer_of(json::member(items.value(), "cents")),
                 json::number_of(json::member(items.value(), "percent"))))
      return false;
  return sum.is(json::integer_of(json::member(price, "cents")));
}

}  // namespace raccordo
