// SPDX-License-Identifier: Apache-2.0
// Entities made at random from their declarations, and valid: what rules over several fields name is there,
// and shares are the whole of their price.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "raccordo/model/entity.hpp"
#include "raccordo/model/uuid.hpp"

namespace raccordo {

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return n == 0 ? 0 : engine_() % n; }
  bool often() { return below(3) != 0; }

  std::string text() {
    static const std::vector<std::string> kPieces{"a", "Ü", "\"", "\\", "\n", "\x01", "\x7f",
                                                  "😀", "è", " ",  "0",  "/",  "casa"};
    std::string out = "t";
    for (auto n = below(12); n > 0; --n) out += kPieces[below(kPieces.size())];
    return out;
  }
  std::string id() { return "ID " + std::to_string(below(1'000'000)) + (often() ? "" : "\"è"); }
  std::string pick(std::string_view list) {
    const auto codes = code_list(list);
    return std::string(codes[below(codes.size())].code);
  }

 private:
  std::mt19937 engine_;
};

// A valid value for each type of field.
inline std::string sample_text(Dice& dice, const Field& field) {
  switch (field.type) {
    case FieldType::kCode:
      return dice.pick(field.of);
    case FieldType::kCountry:
      return dice.pick("country");
    case FieldType::kCurrency:
      return dice.pick("currency");
    case FieldType::kId:
    case FieldType::kReference:
    case FieldType::kPartnerId:
    case FieldType::kPseudonym:
      return dice.id();
    case FieldType::kUuid:
      return uuid_v5(kNamespaceUrl, dice.id()).text();
    case FieldType::kMunicipality:
      return fmt::format("{:06}", 1001 + dice.below(100'000));
    case FieldType::kDate:
      return fmt::format("20{:02}-{:02}-{:02}", dice.below(100), 1 + dice.below(12), 1 + dice.below(28));
    case FieldType::kDateTime:
      return fmt::format("2026-01-{:02}T{:02}:00:00Z", 1 + dice.below(31), dice.below(24));
    case FieldType::kTime:
      return fmt::format("{:02}:30:00", dice.below(24));
    case FieldType::kEmail:
      return fmt::format("a{}@example.it", dice.below(99));
    case FieldType::kUrl:
      return fmt::format("https://example.it/{}", dice.below(99));
    case FieldType::kLanguage:
      return "it";
    case FieldType::kFiscalCode:
      return "RSSMRA85T10A562S";
    case FieldType::kVatNumber:
      return "00743110157";
    default:
      return field.max_length < 64 ? "23900" : dice.text();
  }
}

template <typename T>
T random_entity(Dice& dice);

template <typename Value>
Value random_value(Dice& dice, const Field& field) {
  if constexpr (Described<Value>)
    return random_entity<Value>(dice);
  else if constexpr (std::same_as<Value, std::string>)
    return sample_text(dice, field);
  else if constexpr (std::same_as<Value, double>)
    return static_cast<double>(dice.below(700)) / 8.0;
  else if constexpr (std::same_as<Value, bool>)
    return dice.often();
  else
    return static_cast<Value>(1 + dice.below(999));
}

template <typename T>
bool always_there(const Field& field) {
  if (field.advised) return true;
  for (const auto& rule : T::describe().together)
    for (const auto& names : {rule.all, rule.any})
      for (const auto name : names)
        if (name == field.name) return true;
  return false;
}

// Two shares of what is there to be shared.
template <typename T>
void share(T& entity, Dice& dice) {
  const auto cents = [&]() -> std::int64_t {
    if constexpr (requires { entity.total; })
      return entity.total ? entity.total->cents : -1;
    else if constexpr (requires { entity.tariff; })
      return entity.tariff ? entity.tariff->cents : -1;
    else
      return entity.price ? entity.price->cents : -1;
  }();
  if (cents < 0) return;
  const auto first = static_cast<std::int64_t>(dice.below(static_cast<std::size_t>(cents) + 1));
  entity.split.resize(2);
  entity.split[0].cents = first, entity.split[0].party = "body";
  entity.split[1].cents = cents - first, entity.split[1].party = "user";
}

template <typename T>
T random_entity(Dice& dice) {
  T entity{};
  std::apply(
      [&](const auto&... declared) {
        (
            [&] {
              using D = std::remove_cvref_t<decltype(declared)>;
              using Value = typename D::Value;
              auto& member = entity.*declared.member;
              using Shape = detail::Unwrap<std::remove_cvref_t<decltype(member)>>;
              const bool always = always_there<T>(declared.field);
              if (declared.field.type == FieldType::kSourceId || !declared.field.shares_of.empty()) return;
              if constexpr (Shape::list) {
                for (auto n = dice.below(3) + (always ? 1 : 0); n > 0; --n)
                  member.push_back(random_value<Value>(dice, declared.field));
              } else if constexpr (Shape::optional) {
                if (dice.often() || always) member = random_value<Value>(dice, declared.field);
              } else {
                member = random_value<Value>(dice, declared.field);
              }
            }(),
            ...);
      },
      T::describe().fields);
  if constexpr (requires { entity.split; }) share(entity, dice);
  return entity;
}

}  // namespace raccordo
