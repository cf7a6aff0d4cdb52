// SPDX-License-Identifier: EUPL-1.2
// An HSDS API read page by page: partners whose envelopes tell the truth, and those whose do not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "raccordo/sdk/fields.hpp"
#include "raccordo/sdk/plugin.hpp"
#include "raccordo/sdk/testing.hpp"

extern "C" const raccordo_plugin* raccordo_plugin_entry(void);

namespace hsds {
namespace {

using namespace raccordo;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string service(int number) {
  return fmt::format(R"({{"id":"s{0}","name":"Servizio {0}","status":"active"}})", number);
}

// Services s1 to sN, so many a page.
struct Api {
  int services = 5;
  int per_page = 2;
  int items_told = 5;

  [[nodiscard]] std::string page(int number) const {
    std::string contents;
    for (int i = (number - 1) * per_page; i < std::min(number * per_page, services); ++i)
      contents += (contents.empty() ? "" : ",") + service(i + 1);
    const int pages = (items_told + per_page - 1) / per_page;
    return fmt::format(
        R"({{"total_items":{},"total_pages":{},"page_number":{},"size":{},"first_page":{},"last_page":{},"empty":{},"contents":[{}]}})",
        items_told, pages, number, per_page, number == 1, number >= pages, contents.empty(), contents);
  }
};

int asked_page(const Sent& sent) {
  return static_cast<int>(Fields::of(sent.query).number("page").value_or(0));
}

class HsdsPaging : public ::testing::Test {
 protected:
  Polled read(const Partner& partner, const Pairs& options = {}) {
    FakeHost host(raccordo_plugin_entry(), options);
    return poll(host, partner);
  }
  Polled read(const Api& api) {
    return read([api](const Sent& sent) { return Sample::response(200, api.page(asked_page(sent))); });
  }
  static std::vector<std::string> stated(const Polled& polled) {
    std::vector<std::string> ids;
    for (const auto& answer : polled.answers)
      for (const auto& published : answer.published)
        ids.push_back(published.json.substr(7, published.json.find('"', 7) - 7));
    return ids;
  }
  static std::vector<std::string> findings(const Polled& polled) {
    std::vector<std::string> codes;
    for (const auto& answer : polled.answers)
      for (const auto& finding : answer.findings) codes.push_back(finding.code);
    return codes;
  }
  static bool whole(const Polled& polled) {
    const auto story = polled.story();
    return std::ranges::find(story, "snapshot_end ") != story.end();
  }
};

TEST_F(HsdsPaging, states_every_service_of_every_page_within_one_snapshot) {
  const auto polled = read(Api{});
  EXPECT_EQ(polled.cut, "");
  EXPECT_THAT(stated(polled), ElementsAre("s1", "s2", "s3", "s4", "s5"));
  EXPECT_THAT(polled.asked, SizeIs(4)) << "three pages, and an empty one that is the end";
  EXPECT_EQ(polled.asked[0].path, "/services");
  EXPECT_EQ(polled.asked[1].query, "page=2&per_page=50&full=true");
  EXPECT_EQ(polled.answers[0].story[0], "snapshot_begin ");
  EXPECT_TRUE(whole(polled));
  EXPECT_THAT(findings(polled), IsEmpty());
}

TEST_F(HsdsPaging, asks_for_what_its_options_say) {
  const auto asked = [&](const Pairs& options) {
    FakeHost host(raccordo_plugin_entry(), options);
    const auto sent = host.tick(0).sent.at(0);
    return sent.path + "?" + sent.query;
  };
  EXPECT_EQ(asked({{"per_page", "10"}, {"full", "false"}}), "/services?page=1&per_page=10");
  EXPECT_EQ(asked({{"ask", "organizations"}}),
            "/organizations?page=1&per_page=50&full=true&full_service=true");
}

TEST_F(HsdsPaging, reads_on_where_the_envelope_says_that_it_is_the_end) {
  Api lying;
  lying.items_told = 2;  // one page, it says
  const auto polled = read(lying);
  EXPECT_THAT(stated(polled), SizeIs(5));
  EXPECT_TRUE(whole(polled)) << "more came than it says";
}

TEST_F(HsdsPaging, takes_nothing_for_gone_where_fewer_came_than_the_envelope_says) {
  Api short_list;
  short_list.items_told = 9;
  const auto polled = read(short_list);
  EXPECT_THAT(stated(polled), SizeIs(5));
  EXPECT_FALSE(whole(polled));
  EXPECT_THAT(findings(polled), ElementsAre("list_short"));
}

TEST_F(HsdsPaging, takes_nothing_for_gone_where_the_list_changed_while_it_was_read) {
  Api api;
  const auto polled = read([&](const Sent& sent) {
    if (asked_page(sent) == 2) api.services = api.items_told = 4;  // s1 was taken out: s3 moved to page 1
    return Sample::response(200, api.page(asked_page(sent)));
  });
  EXPECT_FALSE(whole(polled));
  EXPECT_THAT(findings(polled), ElementsAre("list_changed"));
}

TEST_F(HsdsPaging, ends_where_a_partner_answers_404_or_nothing_behind_its_last_page) {
  for (const std::uint32_t status : {404u, 204u}) {
    const auto polled = read([&](const Sent& sent) {
      return asked_page(sent) <= 3 ? Sample::response(200, Api{}.page(asked_page(sent)))
                                   : Sample::response(status, "");
    });
    EXPECT_THAT(stated(polled), SizeIs(5)) << status;
    EXPECT_TRUE(whole(polled)) << status;
  }
}

TEST_F(HsdsPaging, ends_where_a_partner_shows_its_last_page_again) {
  const auto polled =
      read([](const Sent& sent) { return Sample::response(200, Api{}.page(std::min(asked_page(sent), 3))); });
  EXPECT_THAT(stated(polled), SizeIs(5));
  EXPECT_TRUE(whole(polled));
}

TEST_F(HsdsPaging, reads_a_partner_that_knows_no_pages_once) {
  const auto all = "[" + service(1) + "," + service(2) + "]";
  const auto polled = read([&](const Sent&) { return Sample::response(200, all); });
  EXPECT_THAT(stated(polled), ElementsAre("s1", "s2"));
  EXPECT_THAT(findings(polled), ElementsAre("page_repeated"));
  EXPECT_TRUE(whole(polled));
}

TEST_F(HsdsPaging, rejects_a_page_with_one_wrong_object_and_asks_for_the_next) {
  const auto polled = read([](const Sent& sent) {
    auto page = Api{}.page(asked_page(sent));
    if (asked_page(sent) == 2) page.replace(page.find("\"s3\""), 4, "\"\"");
    return Sample::response(200, page);
  });
  ASSERT_THAT(polled.answers, SizeIs(5));
  EXPECT_EQ(polled.answers[2].rejected.at(0).code, "missing");
  EXPECT_EQ(polled.answers[3].published.at(0).json.substr(7, 2), "s5");
}

TEST_F(HsdsPaging, rejects_what_is_no_page_of_the_list_and_asks_no_further) {
  const auto code = [&](const Sample& response) {
    const auto polled = read([&](const Sent&) { return response; });
    EXPECT_THAT(polled.asked, SizeIs(1));
    EXPECT_FALSE(whole(polled));
    const auto& rejected = polled.answers.back().rejected;
    return rejected.empty() ? std::string("accepted") : rejected[0].code;
  };
  EXPECT_EQ(code(Sample::response(200, "<html>")), "invalid_json");
  EXPECT_EQ(code(Sample::response(200, R"({"contents":{}})")), "no_contents");
  EXPECT_EQ(code(Sample::response(200, R"({"page_number":3,"total_pages":9,"contents":[1]})")), "wrong_page");
  EXPECT_EQ(code(Sample::response(404, "")), "unexpected_status");
  EXPECT_EQ(code(Sample::response(500, "")), "unexpected_status");
}

TEST_F(HsdsPaging, answers_a_response_whose_context_is_none_of_its_own) {
  FakeHost host(raccordo_plugin_entry());
  for (const auto* context : {"", "page=0", "page=-1", "page=99999999999999999999", "x"}) {
    EXPECT_EQ(host.response(200, Api{}.page(1), context).rejected.at(0).code, "wrong_context") << context;
    EXPECT_EQ(host.response(404, "", context).rejected.at(0).code, "wrong_context") << context;
  }
}

TEST_F(HsdsPaging, answers_the_same_page_the_same_whatever_came_before) {
  FakeHost host(raccordo_plugin_entry());
  const auto once = host.response(200, Api{}.page(2), "page=2&seen=2&items=5&contents=abc");
  (void)host.response(200, Api{}.page(1), "page=1");
  EXPECT_EQ(host.response(200, Api{}.page(2), "page=2&seen=2&items=5&contents=abc"), once);
}

}  // namespace
}  // namespace hsds
