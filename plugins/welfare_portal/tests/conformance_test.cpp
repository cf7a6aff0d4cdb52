// SPDX-License-Identifier: EUPL-1.2
#include "raccordo/sdk/testing/conformance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/welfare_portal/tests/portal_host.hpp"

namespace welfare_portal {
namespace {

using namespace raccordo;

std::vector<Sample> samples() {
  const std::string booking = fmt::format(
      R"({{"id":"{}","kind":"slot","offer":"{}","requested_id":"P-1","revision":1,"state":"requested"}})",
      kCase, kOffer);
  return {
      Sample::request("POST", "/bookings",
                      fmt::format(R"({{"from":"2027-01-07","id":"P-1","kind":"enrolment","offer":"{}",)"
                                  R"("people":{{"applicant":{{"name":"Pia"}},"note":"n"}}}})",
                                  kOffer)),
      Sample::request("POST", "/bookings/P-1/cancel", R"({"reason":{"code":"x"}})", {{"If-Match", "\"2\""}}),
      Sample::request("POST", "/quotes", fmt::format(R"({{"service":"{}"}})", kOffer)),
      Sample::request("POST", "/enquiries",
                      fmt::format(R"({{"id":"D-7","people":{{"text":"?"}},"service":"{}"}})", kOffer)),
      Sample::request("POST", "/enquiries/D-7/convert",
                      R"({"request":{"from":"2027-01-07","kind":"enrolment"}})"),
      Sample::request("POST", "/bookings", R"({"colour":1})"),
      Sample::request("GET", "/nowhere", ""),
      accepted(booking, 1, "booking.request.v1", "P-1"),
      accepted(booking, 2, "booking.cancel.v1", "P-1"),
      refused("not_legal_now: no \u2044 no", {"booking.cancel.v1"}, "booking.reschedule.v1"),
      Sample::event("booking", kCase, booking),
      Sample::event("service", kOffer, fmt::format(R"({{"id":"{}","name":"S"}})", kOffer)),
      Sample::event("wallet", kCase, R"({"id":"x"})"),
      Sample::deletion("offer", kOffer),
  };
}

RACCORDO_CONFORMANCE({raccordo_plugin_entry(), {}, samples()});

}  // namespace
}  // namespace welfare_portal
