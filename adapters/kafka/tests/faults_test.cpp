// SPDX-License-Identifier: EUPL-1.2
// Brokers that answer with errors, lose producers, go away and come back.
#include <gmock/gmock.h>

#include <map>
#include <string>
#include <vector>

#include "adapters/kafka/kafka_backbone.hpp"
#include "adapters/kafka/tests/mock_cluster.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "core/ports/testing/simulated_clock.hpp"

namespace raccordo::kafka {
namespace {

using namespace std::chrono_literals;
using raccordo::testing::kFetch;
using raccordo::testing::kListOffsets;
using raccordo::testing::kProduce;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;

constexpr const char* kTopic = "welfare.services";

class FaultyBrokers : public ::testing::Test {
 protected:
  FaultyBrokers() {
    cluster_.make(kTopic, 3);
    open(20s);
  }

  void open(Duration delivery_timeout) {
    BackboneOptions options;
    options.brokers = {cluster_.address()};
    options.delivery_timeout = delivery_timeout;
    options.answer_timeout = 5s;
    backbone_ = open_backbone(options, clock_, log_).value();
  }

  static Uuid key(int number) { return uuid_v5(kNamespaceUrl, std::to_string(number)); }

  // Each key twice: "a" and then "b".
  Status append(int keys) {
    std::vector<Message> messages;
    for (const auto* value : {"a", "b"})
      for (int i = 0; i < keys; ++i) messages.push_back({kTopic, key(i), value});
    return backbone_->append(messages);
  }

  std::map<Uuid, std::string> last_words() {
    std::map<Uuid, std::string> words;
    Position at;
    for (;;) {
      const auto batch = backbone_->read(kTopic, at, 1'000, Duration::zero());
      EXPECT_TRUE(batch.ok()) << batch.error().in(Language::kEnglish);
      if (!batch.ok() || (*batch)->messages.empty()) return words;
      for (const auto& message : (*batch)->messages) words[*message.key] = message.value;
      at = (*batch)->next;
    }
  }

  void expect_all_said(int keys) {
    const auto words = last_words();
    EXPECT_EQ(words.size(), static_cast<std::size_t>(keys));
    for (const auto& [name, word] : words) EXPECT_EQ(word, "b") << name.text();
  }

  raccordo::testing::MockCluster cluster_;
  raccordo::testing::SimulatedClock clock_;
  raccordo::testing::RecordingLog log_;
  std::unique_ptr<Backbone> backbone_;
};

TEST_F(FaultyBrokers, cost_nothing_when_they_only_ask_to_try_again) {
  cluster_.answer(kProduce, {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
                             RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR__TRANSPORT});
  const auto appended = append(200);
  EXPECT_TRUE(appended.ok()) << appended.error().in(Language::kEnglish);
  expect_all_said(200);
}

TEST_F(FaultyBrokers, that_lose_the_producer_get_a_new_one_that_sends_again_what_was_not_acknowledged) {
  ASSERT_TRUE(append(10).ok());
  cluster_.answer(kProduce, {RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER});
  const auto appended = append(200);
  EXPECT_TRUE(appended.ok()) << appended.error().in(Language::kEnglish);
  expect_all_said(200);
  EXPECT_THAT(log_.lines(),
              Contains(Field(&raccordo::testing::RecordingLog::Line::message, HasSubstr("made anew"))));
}

TEST_F(FaultyBrokers, that_lose_the_producer_get_again_what_went_ahead) {
  ASSERT_TRUE(append(10).ok());
  cluster_.answer(kProduce, {RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER});
  std::vector<Message> messages;
  for (const auto* value : {"a", "b"})
    for (int i = 0; i < 200; ++i) messages.push_back({kTopic, key(i), value});
  const auto begun = backbone_->begin_append();
  begun->ahead(std::span(messages).first(300));
  const auto appended = begun->finish(messages);
  EXPECT_TRUE(appended.ok()) << appended.error().in(Language::kEnglish);
  expect_all_said(200);
}

TEST_F(FaultyBrokers, are_sent_nothing_ahead_from_a_message_on_that_is_too_large) {
  const std::string large((4u << 20) + 1, 'x');
  const std::vector<Message> messages{{kTopic, key(1), "a"}, {kTopic, key(2), large}, {kTopic, key(3), "b"}};
  {
    const auto begun = backbone_->begin_append();
    for (const auto& message : messages) begun->ahead({&message, 1});
    EXPECT_EQ(begun->finish(messages).error().code, ErrorCode::kTooLarge);
  }
  const auto words = last_words();
  EXPECT_FALSE(words.contains(key(2)));
  EXPECT_FALSE(words.contains(key(3)));
}

TEST_F(FaultyBrokers, that_are_away_make_an_append_fail_in_time_and_the_next_one_succeed) {
  open(300ms);
  ASSERT_TRUE(append(1).ok());
  cluster_.refuse_all();
  const auto refused = append(5);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(refused.error().message.en, HasSubstr(kTopic));
  cluster_.serve_again();
  open(20s);
  ASSERT_TRUE(append(5).ok());
  expect_all_said(5);
}

TEST_F(FaultyBrokers, that_forbid_the_topic_say_which_permissions_are_missing) {
  cluster_.answer(kProduce, {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED});
  const auto refused = append(1);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kDenied);
  EXPECT_THAT(refused.error().in(Language::kEnglish), HasSubstr("let the hub's user read, write"));
}

TEST_F(FaultyBrokers, that_find_a_message_too_large_name_the_setting_to_raise) {
  cluster_.answer(kProduce, {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE});
  const auto refused = append(1);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kTooLarge);
  EXPECT_THAT(refused.error().in(Language::kEnglish), HasSubstr("max.message.bytes"));
}

TEST_F(FaultyBrokers, that_change_their_leader_while_read_are_asked_again) {
  ASSERT_TRUE(append(50).ok());
  cluster_.answer(kListOffsets, {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION});
  cluster_.answer(kFetch, {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR__TRANSPORT});
  expect_all_said(50);
}

TEST_F(FaultyBrokers, whose_log_ends_before_a_position_are_a_conflict) {
  ASSERT_TRUE(append(1).ok());
  const auto batch = backbone_->read(kTopic, Position{{99, 0, 0}}, 1, Duration::zero());
  ASSERT_FALSE(batch.ok());
  EXPECT_EQ(batch.error().code, ErrorCode::kConflict);
}

TEST(NobodyThere, is_unavailable_with_what_to_look_at) {
  raccordo::testing::SimulatedClock clock;
  raccordo::testing::RecordingLog log;
  BackboneOptions options;
  options.brokers = {"127.0.0.1:1"};
  options.answer_timeout = 300ms;
  const auto backbone = open_backbone(options, clock, log).value();
  const auto ensured = backbone->ensure(std::vector<TopicSettings>{{kTopic, true}});
  ASSERT_FALSE(ensured.ok());
  EXPECT_EQ(ensured.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(ensured.error().in(Language::kItalian), HasSubstr("127.0.0.1:1"));
}

TEST(WrongSettings, are_named_before_anything_is_connected) {
  raccordo::testing::SimulatedClock clock;
  raccordo::testing::RecordingLog log;
  BackboneOptions options;
  options.brokers = {"127.0.0.1:1"};
  options.security.tls = Tls{"/non/esiste/ca.pem", "", "", ""};
  const auto backbone = open_backbone(options, clock, log);
  ASSERT_FALSE(backbone.ok());
  EXPECT_EQ(backbone.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(backbone.error().in(Language::kEnglish), HasSubstr("/non/esiste/ca.pem"));
}

}  // namespace
}  // namespace raccordo::kafka
