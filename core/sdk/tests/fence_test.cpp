// SPDX-License-Identifier: Apache-2.0
// What happens at the boundary when a plugin, or a host, does not behave.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <raccordo/sdk.hpp>

#include "raccordo/sdk/testing.hpp"

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Path {
  std::string path;
};

struct Stubborn {
  Stubborn(Path options, Setup& setup) {
    if (options.path == "throw") throw std::runtime_error("no such path");
    if (options.path == "number") throw 7;
    if (options.path == "fail") setup.fail(say("percorso errato", "wrong path"));
    setup.frame(xml_elements(options.path));
  }
  void on_record(const Document& document, Effects& effects) const {
    if (document.body == "throw") {
      effects.publish(Capacity{.id = "1", .service = "1"});
      throw std::runtime_error("half way");
    }
    if (document.body == "number") throw 7;
    if (document.body == "retry") return effects.retry("later");
    effects.publish_json(document.body, "{}");
  }
  void on_event(const Event& event, Effects& effects) const {
    effects.write("changes", event.deleted ? "- " : "+ ");
    effects.write("changes", event.partner_id);
  }
  void on_request(const Request& request, Effects& effects) const {
    const Header type{"content-type", request.headers["Content-Type"]};
    effects.respond(202, std::span(&type, 1), request.body);
  }
  void on_tick(const Tick& tick, Effects& effects) const {
    effects.send({.path = "/changes", .query = tick.cursor}, "page 1");
    effects.save_cursor("2");
  }
};

}  // namespace

RACCORDO_PLUGIN_AS(stubborn, Stubborn,
                   name("stubborn")
                       .publishes<Capacity>()
                       .subscribes("service")
                       .writes("changes")
                       .options(describe<Path>(option(&Path::path, "path", required))))

namespace {

class Fence : public ::testing::Test {
 protected:
  static std::string words(const std::string& path) { return FakeHost(stubborn(), {{"path", path}}).words(); }
  FakeHost host_{stubborn(), {{"path", "/a/b"}}};
};

TEST_F(Fence, turns_what_a_constructor_throws_into_words) {
  EXPECT_EQ(words("throw"), "no such path");
  EXPECT_EQ(words("number"), "unknown exception");
  EXPECT_EQ(words("fail"), "percorso errato \u2044 wrong path");
}

TEST_F(Fence, turns_what_a_handler_throws_into_a_rejection) {
  EXPECT_THAT(host_.document("throw").rejected, ElementsAre(Remark{"plugin_exception", "", "half way"}));
  EXPECT_THAT(host_.document("number").rejected,
              ElementsAre(Remark{"plugin_exception", "", "unknown exception"}));
}

TEST_F(Fence, rejects_an_input_whose_effect_was_not_taken) {
  EXPECT_THAT(host_.document("no_such_kind").rejected,
              ElementsAre(Remark{"effect_not_taken", "publish",
                                 "sconosciuto a questo hub \u2044 unknown to this hub"}));
}

TEST_F(Fence, rejects_an_input_without_a_handler) {
  const auto answer = host_.handle(Sample::outcome(true, "{}"));
  ASSERT_THAT(answer.rejected, SizeIs(1));
  EXPECT_EQ(answer.rejected[0].code, "input_not_handled");
  EXPECT_EQ(host_.row({{"A", "1"}}).rejected[0].code, "input_not_handled");
}

TEST_F(Fence, hands_on_a_wish_to_be_asked_again) {
  const auto answer = host_.document("retry");
  EXPECT_EQ(answer.verdict, RACCORDO_RETRY);
  EXPECT_EQ(answer.words, "later");
}

TEST_F(Fence, declares_the_inputs_that_have_a_handler) {
  EXPECT_EQ(stubborn()->inputs, 1u << RACCORDO_INPUT_RECORD | 1u << RACCORDO_INPUT_EVENT |
                                    1u << RACCORDO_INPUT_REQUEST | 1u << RACCORDO_INPUT_TICK);
}

TEST_F(Fence, lets_a_constructor_decide_how_its_source_is_cut) {
  EXPECT_EQ(host_.framed().format, RACCORDO_FORMAT_XML);
  EXPECT_EQ(host_.framed().path, "/a/b");
}

TEST_F(Fence, hands_over_events_requests_and_ticks) {
  EXPECT_THAT(host_.deletion("service", "s1").written,
              ElementsAre(Written{"changes", "- "}, Written{"changes", "s1"}));
  EXPECT_THAT(host_.handle(Sample::request("POST", "/", "{}", {{"content-TYPE", "text/x"}})).responded,
              ElementsAre(Responded{202, {{"content-type", "text/x"}}, "{}"}));
  const auto answer = host_.tick(0, "1");
  EXPECT_THAT(answer.sent, ElementsAre(Sent{"GET", "/changes", "1", {}, "", "page 1"}));
  EXPECT_THAT(answer.cursors, ElementsAre("2"));
}

TEST_F(Fence, lives_with_a_host_that_has_fewer_functions) {
  raccordo_host old{};
  old.struct_size = offsetof(raccordo_host, frame) + sizeof old.frame;
  old.frame = [](void*, const raccordo_framing*) { return RACCORDO_OK; };
  const LentOptions options(Pairs{{"path", "/a"}});
  void* instance = stubborn()->create(&old, &options.options());
  ASSERT_NE(instance, nullptr);
  const Lent lent(Sample::tick(0));
  EXPECT_EQ(stubborn()->handle(instance, &lent.input()), RACCORDO_DONE);
  stubborn()->destroy(instance);
}

TEST(Ids, are_the_same_for_the_same_parts_only) {
  EXPECT_EQ(id_from("cdd-1", 12), "cdd-1:12");
  EXPECT_NE(id_from("a:b", "c"), id_from("a", "b:c"));
  EXPECT_NE(id_from("a%3Ab"), id_from("a:b"));
  EXPECT_NE(id_from("", "a"), id_from("a", ""));
  EXPECT_EQ(ref("service", "cdd-1", 12), id_from("cdd-1", 12));
}

TEST(Words, cross_in_both_languages_and_come_apart_again) {
  std::string wire;
  append_both({"uno", "one"}, wire);
  EXPECT_EQ(from_plugin(wire), (Text{"uno", "one"}));
  EXPECT_EQ(from_plugin("one"), (Text{"one", "one"}));
}

}  // namespace
}  // namespace raccordo
