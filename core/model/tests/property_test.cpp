// SPDX-License-Identifier: Apache-2.0
// What holds for every entity: made at random from the schemas, and mutated at random. Seeds are fixed.
#include <gtest/gtest.h>

#include "core/model/tests/random_entity.hpp"
#include "raccordo/model/accreditation.hpp"
#include "raccordo/model/entitlement.hpp"
#include "raccordo/model/envelope.hpp"
#include "raccordo/model/json.hpp"
#include "raccordo/model/offer.hpp"
#include "raccordo/model/organization.hpp"
#include "raccordo/model/plan.hpp"
#include "raccordo/model/qualification.hpp"
#include "raccordo/model/service.hpp"
#include "raccordo/model/validate.hpp"

namespace raccordo {
namespace {

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

TEST_F(Properties, encoded_awards_plans_and_entitlements_are_valid_and_published_canonically) {
  holds_for<Accreditation>(100);
  holds_for<Qualification>(100);
  holds_for<Plan>(100);
  holds_for<Entitlement>(100);
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
