// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/engine/config/testing/fake_environment.hpp"
#include "core/engine/config/tests/loading.hpp"

namespace raccordo {
namespace {

using raccordo::testing::FakeEnvironment;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kSmall = R"(config: 1
hub: {id: valle-demo}
)";

TEST(LoadConfiguration, reads_everything_that_the_guide_shows) {
  FakeEnvironment environment;
  environment.files["/etc/raccordo/hub.yaml"] = R"(config: 1
hub:
  id: valle-demo
  data: var
backbone:
  embedded: {}
store:
  sqlite: {}
secrets:
  folder: secrets
plugins:
  folders: [plugins]
http:
  admin: "[::1]:8080"
  proxy: {}
connectors:
  - id: rsa-lombardia
    plugin: mapping
    isolation: in_process
    options: {mapping: maps/rsa.yaml, strict: true, token: {secret: rsa}}
    from:
      files: {path: "in/rsa-*.csv", snapshot: complete, poll: 1m30s, max_deletions: 2.5%}
    limits: {record: 500ms, memory: 1GiB}
  - id: hsds-export
    plugin: hsds
    was: export
    subscribe: {topics: [services, organizations]}
    to:
      files: {folder: out, name: "offers-{date}.csv", roll: 1h}
)";
  const auto loading = load_configuration("/etc/raccordo/hub.yaml", environment);
  ASSERT_THAT(lines(loading), IsEmpty());
  const auto& c = loading.configuration;
  EXPECT_EQ(c.hub.id, "valle-demo");
  EXPECT_EQ(c.hub.data, "/etc/raccordo/var");
  EXPECT_EQ(c.secrets.folder, "/etc/raccordo/secrets");
  EXPECT_THAT(c.plugins.folders, ElementsAre("/etc/raccordo/plugins"));
  EXPECT_EQ(c.http.admin, "[::1]:8080");
  ASSERT_THAT(c.connectors, SizeIs(2));

  const auto& source = c.connectors[0];
  EXPECT_EQ(source.isolation, Isolation::kInProcess);
  EXPECT_THAT(source.from->files->path, ElementsAre("/etc/raccordo/in/rsa-*.csv"));
  EXPECT_EQ(source.from->files->snapshot, SnapshotKind::kComplete);
  EXPECT_EQ(source.from->files->poll, std::chrono::seconds(90));
  EXPECT_DOUBLE_EQ(source.from->files->max_deletions, 0.025);
  EXPECT_EQ(source.limits.record, std::chrono::milliseconds(500));
  EXPECT_EQ(source.limits.memory, 1ull << 30);
  EXPECT_EQ(source.limits.output, 16ull << 20);
  ASSERT_THAT(source.options, SizeIs(3));
  EXPECT_EQ(source.options[0].value, "maps/rsa.yaml");
  EXPECT_EQ(source.options[1].value, "true");
  EXPECT_EQ(source.options[2].secret->name, "rsa");
  EXPECT_EQ(source.folder, "/etc/raccordo");

  const auto& sink = c.connectors[1];
  EXPECT_EQ(sink.was, "export");
  EXPECT_THAT(sink.subscribe->topics, ElementsAre("services", "organizations"));
  EXPECT_EQ(sink.to->files->folder, "/etc/raccordo/out");
  EXPECT_EQ(sink.to->files->roll.kind, RollKind::kInterval);
  EXPECT_EQ(sink.to->files->roll.interval, std::chrono::hours(1));
}

TEST(LoadConfiguration, reads_the_hour_of_a_file_and_where_receipts_go) {
  const std::string connectors =
      "connectors:\n  - {id: a, plugin: mapping, subscribe: {topics: [bookings]}, to: {files: {folder: out, "
      "roll: \"7:30\"}}}\n"
      "  - {id: b, plugin: mapping, from: {receipts: ricevute, files: {path: risposte/*.csv}}}\n";
  const auto loading = load("config: 1\nhub: {id: prova}\n" + connectors);
  ASSERT_TRUE(loading.ok()) << lines(loading).front();
  const auto& roll = loading.configuration.connectors[0].to->files->roll;
  EXPECT_EQ(roll.kind, RollKind::kDaily);
  EXPECT_EQ(roll.time_of_day, std::chrono::minutes(450));
  EXPECT_THAT(loading.configuration.connectors[1].from->receipts, HasSubstr("/ricevute"));
}

TEST(LoadConfiguration, keeps_receipts_apart_from_what_is_read) {
  const auto loading = load(
      "config: 1\nhub: {id: prova}\nconnectors:\n"
      "  - {id: b, plugin: mapping, from: {receipts: risposte, files: {path: risposte/*.csv}}}\n");
  EXPECT_FALSE(loading.ok());
}

TEST(LoadConfiguration, gives_defaults_to_what_is_not_written) {
  const auto loading = load(kSmall);
  ASSERT_TRUE(loading.ok()) << lines(loading).front();
  EXPECT_EQ(loading.configuration.hub.data, "/var");
  EXPECT_EQ(loading.configuration.http.admin, "");
  EXPECT_THAT(loading.configuration.connectors, IsEmpty());
}

constexpr auto kTenMistakes = R"(config: 1
hub:
  id: Valle Demo
  dta: var
backbone: {kafka: {brokers: ["127.0.0.1"]}}
http: {admin: localhost}
connectors:
  - id: albo
    plugin: mapping
    plugin: hsds
    from: {files: {path: in/*.csv, snapshot: complet, poll: 30, max_deletions: 10}}
  - id: albo
    plugin: hsds
    subscribe: {topics: [service]}
    to: {files: {folder: out}}
)";

TEST(LoadConfiguration, says_ten_mistakes_in_one_pass_each_with_its_place_and_the_nearest_name) {
  EXPECT_THAT(
      lines(load(kTenMistakes)),
      ElementsAre(
          "hub.yaml:3:7: hub.id: \"Valle Demo\" is not a name of small letters, digits and dashes: write for "
          "example valle-demo",
          "hub.yaml:4:3: unknown option in hub: dta: did you mean data?",
          "hub.yaml:5:30: backbone.kafka.brokers: \"127.0.0.1\" is not an address with its port: write for "
          "example kafka-1.example:9092",
          "hub.yaml:6:15: http.admin: \"localhost\" is not an address with its port: write for example "
          "127.0.0.1:8080",
          "hub.yaml:10:5: plugin is written twice: first in line 9",
          "hub.yaml:11:46: from.files.snapshot: \"complet\" is not one of the possible values: did you mean "
          "complete?",
          "hub.yaml:11:61: from.files.poll: \"30\" is not a duration: write for example 30s",
          "hub.yaml:11:80: from.files.max_deletions: \"10\" is not a percentage: write for example 10%",
          "hub.yaml:12:9: two connectors are called albo: the other is in hub.yaml:8:9",
          "hub.yaml:14:26: subscribe.topics: \"service\" is not one of the possible values: did you mean "
          "services?"));
}

TEST(LoadConfiguration, finds_one_slip_once_and_looks_below_the_misspelt_name) {
  EXPECT_THAT(lines(load("config: 1\nhbu: {id: a}\n")),
              ElementsAre("hub.yaml:2:1: unknown option: hbu: did you mean hub?"));
  EXPECT_THAT(lines(load("config: 1\nhbu: {id: A}\nhub: {id: a}\n")),
              ElementsAre("hub.yaml:2:1: unknown option: hbu: did you mean hub?"))
      << "what is written rightly counts";
  EXPECT_THAT(lines(load("config: 1\nhub: {id: a}\nconnectors:\n"
                         "  - {id: r, plugin: mapping, form: {files: {path: x, pol: 30}}}\n")),
              ElementsAre("hub.yaml:4:30: unknown option: form: did you mean from?",
                          "hub.yaml:4:54: unknown option in from.files: pol: did you mean poll?",
                          "hub.yaml:4:59: from.files.poll: \"30\" is not a duration: write for example 30s"));
}

TEST(LoadConfiguration, says_the_same_in_italian) {
  EXPECT_THAT(lines(load("config: 1\nhub: {id: a, dta: b}\n"), Language::kItalian),
              ElementsAre("hub.yaml:2:14: opzione sconosciuta in hub: dta: forse data?"));
}

TEST(LoadConfiguration, knows_its_own_version_only) {
  EXPECT_THAT(lines(load("config: 2\nhub: {id: a}\n")),
              ElementsAre("hub.yaml:1:9: config: 2 is too much: at most 1"));
}

TEST(LoadConfiguration, says_what_is_missing) {
  EXPECT_THAT(lines(load("config: 1\n")),
              ElementsAre("hub.yaml:1:1: hub is missing: for example hub: {id: valle-demo}"));
  EXPECT_THAT(lines(load("config: 1\nhub: {id: }\n")),
              ElementsAre("hub.yaml:2:11: hub.id has no value: for example valle-demo"));
}

TEST(LoadConfiguration, wants_each_connector_to_read_or_to_receive) {
  const auto found = lines(load(std::string(kSmall) + R"(connectors:
  - {id: a, plugin: p}
  - {id: b, plugin: p, from: {files: {path: x}}, subscribe: {topics: [services]}, to: {files: {folder: o}}}
  - {id: c, plugin: p, subscribe: {topics: [services]}}
  - {id: d, plugin: p, to: {files: {folder: o2}}}
  - {id: e, plugin: p, from: {}}
)"));
  EXPECT_THAT(found, ElementsAre(HasSubstr("4:5: connector a neither reads nor receives"),
                                 HasSubstr("5:5: connector b both reads (from) and receives"),
                                 HasSubstr("6:5: connector c does not say where to write"),
                                 HasSubstr("7:5: connector d does not say what to receive"),
                                 HasSubstr("8:30: from is empty")));
}

TEST(LoadConfiguration, takes_variables_from_the_environment) {
  FakeEnvironment environment;
  environment.variables = {{"HUB", "valle"}, {"EMPTY", ""}};
  const auto loading =
      load("config: 1\nhub: {id: '${HUB}-x', data: '${WHERE:-v}${EMPTY:-w}$$'}\n", environment);
  ASSERT_TRUE(loading.ok()) << lines(loading).front();
  EXPECT_EQ(loading.configuration.hub.id, "valle-x");
  EXPECT_EQ(loading.configuration.hub.data, "/vw$");
}

TEST(LoadConfiguration, says_which_variable_is_not_set) {
  EXPECT_THAT(
      lines(load("config: 1\nhub: {id: '${HUB}'}\n")),
      ElementsAre(
          "hub.yaml:2:11: hub.id: environment variable HUB is not set: set it, or write ${HUB:-value}"));
  EXPECT_THAT(lines(load("config: 1\nhub: {id: '${HUB'}\n")), ElementsAre(HasSubstr("no closing brace")));
}

TEST(LoadConfiguration, includes_one_connector_a_file_with_paths_of_that_file) {
  FakeEnvironment environment;
  environment.files["/connectors.d/a.yaml"] = "id: a\nplugin: p\nfrom: {files: {path: in/*.csv}}\n";
  environment.files["/connectors.d/b.yaml"] =
      "connectors:\n  - {id: b, plugin: p, from: {files: {path: [x, ../y]}}}\n";
  const auto loading = load(std::string(kSmall) + "include: connectors.d/*.yaml\n", environment);
  ASSERT_TRUE(loading.ok()) << lines(loading).front();
  ASSERT_THAT(loading.configuration.connectors, SizeIs(2));
  EXPECT_THAT(loading.configuration.connectors[0].from->files->path, ElementsAre("/connectors.d/in/*.csv"));
  EXPECT_THAT(loading.configuration.connectors[1].from->files->path, ElementsAre("/connectors.d/x", "/y"));
}

TEST(LoadConfiguration, refuses_a_file_that_includes_itself_on_a_way_around) {
  FakeEnvironment environment;
  environment.files["/a.yaml"] = "include: b.yaml\n";
  environment.files["/b.yaml"] = "include: [a.yaml]\n";
  EXPECT_THAT(lines(load(std::string(kSmall) + "include: a.yaml\n", environment)),
              ElementsAre("/b.yaml:1:11: include: /a.yaml includes itself: remove this include"));
}

TEST(LoadConfiguration, minds_that_an_included_file_is_missing_and_notes_that_a_pattern_matches_nothing) {
  const auto loading = load(std::string(kSmall) + "include: [none.yaml, 'none.d/*.yaml']\n");
  EXPECT_THAT(lines(loading), ElementsAre("hub.yaml:3:11: include: there is no file /none.yaml"));
  ASSERT_THAT(loading.notes, SizeIs(1));
  EXPECT_EQ(loading.notes[0].line(Language::kEnglish),
            "hub.yaml:3:22: include: no file matches /none.d/*.yaml");
}

TEST(LoadConfiguration, says_that_options_go_where_a_list_is_at_the_top) {
  const auto loading = load("- config: 1\n");
  EXPECT_THAT(lines(loading), ElementsAre(HasSubstr("hub.yaml:1:1: options go here, each")));
  EXPECT_THAT(lines(loading, Language::kItalian), ElementsAre(HasSubstr("hub.yaml:1:1: qui vanno opzioni")));
}

TEST(LoadConfiguration, says_where_the_yaml_breaks) {
  const auto found = lines(load("config: 1\nhub: {id: a\nhttp:\n"));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found.front(), HasSubstr("hub.yaml:3:5: invalid YAML"));
}

TEST(LoadConfiguration, refuses_what_is_no_configuration_at_all) {
  EXPECT_THAT(lines(load("just words")), ElementsAre(HasSubstr("options go here")));
  EXPECT_THAT(lines(load("a: \xff\n")), ElementsAre(HasSubstr("not UTF-8")));
  EXPECT_THAT(lines(load("config: 1\nhub: {id: a}\n---\nconfig: 1\n")),
              ElementsAre(HasSubstr("more than one")));
  EXPECT_THAT(lines(load_configuration("none.yaml", FakeEnvironment{})),
              ElementsAre("none.yaml: there is no file none.yaml"));
}

TEST(LoadConfiguration, bounds_depth_size_and_what_aliases_grow_to) {
  const std::string deep = "a: " + std::string(40, '[') + std::string(40, ']') + "\n";
  EXPECT_THAT(lines(load(deep)), ElementsAre(HasSubstr("more than 32 levels")));
  std::string bomb = "a: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const auto one = "*a" + std::to_string(i - 1);
    bomb += "b" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) bomb += (j > 0 ? ", " : "") + one;
    bomb += "]\n";
  }
  EXPECT_THAT(lines(load(bomb)), ElementsAre(HasSubstr("more than 200000 values")));
  EXPECT_THAT(lines(load(std::string(kMaxConfigurationBytes + 1, '#'))),
              ElementsAre(HasSubstr("over the limit")));
}

TEST(LoadConfiguration, lets_an_alias_repeat_what_was_written) {
  const auto loading = load(std::string(kSmall) + R"(connectors:
  - {id: a, plugin: p, from: {files: {path: a}}, limits: &small {memory: 64MiB}}
  - {id: b, plugin: p, from: {files: {path: b}}, limits: *small}
)");
  ASSERT_TRUE(loading.ok()) << lines(loading).front();
  EXPECT_EQ(loading.configuration.connectors[1].limits.memory, 64ull << 20);
}

TEST(LoadConfiguration, refuses_a_secret_in_clear) {
  const auto found =
      lines(load(std::string(kSmall) + "http: {proxy: {url: 'http://p:1', password: hunter2}}\n"));
  EXPECT_THAT(found,
              ElementsAre("hub.yaml:3:45: http.proxy.password: a secret is not written in the configuration: "
                          "write {secret: NAME}"));
}

TEST(LoadConfiguration, knows_the_places_in_a_file_name) {
  const auto found = lines(load(std::string(kSmall) + R"(connectors:
  - {id: a, plugin: p, subscribe: {topics: services}, to: {files: {folder: o, name: "x-{data}.csv"}}}
)"));
  EXPECT_THAT(found, ElementsAre(HasSubstr("{data} is not known: known: {date}, {time}, {file}, {seq}")));
}

TEST(LoadConfiguration, refuses_two_connectors_that_write_the_same_files) {
  const auto found = lines(load(std::string(kSmall) + R"(connectors:
  - {id: a, plugin: p, subscribe: {topics: services}, to: {files: {folder: o}}}
  - {id: b, plugin: p, was: a, subscribe: {topics: services}, to: {files: {folder: o}}}
)"));
  EXPECT_THAT(found, ElementsAre(HasSubstr("was: a connector is still called a"),
                                 HasSubstr("b writes the same files as a")));
}

TEST(LoadConfiguration, reads_a_kafka_backbone_with_its_security) {
  const auto loading = load(R"(config: 1
hub: {id: valle}
backbone:
  kafka:
    brokers: ["kafka-1.example:9093", "kafka-2.example:9093"]
    topic_prefix: prova.
    replication: 3
    security:
      tls: {ca: tls/ca.pem}
      sasl: {user: raccordo, password: {secret: kafka}}
)");
  ASSERT_TRUE(loading.ok()) << lines(loading).front();
  const auto& backbone = loading.configuration.backbone;
  ASSERT_TRUE(backbone.kafka);
  EXPECT_THAT(backbone.kafka->brokers, ElementsAre("kafka-1.example:9093", "kafka-2.example:9093"));
  EXPECT_EQ(backbone.topic_prefix(), "prova.");
  EXPECT_EQ(backbone.kafka->partitions, 12);
  EXPECT_EQ(backbone.kafka->replication, 3);
  EXPECT_EQ(backbone.kafka->security.tls->ca, "/tls/ca.pem");
  EXPECT_EQ(backbone.kafka->security.sasl->mechanism, SaslMechanism::kScramSha512);
  EXPECT_EQ(backbone.kafka->security.sasl->password->name, "kafka");
}

TEST(LoadConfiguration, reads_how_tokens_for_brokers_are_asked_for) {
  const std::string kafka =
      "config: 1\nhub: {id: a}\nbackbone:\n  kafka:\n    brokers: [\"k.example:9093\"]\n    security: ";
  const std::string oauth2 =
      "oauth2: {token_url: 'https://id.example/token', client_id: hub, client_secret: {secret: k}}";
  const auto loading = load(kafka + "{tls: {}, " + oauth2 + "}\n");
  ASSERT_THAT(lines(loading), IsEmpty());
  EXPECT_EQ(loading.configuration.backbone.kafka->security.oauth2->client_secret->name, "k");
  EXPECT_THAT(lines(load(kafka + "{" + oauth2 + "}\n")),
              ElementsAre(HasSubstr("sends the token in the clear")));
  EXPECT_THAT(lines(load(kafka + "{tls: {}, sasl: {user: a, password: {secret: k}}, " + oauth2 + "}\n")),
              ElementsAre(HasSubstr("there is one way to log in")));
}

TEST(LoadConfiguration, refuses_a_backbone_that_is_two_or_sends_its_password_in_the_clear) {
  EXPECT_THAT(
      lines(load(R"(config: 1
hub: {id: valle}
backbone:
  embedded: {}
  kafka:
    brokers: ["kafka-1.example:9092"]
    security: {sasl: {mechanism: plain, user: raccordo, password: {secret: kafka}}}
)")),
      ElementsAre("hub.yaml:4:3: backbone: embedded and kafka together: there is one backbone: remove "
                  "embedded or kafka",
                  "hub.yaml:7:15: backbone.kafka.security: plain sends the password in the clear: add "
                  "tls: {}, or use scram-sha-512"));
}

TEST(LoadConfiguration, knows_where_the_key_file_is_written) {
  const auto loading = load("config: 1\nhub: {id: a}\npeople:\n  keys: secrets/people.key\n");
  EXPECT_TRUE(loading.ok());
  EXPECT_EQ(loading.configuration.people.keys, "/secrets/people.key");
  EXPECT_EQ(loading.configuration.people.at.text(), "hub.yaml:4:9");
  EXPECT_THAT(lines(load("config: 1\nhub: {id: a}\npeople: {}\n")), SizeIs(1));
  EXPECT_TRUE(load("config: 1\nhub: {id: a}\n").configuration.people.keys.empty());
}

}  // namespace
}  // namespace raccordo
