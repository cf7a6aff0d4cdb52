// SPDX-License-Identifier: EUPL-1.2
// Bookings: how one begins, what its rules ask of the catalogue, of places and of wallets, what its effects
// do. The machine is core/engine/cases/booking.hpp.
#pragma once

#include "core/engine/desk/booking_places.hpp"
#include "core/engine/desk/procedure.hpp"
#include "core/engine/desk/terms.hpp"
#include "core/engine/wallets/book.hpp"

namespace raccordo::cases {

class BookingProcedure final : public Procedure {
 public:
  // `terms` are borrowed.
  BookingProcedure(const Terms& terms, wallets::Book book)
      : terms_(terms), book_(std::move(book)), places_(terms) {}

  [[nodiscard]] const Machine& machine() const override;
  [[nodiscard]] Status begin(Handling& handling) const override;
  [[nodiscard]] Result<std::string> step_of(Handling& handling) const override;
  [[nodiscard]] Status amend(Handling& handling) const override;
  void take_back(Handling& handling) const override;
  [[nodiscard]] Result<Said> ask(std::string_view rule, const Handling& handling) const override;
  [[nodiscard]] Status make(std::string_view effect, Handling& handling) const override;
  void set_deadlines(Handling& handling, const Standing& behind) const override;
  [[nodiscard]] Result<std::vector<Following>> next_in_line(CaseTransaction& transaction,
                                                            const std::string& pool,
                                                            std::int64_t now_ms) const override;
  // Of a series the start of the first session to come, the last one's end.
  [[nodiscard]] std::optional<std::int64_t> time_of(const nlohmann::json& data,
                                                    std::string_view field) const override;

 private:
  [[nodiscard]] Status name_plan(Handling& handling) const;
  [[nodiscard]] Status put_price(const nlohmann::json& offer, Handling& handling) const;
  [[nodiscard]] Result<Said> right_is_there(const Handling& handling) const;
  [[nodiscard]] Result<Said> wallet_of_its_plan(const Handling& handling) const;
  [[nodiscard]] Said in_time(const Handling& handling) const;
  [[nodiscard]] Result<Said> wallet_covers(const Handling& handling) const;
  [[nodiscard]] Status move_money(std::string_view effect, Handling& handling) const;

  const Terms& terms_;
  wallets::Book book_;
  BookingPlaces places_;
};

}  // namespace raccordo::cases
