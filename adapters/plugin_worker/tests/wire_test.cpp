// SPDX-License-Identifier: EUPL-1.2
// What goes between daemon and worker: nothing that does not add up is believed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cstring>
#include <random>

#include "adapters/plugin_worker/backlog.hpp"
#include "adapters/plugin_worker/batch_layout.hpp"
#include "adapters/plugin_worker/channel.hpp"
#include "adapters/plugin_worker/tests/stage.hpp"
#include "adapters/plugin_worker/unique_fd.hpp"
#include "adapters/plugin_worker/wire.hpp"

namespace raccordo {
namespace {

PluginDescription sample() {
  PluginDescription description;
  description.path = "/p.so";
  description.name = "turni";
  description.summary = {"it", "en"};
  description.publishes = {"service", "capacity"};
  description.framing = {Format::kCsv, ";", "utf-8", "", "", 2, 1};
  PluginOption option;
  option.name = "places_max";
  option.type = OptionType::kInteger;
  option.min = 1;
  option.choices = {"x"};
  description.options = {option};
  return description;
}

TEST(Wire, brings_a_description_over_whole) {
  PluginDescription copy;
  ASSERT_TRUE(unpack(pack(sample()), copy));
  EXPECT_EQ(to_json(copy), to_json(sample()));
}

TEST(Wire, refuses_every_message_that_is_cut_or_longer) {
  const auto whole = pack(sample());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    PluginDescription copy;
    EXPECT_FALSE(unpack(std::string_view(whole).substr(0, size), copy)) << size;
  }
  PluginDescription copy;
  EXPECT_FALSE(unpack(whole + "x", copy));
}

TEST(Wire, survives_any_bytes) {
  std::mt19937 random(7);
  const auto whole = pack(sample());
  for (int round = 0; round < 2'000; ++round) {
    auto bytes = whole;
    for (int change = 0; change < 3; ++change) bytes[random() % bytes.size()] = static_cast<char>(random());
    PluginDescription description;
    Framing framing;
    Error error;
    static_cast<void>(unpack(bytes, description));
    static_cast<void>(unpack(bytes, framing));
    static_cast<void>(unpack(bytes, error));
  }
}

// A batch of one row as the daemon sends it: two columns, two cells.
struct SentRow {
  SentRow() {
    head.format = static_cast<std::uint32_t>(Format::kCsv);
    head.item_count = 1;
    head.column_count = 2;
    head.size_count = 2;
    head.file_bytes = 5;
    head.column_bytes = 6;
    head.field_bytes = 3;
    const WireItem item{static_cast<std::uint32_t>(InputKind::kRecord), 2, 7};
    const std::uint32_t sizes[] = {2, 4, 1, 2};
    std::string bytes(reinterpret_cast<const char*>(&item), sizeof item);
    bytes.append(reinterpret_cast<const char*>(sizes), sizeof sizes) += "a.csvidnome1Xx";
    size = bytes.size();
    std::memcpy(memory.data(), bytes.data(), size);
  }
  [[nodiscard]] bool fits() { return lay_out(head, {memory.data(), size}, batch); }

  BatchHead head;
  std::vector<std::uint64_t> memory = std::vector<std::uint64_t>(8);
  std::uint64_t size = 0;
  ReceivedBatch batch;
};

TEST(BatchLayout, finds_every_part_of_a_batch) {
  SentRow sent;
  ASSERT_TRUE(sent.fits());
  EXPECT_EQ(sent.batch.file, "a.csv");
  ASSERT_EQ(sent.batch.columns.size(), 2u);
  EXPECT_EQ(std::string_view(sent.batch.columns[1].data, sent.batch.columns[1].size), "nome");
  EXPECT_EQ(sent.batch.items[0].line, 7u);
  EXPECT_EQ(std::string_view(sent.batch.fields, 3), "1Xx");
}

TEST(BatchLayout, refuses_numbers_that_do_not_add_up) {
  const std::vector<void (*)(SentRow&)> kWrong = {
      [](SentRow& sent) { --sent.size; },
      [](SentRow& sent) { ++sent.size; },
      [](SentRow& sent) { sent.head.format = 99; },
      [](SentRow& sent) { sent.head.item_count = 2; },
      [](SentRow& sent) { sent.head.size_count = ~0ull; },
      [](SentRow& sent) { sent.head.field_bytes = 0 - sent.head.file_bytes; },
      [](SentRow& sent) { --sent.head.file_bytes, ++sent.head.column_bytes; },
      [](SentRow& sent) { --sent.head.column_bytes, ++sent.head.field_bytes; },
      [](SentRow& sent) { reinterpret_cast<WireItem*>(sent.memory.data())->field_count = 9; }};
  for (std::size_t i = 0; i < kWrong.size(); ++i) {
    SentRow sent;
    kWrong[i](sent);
    EXPECT_FALSE(sent.fits()) << i;
  }
}

EffectBuffer two_outputs() {
  EffectBuffer effects;
  auto mark = effects.mark();
  effects.begin(EffectKind::kPublish);
  effects.field("service");
  effects.field("{}");
  effects.end_output(Ending::kDone, mark, {});
  mark = effects.mark();
  effects.end_output(Ending::kFailed, mark, say("no", "not"));
  return effects;
}

TEST(Effects, come_back_as_they_were_said) {
  const auto effects = two_outputs();
  OutputBatch out;
  decode({effects.outputs, effects.effects, effects.sizes}, effects.bytes, out);
  decode({effects.outputs, effects.effects, effects.sizes}, effects.bytes, out);
  EXPECT_THAT(test::told(out), testing::ElementsAre("done {}", "failed not", "done {}", "failed not"));
  EXPECT_EQ(out.outputs[1].words.it, "no");
}

TEST(Effects, that_do_not_add_up_are_not_believed) {
  const auto wrong = [](auto change) {
    auto effects = two_outputs();
    change(effects);
    return agree({effects.outputs, effects.effects, effects.sizes}, effects.bytes.size());
  };
  EXPECT_TRUE(wrong([](EffectBuffer&) {}));
  EXPECT_FALSE(wrong([](EffectBuffer& e) { e.outputs[0].effect_count = 2; }));
  EXPECT_FALSE(wrong([](EffectBuffer& e) { e.outputs[0].ending = 9; }));
  EXPECT_FALSE(wrong([](EffectBuffer& e) { e.outputs[1].words_it = 1'000; }));
  EXPECT_FALSE(wrong([](EffectBuffer& e) { e.effects[0].kind = 99; }));
  EXPECT_FALSE(wrong([](EffectBuffer& e) { e.effects[0].field_count = 3; }));
  EXPECT_FALSE(wrong([](EffectBuffer& e) { e.sizes[0] = 0xffffffff; }));
  EXPECT_FALSE(wrong([](EffectBuffer& e) { e.sizes.push_back(0); }));
  EXPECT_FALSE(wrong([](EffectBuffer& e) { e.bytes += 'x'; }));
}

// Both ends of a socket, the reader's not blocking, as the daemon has them.
struct Ends {
  Ends() {
    int fds[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds), 0);
    daemon = UniqueFd(fds[0]);
    worker = UniqueFd(fds[1]);
  }
  template <typename T>
  void say(const T& value) const {
    EXPECT_EQ(::send(worker.get(), &value, sizeof value, 0), static_cast<ssize_t>(sizeof value));
  }
  UniqueFd daemon, worker;
};

constexpr auto kAnswersKind = static_cast<std::uint32_t>(FrameKind::kAnswers);

TEST(AnswerReader, waits_for_the_rest_of_a_frame) {
  const Ends ends;
  AnswerReader reader(1'000);
  EXPECT_EQ(reader.read(ends.daemon.get()), AnswerReader::Got::kNothing);
  ends.say(FrameHead{kAnswersKind, 0, sizeof(AnswersHead) + sizeof(WireOutput) + 2});
  ends.say(AnswersHead{1, 0, 1, 0, 0, 2});
  EXPECT_EQ(reader.read(ends.daemon.get()), AnswerReader::Got::kNothing);
  ends.say(WireOutput{5, 0, 2, 0});
  ends.say('n');
  EXPECT_EQ(reader.read(ends.daemon.get()), AnswerReader::Got::kNothing);
  ends.say('o');
  EXPECT_EQ(reader.read(ends.daemon.get()), AnswerReader::Got::kFrame);
  EXPECT_EQ(reader.take_bytes(), "no");
}

TEST(AnswerReader, takes_no_memory_for_what_is_over_the_limit) {
  for (const auto& wrong : {AnswersHead{1, 0, 1, 0, 0, 1ull << 40}, AnswersHead{1, 0, 0xffffffff, 0, 0, 0},
                            AnswersHead{1, 0, 1, 0xffffffff, 0, 0}, AnswersHead{1, 0, 1, 0, ~0ull, 0}}) {
    const Ends ends;
    AnswerReader reader(1'000);
    ends.say(FrameHead{kAnswersKind, 0, ~0ull});
    ends.say(wrong);
    EXPECT_EQ(reader.read(ends.daemon.get()), AnswerReader::Got::kNonsense);
  }
}

TEST(AnswerReader, does_not_take_another_frame_for_answers) {
  const Ends ends;
  AnswerReader reader(1'000);
  ends.say(FrameHead{static_cast<std::uint32_t>(FrameKind::kLoaded), 0, sizeof(AnswersHead)});
  ends.say(AnswersHead{});
  EXPECT_EQ(reader.read(ends.daemon.get()), AnswerReader::Got::kNonsense);
}

TEST(Backlog, refuses_answers_that_were_not_asked_for) {
  const auto batch = test::lines({"1", "2"});
  Backlog backlog(1'000);
  backlog.add(batch);
  const auto id = backlog.to_send()->id;
  backlog.sent();
  const auto effects = two_outputs();
  const Answers answers{effects.outputs, effects.effects, effects.sizes};
  const auto refused = [&](const AnswersHead& head) {
    return !backlog.answered(head, answers, effects.bytes);
  };
  EXPECT_TRUE(refused({id + 1, 0, 2, 1, 2, effects.bytes.size()}));
  EXPECT_TRUE(refused({id, 1, 2, 1, 2, effects.bytes.size()}));
  EXPECT_TRUE(refused({id, 0, 3, 1, 2, effects.bytes.size()}));
  EXPECT_TRUE(refused({id, 0, 0, 1, 2, effects.bytes.size()}));
  EXPECT_FALSE(refused({id, 0, 2, 1, 2, effects.bytes.size()}));
  EXPECT_TRUE(refused({id, 0, 2, 1, 2, effects.bytes.size()})) << "they came already";
  EXPECT_TRUE(backlog.front_is_complete());
}

TEST(Backlog, takes_a_mark_for_an_input_only_when_it_is_owed) {
  const auto batch = test::lines({"1", "2"});
  Backlog backlog(1'000);
  EXPECT_EQ(backlog.named_by(mark_of(1, 0)), std::nullopt);
  backlog.add(batch);
  const auto id = backlog.to_send()->id;
  backlog.sent();
  EXPECT_EQ(backlog.named_by(0), std::nullopt);
  EXPECT_EQ(backlog.named_by(mark_of(id, 2)), std::nullopt);
  EXPECT_EQ(backlog.named_by(mark_of(id + 1, 0)), std::nullopt);
  EXPECT_EQ(backlog.named_by(mark_of(id, 1)), 1u);
}

}  // namespace
}  // namespace raccordo
