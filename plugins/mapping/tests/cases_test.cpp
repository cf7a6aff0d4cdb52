// SPDX-License-Identifier: EUPL-1.2
// The words for cases: rows of a partner's file that are steps, and rows of a file for a partner.
#include <gmock/gmock.h>

#include "said.hpp"

namespace raccordo::mapping {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr auto kAnswers = R"(
mapping: 1
input: {format: csv}
steps:
  - confirm:
      when: {column: Esito, is: [OK, si]}
      case: {column: Pratica, trim: true}
  - refuse:
      when: {column: Esito, is: "NO"}
      case: {column: Pratica}
      reason: {code: not_available, text: {column: Note}}
  - no_show:
      when: {column: Esito, is: assente}
      id: {column: Pratica}
)";

constexpr auto kBookings = R"(
mapping: 1
input: {format: events}
rows:
  - prenotazioni:
      when: {path: state, is: requested}
      columns:
        Pratica: {path: id}
        "Dal; al": {join: [{path: start}, {path: end}], with: " / "}
        Telefono: {path: people.beneficiary.phone}
        Note: {path: people.note, trim: true}
        Fonte: {constant: Raccordo}
)";

Lines answer(const std::string& outcome, const std::string& note = "") {
  return row(kAnswers, {{"Pratica", "7"}, {"Esito", outcome}, {"Note", note}});
}

std::string findings_of(const std::string& yaml) {
  Findings findings;
  EXPECT_FALSE(compile(yaml, findings));
  return findings.in(Language::kEnglish);
}

TEST(Steps, are_rows_of_a_partners_file) {
  EXPECT_THAT(answer("OK"), ElementsAre(R"(booking.confirm.v1 {"case":"7"})"));
  EXPECT_THAT(
      answer("NO", "chiuso"),
      ElementsAre(R"(booking.refuse.v1 {"case":"7","reason":{"code":"not_available","text":"chiuso"}})"));
  EXPECT_THAT(answer("assente"), ElementsAre(R"(booking.no_show.v1 {"id":"7"})"));
}

TEST(Steps, are_none_where_no_condition_holds) {
  EXPECT_THAT(answer("forse"), ElementsAre("filter no entity wants this record (when)"));
}

TEST(Steps, need_their_case) {
  EXPECT_THAT(row(kAnswers, {{"Pratica", ""}, {"Esito", "OK"}, {"Note", ""}}),
              ElementsAre(HasSubstr("reject missing Pratica")));
}

TEST(Steps, that_do_not_exist_are_told_with_the_nearest) {
  EXPECT_THAT(findings_of("mapping: 1\ninput: {format: csv}\nsteps:\n- confrm: {case: {column: A}}\n"),
              HasSubstr("“confrm” is no step of a case: did you mean “confirm”?"));
  EXPECT_THAT(findings_of("mapping: 1\ninput: {format: csv}\nsteps:\n- confirm: {when: {column: A}}\n"),
              HasSubstr("of which case? case, or id, is missing"));
}

TEST(Steps, of_enquiries_are_named_with_them) {
  EXPECT_THAT(
      row("mapping: 1\ninput: {format: csv}\nsteps:\n- enquiry.close: {case: {column: A}}\n", {{"A", "9"}}),
      ElementsAre(R"(enquiry.close.v1 {"case":"9"})"));
}

TEST(Rows, are_made_of_events) {
  EXPECT_THAT(event(kBookings, "booking",
                    R"({"id":"7","state":"requested","start":"09:00","end":"10:00",
                        "people":{"beneficiary":{"phone":"0372"},"note":"porta; \"B\"\nsuonare"}})"),
              ElementsAre("write prenotazioni\nPratica;\"Dal; al\";Telefono;Note;Fonte|"
                          "7;09:00 / 10:00;0372;\"porta; \"\"B\"\" suonare\";Raccordo\n"));
  EXPECT_THAT(event(kBookings, "booking", R"({"id":"7","state":"requested"})"),
              ElementsAre(HasSubstr("|7;;;;Raccordo\n")))
      << "what is not there is an empty cell";
}

// Whoever booked wrote it; an office's spreadsheet would reckon with it.
TEST(Rows, hold_nothing_that_a_spreadsheet_takes_for_a_formula) {
  const auto with = [](const std::string& phone, const std::string& note) {
    return event(kBookings, "booking",
                 R"({"id":"7","state":"requested","people":{"beneficiary":{"phone":")" + phone +
                     R"("},"note":")" + note + R"("}})");
  };
  EXPECT_THAT(with("+39 0372/1-2", R"x(=LINK(\"http://x\";A1))x"),
              ElementsAre(HasSubstr(R"x(|7;;+39 0372/1-2;"'=LINK(""http://x"";A1)";Raccordo)x")));
  EXPECT_THAT(with("@SUM(1)", "-1+cmd"), ElementsAre(HasSubstr("|7;;'@SUM(1);'-1+cmd;Raccordo")));
  EXPECT_THAT(with("-3,50", "="), ElementsAre(HasSubstr("|7;;-3,50;'=;Raccordo")));
}

TEST(Rows, are_none_of_events_of_another_kind_or_state) {
  EXPECT_THAT(event(kBookings, "booking", R"({"id":"7","state":"confirmed"})"),
              ElementsAre("filter no row wants this event (of, when)"));
  EXPECT_THAT(event(kBookings, "enquiry", R"({"id":"7","state":"requested"})"),
              ElementsAre("filter no row wants this event (of, when)"));
}

TEST(Rows, may_need_a_cell) {
  const auto* yaml =
      "mapping: 1\ninput: {format: events}\nrows:\n- f: {columns: {A: {path: start, required: true}}}\n";
  EXPECT_THAT(event(yaml, "booking", "{}"), ElementsAre(HasSubstr("reject missing start")));
}

TEST(Rows, want_events_and_columns) {
  EXPECT_THAT(findings_of("mapping: 1\ninput: {format: csv}\nrows:\n- f: {columns: {A: {column: B}}}\n"),
              HasSubstr("rows wants input: {format: events}"));
  EXPECT_THAT(findings_of("mapping: 1\ninput: {format: events}\nsteps:\n- confirm: {case: {path: id}}\n"),
              HasSubstr("entities and steps want a partner's file"));
  EXPECT_THAT(findings_of("mapping: 1\ninput: {format: events}\nrows:\n- f: {of: bookin}\n"),
              HasSubstr("columns is missing"));
  EXPECT_THAT(
      findings_of("mapping: 1\ninput: {format: events}\nrows:\n- f: {of: bookin, columns: {A: {path: b}}}\n"),
      HasSubstr("did you mean “booking”?"));
  EXPECT_THAT(findings_of("mapping: 1\ninput: {format: events}\nrows:\n- f: {columns: {A: {column: b}}}\n"),
              HasSubstr("here path is needed"));
}

}  // namespace
}  // namespace raccordo::mapping
