// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "raccordo/model/case/booking.hpp"
#include "raccordo/model/case/booking_command.hpp"
#include "raccordo/model/case/booking_request.hpp"
#include "raccordo/model/case/enquiry.hpp"
#include "raccordo/model/case/quote.hpp"
#include "raccordo/model/topic_of_kind.hpp"

namespace raccordo {
namespace {

struct CommandType {
  std::string_view type;
  std::string_view kind;
};

constexpr CommandType kCommands[] = {
    {"booking.request.v1", "booking_request"},      {"booking.hold.v1", "booking_command"},
    {"booking.confirm.v1", "booking_command"},      {"booking.refuse.v1", "booking_command"},
    {"booking.waitlist.v1", "booking_command"},     {"booking.offer_place.v1", "booking_command"},
    {"booking.accept_place.v1", "booking_command"}, {"booking.cancel.v1", "booking_command"},
    {"booking.reschedule.v1", "booking_command"},   {"booking.attend.v1", "booking_command"},
    {"booking.scheme_yes.v1", "booking_command"},   {"booking.scheme_no.v1", "booking_command"},
    {"booking.no_show.v1", "booking_command"},      {"enquiry.open.v1", "enquiry_request"},
    {"enquiry.answer.v1", "enquiry_command"},       {"enquiry.convert.v1", "enquiry_command"},
    {"enquiry.close.v1", "enquiry_command"},        {"quote.v1", "quote_request"}};

}  // namespace

std::span<const Schema* const> case_kinds() {
  static const std::array kinds{&schema_of<BookingRequest>(), &schema_of<BookingCommand>(),
                                &schema_of<Booking>(),        &schema_of<EnquiryRequest>(),
                                &schema_of<EnquiryCommand>(), &schema_of<Enquiry>(),
                                &schema_of<QuoteRequest>(),   &schema_of<Quote>()};
  return kinds;
}

const Schema* find_case_kind(std::string_view kind) {
  for (const auto* schema : case_kinds())
    if (schema->kind == kind) return schema;
  return nullptr;
}

const Schema* schema_of_command(std::string_view type) {
  const auto* known = std::ranges::find(kCommands, type, &CommandType::type);
  return known == std::end(kCommands) ? nullptr : find_case_kind(known->kind);
}

std::string_view topic_of_kind(std::string_view kind) {
  if (kind == "wallet" || kind == "wallet_totals") return "wallets";
  const auto* schema = find_kind(kind);
  if (schema == nullptr) schema = find_case_kind(kind);
  return schema == nullptr || schema->topic == "commands" ? std::string_view() : schema->topic;
}

}  // namespace raccordo
