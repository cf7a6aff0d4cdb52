// SPDX-License-Identifier: EUPL-1.2
#include "raccordo/sdk/testing/conformance.hpp"

#include "plugins/agenda/tests/agenda_host.hpp"
#include "plugins/agenda/writing.hpp"
#include "raccordo/sdk/fields.hpp"

namespace agenda {
namespace {

using namespace raccordo;

std::string to(const std::string& step) {
  return Fields().add("to", step).add("tries", 0).add("booking", booking("requested", 1, kPeople)).text();
}
std::string poll_step(const std::string& step) {
  return Fields()
      .add("step", step)
      .add("now", 1'806'000'000)
      .add("token", "t1")
      .add("home", "/a/")
      .add("syncs", "1")
      .add("known", "5f0a5f347f3b4d9c9c3e0d0a3f9d2b110123abcd07a5b0")
      .text();
}

std::vector<Sample> samples() {
  const auto ours = std::string("/a/raccordo-") + kCase + ".ics";
  const auto there = multistatus(
      {{ours, replaced(new_calendar(visit()), "STATUS:TENTATIVE", "STATUS:CONFIRMED")},
       {"/a/x.ics",
        calendar(event({"DTSTART:20270328T070000Z", "RRULE:FREQ=DAILY;COUNT=9", "CATEGORIES:LIBERO"}))}});
  return {
      Sample::event("booking", kCase, booking("requested", 1, kPeople)),
      Sample::event("booking", kCase, booking("confirmed", 2, "", kSeries)),
      Sample::event("booking", kCase, booking("attended", 3)),
      Sample::event("booking", kCase, "{}"),
      Sample::event("booking", kCase, booking("held", 1, "", R"("from":"2027-09-13")")),
      Sample::tick(1'806'000'000'000,
                   "token=t1&home=%2Fa%2F&hour=3&known=5f0a5f347f3b4d9c9c3e0d0a3f9d2b110123abcd07a5b0"),
      Sample::response(207, there, to("look")),
      Sample::response(201, "", to("create")),
      Sample::response(412, "", to("create")),
      Sample::response(200, new_calendar(visit()), to("get")),
      Sample::response(204, "", to("change")),
      Sample::response(
          207,
          multistatus(response(
              "/a/", "<d:resourcetype><c:calendar/></d:resourcetype><d:sync-token>t2</d:sync-token>")),
          poll_step("state")),
      Sample::response(207, multistatus(gone(ours)), poll_step("list")),
      Sample::response(207, there, poll_step("changed")),
      Sample::response(207, there, poll_step("offered")),
      Sample::response(207, "", poll_step("done")),
      Sample::response(403, "", poll_step("list")),
  };
}

RACCORDO_CONFORMANCE({raccordo_plugin_entry(), {{"service", "Assistenza"}}, samples()});

}  // namespace
}  // namespace agenda
