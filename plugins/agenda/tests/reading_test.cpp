// SPDX-License-Identifier: EUPL-1.2
#include <map>
#include <nlohmann/json.hpp>

#include "plugins/agenda/known.hpp"
#include "plugins/agenda/tests/agenda_host.hpp"
#include "plugins/agenda/writing.hpp"

namespace agenda {
namespace {

using namespace raccordo;
using Json = nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const std::string kHome = "/airone/agenda/";
const std::string kOurs = kHome + "raccordo-" + kCase + ".ics";
const std::string kTheirs = kHome + "altro.ics";

// An agenda that knows what changed since each of its states, or does not.
class Agenda {
 public:
  bool syncs = true;
  bool remembers = true;  // else no token is known any more
  std::size_t at_once = 1'000;

  void put(const std::string& href, const std::string& text) {
    objects_[href] = text, changes_.push_back(href);
  }
  void take_out(const std::string& href) { objects_.erase(href), changes_.push_back(href); }

  Sample answer(const Sent& sent) {
    if (sent.method == "PROPFIND") return Sample::response(207, state());
    if (sent.body.find("sync-collection") != std::string::npos) return changed(sent.body);
    return Sample::response(207, listed(sent.body));
  }

 private:
  [[nodiscard]] std::string token() const { return fmt::format("http://a.example/sync/{}", changes_.size()); }
  [[nodiscard]] std::string state() const {
    return multistatus(response(
        kHome,
        "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>" +
            (syncs ? "<d:sync-token>" + token() +
                         "</d:sync-token><d:supported-report-set><d:supported-report><d:report>"
                         "<d:sync-collection/></d:report></d:supported-report></d:supported-report-set>"
                   : fmt::format("<x:getctag xmlns:x=\"http://calendarserver.org/ns/\">{}</x:getctag>",
                                 changes_.size()))));
  }
  [[nodiscard]] static std::string tagged(const std::string& href, const std::string& text) {
    return response(href, fmt::format("<d:getetag>\"{}\"</d:getetag>", std::hash<std::string>{}(text)));
  }
  Sample changed(const std::string& body) {
    const auto at = body.find("/sync/");
    if (at != std::string::npos && !remembers) return Sample::response(403, "");
    const auto from = at == std::string::npos ? 0u : std::stoul(body.substr(at + 6));
    std::string out;
    for (std::size_t i = from; i < changes_.size(); ++i) {
      const auto found = objects_.find(changes_[i]);
      if (found != objects_.end())
        out += tagged(found->first, found->second);
      else if (from > 0)
        out += gone(changes_[i]);
    }
    return Sample::response(207, multistatus(out + "<d:sync-token>" + token() + "</d:sync-token>"));
  }
  [[nodiscard]] std::string listed(const std::string& body) const {
    const bool whole = body.find("calendar-data") != std::string::npos;
    const bool some = body.find("multiget") != std::string::npos;
    std::string out;
    for (const auto& [href, text] : objects_) {
      if (some && body.find(href) == std::string::npos) continue;
      out += whole ? response(href, "<c:calendar-data><![CDATA[" + text + "]]></c:calendar-data>")
                   : tagged(href, text);
    }
    return multistatus(out);
  }

  std::map<std::string, std::string> objects_;
  std::vector<std::string> changes_{"the beginning"};
};

constexpr std::int64_t kNow = 1'806'000'000'000;  // 25 March 2027

class Readings : public ::testing::TestWithParam<bool> {
 protected:
  Readings() { agenda.syncs = GetParam(); }
  Polled poll_once(Seconds later = 0) {
    auto polled = poll(host, [&](const Sent& sent) { return agenda.answer(sent); },
                       {.now_ms = kNow + later * 1'000, .cursor = cursor});
    EXPECT_EQ(polled.cut, "");
    if (!polled.cursor.empty()) cursor = polled.cursor;
    return polled;
  }
  std::vector<std::string> steps(Seconds later = 0) {
    std::vector<std::string> out;
    for (const auto& answer : poll_once(later).answers)
      for (const auto& each : answer.commanded) out.push_back(each.type);
    return out;
  }
  void confirm_by_hand() {
    agenda.put(kOurs, replaced(new_calendar(visit()), "STATUS:TENTATIVE", "STATUS:CONFIRMED"));
  }

  FakeHost host{raccordo_plugin_entry(), {}};
  Agenda agenda;
  std::string cursor;
};
INSTANTIATE_TEST_SUITE_P(AgendasThat, Readings, ::testing::Bool(),
                         [](const auto& which) { return which.param ? "tell_what_changed" : "list_all"; });

TEST_P(Readings, hear_no_echo_of_what_the_hub_wrote) {
  agenda.put(kOurs, new_calendar(visit()));
  EXPECT_THAT(steps(), IsEmpty());
  agenda.put(kOurs, new_calendar(visit("confirmed", 2)));
  EXPECT_THAT(steps(), IsEmpty());
  agenda.put(kOurs, new_calendar(visit("cancelled_by_customer", 3)));
  EXPECT_THAT(steps(), IsEmpty());
}

TEST_P(Readings, confirm_what_a_person_confirmed_once) {
  agenda.put(kOurs, new_calendar(visit()));
  poll_once();
  confirm_by_hand();
  EXPECT_THAT(steps(), ElementsAre("booking.confirm.v1"));
  EXPECT_THAT(steps(), IsEmpty()) << "nothing has changed since";
}

TEST_P(Readings, ask_again_where_a_person_changes_it_again) {
  const auto confirming = [&](const std::string& place) {
    agenda.put(kOurs,
               replaced(new_calendar(visit()), "STATUS:TENTATIVE", "STATUS:CONFIRMED\r\nLOCATION:" + place));
    for (const auto& answer : poll_once().answers)
      if (!answer.commanded.empty()) return answer.commanded[0].context;
    return std::string("nothing");
  };
  const auto first = confirming("Via Po");
  EXPECT_NE(confirming("Via Dora"), first);
  EXPECT_EQ(confirming("Via Po"), first) << "one version, one message";
}

TEST_P(Readings, keep_their_place_apart_from_steps_that_may_be_refused) {
  confirm_by_hand();
  const auto polled = poll_once();
  for (const auto& answer : polled.answers) EXPECT_TRUE(answer.commanded.empty() || answer.cursors.empty());
  EXPECT_NE(polled.cursor, "");
}

TEST_P(Readings, cancel_what_was_taken_out) {
  agenda.put(kOurs, new_calendar(visit()));
  agenda.put(kTheirs, calendar(event({"DTSTART:20270326T080000Z"})));
  poll_once();
  agenda.take_out(kTheirs);
  EXPECT_THAT(steps(), IsEmpty());
  agenda.take_out(kOurs);
  EXPECT_THAT(steps(), ElementsAre("booking.cancel.v1"));
  EXPECT_THAT(steps(), IsEmpty());
}

TEST_P(Readings, cancel_nothing_where_the_agenda_was_emptied) {
  const auto href = [](int i) {
    return fmt::format("{}raccordo-{:08x}-0000-4000-8000-000000000000.ics", kHome, i);
  };
  const auto ours = [](int i) {
    return replaced(new_calendar(visit()), std::string("UID:raccordo-") + kCase,
                    fmt::format("UID:raccordo-{:08x}-0000-4000-8000-000000000000", i));
  };
  for (int i = 0; i < 4; ++i) agenda.put(href(i), ours(i));
  poll_once();
  for (int i = 0; i < 4; ++i) agenda.take_out(href(i));
  const auto polled = poll_once();
  for (const auto& answer : polled.answers) EXPECT_THAT(answer.commanded, IsEmpty());
  EXPECT_THAT(polled.story(), ::testing::Contains(HasSubstr("agenda_emptied")));
  for (int i = 0; i < 4; ++i) agenda.put(href(i), ours(i));
  EXPECT_THAT(steps(), IsEmpty()) << "they came back";
  agenda.take_out(href(0));
  EXPECT_THAT(steps(), ElementsAre("booking.cancel.v1"));
}

TEST_P(Readings, begin_anew_at_another_agenda) {
  agenda.put(kOurs, new_calendar(visit()));
  poll_once();
  cursor = replaced(cursor, "home=%2Fairone", "home=%2Fbrezza");
  agenda.take_out(kOurs);
  EXPECT_THAT(steps(), IsEmpty());
}

TEST_P(Readings, leave_alone_what_is_tidied_away_when_it_is_over) {
  agenda.put(kOurs, new_calendar(visit("confirmed", 2)));
  poll_once();
  agenda.take_out(kOurs);
  EXPECT_THAT(steps(10 * kDay), IsEmpty());
}

TEST_P(Readings, ask_only_whether_anything_changed_where_nothing_did) {
  agenda.put(kOurs, new_calendar(visit()));
  poll_once();
  const auto polled = poll_once(2 * kHour);
  EXPECT_THAT(polled.asked, SizeIs(1));
  EXPECT_EQ(polled.asked[0].method, "PROPFIND");
}

TEST_P(Readings, read_what_changed_and_nothing_else) {
  for (int i = 0; i < 100; ++i)
    agenda.put(fmt::format("{}raccordo-{:08x}-0000-4000-8000-000000000000.ics", kHome, i),
               new_calendar(visit()));
  const auto all = poll_once();
  EXPECT_THAT(all.asked, SizeIs(2 + 3)) << "forty at a time";
  confirm_by_hand();
  const auto polled = poll_once();
  ASSERT_THAT(polled.asked, SizeIs(4)) << ::testing::PrintToString(polled.story());
  EXPECT_THAT(polled.asked[2].body, Not(HasSubstr("-0000-4000-")));
}

TEST_P(Readings, say_what_cannot_be_read_and_go_on) {
  agenda.put(kOurs, replaced(new_calendar(visit()), "DTSTART;TZID=Europe/Rome", "DTSTART;TZID=Isola"));
  agenda.put(kHome + "raccordo-" + kOther + ".ics", "ciao");
  std::vector<Remark> findings;
  for (const auto& answer : poll_once().answers)
    findings.insert(findings.end(), answer.findings.begin(), answer.findings.end());
  ASSERT_THAT(findings, SizeIs(2));
  EXPECT_EQ(findings[0].code, "unknown_zone");
  EXPECT_EQ(findings[0].field, std::string("raccordo-") + kCase);
  EXPECT_THAT(findings[0].text, HasSubstr("line 24"));
  EXPECT_EQ(findings[1].code, "unreadable_appointment");
  EXPECT_THAT(poll_once().asked, SizeIs(1)) << "once";
}

TEST_P(Readings, give_no_names_in_contexts_and_cursor) {
  agenda.put(kOurs, new_calendar(visit("requested", 1, kPeople)));
  const auto polled = poll_once();
  for (const auto& sent : polled.asked) EXPECT_THAT(sent.context, Not(HasSubstr("Verdi")));
  EXPECT_THAT(polled.cursor, Not(HasSubstr("Verdi")));
}

class Syncs : public Readings {};
INSTANTIATE_TEST_SUITE_P(AgendasThat, Syncs, ::testing::Values(true));

TEST_P(Syncs, are_read_anew_where_the_server_forgot_since_when) {
  agenda.put(kOurs, new_calendar(visit()));
  agenda.put(kTheirs, calendar(event({"DTSTART:20270326T080000Z"})));
  poll_once();
  agenda.take_out(kOurs);
  agenda.remembers = false;
  EXPECT_THAT(steps(), ElementsAre("booking.cancel.v1")) << "it is known what stood there";
}

TEST(Offers, are_the_free_times_of_the_agenda) {
  Agenda agenda;
  agenda.put(kTheirs, calendar(event({"DTSTART;TZID=Europe/Rome:20270328T080000",
                                      "DTEND;TZID=Europe/Rome:20270328T110000", "CATEGORIES:Libero"},
                                     "libero") +
                               event({"DTSTART:20270326T080000Z", "DTEND:20270326T090000Z"}, "preso")));
  agenda.put(kOurs, new_calendar(visit("confirmed", 2)));
  FakeHost host(raccordo_plugin_entry(), {{"service", "Assistenza domiciliare"}, {"places", "1"}});
  const auto polled = poll(host, [&](const Sent& sent) { return agenda.answer(sent); }, {.now_ms = kNow});
  const auto& published = polled.answers.back().published;
  ASSERT_THAT(published, SizeIs(3));
  const auto service = Json::parse(published[0].json);
  EXPECT_EQ(service["name"], "Assistenza domiciliare");
  ASSERT_THAT(service["schedules"], SizeIs(2)) << service.dump(1);
  EXPECT_EQ(service["schedules"][0]["dtstart"], "2027-03-28");
  EXPECT_EQ(service["schedules"][0]["opens_at"], "08:00:00+02:00");
  EXPECT_EQ(service["schedules"][0]["closes_at"], "09:00:00+02:00");
  EXPECT_EQ(service["schedules"][1]["opens_at"], "10:00:00+02:00");
  EXPECT_EQ(Json::parse(published[1].json)["channel"], "pay");
  EXPECT_EQ(Json::parse(published[2].json)["total"], 1);
  const auto an_hour_later = poll(host, [&](const Sent& sent) { return agenda.answer(sent); },
                                  {.now_ms = kNow + 3'600'000, .cursor = polled.cursor});
  EXPECT_THAT(an_hour_later.asked, SizeIs(2)) << "time alone changes what is free";
}

TEST(Places, without_an_agenda_are_told) {
  FakeHost host(raccordo_plugin_entry(), {});
  const auto context = host.tick(kNow).sent.at(0).context;
  EXPECT_EQ(host.response(404, "", context).rejected.at(0).code, "no_agenda");
  EXPECT_EQ(host.response(200, "<html></html>", context).rejected.at(0).code, "invalid_answer");
  EXPECT_EQ(host.response(207, multistatus(response("/", "<d:resourcetype><d:collection/></d:resourcetype>")),
                          context)
                .rejected.at(0)
                .code,
            "no_agenda");
  EXPECT_EQ(host.response(207, "", "").rejected.at(0).code, "wrong_context");
}

TEST(KnownAppointments, come_back_as_they_were_within_a_cursor) {
  Known known;
  for (int i = 0; i < 1'500; ++i) {
    const auto id = fmt::format("{:08x}-0000-4000-8000-000000000000", i);
    known.seen(id, "\"1\"");
    known.read(id, kNow / 1'000 + i * kHour);
  }
  EXPECT_EQ(known.forget_before(kNow / 1'000 + 100 * kHour), 200u) << "a hundred are over";
  EXPECT_EQ(known.size(), Known::kMost);
  EXPECT_LT(known.text().size(), 60u << 10);
  EXPECT_EQ(Known::of(known.text()).text(), known.text());
  EXPECT_EQ(Known::of("not known").size(), 0u);
}

}  // namespace
}  // namespace agenda
