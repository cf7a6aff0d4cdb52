// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/envelope.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/model/tests/schema_check.hpp"

namespace raccordo {
namespace {

using testing::HasSubstr;

constexpr std::int64_t kNoon = 1'767'268'800'123;  // 2026-01-01T12:00:00.123Z

struct Events : testing::Test {
  Events() { writer.set_time(kNoon); }

  ValidEntity offer(std::string_view json) {
    data.clear();
    auto entity = validator.validate("offer", json, keys, data, dropped);
    EXPECT_TRUE(entity.has_value()) << validator.refusal().text.en;
    return *entity;
  }
  std::string changed(const ValidEntity& entity, std::uint64_t revision) {
    std::string out;
    writer.changed(entity, revision, "", out);
    return out;
  }
  std::string refusal(std::string_view bytes) {
    auto event = read_event(bytes, unescaped);
    return event.ok() ? "read" : event.error().message.en;
  }

  StatementKeys keys{statement_space("valle-demo", "albo")};
  Validator validator;
  EventWriter writer{"valle-demo", "albo"};
  std::string data, unescaped;
  std::vector<DroppedField> dropped;
};

constexpr std::string_view kOffer = R"({"channel":"pay","id":"1","service":"S"})";

TEST_F(Events, carry_the_entity_and_say_where_it_comes_from) {
  const auto entity = offer(kOffer);
  std::string out;
  writer.changed(entity, 7, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", out);
  const auto id = uuid_v5(entity.key, fmt::format("7:{:016x}", entity.hash)).text();
  EXPECT_EQ(out, fmt::format(
                     R"({{"specversion":"1.0","type":"it.raccordo.offer.changed.v1",)"
                     R"("source":"urn:raccordo:valle-demo:albo","datacontenttype":"application/json",)"
                     R"("id":"{}","subject":"{}","time":"2026-01-01T12:00:00.123Z","revision":7,)"
                     R"("traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","data":{}}})",
                     id, entity.key.text(), entity.data));
}

TEST_F(Events, have_the_same_id_when_written_again_and_another_for_another_revision) {
  const auto entity = offer(kOffer);
  EXPECT_EQ(changed(entity, 1), changed(entity, 1));
  const std::string first = changed(entity, 1), second = changed(entity, 2);
  std::string other;
  EXPECT_NE(read_event(first, unescaped)->id, read_event(second, other)->id);
}

TEST_F(Events, read_back_as_they_were_written) {
  const auto entity = offer(kOffer);
  const auto bytes = changed(entity, 12);
  const auto event = read_event(bytes, unescaped);
  ASSERT_TRUE(event.ok()) << event.error().message.en;
  EXPECT_EQ(event->kind, "offer");
  EXPECT_FALSE(event->deleted);
  EXPECT_EQ(event->subject, entity.key.text());
  EXPECT_EQ(event->revision, 12u);
  EXPECT_EQ(event->data, entity.data);
  EXPECT_EQ(event->source, "urn:raccordo:valle-demo:albo");
}

TEST_F(Events, of_deletions_carry_both_ids) {
  const auto key = keys.key("service", "a\"b");
  std::string out;
  writer.deleted(*find_kind("service"), key, "a\"b", 3, "", out);
  const auto event = read_event(out, unescaped);
  ASSERT_TRUE(event.ok()) << event.error().message.en;
  EXPECT_TRUE(event->deleted);
  EXPECT_EQ(event->type, "it.raccordo.service.deleted.v1");
  EXPECT_EQ(event->data, fmt::format(R"({{"id":"{}","source_id":"a\"b"}})", key.text()));
}

TEST_F(Events, of_other_producers_are_read_in_any_order_and_spelling) {
  const std::string bytes =
      R"( { "data" : [ 1, {"x":"}"} ], "comexample": {"a":1}, "datacontenttype":"application\/vnd.x\u002Bjson",
    "source" : "/sensors", "type":"com.example.thing", "id":"A-1", "subject":null, "specversion":"1.0" } )";
  const auto event = read_event(bytes, unescaped);
  ASSERT_TRUE(event.ok()) << event.error().message.en;
  EXPECT_EQ(event->datacontenttype, "application/vnd.x+json");
  EXPECT_EQ(event->data, R"([ 1, {"x":"}"} ])");
  EXPECT_EQ(event->kind, "");
  EXPECT_EQ(event->subject, "");
  EXPECT_FALSE(event->revision.has_value());
}

TEST_F(Events, that_break_the_specification_are_refused_with_the_attribute) {
  EXPECT_EQ(refusal(R"({"specversion":"0.3","id":"1","type":"t","source":"s"})"),
            "invalid event: specversion: not 1.0");
  EXPECT_EQ(refusal(R"({"specversion":"1.0","type":"t","source":"s"})"), "invalid event: id: missing");
  EXPECT_EQ(refusal(R"({"specversion":"1.0","id":"","type":"t","source":"s"})"),
            "invalid event: id: missing");
  EXPECT_EQ(refusal(R"({"specversion":"1.0","id":1,"type":"t","source":"s"})"),
            "invalid event: id: not a text");
  EXPECT_EQ(refusal(R"({"specversion":"1.0","id":"1","id":"2","type":"t","source":"s"})"),
            "invalid event: id: it stands twice");
  EXPECT_EQ(refusal(R"({"specversion":"1.0","id":"1","type":"t","source":"s","time":"yesterday"})"),
            "invalid event: time: not an RFC 3339 date and time");
}

TEST_F(Events, that_are_no_json_are_refused_with_the_byte) {
  EXPECT_EQ(refusal("{\"id\":\"1\","), "event not readable: invalid JSON at byte 11");
  EXPECT_THAT(refusal("{\"data\":" + std::string(100'000, '[')), HasSubstr("invalid JSON"));
  EXPECT_THAT(refusal(std::string(kMaxEventBytes + 1, ' ')), HasSubstr("the limit is"));
  EXPECT_THAT(refusal("\xff"), HasSubstr("not UTF-8"));
  EXPECT_THAT(refusal(""), HasSubstr("invalid JSON"));
}

TEST_F(Events, are_valid_against_the_official_schema) {
  const auto schema = vectors() / "cloudevents" / "cloudevents.json";
  if (!std::filesystem::exists(schema))
    GTEST_SKIP() << "cloudevents/cloudevents.json is not in " << vectors();
  std::string deleted, traced;
  writer.deleted(*find_kind("offer"), keys.key("offer", "1"), "1", 2, "", deleted);
  writer.changed(offer(kOffer), 1, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", traced);
  const auto check = check_against(schema, {changed(offer(kOffer), 1), traced, deleted}, testing::TempDir());
  if (!check.possible) GTEST_SKIP() << "python3-jsonschema is missing";
  EXPECT_EQ(check.problems, "");
}

TEST_F(Events, time_is_utc_with_milliseconds) {
  EXPECT_EQ(utc_text(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(utc_text(951'782'400'001), "2000-02-29T00:00:00.001Z");
}

}  // namespace
}  // namespace raccordo
