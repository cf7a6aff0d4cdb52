// SPDX-License-Identifier: Apache-2.0
// What holds for every entity: made at random from the schemas, and mutated at random. Seeds are fixed.
#include <gtest/gtest.h>

#include <random>

#include "raccordo/model/envelope.hpp"
#include "raccordo/model/json.hpp"
#include "raccordo/model/offer.hpp"
#include "raccordo/model/organization.hpp"
#include "raccordo/model/service.hpp"
#include "raccordo/model/validate.hpp"

namespace raccordo {
namespace {

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
std::string sample_text(Dice& dice, const Field& field) {
  switch (field.type) {
    case FieldType::kCode:
      return dice.pick(field.of);
    case FieldType::kCountry:
      return dice.pick("country");
    case FieldType::kCurrency:
      return dice.pick("currency");
    case FieldType::kId:
    case FieldType::kReference:
      return dice.id();
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
  else
    return static_cast<Value>(dice.below(1000));
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
              if (declared.field.type == FieldType::kSourceId) return;
              if constexpr (Shape::list) {
                for (auto n = dice.below(3); n > 0; --n)
                  member.push_back(random_value<Value>(dice, declared.field));
              } else if constexpr (Shape::optional) {
                if (dice.often()) member = random_value<Value>(dice, declared.field);
              } else {
                member = random_value<Value>(dice, declared.field);
              }
            }(),
            ...);
      },
      T::describe().fields);
  return entity;
}

struct Properties : testing::Test {
  template <typename T>
  void holds_for(unsigned seeds) {
    for (unsigned seed = 0; seed < seeds; ++seed) {
      Dice dice(seed);
      const auto json = encode(random_entity<T>(dice));
      out.clear(), dropped.clear();
      const auto entity = validator.validate(T::describe().kind, json, keys, out, dropped);
      ASSERT_TRUE(entity.has_value())
          << seed << ' ' << validator.refusal().path << ' ' << validator.refusal().text.en;
      ASSERT_TRUE(dropped.empty()) << seed << ' ' << dropped[0].path << ' ' << dropped[0].text.en;
      auto canonical = json::canonical(entity->data);
      ASSERT_TRUE(canonical.ok()) << canonical.error().message.en;
      ASSERT_EQ(*canonical, entity->data) << "the published form is canonical";
      const std::string first(entity->data);
      out.clear();
      const auto spaced = "  " + json + "\n";  // read by the slow path
      ASSERT_EQ(validator.validate(T::describe().kind, spaced, keys, out, dropped)->data, first);
    }
  }

  StatementKeys keys{statement_space("valle-demo", "albo")};
  Validator validator;
  std::string out, unescaped;
  std::vector<DroppedField> dropped;
};

TEST_F(Properties, encoded_offers_are_valid_and_published_canonically) { holds_for<Offer>(500); }
TEST_F(Properties, encoded_services_are_valid_and_published_canonically) { holds_for<Service>(100); }
TEST_F(Properties, encoded_organizations_are_valid_and_published_canonically) {
  holds_for<Organization>(100);
}

std::string mutate(std::string text, Dice& dice) {
  for (auto n = 1 + dice.below(4); n > 0 && !text.empty(); --n) {
    const auto at = dice.below(text.size());
    switch (dice.below(5)) {
      case 0:
        text[at] = static_cast<char>(dice.below(256));
        break;
      case 1:
        text.erase(at, 1 + dice.below(8));
        break;
      case 2:
        text.insert(at, 1, R"({}[]",:\nu0-e)"[dice.below(13)]);
        break;
      case 3:
        text.insert(at, text.substr(dice.below(text.size()), dice.below(30)));
        break;
      default:
        text.resize(at);
    }
  }
  return text;
}

TEST_F(Properties, mutated_entities_are_refused_or_published_canonically_and_never_crash) {
  std::size_t accepted = 0, refused = 0;
  for (unsigned seed = 0; seed < 4000; ++seed) {
    Dice dice(seed);
    const bool offer = seed % 4 != 0;
    // In memory of its own size, so that a read past its end is noticed.
    const auto text =
        mutate(offer ? encode(random_entity<Offer>(dice)) : encode(random_entity<Service>(dice)), dice);
    const std::vector<char> bytes(text.begin(), text.end());
    out.assign("before"), dropped.clear();
    const auto entity =
        validator.validate(offer ? "offer" : "service", {bytes.data(), bytes.size()}, keys, out, dropped);
    if (!entity) {
      ++refused;
      ASSERT_FALSE(validator.refusal().text.empty());
      ASSERT_EQ(out, "before");
      continue;
    }
    ++accepted;
    auto canonical = json::canonical(entity->data);
    ASSERT_TRUE(canonical.ok()) << seed;
    ASSERT_EQ(*canonical, entity->data) << seed;
  }
  EXPECT_GT(accepted, 100u);
  EXPECT_GT(refused, 1000u);
}

TEST_F(Properties, mutated_events_are_read_or_refused_and_never_crash) {
  Dice entity_dice(1);
  EventWriter writer("valle-demo", "albo");
  std::string event, data;
  writer.changed(*validator.validate("offer", encode(random_entity<Offer>(entity_dice)), keys, data, dropped),
                 3, "", event);
  std::size_t read = 0;
  for (unsigned seed = 0; seed < 4000; ++seed) {
    Dice dice(seed);
    const auto text = mutate(event, dice);
    const std::vector<char> bytes(text.begin(), text.end());
    const auto view = read_event({bytes.data(), bytes.size()}, unescaped);
    if (!view.ok()) continue;
    ++read;
    if (!view->data.empty()) {
      ASSERT_TRUE(json::is_utf8(view->data));
    }
  }
  EXPECT_GT(read, 100u);
  EXPECT_LT(read, 3900u);
}

}  // namespace
}  // namespace raccordo
