// SPDX-License-Identifier: EUPL-1.2
// An instance driven without any library: what is built for it, what it may say, what is made of its
// verdicts.
#include "adapters/plugin_worker/instance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>
#include <thread>

#include "adapters/plugin_worker/abi_text.hpp"
#include "adapters/plugin_worker/tests/stage.hpp"

namespace raccordo {
namespace {

using testing::ElementsAre;

using Handle = std::function<raccordo_verdict(const raccordo_host&, const raccordo_input&)>;

// The plugin under test, reached through the contract's plain functions.
struct Scripted {
  const raccordo_host* host = nullptr;
  Handle handle;
  std::function<void(const raccordo_host&, const raccordo_options&)> create;
  bool refuses = false;
  int alive = 0;
};
Scripted* scripted = nullptr;

void* create(const raccordo_host* host, const raccordo_options* options) {
  scripted->host = host;
  if (scripted->create) scripted->create(*host, *options);
  if (scripted->refuses) return nullptr;
  ++scripted->alive;
  return scripted;
}
raccordo_verdict handle(void*, const raccordo_input* input) {
  return scripted->handle(*scripted->host, *input);
}
void destroy(void*) { --scripted->alive; }

class InstanceTest : public testing::Test {
 protected:
  InstanceTest() {
    scripted = &script_;
    plugin_.create = create;
    plugin_.handle = handle;
    plugin_.destroy = destroy;
    library_.plugin = &plugin_;
    library_.description.name = "scripted";
    library_.description.publishes = {"service"};
    library_.description.commands = {"booking.request.v1"};
    library_.description.writes = {"offers"};
  }

  Result<std::unique_ptr<Instance>> start(OptionValues options = {}) {
    return Instance::create(library_, std::move(options), 1'000,
                            [this](std::uint32_t, std::string_view line) { logged_.emplace_back(line); });
  }

  // One batch through a fresh instance.
  OutputBatch outcome(Handle handle, const InputBatch& batch = test::lines({"{}"})) {
    script_.handle = std::move(handle);
    auto instance = *start();
    EffectBuffer effects;
    std::vector<raccordo_bytes> columns;
    for (const auto& column : batch.columns) columns.push_back(borrow(column));
    for (const auto& item : batch.items)
      instance->handle(
          {batch.format, batch.file, columns},
          {item.kind, item.place.line, std::span(batch.sizes).subspan(item.first_field, item.field_count),
           batch.bytes.data() + item.first_byte},
          effects);
    const Answers answers{effects.outputs, effects.effects, effects.sizes};
    EXPECT_TRUE(agree(answers, effects.bytes.size()));
    OutputBatch out;
    decode(answers, effects.bytes, out);
    return out;
  }

  std::string told(Handle handle, const InputBatch& batch = test::lines({"{}"})) {
    return test::told(outcome(std::move(handle), batch)).front();
  }

  Scripted script_;
  raccordo_plugin plugin_{};
  PluginLibrary library_;
  std::vector<std::string> logged_;
};

raccordo_bytes text(std::string_view words) { return borrow(words); }

TEST_F(InstanceTest, hands_over_rows_with_their_columns_and_missing_cells_empty) {
  InputBatch batch;
  batch.format = Format::kCsv;
  batch.file = "albo.csv";
  batch.columns = {"NOME", "POSTI", "NOTE"};
  batch.begin(InputKind::kRecord, {0, 7});
  batch.field("Airone");
  batch.field("12");
  batch.end("");
  outcome(
      [](const raccordo_host&, const raccordo_input& input) {
        EXPECT_EQ(input.kind, RACCORDO_INPUT_RECORD);
        EXPECT_EQ(input.event, nullptr);
        const auto& record = *input.record;
        EXPECT_EQ(record.line, 7u);
        EXPECT_EQ(view(record.file), "albo.csv");
        EXPECT_EQ(record.columns.size, 3u);
        EXPECT_EQ(record.cells.size, 3u);
        EXPECT_EQ(view(record.columns.items[1]), "POSTI");
        EXPECT_EQ(view(record.cells.items[1]), "12");
        EXPECT_EQ(record.cells.items[2].size, 0u);
        return RACCORDO_DONE;
      },
      batch);
}

TEST_F(InstanceTest, hands_over_every_kind_of_input) {
  InputBatch batch;
  const auto add = [&](InputKind kind, std::initializer_list<std::string_view> fields) {
    batch.begin(kind, {});
    for (const auto field : fields) batch.field(field);
    batch.end("");
  };
  add(InputKind::kEvent, {"services", "t", "service", "id", "sid", "pid", "{}", "1"});
  add(InputKind::kRequest, {"POST", "/p", "q=1", "body", "a", "b", "c", "d"});
  add(InputKind::kResponse, {"201", "made", "context", "a", "b"});
  add(InputKind::kOutcome, {"1", "42", "", "data", "context", "booking.confirm.v1", "booking.cancel.v1"});
  add(InputKind::kTick, {"1700000000000", "here"});
  std::vector<std::string> seen;
  outcome(
      [&](const raccordo_host&, const raccordo_input& input) {
        if (input.event != nullptr)
          seen.push_back(fmt::format("{} {} {}", view(input.event->kind), view(input.event->partner_id),
                                     input.event->deleted));
        if (input.request != nullptr)
          seen.push_back(fmt::format("{} {} {}", view(input.request->method), input.request->header_count,
                                     view(input.request->headers[1].value)));
        if (input.response != nullptr)
          seen.push_back(fmt::format("{} {} {}", input.response->status, view(input.response->context),
                                     view(input.response->headers[0].name)));
        if (input.outcome != nullptr)
          seen.push_back(fmt::format("{} {} {}", input.outcome->revision, input.outcome->legal_now.size,
                                     view(input.outcome->legal_now.items[1])));
        if (input.tick != nullptr)
          seen.push_back(fmt::format("{} {}", input.tick->now_ms, view(input.tick->cursor)));
        return RACCORDO_DONE;
      },
      batch);
  EXPECT_THAT(seen, ElementsAre("service pid 1", "POST 2 d", "201 context a", "42 2 booking.cancel.v1",
                                "1700000000000 here"));
}

TEST_F(InstanceTest, carries_every_effect_to_its_fields) {
  const auto out = outcome([](const raccordo_host& host, const raccordo_input&) {
    const raccordo_header headers[] = {{text("a"), text("b")}};
    raccordo_send send{};
    send.struct_size = sizeof send;
    send.method = text("GET");
    send.path = text("/x");
    send.headers = headers;
    send.header_count = 1;
    host.publish(host.self, text("service"), text("{}"));
    host.erase(host.self, text("service"), text("7"));
    host.command(host.self, text("booking.request.v1"), text("{}"), text("c"));
    host.send(host.self, &send, text("context"));
    host.respond(host.self, 201, headers, 1, text("ok"));
    host.write(host.self, text("offers"), text("bytes"));
    host.save_cursor(host.self, text("at"));
    host.snapshot_begin(host.self, text("all"));
    host.snapshot_end(host.self, text("all"));
    host.filter(host.self, text("why"));
    host.reject(host.self, text("code"), text("field"), text("text"));
    host.finding(host.self, text("code"), text("field"), text("text"));
    host.log(host.self, RACCORDO_LOG_WARNING, text("line"));
    return RACCORDO_DONE;
  });
  std::vector<std::string> seen;
  for (const auto& effect : out.effects)
    seen.push_back(
        fmt::format("{} {} {}", static_cast<int>(effect.kind), effect.number, fmt::join(effect.fields, "|")));
  EXPECT_THAT(seen, ElementsAre("1 0 service|{}", "2 0 service|7", "3 0 booking.request.v1|{}|c",
                                "4 0 GET|/x|||context"
                                "|a|b",
                                "5 201 ok|a|b", "6 0 offers|bytes", "7 0 at", "8 0 all", "9 0 all",
                                "10 0 why", "11 0 code|field|text", "12 0 code|field|text", "13 2 line"));
}

TEST_F(InstanceTest, keeps_log_lines_and_nothing_else_of_an_input_that_is_retried) {
  const auto out = outcome([](const raccordo_host& host, const raccordo_input&) {
    host.publish(host.self, text("service"), text("{}"));
    host.log(host.self, RACCORDO_LOG_INFO, text("first"));
    host.publish(host.self, text("service"), text("{}"));
    host.log(host.self, RACCORDO_LOG_INFO, text("second"));
    host.explain(host.self, text("the partner sleeps"));
    return RACCORDO_RETRY;
  });
  EXPECT_THAT(test::told(out), ElementsAre("retry the partner sleeps"));
  ASSERT_EQ(out.effects.size(), 2u);
  EXPECT_EQ(out.effects[0].fields[0], "first");
  EXPECT_EQ(out.effects[1].fields[0], "second");
}

TEST_F(InstanceTest, fails_an_input_whose_effects_are_too_large_even_when_it_says_done) {
  EXPECT_EQ(told([](const raccordo_host& host, const raccordo_input&) {
              const std::string large(1'001, 'x');
              EXPECT_EQ(host.publish(host.self, text("service"), text(large)), RACCORDO_TOO_LARGE);
              return RACCORDO_DONE;
            }),
            "failed its effects are over 1000 bytes");
}

TEST_F(InstanceTest, bounds_empty_effects_too) {
  EXPECT_EQ(told([](const raccordo_host& host, const raccordo_input&) {
              for (int i = 0; i < 1'000; ++i) host.filter(host.self, {});
              return RACCORDO_DONE;
            }),
            "failed its effects are over 1000 bytes");
}

TEST_F(InstanceTest, does_not_believe_sizes_that_overflow) {
  EXPECT_EQ(told([](const raccordo_host& host, const raccordo_input&) {
              const raccordo_bytes huge{"x", ~std::size_t{0}};
              EXPECT_EQ(host.reject(host.self, huge, huge, huge), RACCORDO_TOO_LARGE);
              return RACCORDO_DONE;
            }),
            "failed its effects are over 1000 bytes");
}

TEST_F(InstanceTest, fails_what_was_not_declared_by_name) {
  const auto undeclared = [this](auto effect) {
    return told([effect](const raccordo_host& host, const raccordo_input&) {
      EXPECT_EQ(effect(host), RACCORDO_UNKNOWN);
      return RACCORDO_DONE;
    });
  };
  EXPECT_EQ(undeclared([](const raccordo_host& h) { return h.erase(h.self, text("offer"), text("1")); }),
            R"(failed erase: "offer" is not among what the plugin declares)");
  EXPECT_EQ(undeclared([](const raccordo_host& h) { return h.command(h.self, text("x"), text("{}"), {}); }),
            R"(failed command: "x" is not among what the plugin declares)");
  EXPECT_EQ(undeclared([](const raccordo_host& h) { return h.write(h.self, text("../etc"), text("")); }),
            R"(failed write: "../etc" is not among what the plugin declares)");
  EXPECT_EQ(undeclared([](const raccordo_host& h) {
              return h.filter(h.self, {nullptr, 3});
            }),
            "failed a NULL pointer");
  EXPECT_EQ(undeclared([](const raccordo_host& h) { return h.send(h.self, nullptr, {}); }),
            "failed send: a NULL pointer or a short struct");
}

TEST_F(InstanceTest, fails_a_second_answer_and_a_cursor_that_is_too_large) {
  EXPECT_EQ(told([](const raccordo_host& host, const raccordo_input&) {
              host.respond(host.self, 200, nullptr, 0, text("one"));
              host.respond(host.self, 200, nullptr, 0, text("two"));
              return RACCORDO_DONE;
            }),
            "failed respond: a second answer to the same request");
  EXPECT_EQ(told([](const raccordo_host& host, const raccordo_input&) {
              host.save_cursor(host.self, text(std::string((64u << 10) + 1, 'x')));
              return RACCORDO_DONE;
            }),
            "failed save_cursor: over 65536 bytes");
}

TEST_F(InstanceTest, refuses_effects_outside_handle_and_from_other_threads) {
  script_.create = [](const raccordo_host& host, const raccordo_options&) {
    EXPECT_EQ(host.publish(host.self, text("service"), text("{}")), RACCORDO_NOT_NOW);
    host.log(host.self, RACCORDO_LOG_INFO, text("starting"));
  };
  EXPECT_EQ(told([](const raccordo_host& host, const raccordo_input&) {
              std::thread([&host] {
                EXPECT_EQ(host.publish(host.self, text("service"), text("{}")), RACCORDO_NOT_NOW);
              }).join();
              const raccordo_framing framing{sizeof framing, RACCORDO_FORMAT_CSV, {}, {}, {}, {}, 1, 1};
              EXPECT_EQ(host.frame(host.self, &framing), RACCORDO_NOT_NOW);
              return RACCORDO_DONE;
            }),
            "done");
  EXPECT_THAT(logged_, ElementsAre("starting"));
}

TEST_F(InstanceTest, lets_create_decide_how_records_are_cut) {
  script_.create = [](const raccordo_host& host, const raccordo_options& options) {
    EXPECT_EQ(view(options.values[0].name), "sheet");
    raccordo_framing framing{sizeof framing, RACCORDO_FORMAT_XLSX, {}, {}, options.values[0].value, {}, 3, 2};
    EXPECT_EQ(host.frame(host.self, &framing), RACCORDO_OK);
  };
  const auto instance = start({{"sheet", "Servizi"}});
  ASSERT_TRUE(instance.ok());
  EXPECT_EQ((*instance)->framing().format, Format::kXlsx);
  EXPECT_EQ((*instance)->framing().sheet, "Servizi");
  EXPECT_EQ((*instance)->framing().header_rows, 2u);
}

TEST_F(InstanceTest, says_in_the_plugins_words_why_it_does_not_start) {
  script_.refuses = true;
  script_.create = [](const raccordo_host& host, const raccordo_options&) {
    host.explain(host.self, text("option centre is empty"));
  };
  const auto instance = start();
  ASSERT_FALSE(instance.ok());
  EXPECT_EQ(instance.error().message.en, "plugin scripted does not start: option centre is empty");
  script_.create = {};
  EXPECT_EQ(start().error().message.it,
            "il plugin scripted non si avvia: create ha risposto NULL senza spiegare");
}

TEST_F(InstanceTest, says_all_that_a_plugin_has_to_say_against_its_options_in_both_languages) {
  std::string it, en;
  for (int line = 1; line <= 100; ++line) {
    it += fmt::format("{}:5: «campo» è sconosciuto: si può scrivere uno di quelli che il modello ha; ", line);
    en += fmt::format("{}:5: “field” is not known: one of those that the model has can be written; ", line);
  }
  script_.refuses = true;
  script_.create = [&](const raccordo_host& host, const raccordo_options&) {
    const auto words = it + std::string(kBetweenLanguages) + en;
    host.explain(host.self, text(words));
  };
  const auto refused = start();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().message.it, "il plugin scripted non si avvia: " + it);
  EXPECT_EQ(refused.error().message.en, "plugin scripted does not start: " + en);
}

TEST_F(InstanceTest, a_byte_that_is_no_utf8_spoils_one_language_only) {
  script_.refuses = true;
  script_.create = [](const raccordo_host& host, const raccordo_options&) {
    host.explain(host.self, text("perch\xe9 \u2044 caffè"));
  };
  const auto refused = start();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().message.it, "il plugin scripted non si avvia: perch?");
  EXPECT_EQ(refused.error().message.en, "plugin scripted does not start: caffè");
}

TEST_F(InstanceTest, is_freed_once_after_a_fatal_verdict_and_can_be_built_again) {
  script_.handle = [](const raccordo_host& host, const raccordo_input&) {
    host.explain(host.self, text("the licence ran out"));
    return RACCORDO_FATAL;
  };
  auto instance = *start();
  EffectBuffer effects;
  const std::uint32_t size = 0;
  EXPECT_EQ(instance->handle({}, {InputKind::kRecord, 1, {&size, 1}, ""}, effects), Ending::kFatal);
  EXPECT_EQ(script_.alive, 0);
  EXPECT_TRUE(instance->recreate().ok());
  EXPECT_EQ(script_.alive, 1);
  instance.reset();
  EXPECT_EQ(script_.alive, 0);
}

TEST_F(InstanceTest, fences_exceptions_of_any_type) {
  EXPECT_EQ(told([](const raccordo_host&, const raccordo_input&) -> raccordo_verdict {
              throw std::runtime_error("no\nno");
            }),
            "failed it threw an exception: no no");
  EXPECT_EQ(told([](const raccordo_host&, const raccordo_input&) -> raccordo_verdict { throw 42; }),
            "failed it threw an exception: ?");
}

TEST_F(InstanceTest, makes_texts_of_a_plugin_readable_and_leaves_payloads_alone) {
  const auto out = outcome([](const raccordo_host& host, const raccordo_input&) {
    host.reject(host.self, text("bad\xff"), text("NOME\n"), text("caff\xe8"));
    host.publish(host.self, text("service"), text("{\xff}"));
    return RACCORDO_DONE;
  });
  EXPECT_EQ(out.effects[0].fields[0], "bad?");
  EXPECT_EQ(out.effects[0].fields[1], "NOME ");
  EXPECT_EQ(out.effects[0].fields[2], "caff?");
  EXPECT_EQ(out.effects[1].fields[1], "{\xff}");
}

}  // namespace
}  // namespace raccordo
