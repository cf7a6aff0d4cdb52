// SPDX-License-Identifier: EUPL-1.2
#include "adapters/metrics/prometheus_metrics.hpp"

#include <gmock/gmock.h>

#include <thread>
#include <vector>

#include "adapters/metrics/metric_names.hpp"

namespace raccordo {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

Result<std::map<std::string, LedgerLine>> rsa() {
  LedgerLine line{
      {.received = 650, .delivered = 640, .unchanged = 3, .filtered = 2, .parked = 1, .entities = 700}, 4};
  line.counts.deleted = 9'007'199'254'740'991;
  return std::map<std::string, LedgerLine>{{"rsa-lombardia", line}};
}

PrometheusMetrics metrics(LedgerReader ledger = rsa) { return {{"0.1.0", "0.3"}, std::move(ledger)}; }

TEST(PrometheusMetrics, say_what_runs) {
  const auto text = metrics().text();
  EXPECT_THAT(text, HasSubstr("# TYPE raccordo_build_info gauge"));
  EXPECT_THAT(text, HasSubstr("raccordo_build_info{abi=\"0.3\",version=\"0.1.0\"} 1"));
}

TEST(PrometheusMetrics, put_latencies_into_a_histogram_for_each_connector_and_stage) {
  auto measured = metrics();
  measured.took("rsa", "translate", 3ms);
  measured.took("rsa", "translate", 30ms);
  const auto text = measured.text();
  EXPECT_THAT(text, HasSubstr("# TYPE raccordo_stage_duration_seconds histogram"));
  const std::string series = "{connector=\"rsa\",stage=\"translate\"";
  EXPECT_THAT(text, HasSubstr("raccordo_stage_duration_seconds_count" + series + "} 2"));
  EXPECT_THAT(text, HasSubstr("raccordo_stage_duration_seconds_bucket" + series + ",le=\"0.0025\"} 0"));
  EXPECT_THAT(text, HasSubstr("raccordo_stage_duration_seconds_bucket" + series + ",le=\"0.005\"} 1"));
  EXPECT_THAT(text, HasSubstr("raccordo_stage_duration_seconds_bucket" + series + ",le=\"+Inf\"} 2"));
}

TEST(PrometheusMetrics, hold_the_last_depth_and_count_restarts) {
  auto measured = metrics();
  measured.held("rsa", "translate", 512);
  measured.held("rsa", "translate", 7);
  measured.restarted("rsa");
  measured.restarted("rsa");
  const auto text = measured.text();
  EXPECT_THAT(text, HasSubstr("raccordo_held_inputs{connector=\"rsa\",where=\"translate\"} 7"));
  EXPECT_THAT(text, HasSubstr("raccordo_worker_restarts_total{connector=\"rsa\"} 2"));
}

TEST(PrometheusMetrics, say_which_of_several_daemons_has_what) {
  EXPECT_THAT(metrics().text(), Not(HasSubstr("raccordo_daemons")));
  const PrometheusMetrics shared({"0.1.0", "0.3"}, rsa, [] {
    return SharedOut{"nodo-a", {{"nodo-a", 1, 4}, {"nodo-b", 1, 3}}, {}, 2};
  });
  const auto text = shared.text();
  EXPECT_THAT(text, HasSubstr("raccordo_daemons 2"));
  EXPECT_THAT(text, HasSubstr("raccordo_leases_held{daemon=\"nodo-b\"} 3"));
  EXPECT_THAT(text, HasSubstr("# TYPE raccordo_leases_lost_total counter"));
  EXPECT_THAT(text, HasSubstr("raccordo_leases_lost_total 2"));
}

TEST(PrometheusMetrics, count_what_partners_asked_and_what_was_refused) {
  auto measured = metrics();
  measured.called("portale", "2xx", 3ms);
  measured.called("", "unauthenticated", 1ms);
  measured.called("", "unauthenticated", 1ms);
  const auto text = measured.text();
  const std::string name = "raccordo_inbound_request_duration_seconds_count";
  EXPECT_THAT(text, HasSubstr(name + "{connector=\"portale\",outcome=\"2xx\"} 1"));
  EXPECT_THAT(text, HasSubstr(name + "{connector=\"\",outcome=\"unauthenticated\"} 2"));
}

TEST(PrometheusMetrics, read_the_ledger_when_asked_and_its_ends_add_up) {
  const auto text = metrics().text();
  EXPECT_THAT(text, HasSubstr("raccordo_ledger_readable 1"));
  EXPECT_THAT(text, HasSubstr("raccordo_ledger_received_total{connector=\"rsa-lombardia\"} 650"));
  for (const auto* end :
       {"delivered\"} 640", "unchanged\"} 3", "filtered\"} 2", "parked\"} 1", "in_flight\"} 4"})
    EXPECT_THAT(text,
                HasSubstr(std::string("raccordo_ledger_inputs{connector=\"rsa-lombardia\",end=\"") + end));
}

TEST(PrometheusMetrics, round_no_count) {
  EXPECT_THAT(metrics().text(),
              HasSubstr("raccordo_ledger_deleted_total{connector=\"rsa-lombardia\"} 9007199254740991"));
}

TEST(PrometheusMetrics, say_that_the_ledger_cannot_be_read_instead_of_showing_zeros) {
  const auto text = metrics([]() -> Result<std::map<std::string, LedgerLine>> {
                      return error(ErrorCode::kUnavailable, {});
                    }).text();
  EXPECT_THAT(text, HasSubstr("raccordo_ledger_readable 0"));
  EXPECT_THAT(text, Not(HasSubstr("raccordo_ledger_received_total")));
}

TEST(PrometheusMetrics, escape_what_a_label_may_not_hold) {
  auto measured = metrics();
  measured.restarted("a\"b\\c\nd");
  EXPECT_THAT(measured.text(), HasSubstr(R"({connector="a\"b\\c\nd"} 1)"));
}

TEST(PrometheusMetrics, lose_nothing_when_many_measure) {
  auto measured = metrics();
  {
    std::vector<std::jthread> flows;
    for (int i = 0; i < 4; ++i)
      flows.emplace_back([&] {
        for (int n = 0; n < 250; ++n) measured.took("rsa", "read", 1ms);
        (void)measured.text();
      });
  }
  EXPECT_THAT(measured.text(),
              HasSubstr("raccordo_stage_duration_seconds_count{connector=\"rsa\",stage=\"read\"} 1000"));
}

}  // namespace
}  // namespace raccordo
