// SPDX-License-Identifier: EUPL-1.2
// Enquiries: who answers one, and the booking that it is turned into. The machine is
// core/engine/cases/enquiry.hpp.
#pragma once

#include "core/engine/desk/procedure.hpp"
#include "core/engine/desk/terms.hpp"

namespace raccordo::cases {

class EnquiryProcedure final : public Procedure {
 public:
  // `terms` are borrowed.
  explicit EnquiryProcedure(const Terms& terms) : terms_(terms) {}

  [[nodiscard]] const Machine& machine() const override;
  // Of an offer: the connector that it names, else its source. Of a service: the one connector that its
  // offers name, where they agree, else the service's source.
  [[nodiscard]] Status begin(Handling& handling) const override;
  [[nodiscard]] Status amend(Handling& handling) const override;
  [[nodiscard]] Result<Said> ask(std::string_view rule, const Handling& handling) const override;
  [[nodiscard]] Status make(std::string_view effect, Handling& handling) const override;
  [[nodiscard]] std::span<const std::string_view> says_about_people(std::string_view event) const override;
  // Who answers may turn it into a booking of an offer that they answer, and say when and how much; who pays,
  // for whom and with what proof only whoever asked may say.
  [[nodiscard]] Result<std::optional<Birth>> bears(const Handling& handling) const override;

 private:
  [[nodiscard]] Status name_offer(Handling& handling) const;
  [[nodiscard]] Status name_service(Handling& handling) const;
  [[nodiscard]] Status check_provider(const Handling& handling, const nlohmann::json& request) const;

  const Terms& terms_;
};

}  // namespace raccordo::cases
