// SPDX-License-Identifier: EUPL-1.2
// A delivery that was away while a broker forgot what was deleted.
#include <gmock/gmock.h>

#include <algorithm>
#include <optional>

#include "adapters/clock/system_clock.hpp"
#include "adapters/kafka/kafka_backbone.hpp"
#include "core/engine/catalogue/topics.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "tests/integration/hub_folder.hpp"
#include "tests/kafka/real_broker.hpp"

namespace raccordo::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kAlbo = R"(
  - id: albo
    plugin: mapping
    options: {mapping: albo.yaml}
    from: {files: {path: "in/*.csv", snapshot: complete, max_deletions: 100%}}
)";

// Segments end at once, and everything in them is cleaned at once.
constexpr const char* kForgetful = "log.roll.ms=1\nlog.cleaner.min.cleanable.ratio=0.001\n";

class ForgetfulBroker : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto libraries = RealBroker::libraries("4.1.1");
    if (!libraries) GTEST_SKIP() << "no Kafka 4.1.1; scripts/kafka.sh fetch brings it";
    broker_.emplace(*libraries, std::nullopt, kForgetful);
    ::setenv("RACCORDO_TEST_KAFKA", broker_->address().c_str(), 1);
    hub_.write("albo.yaml",
               "mapping: 1\ninput: {format: csv, separator: \";\"}\nentities:\n"
               "  - service:\n      id: {column: id}\n      name: {column: nome}\n");
    make_topics();
  }
  void TearDown() override { ::unsetenv("RACCORDO_TEST_KAFKA"); }

  // Somebody else has made the topics, with a shorter memory than a hub gives them.
  void make_topics() {
    SystemClock clock;
    RecordingLog log;
    kafka::BackboneOptions options;
    options.brokers = {broker_->address()};
    options.partitions = 1;
    options.keep_deleted = 1ms;
    const auto backbone = kafka::open_backbone(options, clock, log).value();
    const auto made = backbone->ensure(all_topics(hub_.path("").parent_path().filename().string() + "."));
    ASSERT_TRUE(made.ok()) << made.error().in(Language::kEnglish);
  }

  void state(const std::string& rows) {
    hub_.write("in/albo.csv", "id;nome\n" + rows);
    (void)hub_.once();
  }

  [[nodiscard]] std::string id_of(const std::string& name) const {
    for (const auto& event : hub_.events("services"))
      if (event.at("data").at("name") == name) return event.at("subject");
    return {};
  }

  // Each edition ends a segment, which the broker then cleans.
  void let_forget(const std::string& gone) {
    const auto deadline = std::chrono::steady_clock::now() + 120s;
    for (int edition = 1; remembers(gone) && std::chrono::steady_clock::now() < deadline; ++edition)
      state("1;Mensa\n3;Doposcuola " + std::to_string(edition) + "\n");
    ASSERT_FALSE(remembers(gone)) << "the broker did not clean";
  }

  [[nodiscard]] bool remembers(const std::string& key) const {
    const auto messages = hub_.messages("services");
    return std::ranges::any_of(messages, [&](const auto& message) { return message.at("key") == key; });
  }

  HubFolder hub_;
  std::optional<RealBroker> broker_;
};

TEST_F(ForgetfulBroker, leaves_no_delivery_with_what_was_deleted_while_it_was_away) {
  hub_.configure(std::string(kAlbo) + kPortale);
  state("1;Mensa\n2;Trasporto\n3;Doposcuola\n");
  ASSERT_THAT(hub_.lines_in("out"), ::testing::SizeIs(3));
  const auto gone = id_of("Trasporto");

  hub_.configure(kAlbo);
  state("1;Mensa\n3;Doposcuola\n");
  let_forget(gone);

  hub_.configure(std::string(kAlbo) + kPortale);
  (void)hub_.once();
  EXPECT_THAT(hub_.lines_in("out"), Contains(AllOf(HasSubstr(gone), HasSubstr("defunct"))));
  const auto delivered = hub_.lines_in("out").size();
  (void)hub_.once();
  EXPECT_THAT(hub_.lines_in("out"), ::testing::SizeIs(delivered))
      << "reading it all again delivers nothing twice";
}

TEST_F(ForgetfulBroker, that_forgot_a_deletion_and_a_copy_of_the_hub_from_before_it_lose_nothing_said_since) {
  hub_.configure(std::string(kAlbo) + kPortale);
  state("1;Mensa\n2;Trasporto\n3;Doposcuola\n");
  hub_.copy(hub_.path("var/store.sqlite"), "copy.sqlite");
  const auto gone = id_of("Trasporto");
  state("1;Mensa\n3;Doposcuola\n");
  ASSERT_THAT(hub_.lines_in("out").back(), AllOf(HasSubstr(gone), HasSubstr("defunct")));
  let_forget(gone);

  std::filesystem::remove(hub_.path("var/store.sqlite"));
  hub_.copy(hub_.path("copy.sqlite"), "var/store.sqlite");
  state("1;Mensa\n2;Trasporto\n3;Doposcuola\n");
  EXPECT_TRUE(remembers(gone)) << "the copy thought it published";
  std::string last;
  for (const auto& line : hub_.lines_in("out"))
    if (line.find(gone) != std::string::npos) last = line;
  EXPECT_THAT(last, HasSubstr("Trasporto"));
  EXPECT_THAT(last, Not(HasSubstr("defunct"))) << "the copy thought it delivered";
  const auto findings = hub_.raccordo({"findings", "hub.yaml", "--lang", "en"}).out;
  EXPECT_THAT(findings, AllOf(HasSubstr("compared with the message log"),
                              HasSubstr("all is read again from the start")));
}

}  // namespace
}  // namespace raccordo::testing
