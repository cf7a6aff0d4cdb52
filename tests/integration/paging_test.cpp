// SPDX-License-Identifier: EUPL-1.2
// A partner with an Open Referral HSDS API, read page by page through the whole hub.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <future>
#include <set>

#include "tests/faults/fault_proxy.hpp"
#include "tests/integration/hub_folder.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

int page_of(const Asked& asked) {
  const auto at = asked.target.find("page=");
  return at == std::string::npos ? 0 : std::stoi(asked.target.substr(at + 5));
}

// What the partner has: fictional services, five a page, as the API of HSDS 3.0 hands them over.
class Api {
 public:
  explicit Api(int services) {
    for (int i = 1; i <= services; ++i) names_["s" + std::to_string(i)] = "Servizio " + std::to_string(i);
  }

  void put(const std::string& id, const std::string& name) { names_[id] = name; }
  void remove(const std::string& id) { names_.erase(id); }

  [[nodiscard]] Reply answer(const Asked& asked) const {
    constexpr std::size_t kPerPage = 5;
    const auto first = static_cast<std::size_t>(page_of(asked) - 1) * kPerPage;
    Json contents = Json::array();
    std::size_t number = 0;
    for (const auto& [id, name] : names_) {
      if (number >= first && number < first + kPerPage)
        contents.push_back({{"id", id}, {"name", name}, {"status", "active"}});
      ++number;
    }
    const auto pages = (names_.size() + kPerPage - 1) / kPerPage;
    const Json page{{"total_items", names_.size()},  {"total_pages", pages},
                    {"page_number", page_of(asked)}, {"size", contents.size()},
                    {"empty", contents.empty()},     {"contents", contents}};
    return {200, {{"Content-Type", "application/json"}}, page.dump()};
  }

 private:
  std::map<std::string, std::string> names_;
};

class PagedPartner : public ::testing::Test {
 protected:
  // A connector `albo` that asks the site at this address; `more` are further lines of `http`.
  void configure(const std::string& base_url, const std::string& more = "") {
    hub.configure(
        "  - id: albo\n    plugin: hsds\n    options: {per_page: 5}\n    from:\n      http:\n        "
        "base_url: " +
        base_url + "\n        max_deletions: 50%\n        networks: [127.0.0.1]\n" + more + kPortale);
  }

  // Of services; tombstones are none.
  [[nodiscard]] std::vector<Json> events() const {
    auto events = hub.events("services");
    std::erase_if(events, [](const Json& event) { return event.is_null(); });
    return events;
  }
  // Of all events of services, those of one kind.
  [[nodiscard]] std::vector<std::string> told_of(const std::string& type) const {
    std::vector<std::string> ids;
    for (const auto& event : events())
      if (event.at("type").get<std::string>().find(type) != std::string::npos)
        ids.push_back(event.at("data").at("source_id"));
    return ids;
  }
  // Their last content, by id.
  [[nodiscard]] std::map<std::string, std::string> catalogue() const {
    std::map<std::string, std::string> names;
    for (const auto& event : events()) {
      const std::string id = event.at("data").at("source_id");
      if (event.at("type").get<std::string>().find("deleted") != std::string::npos)
        names.erase(id);
      else
        names[id] = event.at("data").at("name");
    }
    return names;
  }
  // No event was made twice: a repeated message carries the same id.
  void expect_no_event_doubled() const {
    std::multiset<std::string> seen;
    for (const auto& event : events())
      seen.insert(event.at("data").at("source_id").get<std::string>() + event.at("id").get<std::string>());
    for (const auto& each : seen) EXPECT_EQ(seen.count(each), 1u) << each;
  }

  HubFolder hub;
  Api api_{12};
  WebPartner web_{[this](const Asked& asked) { return api_.answer(asked); }};
};

TEST_F(PagedPartner, is_read_to_its_end_and_only_what_changed_is_published) {
  configure(web_.url("/hsds/v3"));
  EXPECT_EQ(told(hub.once(), "albo"), "received 4 delivered 3 filtered 1 entities 12");
  EXPECT_EQ(told(hub.once(), "albo"), "received 4 unchanged 3 filtered 1");
  EXPECT_EQ(web_.asked().front().target, "/hsds/v3/services?page=1&per_page=5&full=true");
  EXPECT_EQ(web_.asked().front().headers.at("accept"), "application/json");
  api_.put("s7", "Servizio sette");
  EXPECT_EQ(told(hub.once(), "albo"), "received 4 delivered 1 unchanged 2 filtered 1 entities 1");
  expect_no_event_doubled();
}

TEST_F(PagedPartner, tells_what_vanished_from_a_page) {
  configure(web_.url(""));
  (void)hub.once();
  api_.remove("s3");
  EXPECT_EQ(told(hub.once(), "albo"), "received 4 unchanged 3 filtered 1 deleted 1");
  EXPECT_EQ(told_of("deleted"), std::vector<std::string>{"s3"});
  EXPECT_THAT(hub.lines_in("out").back(), HasSubstr("defunct"));
}

TEST_F(PagedPartner, parks_the_page_that_cannot_be_stated_until_it_comes_clean) {
  configure(web_.url(""));
  (void)hub.once();
  api_.remove("s1");
  api_.put("", "Senza numero");
  const auto parked = hub.raccordo({"run", "hub.yaml", "--once", "--json"});
  EXPECT_NE(parked.exit, 0);
  EXPECT_TRUE(told_of("deleted").empty()) << "what stands in the parked page cannot be known";
  const auto list = hub.parked();
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].at("place"), "/services?page=1&per_page=5&full=true");
  const auto shown = hub.raccordo({"parked", "show", list[0].at("id").dump(), "--config", "hub.yaml"});
  EXPECT_THAT(shown.out, HasSubstr("Senza numero"));
  EXPECT_THAT(shown.out, HasSubstr("/services?page=1&per_page=5&full=true"));
  const auto again = hub.raccordo({"parked", "replay", list[0].at("id").dump(), "--config", "hub.yaml"});
  EXPECT_NE(again.exit, 64) << again.err;
  api_.remove("");
  EXPECT_EQ(told(hub.once(), "albo"), "received 4 unchanged 3 filtered 1 deleted 1");
  EXPECT_TRUE(hub.parked().empty());
  EXPECT_EQ(told_of("deleted"), std::vector<std::string>{"s1"});
}

TEST_F(PagedPartner, that_is_away_midway_deletes_nothing_and_is_read_again_from_its_start) {
  configure(web_.url(""));
  (void)hub.once();
  api_.remove("s3");
  web_.answer_with([this](const Asked& asked) {
    return page_of(asked) == 3 ? Reply{503, {{"Retry-After", "600"}}, ""} : api_.answer(asked);
  });
  const auto away = hub.raccordo({"run", "hub.yaml", "--once", "--json"});
  EXPECT_EQ(away.exit, 75) << away.err;
  EXPECT_THAT(away.err, HasSubstr("it asks to be tried again in 600 seconds"));
  EXPECT_TRUE(told_of("deleted").empty());
  web_.answer_with([this](const Asked& asked) { return api_.answer(asked); });
  EXPECT_EQ(told(hub.once(), "albo"), "received 4 unchanged 3 filtered 1 deleted 1");
}

TEST_F(PagedPartner, does_not_let_us_in_and_is_told_so) {
  web_.answer_with([](const Asked&) { return Reply{401, {}, "no"}; });
  configure(web_.url(""));
  const auto refused = hub.raccordo({"run", "hub.yaml", "--once"});
  EXPECT_NE(refused.exit, 0);
  EXPECT_THAT(refused.err, HasSubstr("it answered 401"));
  EXPECT_EQ(web_.asked().size(), 1u);
}

// Every kind of bad day: each strikes, the catalogue is right in the end, and nothing was deleted on the way.
TEST_F(PagedPartner, is_read_through_cuts_delays_trickles_lies_and_errors) {
  FaultProxy proxy(Carries::kHttp, web_.port());
  configure("http://" + proxy.address());
  proxy.follow(FaultPlan({{FaultKind::kCut, Direction::kAnswers, 150},
                          {FaultKind::kNone},
                          {FaultKind::kDelay, Direction::kAnswers, 10},
                          {FaultKind::kTrickle, Direction::kAnswers, 20, std::chrono::milliseconds(1), 30}}));
  EXPECT_EQ(told(hub.once(), "albo"), "received 4 delivered 3 filtered 1 entities 12");
  api_.put("s2", "Servizio due");
  proxy.follow(FaultPlan({{FaultKind::kFailAfterwards},
                          {FaultKind::kSendTwice},
                          {FaultKind::kCut, Direction::kRequests, 5},
                          {FaultKind::kWrongLength, Direction::kAnswers, 0, {}, 0, 40}}));
  EXPECT_EQ(told(hub.once(), "albo"), "received 4 delivered 1 unchanged 2 filtered 1 entities 1");
  // In the clear a body that is announced shorter than it is ends early, and is no JSON: it is parked.
  proxy.follow(
      FaultPlan({{FaultKind::kNone}, {FaultKind::kWrongLength, Direction::kAnswers, 0, {}, 0, -40}}));
  const auto cut = hub.raccordo({"run", "hub.yaml", "--once", "--json"});
  EXPECT_NE(cut.exit, 0);
  EXPECT_EQ(hub.parked().size(), 1u);
  for (const auto kind : {FaultKind::kCut, FaultKind::kDelay, FaultKind::kTrickle, FaultKind::kFailAfterwards,
                          FaultKind::kSendTwice, FaultKind::kWrongLength})
    EXPECT_GE(proxy.struck(kind), 1) << static_cast<int>(kind);
  EXPECT_TRUE(told_of("deleted").empty());
  EXPECT_EQ(told(hub.once(), "albo"), "received 4 unchanged 3 filtered 1");
  EXPECT_TRUE(hub.parked().empty());
  EXPECT_EQ(catalogue().size(), 12u);
  EXPECT_EQ(catalogue().at("s2"), "Servizio due");
  expect_no_event_doubled();
}

TEST_F(PagedPartner, is_whole_after_the_daemon_was_killed_between_two_pages) {
  configure(web_.url(""), "        poll: 1h\n");
  (void)hub.once();
  api_.remove("s3");
  api_.put("s1", "Servizio uno");
  std::promise<void> asked_for_the_third;
  bool hung = false;
  web_.answer_with([&](const Asked& asked) {
    if (page_of(asked) != 3 || hung) return api_.answer(asked);
    hung = true;
    asked_for_the_third.set_value();
    Reply never;
    never.hangs = true;
    return never;
  });
  {
    auto daemon = hub.start({"run", "hub.yaml"});
    asked_for_the_third.get_future().wait();
    daemon.signal(SIGKILL);
    EXPECT_EQ(daemon.wait(), 128 + SIGKILL);
  }
  EXPECT_TRUE(told_of("deleted").empty()) << "an interrupted snapshot deletes nothing";
  EXPECT_EQ(told(hub.once(), "albo"), "received 4 unchanged 3 filtered 1 deleted 1") << "it starts again";
  EXPECT_EQ(told_of("deleted"), std::vector<std::string>{"s3"});
  EXPECT_EQ(catalogue().size(), 11u);
  EXPECT_EQ(catalogue().at("s1"), "Servizio uno");
  expect_no_event_doubled();
  EXPECT_EQ(told(hub.ledger(), "albo"),
            "received 10 delivered 4 unchanged 4 filtered 2 entities 13 deleted 1");
}

TEST_F(PagedPartner, is_asked_by_the_daemon_at_each_poll) {
  configure(web_.url(""), "        poll: 100ms\n");
  std::promise<void> again;
  int firsts = 0;
  web_.answer_with([&](const Asked& asked) {
    if (page_of(asked) == 1 && ++firsts == 3) again.set_value();
    return api_.answer(asked);
  });
  auto daemon = hub.start({"run", "hub.yaml"});
  again.get_future().wait();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0) << daemon.log();
  EXPECT_EQ(catalogue().size(), 12u);
  expect_no_event_doubled();
}

TEST_F(PagedPartner, needs_a_plugin_that_asks) {
  hub.write(
      "albo.yaml",
      "mapping: 1\ninput: {format: csv}\nentities:\n  - service: {id: {column: a}, name: {column: a}}\n");
  hub.configure(
      "  - id: albo\n    plugin: mapping\n    options: {mapping: albo.yaml}\n    from: {http: {base_url: "
      "https://a.example/v3}}\n");
  const auto checked = hub.raccordo({"check", "hub.yaml"});
  EXPECT_EQ(checked.exit, 78);
  EXPECT_THAT(checked.out + checked.err, HasSubstr("plugin mapping asks no partner"));
}

TEST_F(PagedPartner, has_an_example_that_check_accepts) {
  hub.configure("  []\n", "include: connectors.d/*.yaml\n");
  hub.copy(std::filesystem::path(RACCORDO_SOURCE) / "config/connectors/hsds-api.yaml",
           "connectors.d/valle.yaml");
  const auto checked = hub.raccordo({"check", "hub.yaml"});
  EXPECT_EQ(checked.exit, 0) << checked.out << checked.err;
}

TEST_F(PagedPartner, is_examined_by_the_doctor_where_its_pages_begin) {
  web_.answer_with([this](const Asked& asked) {
    return page_of(asked) == 0 ? Reply{404, {}, ""} : api_.answer(asked);
  });
  configure(web_.url("/hsds"));
  const auto examined = hub.raccordo({"doctor", "hub.yaml"});
  EXPECT_THAT(examined.out, HasSubstr("it answers 404: fine if only the pages behind it hold something"));
  EXPECT_EQ(web_.asked().back().target, "/hsds");
}

}  // namespace
}  // namespace raccordo::testing
