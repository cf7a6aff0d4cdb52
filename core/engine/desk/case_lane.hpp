// SPDX-License-Identifier: EUPL-1.2
// A hub's cases at work: the desk, what it knows of the catalogue, the time that passes, and what is to be
// told.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "core/engine/desk/booking_procedure.hpp"
#include "core/engine/desk/case_desk.hpp"
#include "core/engine/desk/catalogue_terms.hpp"
#include "core/engine/desk/enquiry_procedure.hpp"
#include "core/engine/desk/front_desk.hpp"
#include "core/ports/log.hpp"

namespace raccordo::cases {

// What wallets need besides.
struct LaneWallets {
  std::map<std::string, std::string> owners;     // plan -> the partner whose its wallets are
  std::map<std::string, std::string> employers;  // plan -> the partner that is told its sums, each day
  const wallets::Tuir* tuir = &wallets::built_in_tuir();  // borrowed
};

// All borrowed. Without seals nothing may be said about people.
struct LaneParts {
  Backbone& backbone;
  CaseStore& store;
  const Seals* seals;
  Clock& clock;
  Log& log;
  const Fences* fences = nullptr;  // none: this daemon is the only one
};

class CaseLane final : public CaseCommands {
 public:
  // `told`: something new stands in the topics. [desk]
  CaseLane(DeskFacts facts, Language language, LaneParts parts, std::function<void()> told,
           LaneWallets wallets = {});
  // Ends the work under way.
  ~CaseLane() override;
  CaseLane(const CaseLane&) = delete;
  CaseLane& operator=(const CaseLane&) = delete;

  // Works from now on in a thread of its own, until it is stopped: others may go on giving it commands.
  // [control]
  void start();
  void stop();

  // Errors besides the desk's: kUnavailable until the catalogue was read once: nobody can say yet what is
  // offered.
  [[nodiscard]] Result<std::vector<CaseOutcome>> give(std::span<const CaseCommand> commands) override;

  // One round: what the catalogue says, what time brings, what is to be told; of several daemons the last two
  // where they are this one's. How long until the next. [desk]
  [[nodiscard]] Result<Duration> turn();

  // The book that cases move money in, for others who do. [any]
  [[nodiscard]] const wallets::Book& book() const { return book_; }
  // Something is to be told. [any]
  void wake();

 private:
  [[nodiscard]] std::string owner_of(const std::string& plan) const;
  [[nodiscard]] Status end_of_day(const Fence& fence);
  // Of several daemons one lets time pass and tells.
  [[nodiscard]] Result<Fence> duty() const;
  [[nodiscard]] Status hear_what_others_told();
  void work(const std::stop_token& stop);
  [[nodiscard]] Status offer_new_places(const Fence& fence);
  void look_who_answers();
  void note(const std::optional<Error>& failure);

  Language language_;
  LaneParts parts_;
  std::function<void()> told_;
  std::map<std::string, std::string> owners_, employers_;
  std::string expired_;  // the last day that wallets were looked at
  std::optional<Answerers> answerers_;
  CatalogueTerms terms_;
  wallets::Book book_;
  BookingProcedure bookings_;
  EnquiryProcedure enquiries_;
  CaseDesk desk_;
  Quotes quotes_;
  FrontDesk front_;
  std::set<std::string> found_;         // findings that were told
  std::set<std::string> other_places_;  // services: not offered yet to those who wait
  const std::string told_in_;           // the topic that deliveries wait for
  std::optional<Position> heard_;       // of it, while another daemon tells
  std::optional<std::string> failure_;  // told last
  std::mutex mutex_;                    // guards both below
  std::condition_variable_any came_;
  bool something_came_ = false;
  std::atomic<bool> knows_the_catalogue_ = false;
  std::jthread thread_;
};

}  // namespace raccordo::cases
