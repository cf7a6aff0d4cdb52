// SPDX-License-Identifier: EUPL-1.2
// A cooperative whose system takes bookings over HTTP: 201 confirms, 409 refuses. It is asked questions, too,
// and answers with words: 200.
#include <raccordo/sdk.hpp>

#include <raccordo/model/case/booking.hpp>
#include <raccordo/model/json.hpp>
#include <string>

namespace {

using namespace raccordo;

class Cooperative {
 public:
  void on_event(const Event& event, Effects& effects) const {
    if (event.kind == "enquiry") return ask(event, effects);
    const bool requested = event.type == "it.raccordo.booking.requested.v1";
    const bool over = event.type.find("cancelled") != std::string_view::npos ||
                      event.type.find("expired") != std::string_view::npos;
    const auto path = "/appointments/" + std::string(event.id);
    if (requested) return effects.send({"PUT", path, {}, {}, event.data}, event.id);
    if (over) return effects.send({"DELETE", path, {}, {}, {}});
    effects.filter("it knows");
  }

  void on_response(const Response& response, Effects& effects) const {
    const auto id = std::string(response.context);
    if (response.status == 200) return answer(id, response.body, effects);
    if (response.status == 201) return effects.command("booking.confirm.v1", R"({"case":")" + id + "\"}", id);
    if (response.status == 409)
      return effects.command("booking.refuse.v1",
                             R"({"case":")" + id + R"(","reason":{"code":"slot_taken"}})", id);
    effects.reject("status", "", "an answer that nobody expected");
  }

  // Confirmed here, and too late there: the appointment is taken out again.
  void on_outcome(const Outcome& outcome, Effects& effects) const {
    if (outcome.accepted) return effects.filter("agreed");
    effects.send({"DELETE", "/appointments/" + std::string(outcome.context), {}, {}, {}});
  }

 private:
  static void ask(const Event& event, Effects& effects) {
    if (event.type != "it.raccordo.enquiry.open.v1") return effects.filter("it knows");
    effects.send({"PUT", "/enquiries/" + std::string(event.id), {}, {}, event.data}, event.id);
  }
  static void answer(const std::string& id, std::string_view words, Effects& effects) {
    std::string json = R"({"case":")" + id + R"(","people":{"answer":)";
    json::append_string(words, json);
    effects.command("enquiry.answer.v1", json + "}}", id);
  }
};

}  // namespace

RACCORDO_PLUGIN(Cooperative, name("cooperative")
                                 .version("0.1.0")
                                 .licence("EUPL-1.2")
                                 .summary("Una cooperativa", "A cooperative")
                                 .subscribes("booking", "enquiry")
                                 .commands("booking.confirm.v1", "booking.refuse.v1", "enquiry.answer.v1")
                                 .sees("contact", "note"))
