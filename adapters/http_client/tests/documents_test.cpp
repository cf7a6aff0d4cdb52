// SPDX-License-Identifier: EUPL-1.2
// Documents at addresses, as a source's files.
#include "adapters/http_client/documents.hpp"

#include <gmock/gmock.h>

#include "core/ports/testing/memory_spool.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::http_client {
namespace {

using namespace std::chrono_literals;
using raccordo::testing::Asked;
using raccordo::testing::MemorySpool;
using raccordo::testing::MemorySpoolContent;
using raccordo::testing::Reply;
using raccordo::testing::SimulatedClock;
using raccordo::testing::WebPartner;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class WebDocuments : public ::testing::Test {
 protected:
  std::unique_ptr<SourceFiles> watched(std::vector<std::string> urls = {}) {
    Documents documents;
    documents.urls = urls.empty() ? std::vector{web_.url("/albo.csv")} : std::move(urls);
    documents.credentials = credentials_;
    documents.headers = {{"Accept", "text/csv"}};
    documents.guards.networks = {Network::parse("127.0.0.1").value()};
    documents.guards.max_body = 1'000;
    documents.fresh = 10s;
    return watch(std::move(documents), std::make_unique<MemorySpool>(spool_), clock_);
  }

  // Answers with `body_` as servers do that know what they gave before.
  Reply answer(const Asked& asked) const {
    const auto known = asked.headers.find("if-none-match");
    if (known != asked.headers.end() && known->second == etag_) return {304, {{"ETag", etag_}}, ""};
    return {200, {{"ETag", etag_}, {"Content-Type", "text/csv; charset=\"Windows-1252\""}}, body_};
  }

  static std::string text_of(SourceFiles& files, const SeenFile& seen) {
    auto file = files.open(seen);
    EXPECT_TRUE(file.ok());
    std::string text((*file)->size(), '\0');
    EXPECT_EQ((*file)->read_at(0, text).value(), text.size());
    return text;
  }

  SeenFile only(SourceFiles& files) {
    clock_.advance(1min);
    auto look = files.look();
    if (look.ok() && look->settled.empty()) look = files.look();
    EXPECT_TRUE(look.ok()) << look.error().message.en;
    EXPECT_THAT(look->settled, SizeIs(1));
    return look->settled.at(0);
  }

  std::string body_ = "id;nome\n1;Airone\n";
  std::string etag_ = "\"1\"";
  Credentials credentials_;
  SimulatedClock clock_;
  MemorySpoolContent spool_;
  WebPartner web_{[this](const Asked& asked) { return answer(asked); }};
};

TEST_F(WebDocuments, are_settled_when_two_looks_find_the_same_and_read_as_they_came) {
  const auto files = watched();
  const auto first = files->look().value();
  EXPECT_THAT(first.settled, IsEmpty());
  EXPECT_THAT(first.unsettled, SizeIs(1));
  const auto look = files->look().value();
  ASSERT_THAT(look.settled, SizeIs(1));
  EXPECT_EQ(look.settled[0].path, web_.url("/albo.csv"));
  EXPECT_THAT(look.folders, ElementsAre(web_.url("")));
  EXPECT_EQ(text_of(*files, look.settled[0]), body_);
  EXPECT_EQ(web_.asked()[0].headers.at("accept"), "text/csv");
}

TEST_F(WebDocuments, are_asked_for_only_if_they_changed) {
  const auto files = watched();
  const auto first = only(*files);
  EXPECT_EQ(only(*files), first);
  EXPECT_EQ(web_.asked()[1].headers.at("if-none-match"), "\"1\"");
  EXPECT_EQ(text_of(*files, first), body_);

  body_ = "id;nome\n1;Brezza\n";
  etag_ = "\"2\"";
  const auto second = only(*files);
  EXPECT_NE(second, first);
  EXPECT_EQ(text_of(*files, second), body_);
  EXPECT_FALSE(files->unchanged(first).value());
  EXPECT_EQ(files->open(first).error().code, ErrorCode::kConflict);
}

TEST_F(WebDocuments, are_asked_for_by_date_where_there_is_no_tag) {
  web_.answer_with([](const Asked&) {
    return Reply{200, {{"Last-Modified", "Thu, 15 Jan 2026 07:00:00 GMT"}}, "x"};
  });
  const auto files = watched();
  (void)only(*files);
  (void)only(*files);
  EXPECT_EQ(web_.asked()[1].headers.at("if-modified-since"), "Thu, 15 Jan 2026 07:00:00 GMT");
}

TEST_F(WebDocuments, are_the_same_when_their_bytes_are) {
  web_.answer_with([this](const Asked&) { return Reply{200, {}, body_}; });
  const auto files = watched();
  const auto first = only(*files);
  EXPECT_EQ(only(*files), first);
}

TEST_F(WebDocuments, that_stood_still_are_not_asked_for_again_within_a_moment) {
  const auto files = watched();
  (void)files->look();
  (void)files->look();
  clock_.advance(9s);
  (void)files->look();
  EXPECT_THAT(web_.asked(), SizeIs(2));
  clock_.advance(1s);
  (void)files->look();
  EXPECT_THAT(web_.asked(), SizeIs(3));
}

TEST_F(WebDocuments, that_are_being_written_are_not_settled) {
  std::string written = "id;nome\n";
  web_.answer_with([&](const Asked&) {
    // Its end is where the connection ends: nobody can tell a half one.
    return Reply{.raw = "HTTP/1.0 200 OK\r\n\r\n" + (written += "1;Airone\n")};
  });
  const auto files = watched();
  for (int look = 0; look < 3; ++look) EXPECT_THAT(files->look()->settled, IsEmpty());
}

TEST_F(WebDocuments, are_settled_together_only_if_none_changed_while_the_others_came) {
  std::string page1 = "a";
  int asked_for_2 = 0;
  web_.answer_with([&](const Asked& asked) {
    if (asked.target == "/1") return Reply{200, {}, page1};
    if (++asked_for_2 == 1)
      page1 = "ab";  // moves from the second page to the first while the second is asked for
    return Reply{200, {}, asked_for_2 == 1 ? "c" : "c"};
  });
  const auto files = watched({web_.url("/1"), web_.url("/2")});
  (void)files->look();
  const auto second = files->look().value();
  EXPECT_THAT(second.unsettled, SizeIs(1)) << "the first page is another one now";
  const auto third = files->look().value();
  EXPECT_THAT(third.settled, SizeIs(2));
}

TEST_F(WebDocuments, of_another_key_are_not_taken_for_those_of_the_one_before) {
  credentials_ = {CredentialKind::kHeader, "X-Tenant", "uno", {}, {}};
  (void)only(*watched());
  credentials_.secret = "due";
  (void)only(*watched());
  EXPECT_EQ(web_.asked()[1].headers.count("if-none-match"), 1u);
  EXPECT_EQ(web_.asked()[2].headers.count("if-none-match"), 0u);
}

TEST_F(WebDocuments, keep_no_tag_that_would_break_a_line) {
  web_.answer_with([](const Asked&) { return Reply{200, {{"ETag", "\"a\tb\""}}, "x"}; });
  const auto files = watched();
  (void)only(*files);
  EXPECT_EQ(web_.asked().back().headers.count("if-none-match"), 0u);
}

TEST_F(WebDocuments, are_known_after_a_restart) {
  const auto before = only(*watched());
  const auto files = watched();
  EXPECT_TRUE(files->unchanged(before).value());
  EXPECT_EQ(text_of(*files, before), body_);
  EXPECT_EQ(only(*files), before);
  EXPECT_EQ(web_.asked().back().headers.at("if-none-match"), "\"1\"");
}

TEST_F(WebDocuments, are_fetched_whole_when_what_was_kept_is_damaged) {
  (void)only(*watched());
  spool_.at(web_.url("/albo.csv")).bytes = "id;no";
  const auto files = watched();
  const auto before = web_.asked().size();
  EXPECT_EQ(text_of(*files, only(*files)), body_);
  EXPECT_EQ(web_.asked().at(before).headers.count("if-none-match"), 0u);
}

TEST_F(WebDocuments, that_may_have_been_cut_are_compared_whole_and_not_by_their_tag) {
  std::string end = "1;Air";  // the connection went, and nobody can tell
  web_.answer_with([&](const Asked&) {
    return Reply{.raw = "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nConnection: close\r\n\r\nid;nome\n" +
                        std::exchange(end, "1;Airone\n")};
  });
  const auto files = watched();
  EXPECT_THAT(files->look()->settled, IsEmpty());
  EXPECT_THAT(files->look()->settled, IsEmpty());
  EXPECT_EQ(web_.asked().back().headers.count("if-none-match"), 0u);
  EXPECT_EQ(text_of(*files, files->look()->settled.at(0)), "id;nome\n1;Airone\n");
}

TEST_F(WebDocuments, tell_the_charset_that_their_server_declared) {
  const auto files = watched();
  const auto seen = only(*files);
  EXPECT_EQ(files->open(seen).value()->declared_encoding(), "Windows-1252");
  EXPECT_EQ(watched()->open(seen).value()->declared_encoding(), "Windows-1252") << "after a restart too";
}

TEST_F(WebDocuments, are_one_look_together) {
  const auto files = watched({web_.url("/b.csv"), web_.url("/a/"), web_.url("/a.csv?anno=2026")});
  (void)files->look();
  const auto look = files->look().value();
  ASSERT_THAT(look.settled, SizeIs(3));
  EXPECT_THAT(name_of(look.settled[0]), ::testing::MatchesRegex("a\\.csv#[0-9a-f]{8}"))
      << "a query is not shown";
  EXPECT_EQ(name_of(look.settled[1]), "index");
  EXPECT_EQ(text_of(*files, look.settled[1]), body_);
  EXPECT_EQ(web_.asked()[1].target, "/a/");
}

TEST_F(WebDocuments, that_do_not_come_make_the_look_fail_and_forget_nothing) {
  const auto files = watched();
  const auto seen = only(*files);
  for (const auto& [status, code] : std::vector<std::pair<int, ErrorCode>>{{404, ErrorCode::kNotFound},
                                                                           {410, ErrorCode::kNotFound},
                                                                           {401, ErrorCode::kDenied},
                                                                           {403, ErrorCode::kDenied},
                                                                           {500, ErrorCode::kUnavailable},
                                                                           {503, ErrorCode::kUnavailable},
                                                                           {400, ErrorCode::kInvalid},
                                                                           {204, ErrorCode::kInvalid}}) {
    web_.answer_with([status = status](const Asked&) { return Reply{status, {}, ""}; });
    clock_.advance(1min);
    const auto look = files->look();
    ASSERT_FALSE(look.ok()) << status;
    EXPECT_EQ(look.error().code, code) << status;
    EXPECT_THAT(look.error().message.en, HasSubstr(std::to_string(status)));
    EXPECT_EQ(text_of(*files, seen), body_) << status;
  }
}

TEST_F(WebDocuments, keep_what_was_there_when_the_new_one_is_cut_or_too_large) {
  const auto files = watched();
  const auto seen = only(*files);
  web_.answer_with(
      [](const Asked&) { return Reply{.raw = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"}; });
  clock_.advance(1min);
  EXPECT_EQ(files->look().error().code, ErrorCode::kUnavailable);
  web_.answer_with([](const Asked&) { return Reply{200, {}, std::string(1'001, 'x')}; });
  EXPECT_EQ(files->look().error().code, ErrorCode::kTooLarge);
  EXPECT_EQ(text_of(*files, seen), body_);
}

TEST_F(WebDocuments, leave_a_partner_alone_as_long_as_it_asks) {
  web_.answer_with([](const Asked&) { return Reply{429, {{"Retry-After", "120"}}, ""}; });
  const auto files = watched();
  EXPECT_THAT(files->look().error().hint.en, HasSubstr("120 seconds"));
  clock_.advance(119s);
  EXPECT_EQ(files->look().error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(web_.asked(), SizeIs(1));
  clock_.advance(1s);
  (void)files->look();
  EXPECT_THAT(web_.asked(), SizeIs(2));
}

TEST_F(WebDocuments, understand_a_date_to_try_again_at) {
  // SimulatedClock starts on 2026-01-15 at 08:00:00.
  web_.answer_with([](const Asked&) {
    return Reply{503, {{"Retry-After", "Thu, 15 Jan 2026 08:01:30 GMT"}}, ""};
  });
  const auto files = watched();
  EXPECT_THAT(files->look().error().hint.en, HasSubstr("90 seconds"));
}

TEST_F(WebDocuments, that_nobody_configures_any_more_leave_the_spool) {
  (void)only(*watched());
  (void)only(*watched({web_.url("/altro.csv")}));
  EXPECT_EQ(spool_.count(web_.url("/albo.csv")), 0u);
  EXPECT_EQ(spool_.count(web_.url("/altro.csv")), 1u);
}

TEST_F(WebDocuments, send_the_key_in_the_query_and_never_show_it) {
  credentials_ = {CredentialKind::kQuery, "chiave", "s&greto", {}, {}};
  const auto files = watched({web_.url("/albo.csv?anno=2026")});
  const auto seen = only(*files);
  EXPECT_EQ(web_.asked()[0].target, "/albo.csv?anno=2026&chiave=s%26greto");
  EXPECT_THAT(seen.path, Not(HasSubstr("2026")));
}

}  // namespace
}  // namespace raccordo::http_client
