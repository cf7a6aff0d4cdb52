// SPDX-License-Identifier: EUPL-1.2
// A town that books all the time: portals that ask again until they are answered, a cooperative that
// confirms, and what must be true of the cases whatever broke off in between.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "core/ports/case_store.hpp"
#include "tests/faults/fault_proxy.hpp"
#include "tests/integration/hub_folder.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::testing {

// A partner's system: what comes again under a key that it knows changes nothing.
class KeyedSystem {
 public:
  [[nodiscard]] Reply take(const Asked& asked, int accepted);
  // Waits until this holds of what stands under all paths. False: not within two minutes.
  bool await(const std::function<bool(const std::map<std::string, nlohmann::json>&)>& holds);
  // The same words came under one key each.
  void expect_one_key_each();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> keys_;
  std::map<std::string, std::set<std::string>> keys_of_;  // path and words
  std::map<std::string, nlohmann::json> last_;            // by path
};

class BookedTown {
 public:
  using Random = std::mt19937_64;
  static constexpr int kPlaces = 25;  // of the contested hour
  static constexpr std::int64_t kCredit = 10'000'000;
  static constexpr std::int64_t kPrice = 1'000;

  // Over what RACCORDO_TEST_KAFKA and RACCORDO_TEST_POSTGRESQL name.
  explicit BookedTown(std::uint64_t seed);
  ~BookedTown();

  [[nodiscard]] HubFolder& hub() { return hub_; }
  [[nodiscard]] Random& random() { return random_; }
  [[nodiscard]] Running& daemon() { return *daemon_; }
  void start();
  void stop();
  // And again.
  void kill();
  void kill_a_worker();
  void replay_parked();
  // Networks between the partners and the hub: answers lost, requests twice, late, in another order.
  void break_networks(bool broken);
  [[nodiscard]] int faults_struck() const;

  // More people ask; `answered` waits until the hub acknowledged all of it.
  void ask_for(int bookings);
  void await_answers();
  [[nodiscard]] int answered() const { return answered_; }
  // Everybody asks once more, in another order, as if what they sent had been on its way for an hour.
  void ask_all_again();

  // All that was acknowledged has come to where it goes, and both systems have been told.
  void await_rest();
  // Of the stopped hub.
  void expect_right();

 private:
  struct Request {
    std::string path;
    std::string body;
    std::string message;
  };
  struct Acknowledged {
    Request request;
    std::string answer;
  };

  void configure();
  void credit_wallet();
  [[nodiscard]] std::unique_ptr<CaseStore> open_cases();
  void portal(const std::stop_token& stop);
  // The body of its answer; empty: it was not answered, or told to come again.
  [[nodiscard]] std::string ask(const Request& request) const;
  [[nodiscard]] std::vector<Request> drawn(int number);
  void expect_history(CaseStore& store, const CaseRecord& record);
  void expect_money(CaseStore& store, const std::vector<CaseRecord>& cases);
  void expect_topic(const std::vector<CaseRecord>& cases);

  HubFolder hub_;
  Random random_;
  KeyedSystem at_portal_;
  KeyedSystem at_cooperative_;
  WebPartner portal_{[this](const Asked& asked) { return at_portal_.take(asked, 200); }};
  WebPartner cooperative_{[this](const Asked& asked) { return at_cooperative_.take(asked, 201); }};
  FaultProxy before_hub_{Carries::kHttp, 0};
  FaultProxy before_portal_{Carries::kHttp, portal_.port()};
  FaultProxy before_cooperative_{Carries::kHttp, cooperative_.port()};
  std::optional<Running> daemon_;

  std::mutex mutex_;  // guards the next three
  std::condition_variable_any changed_;
  std::deque<std::vector<Request>> wanted_;           // each one's requests come one after the other
  std::map<std::string, Acknowledged> acknowledged_;  // by message
  std::atomic<int> answered_ = 0;
  int asked_for_ = 0;  // requests
  int next_ = 0;
  std::vector<std::jthread> people_;
};

}  // namespace raccordo::testing
