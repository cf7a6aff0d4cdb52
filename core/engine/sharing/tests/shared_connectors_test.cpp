// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/sharing/shared_connectors.hpp"

#include <gmock/gmock.h>

#include <atomic>

#include "core/engine/flow/tests/connectors.hpp"
#include "core/ports/testing/memory_case_store.hpp"

namespace raccordo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr Duration kNodeLease = std::chrono::seconds(15);

// A partner's folder, which all daemons see.
struct SharedDrop {
  MemoryDrop drop;
  std::atomic<int> published = 0;
};

// One daemon: its flows over the territory's store, its own plugins.
class Node {
 public:
  Node(const std::string& name, FlowParts parts, MemoryCaseStore& leases, Territory& t)
      : holdings_(parts.clock),
        flows_(parts),
        sharing_({name, "folder-of-" + name, kNodeLease, Language::kEnglish}, leases, holdings_, parts.clock,
                 t.log, [this] { return works_of(flows_, true); }) {
    flows_.share();
  }
  void deliver(ConnectorPlan plan, SharedDrop& drop) {
    plan.outgoing = std::make_unique<Into>(drop);
    flows_.add(std::move(plan));
  }
  void start() { flows_.start(); }
  void round() { (void)sharing_.round(); }
  std::string state() const { return flows_.all().front()->state().state; }
  Connector& connector() { return *flows_.all().front(); }
  Holdings& holdings() { return holdings_; }

 private:
  class Into final : public OutputFiles {
   public:
    explicit Into(SharedDrop& drop) : shared_(drop) {}
    Result<std::unique_ptr<OutputFile>> create() override { return drop_.create(); }
    Result<std::string> name(std::string_view file, std::int64_t sequence) override {
      return drop_.name(file, sequence);
    }
    Status publish(const std::string& temporary, const std::string& final_name) override {
      RACCORDO_CHECK(drop_.publish(temporary, final_name));
      ++shared_.published;
      return done();
    }
    Status clean(std::span<const std::string> keep) override { return drop_.clean(keep); }

   private:
    SharedDrop& shared_;
    MemoryDrop& drop_ = shared_.drop;
  };

  Holdings holdings_;
  Flows flows_;
  Sharing sharing_;
};

class SharedConnectors : public Connectors {
 protected:
  ConnectorPlan portale() {
    auto made = plan("portale", 1);
    made.sink = t.sink_settings;
    made.sink.roll = RollAt::kEach;
    made.sink.look = std::chrono::milliseconds(1);
    return made;
  }
  Node node(const std::string& name) { return {name, parts, leases, t}; }
  static void await(const std::function<bool()>& holds) {
    while (!holds()) std::this_thread::yield();
  }

  MemoryCaseStore leases{t.clock};
  void await_files(int published) {
    await([&] { return drop_.published == published; });
  }

  SharedDrop drop_;
};

TEST_F(SharedConnectors, work_where_they_are_taken_up_and_only_there) {
  auto a = node("nodo-a");
  a.deliver(portale(), drop_);
  a.start();
  EXPECT_EQ(a.state(), "elsewhere");
  a.round();
  await([&] { return a.state() == "working"; });
  auto b = node("nodo-b");
  b.deliver(portale(), drop_);
  b.start();
  b.round();
  EXPECT_EQ(b.state(), "elsewhere");
  EXPECT_EQ(b.connector().state().why.en, "nodo-a works at it");
  const auto replayed = b.connector().replay({}, false);
  ASSERT_FALSE(replayed.ok());
  EXPECT_THAT(replayed.error().message.en, HasSubstr("(nodo-a works at it)"));
}

TEST_F(SharedConnectors, go_on_elsewhere_where_they_stood_and_come_back) {
  auto a = node("nodo-a");
  a.deliver(portale(), drop_);
  a.round();
  publish("A,Airone");
  await_files(1);
  a.connector().ask_to_leave({"via", "away"});
  await([&] { return a.connector().has_left(); });
  EXPECT_EQ(a.state(), "elsewhere");
  EXPECT_THAT(drop_.drop.finished, SizeIs(1));

  t.clock.advance(2 * kNodeLease);
  auto b = node("nodo-b");
  b.deliver(portale(), drop_);
  publish("B,Brezza");
  b.round();
  await_files(2);

  a.round();  // it finds that it has lost it
  b.connector().ask_to_leave({"via", "away"});
  await([&] { return b.connector().has_left(); });
  EXPECT_THAT(drop_.drop.finished, SizeIs(2)) << "the first is not delivered again";
  EXPECT_EQ(t.store_in_memory.ledger().value()["portale"].delivered, 2);
  t.clock.advance(2 * kNodeLease);
  a.round();
  publish("C,Cicogna");
  await_files(3);
  a.connector().ask_to_leave({"via", "away"});
  await([&] { return a.connector().has_left(); });
  EXPECT_THAT(drop_.drop.finished, SizeIs(3));
  EXPECT_EQ(t.store_in_memory.ledger().value()["portale"].delivered, 3);
}

}  // namespace
}  // namespace raccordo::testing
