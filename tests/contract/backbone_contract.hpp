// SPDX-License-Identifier: EUPL-1.2
// What every Backbone does, and what those do that keep their messages over a restart. An adapter's test
// names a rig and instantiates:
//   INSTANTIATE_TEST_SUITE_P(Sqlite, BackboneContract, testing::Values(BackboneMaker{[] { return ...; }}));
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/ports/backbone.hpp"
#include "core/ports/testing/simulated_clock.hpp"

namespace raccordo::contract {

// One product under test. Its clock is the simulated one.
class BackboneRig {
 public:
  virtual ~BackboneRig() = default;
  virtual Backbone& backbone() = 0;

  raccordo::testing::SimulatedClock clock;
};

class DurableBackboneRig : public BackboneRig {
 public:
  // Closes it and opens it again with what it kept.
  virtual void reopen() = 0;
};

using BackboneMaker = std::function<std::unique_ptr<BackboneRig>()>;
using DurableBackboneMaker = std::function<std::unique_ptr<DurableBackboneRig>()>;

inline Uuid key_of(std::string_view name) { return uuid_v5(kNamespaceUrl, name); }

template <typename Rig>
class BackboneWords : public ::testing::TestWithParam<std::function<std::unique_ptr<Rig>()>> {
 protected:
  void SetUp() override {
    const std::vector<TopicSettings> topics{{"services", true}, {"offers", true}, {"bookings", false}};
    ASSERT_TRUE(backbone().ensure(topics).ok());
  }

  Backbone& backbone() { return rig_->backbone(); }

  void append(const std::string& topic, const std::string& key, std::optional<std::string_view> value) {
    const std::vector<Message> one{{topic, key_of(key), value}};
    const auto appended = backbone().append(one);
    ASSERT_TRUE(appended.ok()) << appended.error().in(Language::kEnglish);
  }

  // "key=value" or "key gone", in order; keys as text.
  std::vector<std::string> all(const std::string& topic, std::int64_t from = 0, std::size_t limit = 100'000) {
    std::vector<std::string> out;
    auto batch = backbone().read(topic, Position{{from}}, limit, Duration{0});
    EXPECT_TRUE(batch.ok());
    if (!batch.ok()) return out;
    for (const auto& message : (*batch)->messages)
      out.push_back(name_of(*message.key) + (message.tombstone ? " gone" : "=" + std::string(message.value)));
    return out;
  }

  static std::string name_of(const Uuid& key) {
    for (const auto* name : {"airone", "brezza", "cicogna", "delfino"})
      if (key == key_of(name)) return name;
    return key.text();
  }

  std::unique_ptr<Rig> rig_ = this->GetParam()();
};

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

class BackboneContract : public BackboneWords<BackboneRig> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(BackboneContract);

class DurableBackboneContract : public BackboneWords<DurableBackboneRig> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(DurableBackboneContract);

// Of those that compact when they are told to; a broker does it when it likes.
class BackboneCompactionContract : public BackboneWords<BackboneRig> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(BackboneCompactionContract);

class DurableBackboneCompactionContract : public BackboneWords<DurableBackboneRig> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(DurableBackboneCompactionContract);

TEST_P(BackboneContract, gives_back_what_was_appended_in_order) {
  append("services", "airone", "1");
  append("services", "brezza", "2");
  append("services", "airone", "3");
  EXPECT_THAT(all("services"), ElementsAre("airone=1", "brezza=2", "airone=3"));
}

TEST_P(BackboneContract, keeps_topics_apart_even_within_one_append) {
  const std::vector<Message> mixed{{"services", key_of("airone"), "s"},
                                   {"offers", key_of("brezza"), "o"},
                                   {"services", key_of("cicogna"), "t"}};
  ASSERT_TRUE(backbone().append(mixed).ok());
  EXPECT_THAT(all("services"), ElementsAre("airone=s", "cicogna=t"));
  EXPECT_THAT(all("offers"), ElementsAre("brezza=o"));
}

TEST_P(BackboneContract, appends_what_went_ahead_and_the_rest_in_their_order) {
  const std::vector<Message> messages{{"services", key_of("airone"), "1"},
                                      {"services", key_of("brezza"), "2"},
                                      {"services", key_of("airone"), std::nullopt},
                                      {"services", key_of("cicogna"), "4"}};
  const auto begun = backbone().begin_append();
  begun->ahead(std::span(messages).first(1));
  begun->ahead(std::span(messages).subspan(1, 2));
  const auto appended = begun->finish(messages);
  ASSERT_TRUE(appended.ok()) << appended.error().in(Language::kEnglish);
  EXPECT_THAT(all("services"), ElementsAre("airone=1", "brezza=2", "airone gone", "cicogna=4"));
}

TEST_P(BackboneContract, goes_on_after_an_append_that_nobody_finished) {
  {
    const std::vector<Message> messages{{"services", key_of("airone"), "1"}};
    const auto begun = backbone().begin_append();
    begun->ahead(messages);
  }
  append("services", "brezza", "2");
  EXPECT_THAT(all("services"), ::testing::Contains("brezza=2"));
}

TEST_P(BackboneContract, tells_an_empty_value_from_a_deletion) {
  append("services", "airone", "");
  append("services", "brezza", std::nullopt);
  EXPECT_THAT(all("services"), ElementsAre("airone=", "brezza gone"));
}

TEST_P(BackboneContract, keeps_bytes_as_they_are) {
  const std::string bytes("\0\xff\n{\"a\":\"\xc3\xa0\"}", 14);
  append("services", "airone", bytes);
  EXPECT_THAT(all("services"), ElementsAre("airone=" + bytes));
}

TEST_P(BackboneContract, stamps_messages_with_the_time_of_their_append) {
  append("services", "airone", "1");
  rig_->clock.advance(90s);
  append("services", "airone", "2");
  const auto batch = backbone().read("services", {}, 10, Duration{0});
  ASSERT_TRUE(batch.ok());
  ASSERT_EQ((*batch)->messages.size(), 2u);
  EXPECT_EQ((*batch)->messages[0].time_ms, 1'768'464'000'000);
  EXPECT_EQ((*batch)->messages[1].time_ms, 1'768'464'090'000);
}

TEST_P(BackboneContract, reads_on_from_where_a_batch_ended) {
  for (const auto* name : {"airone", "brezza", "cicogna"}) append("services", name, "1");
  const auto first = backbone().read("services", {}, 2, Duration{0});
  ASSERT_TRUE(first.ok());
  EXPECT_EQ((*first)->messages.size(), 2u);
  const auto second = backbone().read("services", (*first)->next, 2, Duration{0});
  ASSERT_TRUE(second.ok());
  ASSERT_EQ((*second)->messages.size(), 1u);
  EXPECT_EQ(name_of(*(*second)->messages[0].key), "cicogna");
  EXPECT_TRUE((*second)->next.reached(*backbone().end("services")));
}

TEST_P(BackboneContract, answers_the_end_with_an_empty_batch_that_stays_there) {
  append("services", "airone", "1");
  const auto end = backbone().end("services");
  ASSERT_TRUE(end.ok());
  const auto batch = backbone().read("services", *end, 10, Duration{0});
  ASSERT_TRUE(batch.ok());
  EXPECT_THAT((*batch)->messages, IsEmpty());
  EXPECT_EQ((*batch)->next, *end);
}

TEST_P(BackboneContract, begins_and_ends_at_the_same_place_while_empty) {
  const auto begin = backbone().begin("services");
  const auto end = backbone().end("services");
  ASSERT_TRUE(begin.ok() && end.ok());
  EXPECT_EQ(*begin, *end);
}

TEST_P(BackboneContract, refuses_to_read_from_behind_the_end) {
  append("services", "airone", "1");
  const auto batch = backbone().read("services", Position{{7}}, 10, Duration{0});
  ASSERT_FALSE(batch.ok());
  EXPECT_EQ(batch.error().code, ErrorCode::kConflict);
}

TEST_P(BackboneContract, names_a_topic_that_is_not_there) {
  const std::vector<Message> lost{{"servizi", key_of("airone"), "1"}};
  const auto appended = backbone().append(lost);
  ASSERT_FALSE(appended.ok());
  EXPECT_EQ(appended.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(appended.error().message.en, ::testing::HasSubstr("servizi"));
  EXPECT_EQ(backbone().read("servizi", {}, 1, Duration{0}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(backbone().end("servizi").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(backbone().begin("servizi").error().code, ErrorCode::kNotFound);
}

TEST_P(BackboneContract, appends_nothing_when_one_message_is_too_large) {
  const std::string huge(65u << 20, 'x');
  const std::vector<Message> two{{"services", key_of("airone"), "1"}, {"services", key_of("brezza"), huge}};
  const auto appended = backbone().append(two);
  ASSERT_FALSE(appended.ok());
  EXPECT_EQ(appended.error().code, ErrorCode::kTooLarge);
  EXPECT_THAT(all("services"), IsEmpty());
}

TEST_P(BackboneContract, ensures_a_topic_twice_without_harm_and_refuses_other_settings) {
  append("services", "airone", "1");
  EXPECT_TRUE(backbone().ensure(std::vector<TopicSettings>{{"services", true}}).ok());
  EXPECT_THAT(all("services"), ElementsAre("airone=1"));
  const auto other = backbone().ensure(std::vector<TopicSettings>{{"services", false}});
  ASSERT_FALSE(other.ok());
  EXPECT_EQ(other.error().code, ErrorCode::kInvalid);
  EXPECT_THAT(other.error().message.en, ::testing::HasSubstr("services"));
}

TEST_P(BackboneContract, names_the_log_that_its_offsets_count_in) {
  const auto identity = backbone().identity("services");
  ASSERT_TRUE(identity.ok());
  EXPECT_NE(*identity, "");
  append("services", "airone", "1");
  EXPECT_EQ(*backbone().identity("services"), *identity);
  EXPECT_EQ(Bookmark::parse((Bookmark{*identity, Position{{17}}}).text()),
            (Bookmark{*identity, Position{{17}}}));
  EXPECT_EQ(backbone().identity("servizi").error().code, ErrorCode::kNotFound);
  const auto another = GetParam()();
  ASSERT_TRUE(another->backbone().ensure(std::vector<TopicSettings>{{"services", true}}).ok());
  EXPECT_NE(*another->backbone().identity("services"), *identity) << "another log, the same name";
}

TEST_P(DurableBackboneContract, keeps_the_name_of_the_log_over_a_restart) {
  const auto identity = backbone().identity("services");
  ASSERT_TRUE(identity.ok());
  append("services", "airone", "1");
  rig_->reopen();
  EXPECT_EQ(*backbone().identity("services"), *identity);
}

TEST_P(BackboneContract, lists_its_topics) {
  const auto topics = backbone().topics();
  ASSERT_TRUE(topics.ok());
  EXPECT_THAT(*topics, ::testing::IsSupersetOf({"bookings", "offers", "services"}));
}

TEST_P(BackboneContract, a_patient_reader_wakes_when_something_is_appended) {
  std::jthread writer([&] { append("services", "airone", "1"); });
  const auto batch = backbone().read("services", {}, 10, 60s);
  ASSERT_TRUE(batch.ok());
  EXPECT_EQ((*batch)->messages.size(), 1u);
}

TEST_P(BackboneContract, flows_that_append_at_once_lose_nothing_and_keep_their_own_order) {
  constexpr int kFlows = 4;
  constexpr int kAppends = 50;
  {
    std::vector<std::jthread> flows;
    for (int flow = 0; flow < kFlows; ++flow) {
      flows.emplace_back([this, flow] {
        for (int i = 0; i < kAppends; ++i)
          append(flow % 2 == 0 ? "services" : "offers", std::to_string(flow), std::to_string(i));
      });
    }
  }
  for (const auto* topic : {"services", "offers"}) {
    std::map<Uuid, int> next;
    const auto batch = backbone().read(topic, {}, 100'000, Duration{0});
    ASSERT_TRUE(batch.ok());
    EXPECT_EQ((*batch)->messages.size(), static_cast<std::size_t>(kFlows / 2 * kAppends));
    for (const auto& message : (*batch)->messages)
      EXPECT_EQ(message.value, std::to_string(next[*message.key]++));
  }
}

TEST_P(BackboneCompactionContract, compaction_keeps_the_last_message_of_each_key_and_its_offset) {
  append("services", "airone", "1");
  append("services", "brezza", "2");
  append("services", "airone", "3");
  ASSERT_TRUE(backbone().compact(24h).ok());
  const auto batch = backbone().read("services", {}, 10, Duration{0});
  ASSERT_TRUE(batch.ok());
  ASSERT_EQ((*batch)->messages.size(), 2u);
  EXPECT_EQ((*batch)->messages[0].offset, 1);
  EXPECT_EQ((*batch)->messages[1].offset, 2);
  EXPECT_THAT(all("services"), ElementsAre("brezza=2", "airone=3"));
  EXPECT_EQ(backbone().begin("services")->next, std::vector<std::int64_t>{1});
  EXPECT_EQ(backbone().end("services")->next, std::vector<std::int64_t>{3});
}

TEST_P(BackboneCompactionContract, compaction_lets_go_of_a_deletion_once_it_is_old) {
  append("services", "airone", "1");
  append("services", "airone", std::nullopt);
  append("services", "brezza", "2");
  rig_->clock.advance(6 * 24h);
  ASSERT_TRUE(backbone().compact(7 * 24h).ok());
  EXPECT_THAT(all("services"), ElementsAre("airone gone", "brezza=2"));
  rig_->clock.advance(2 * 24h);
  ASSERT_TRUE(backbone().compact(7 * 24h).ok());
  EXPECT_THAT(all("services"), ElementsAre("brezza=2"));
}

TEST_P(BackboneCompactionContract, compaction_never_makes_offsets_start_again) {
  append("services", "airone", "1");
  append("services", "airone", std::nullopt);
  rig_->clock.advance(8 * 24h);
  ASSERT_TRUE(backbone().compact(7 * 24h).ok());
  append("services", "brezza", "2");
  EXPECT_THAT(all("services", 2), ElementsAre("brezza=2"));
  EXPECT_EQ(backbone().end("services")->next, std::vector<std::int64_t>{3});
}

TEST_P(DurableBackboneCompactionContract, a_restart_behind_a_compaction_never_makes_offsets_start_again) {
  append("services", "airone", "1");
  append("services", "airone", std::nullopt);
  rig_->clock.advance(8 * 24h);
  ASSERT_TRUE(backbone().compact(7 * 24h).ok());
  rig_->reopen();
  append("services", "brezza", "2");
  const auto batch = backbone().read("services", Position{{2}}, 10, Duration{0});
  ASSERT_TRUE(batch.ok());
  ASSERT_EQ((*batch)->messages.size(), 1u);
  EXPECT_EQ((*batch)->messages[0].offset, 2);
}

TEST_P(BackboneCompactionContract, compaction_leaves_topics_alone_that_keep_everything) {
  append("bookings", "airone", "1");
  append("bookings", "airone", "2");
  append("bookings", "airone", std::nullopt);
  rig_->clock.advance(1'000 * 24h);
  ASSERT_TRUE(backbone().compact(7 * 24h).ok());
  EXPECT_THAT(all("bookings"), ElementsAre("airone=1", "airone=2", "airone gone"));
}

TEST_P(BackboneCompactionContract, compaction_handles_more_keys_than_one_step) {
  constexpr int kKeys = 12'000;
  std::vector<Message> messages;
  for (int round = 0; round < 2; ++round)
    for (int key = 0; key < kKeys; ++key)
      messages.push_back({"services", key_of(std::to_string(key)), round == 0 ? "old" : "new"});
  ASSERT_TRUE(backbone().append(messages).ok());
  ASSERT_TRUE(backbone().compact(24h).ok());
  const auto batch = backbone().read("services", {}, 100'000, Duration{0});
  ASSERT_TRUE(batch.ok());
  ASSERT_EQ((*batch)->messages.size(), static_cast<std::size_t>(kKeys));
  for (const auto& message : (*batch)->messages) ASSERT_EQ(message.value, "new");
}

TEST_P(DurableBackboneContract, keeps_everything_over_a_restart) {
  append("services", "airone", "1");
  append("services", "brezza", std::nullopt);
  rig_->reopen();
  EXPECT_THAT(all("services"), ElementsAre("airone=1", "brezza gone"));
  append("services", "cicogna", "3");
  EXPECT_THAT(all("services", 2), ElementsAre("cicogna=3"));
}

}  // namespace raccordo::contract
