// SPDX-License-Identifier: EUPL-1.2
// Messages that come late, twice, or in another order end in the same state, by these rules:
//  - a message is made once: the same again (its id) is answered as before;
//  - one that says which revision it has seen waits for that revision (has_seen_more);
//  - one that says none is made as soon as it is legal: early ones wait, late ones change nothing.
// So without revisions the order is free for all that does not change what was agreed, and names the sessions
// that it is about. What changes it (reschedule, and a provider's hold at another time) needs them: the guard
// "revision" refuses what answers a moved case without one.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <random>
#include <set>

#include "core/engine/cases/booking.hpp"
#include "core/engine/cases/tests/imagined_case.hpp"

namespace raccordo::cases::testing {
namespace {

struct Message {
  int id = 0;
  std::string command;
  Party by = Party::kCustomer;
  std::vector<std::string> starts;
  std::optional<std::int64_t> seen;
};

// What differs at the beginning.
enum class Beginning { kFree, kFull, kUnproved };

// One case and those who keep what came early, as a hub and its partners' queues would.
class Delivery {
 public:
  Delivery(const Offered& offered, Beginning beginning)
      : beginning_(beginning), one_(booking_machine(), offered) {}

  void take(const Message& message) {
    waiting_.push_back(message);
    for (bool more = true; more;) {
      more = false;
      for (std::size_t i = 0; i < waiting_.size(); ++i) {
        if (!try_it(waiting_[i])) continue;
        waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(i));
        more = true;
        break;
      }
    }
  }

  [[nodiscard]] const ImaginedCase& one() const { return one_; }
  [[nodiscard]] int steps() const { return steps_; }
  [[nodiscard]] std::vector<std::string> complaints() const { return complaints_; }

 private:
  // False: it is early, and waits.
  bool try_it(const Message& message) {
    if (made_.contains(message.id)) return true;
    if (has_seen_more(message.seen, one_.revision())) return false;
    auto about = session_step(message.command, one_.sessions(), message.starts);
    if (!about || about->event.empty()) return true;
    const auto answer = judge(booking_machine(), one_.standing(), about->event, message.by);
    if (answer.verdict == Verdict::kEarly) return false;
    if (answer.verdict == Verdict::kStep && make(*answer.transition, message, *about))
      made_.insert(message.id);
    return true;
  }

  bool make(const Transition& transition, const Message& message, const SessionStep& about) {
    std::vector<Held> held;
    for (const auto& guard : transition.guards) held.push_back(holds(guard.rule, message));
    const auto decision = decide(transition, held);
    if (decision.made) {
      one_.make(transition, message.by, about);
    } else if (const auto* instead =
                   find(booking_machine(), one_.standing(), decision.instead, Party::kHub)) {
      one_.make(*instead, Party::kHub, {std::string(decision.instead), {}, {}, one_.sessions()});
    } else {
      return false;
    }
    ++steps_;
    for (const auto& complaint : one_.complaints()) complaints_.push_back(complaint);
    return true;
  }

  Held holds(std::string_view rule, const Message& message) const {
    const auto yes = [](bool so) { return so ? Held::kHolds : Held::kFails; };
    const bool begins = one_.standing().state.empty();
    if (rule == "revision") return yes(answers_what_stands(message.seen, one_.revision(), one_.was_moved()));
    if (rule == "provider_agreed") return one_.provider_agreed() ? Held::kHolds : Held::kWaits;
    if (rule == "places") return yes(!begins || beginning_ != Beginning::kFull);
    if (rule == "entitlement_or_plan" && begins && beginning_ == Beginning::kUnproved) return Held::kWaits;
    return Held::kHolds;
  }

  Beginning beginning_;
  ImaginedCase one_;
  std::deque<Message> waiting_;
  std::set<int> made_;
  int steps_ = 0;
  std::vector<std::string> complaints_;
};

struct History {
  Offered offered;
  Beginning beginning = Beginning::kFree;
  std::vector<Message> messages;
};

class Stories {
 public:
  explicit Stories(bool with_revisions) : with_revisions_(with_revisions) {}

  // Up to five messages, each made in its turn.
  History next() {
    History history{{{pick(2) == 0, 100, 0}, 1001, 600, pick(2) == 0}, static_cast<Beginning>(pick(3)), {}};
    const auto who_cancels = static_cast<Party>(pick(2));
    Delivery delivery(history.offered, history.beginning);
    for (int tries = 0; tries < 60 && history.messages.size() < 5; ++tries) {
      auto message = any(static_cast<int>(history.messages.size()), history.offered.series);
      if (history.messages.empty()) message = {0, "request", Party::kCustomer, {}, {}};
      if (message.command == "cancel" && message.by != who_cancels) continue;
      if (!with_revisions_ && changes_terms(message)) continue;
      // While a proof is missing, the provider was not asked yet, and has no list to put the case on.
      if (message.command == "waitlist" && history.beginning == Beginning::kUnproved) continue;
      if (with_revisions_) message.seen = delivery.one().revision();
      const auto steps = delivery.steps();
      auto tried = delivery;
      tried.take(message);
      if (tried.steps() == steps) continue;
      delivery = std::move(tried);
      history.messages.push_back(std::move(message));
    }
    return history;
  }

  std::mt19937& random() { return random_; }

 private:
  std::size_t pick(std::size_t below) { return random_() % below; }

  static bool changes_terms(const Message& message) {
    return message.command == "reschedule" || message.command == "hold";
  }

  Message any(int id, bool series) {
    static constexpr std::string_view kCommands[] = {"hold",        "confirm",      "refuse", "waitlist",
                                                     "offer_place", "accept_place", "cancel", "reschedule",
                                                     "attend",      "no_show",      "attend", "confirm"};
    Message message{
        id, std::string(kCommands[pick(std::size(kCommands))]), static_cast<Party>(pick(3)), {}, {}};
    if (series && (!with_revisions_ || pick(3) != 0)) message.starts = {pick(2) == 0 ? "monday" : "tuesday"};
    return message;
  }

  bool with_revisions_;
  std::mt19937 random_{20260302};
};

std::string told(const History& history, const std::vector<Message>& order) {
  std::string out = "agreed order:";
  for (const auto& message : history.messages)
    out += fmt::format(" {}:{} {}", message.id, message.command, name_of(message.by));
  out += "; came:";
  for (const auto& message : order) out += fmt::format(" {}", message.id);
  return out;
}

std::vector<std::int64_t> in_wallet(const ImaginedCase& one) {
  return {one.money().reserved, one.money().spent, one.money().owed};
}

// State, money, places and sessions are as if all had come in order, each step made once.
void expect_same_in_any_order(const History& history, std::mt19937& random, bool compare_steps) {
  Delivery in_order(history.offered, history.beginning);
  for (const auto& message : history.messages) in_order.take(message);
  auto order = history.messages;
  const auto by_id = [](const Message& a, const Message& b) { return a.id < b.id; };
  do {
    Delivery delivery(history.offered, history.beginning);
    for (const auto& message : order) {
      delivery.take(message);
      if (random() % 3 == 0) delivery.take(order[random() % order.size()]);
    }
    ASSERT_EQ(delivery.one().standing(), in_order.one().standing()) << told(history, order);
    ASSERT_EQ(in_wallet(delivery.one()), in_wallet(in_order.one())) << told(history, order);
    ASSERT_EQ(delivery.one().has_places(), in_order.one().has_places()) << told(history, order);
    if (in_order.one().standing().state == "attended") {
      ASSERT_EQ(delivery.one().sessions(), in_order.one().sessions()) << told(history, order);
    }
    ASSERT_TRUE(delivery.complaints().empty())
        << told(history, order) << ": " << delivery.complaints().front();
    if (compare_steps) {
      ASSERT_EQ(delivery.one().revision(), in_order.one().revision()) << told(history, order);
    }
  } while (std::next_permutation(order.begin(), order.end(), by_id));
}

TEST(MessagesThatSayWhatTheyHaveSeen, end_the_same_in_any_order_and_however_often) {
  Stories stories(true);
  std::set<std::string> states;
  for (int i = 0; i < 150 && !::testing::Test::HasFatalFailure(); ++i) {
    const auto history = stories.next();
    Delivery delivery(history.offered, history.beginning);
    for (const auto& message : history.messages) delivery.take(message);
    states.emplace(delivery.one().standing().state);
    expect_same_in_any_order(history, stories.random(), true);
  }
  EXPECT_GE(states.size(), 7U);
}

TEST(MessagesThatSayNothingOfRevisions, end_the_same_in_any_order_where_nothing_agreed_was_changed) {
  Stories stories(false);
  std::set<std::string> states;
  for (int i = 0; i < 150 && !::testing::Test::HasFatalFailure(); ++i) {
    const auto history = stories.next();
    Delivery delivery(history.offered, history.beginning);
    for (const auto& message : history.messages) delivery.take(message);
    states.emplace(delivery.one().standing().state);
    expect_same_in_any_order(history, stories.random(), false);
  }
  EXPECT_GE(states.size(), 6U);
}

TEST(AConfirmationOfAMovedBooking, needs_a_revision) {
  Delivery delivery({}, Beginning::kFree);
  delivery.take({0, "request", Party::kCustomer, {}, {}});
  delivery.take({1, "reschedule", Party::kCustomer, {}, 1});
  delivery.take({2, "confirm", Party::kProvider, {}, {}});
  EXPECT_EQ(delivery.one().standing().state, "requested");
  delivery.take({3, "confirm", Party::kProvider, {}, 1});
  EXPECT_EQ(delivery.one().standing().state, "requested");
  delivery.take({4, "confirm", Party::kProvider, {}, 2});
  EXPECT_EQ(delivery.one().standing().state, "confirmed");
}

TEST(APlaceOfferedByTheHub, is_asked_of_the_provider_once_it_is_accepted) {
  for (const auto by : {Party::kProvider, Party::kHub}) {
    Delivery delivery({}, Beginning::kFull);
    delivery.take({0, "request", Party::kCustomer, {}, {}});
    EXPECT_EQ(delivery.one().standing().state, "waitlisted");
    delivery.take({1, "offer_place", by, {}, {}});
    EXPECT_EQ(delivery.one().standing().state, "held");
    delivery.take({2, "accept_place", Party::kCustomer, {}, {}});
    EXPECT_EQ(delivery.one().standing().state, by == Party::kProvider ? "confirmed" : "requested");
  }
}

}  // namespace
}  // namespace raccordo::cases::testing
