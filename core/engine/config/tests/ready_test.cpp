// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/ready.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "core/engine/config/difference.hpp"
#include "core/engine/config/secret.hpp"
#include "core/engine/config/testing/fake_environment.hpp"

namespace raccordo {
namespace {

using raccordo::testing::FakeEnvironment;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

std::uint32_t bit(InputKind kind) { return 1u << static_cast<std::uint32_t>(kind); }

PluginOption an_option(OptionType type, std::string name, std::string fallback = {}) {
  PluginOption option;
  option.type = type;
  option.name = std::move(name);
  option.default_value = std::move(fallback);
  return option;
}

PluginDescription reader() {
  PluginDescription plugin;
  plugin.name = "reader";
  plugin.inputs = bit(InputKind::kRecord);
  auto mapping = an_option(OptionType::kFile, "mapping");
  mapping.required = true;
  mapping.help = say("Il file di mappatura", "The mapping file");
  auto token = an_option(OptionType::kText, "token");
  token.secret = true;
  auto wait = an_option(OptionType::kDuration, "wait", "2s");
  wait.min = 1'000;
  auto level = an_option(OptionType::kChoice, "level", "low");
  level.choices = {"low", "high"};
  plugin.options = {mapping,
                    token,
                    wait,
                    an_option(OptionType::kSize, "chunk", "1KiB"),
                    level,
                    an_option(OptionType::kBoolean, "strict", "false"),
                    an_option(OptionType::kText, "note")};
  return plugin;
}

PluginDescription writer() {
  PluginDescription plugin;
  plugin.name = "writer";
  plugin.inputs = bit(InputKind::kEvent);
  plugin.subscribes = {"service"};
  return plugin;
}

InstalledPlugins installed() { return {{reader(), writer()}, {}}; }

FakeEnvironment surroundings(const std::string& connectors) {
  FakeEnvironment environment;
  environment.files["/etc/hub.yaml"] =
      "config: 1\nhub: {id: a}\nsecrets: {folder: secrets}\nconnectors:\n" + connectors;
  environment.files["/etc/map.yaml"] = "mapping: 1\n";
  environment.files["/etc/secrets/pg"] = "hunter2\n";
  return environment;
}

ReadyConfiguration ready(const FakeEnvironment& environment) {
  return make_ready(load_configuration("/etc/hub.yaml", environment), installed(), environment);
}

std::vector<std::string> lines(const ReadyConfiguration& ready) {
  std::vector<std::string> out;
  for (const auto& finding : ready.findings) out.push_back(finding.line(Language::kEnglish));
  return out;
}

constexpr auto kReader =
    "  - {id: r, plugin: reader, from: {files: {path: in/*}},\n"
    "     options: {mapping: map.yaml, token: {secret: pg}, wait: 90s}, limits: {record: 1s}}\n";

TEST(MakeReady, hands_each_plugin_its_options_in_the_form_of_the_contract) {
  const auto result = ready(surroundings(kReader));
  ASSERT_THAT(lines(result), IsEmpty());
  EXPECT_THAT(
      result.find("r")->run->options,
      ElementsAre(Pair("mapping", "mapping: 1\n"), Pair("token", "hunter2"), Pair("wait", "90000"),
                  Pair("chunk", "1024"), Pair("level", "low"), Pair("strict", "false"), Pair("note", "")));
  EXPECT_EQ(result.find("r")->run->limits.record_deadline, std::chrono::seconds(1));
}

TEST(MakeReady, says_everything_that_is_wrong_with_the_options) {
  EXPECT_THAT(
      lines(ready(surroundings("  - id: r\n"
                               "    plugin: reader\n"
                               "    from: {files: {path: in/*}}\n"
                               "    options:\n"
                               "      maping: map.yaml\n"
                               "      token: hunter2\n"
                               "      wait: 10ms\n"
                               "      chunk: big\n"
                               "      level: hihg\n"
                               "      strict: yes\n"))),
      ElementsAre(
          "/etc/hub.yaml:6:13: options.mapping is missing, which plugin reader requires: The mapping file",
          "/etc/hub.yaml:9:7: unknown option of plugin reader: maping: did you mean mapping?",
          "/etc/hub.yaml:10:14: options.token: a secret is not written in the configuration: write "
          "{secret: NAME}",
          "/etc/hub.yaml:11:13: options.wait: 10ms is too little: at least 1s",
          "/etc/hub.yaml:12:14: options.chunk: \"big\" is not a size: write for example 64MiB",
          "/etc/hub.yaml:13:14: options.level: \"hihg\" is not one of the possible values: did you mean "
          "high?",
          "/etc/hub.yaml:14:15: options.strict: \"yes\" is not true or false: write for example true"));
}

TEST(MakeReady, says_that_an_option_file_is_missing) {
  EXPECT_THAT(lines(ready(surroundings(
                  "  - {id: r, plugin: reader, from: {files: {path: x}}, options: {mapping: no.yaml}}\n"))),
              ElementsAre("/etc/hub.yaml:5:74: options.mapping: there is no file /etc/no.yaml"));
}

TEST(MakeReady, says_that_a_required_file_is_empty) {
  auto environment =
      surroundings("  - {id: r, plugin: reader, from: {files: {path: x}}, options: {mapping: empty.yaml}}\n");
  environment.files["/etc/empty.yaml"] = "";
  EXPECT_THAT(lines(ready(environment)),
              ElementsAre("/etc/hub.yaml:5:74: options.mapping: the file /etc/empty.yaml is empty"));
}

TEST(MakeReady, names_the_nearest_plugin) {
  EXPECT_THAT(lines(ready(surroundings("  - {id: r, plugin: raeder, from: {files: {path: x}}}\n"))),
              ElementsAre("/etc/hub.yaml:5:21: there is no plugin raeder: did you mean reader?"));
}

TEST(MakeReady, keeps_a_connector_whose_library_was_refused_apart_from_the_others) {
  const auto environment =
      surroundings(std::string(kReader) + "  - {id: b, plugin: broken, from: {files: {path: x}}}\n");
  auto plugins = installed();
  plugins.refused.push_back(
      {"/p/broken.so",
       error(ErrorCode::kTimeout, say("{}: non finisce", "{}: does not finish", "broken.so"))});
  const auto result = make_ready(load_configuration("/etc/hub.yaml", environment), plugins, environment);
  EXPECT_THAT(lines(result), IsEmpty());
  ASSERT_EQ(result.refused.size(), 1u);
  EXPECT_EQ(result.refused[0].line(Language::kEnglish), "/etc/hub.yaml:7:21: broken.so: does not finish");
  ASSERT_TRUE(result.find("b")->refused);
  EXPECT_EQ(result.find("b")->refused->code, ErrorCode::kInvalid);
  EXPECT_EQ(result.find("b")->run->plugin->path, "/p/broken.so");
  EXPECT_FALSE(result.find("r")->refused);
}

TEST(MakeReady, wants_a_plugin_that_can_do_what_the_connector_asks) {
  EXPECT_THAT(
      lines(ready(surroundings("  - {id: r, plugin: writer, from: {files: {path: x}}}\n"
                               "  - {id: w, plugin: writer, subscribe: {topics: [services, offers]}, to: "
                               "{files: {folder: o}}}\n"))),
      ElementsAre(HasSubstr("plugin writer reads no records, and r is a source"),
                  HasSubstr("hub.yaml:6:60: w: plugin writer does not understand what is in offers: it "
                            "understands: service")));
  EXPECT_THAT(lines(ready(surroundings(
                  "  - {id: p, plugin: writer, from: {webhook: {auth: {bearer: {secret: pg}}}}}\n"
                  "http: {ingress: '127.0.0.1:1'}\n"))),
              ElementsAre(HasSubstr("plugin writer takes no requests, and the partner of p makes some")));
}

TEST(FindSecret, takes_the_variable_before_the_file) {
  auto environment = surroundings("");
  EXPECT_EQ(find_secret("pg", "/etc/secrets", environment)->reveal(), "hunter2");
  environment.variables["RACCORDO_SECRET_PG"] = "from-variable";
  EXPECT_EQ(find_secret("pg", "/etc/secrets", environment)->reveal(), "from-variable");
  EXPECT_EQ(secret_variable("pg-main"), "RACCORDO_SECRET_PG_MAIN");
}

TEST(FindSecret, refuses_a_file_that_every_user_reads) {
  auto environment = surroundings("");
  environment.open_to_others.insert("/etc/secrets/pg");
  const auto secret = find_secret("pg", "/etc/secrets", environment);
  EXPECT_EQ(secret.error().in(Language::kEnglish),
            "the secret /etc/secrets/pg is readable by every user: chmod 600 /etc/secrets/pg");
}

TEST(FindSecret, says_where_a_missing_one_may_come_from) {
  EXPECT_EQ(find_secret("other", "/etc/secrets", surroundings("")).error().in(Language::kEnglish),
            "there is no secret other: set RACCORDO_SECRET_OTHER or write it to /etc/secrets/other");
  EXPECT_EQ(find_secret("../x", "/etc/secrets", surroundings("")).error().code, ErrorCode::kInvalid);
}

TEST(Secret, never_shows_its_value) {
  std::ostringstream out;
  out << Secret("hunter2");
  EXPECT_EQ(out.str(), "[secret]");
  EXPECT_EQ(fmt::format("{}", Secret("hunter2")), "[secret]");
}

TEST(Difference, tells_new_removed_and_changed_connectors) {
  const std::string other =
      "  - {id: w, plugin: writer, subscribe: {topics: services}, to: {files: {folder: o}}}\n";
  const auto before = ready(surroundings(kReader + other));
  auto environment =
      surroundings(std::string(kReader) +
                   "  - {id: x, plugin: reader, from: {files: {path: y}}, options: {mapping: map.yaml}}\n");
  EXPECT_THAT(difference(before, ready(environment)).changed, IsEmpty());
  EXPECT_THAT(difference(before, ready(environment)).added, ElementsAre("x"));
  EXPECT_THAT(difference(before, ready(environment)).removed, ElementsAre("w"));
  environment.files["/etc/map.yaml"] = "mapping: 1\n# changed\n";
  EXPECT_THAT(difference(before, ready(environment)).changed, ElementsAre("r"));
}

TEST(Difference, takes_up_a_secret_that_its_partner_changed) {
  auto environment = surroundings(
      "  - {id: r, plugin: reader, options: {mapping: map.yaml}, "
      "from: {http: {url: 'https://p.example/a', auth: {bearer: {secret: pg}}}}}\n");
  const auto before = ready(environment);
  ASSERT_THAT(lines(before), IsEmpty());
  EXPECT_THAT(difference(before, ready(environment)).changed, IsEmpty());
  environment.files["/etc/secrets/pg"] = "correct horse\n";
  EXPECT_THAT(difference(before, ready(environment)).changed, ElementsAre("r"));
}

TEST(Difference, changes_web_sources_and_nothing_else_when_the_proxy_changes) {
  auto environment =
      surroundings(std::string(kReader) +
                   "  - {id: web, plugin: reader, options: {mapping: map.yaml}, from: {http: {url: "
                   "'https://p.example/a'}}}\n"
                   "http: {proxy: {url: 'http://proxy.example:3128', user: u, password: {secret: proxy}}}\n");
  environment.files["/etc/secrets/proxy"] = "hunter3\n";
  const auto before = ready(environment);
  ASSERT_THAT(lines(before), IsEmpty());
  environment.files["/etc/secrets/proxy"] = "correct horse\n";
  EXPECT_THAT(difference(before, ready(environment)).changed, ElementsAre("web"));

  const auto old_address = ready(environment);
  auto& text = environment.files["/etc/hub.yaml"];
  text.replace(text.find("3128"), 4, "8080");
  EXPECT_THAT(difference(old_address, ready(environment)).changed, ElementsAre("web"));
  EXPECT_THAT(difference(old_address, ready(environment)).need_restart, IsEmpty());
}

TEST(Difference, changes_no_connector_when_plugins_are_to_rest) {
  auto environment = surroundings(kReader);
  const auto before = ready(environment);
  ASSERT_THAT(lines(before), IsEmpty());
  environment.files["/etc/hub.yaml"] += "plugins: {idle: 10m}\n";
  const auto after = ready(environment);
  ASSERT_THAT(lines(after), IsEmpty());
  EXPECT_EQ(after.configuration.plugins.idle, std::chrono::minutes(10));
  EXPECT_THAT(difference(before, after).changed, IsEmpty());
  EXPECT_THAT(difference(before, after).need_restart, IsEmpty());
}

TEST(Difference, keeps_a_connector_whose_library_turned_bad_until_it_is_repaired) {
  const auto good = ready(surroundings(kReader));
  auto bad = good;
  bad.connectors.at(0).refused = error(ErrorCode::kInvalid, as_is("no plugin"));
  EXPECT_THAT(difference(good, bad).kept, ElementsAre("r"));
  EXPECT_THAT(difference(good, bad).changed, IsEmpty());
  auto kept = good;
  kept.connectors.at(0).kept = true;
  EXPECT_THAT(difference(kept, bad).kept, ElementsAre("r")) << "it is bad still";
  EXPECT_THAT(difference(kept, good).changed, ElementsAre("r"));
  EXPECT_THAT(difference(bad, bad).kept, IsEmpty()) << "it never worked";
  EXPECT_THAT(difference(bad, good).changed, ElementsAre("r"));
}

TEST(Difference, does_not_mind_where_a_connector_is_written) {
  const auto before = ready(surroundings(kReader));
  const auto after = ready(surroundings("\n\n" + std::string(kReader)));
  EXPECT_THAT(difference(before, after).changed, IsEmpty());
}

TEST(Difference, names_what_needs_a_restart) {
  auto environment = surroundings(kReader);
  const auto before = ready(environment);
  auto& text = environment.files["/etc/hub.yaml"];
  text.replace(text.find("{id: a}"), 7,
               "{id: b, data: d}\npeople: {keys: k}\nhttp: {admin: 'h:1', ingress: '127.0.0.1:1', "
               "client_rate: 1/s}\nbackbone: "
               "{embedded: {keep_deleted: 1d}}");
  EXPECT_THAT(difference(before, ready(environment)).need_restart,
              ElementsAre("hub.id", "hub.data", "backbone", "people", "http.admin", "http.ingress",
                          "http.client_rate"));
}

// Describes libraries by their paths.
class FakePluginHost final : public PluginHost {
 public:
  std::vector<std::string> described;

  Result<PluginDescription> describe(const std::string& path) override {
    described.push_back(path);
    if (path.ends_with("broken.so")) return error(ErrorCode::kInvalid, say("{}: rotto", "{}: broken", path));
    auto plugin = path.ends_with("writer.so") ? writer() : reader();
    plugin.path = path;
    return plugin;
  }
  Result<std::unique_ptr<PluginRunner>> run(RunSpec) override {
    return error(ErrorCode::kBug, as_is("not here"));
  }
};

TEST(LookForPlugins, describes_what_is_in_the_folders_the_first_of_a_name_counts) {
  FakeEnvironment environment;
  for (const auto* path :
       {"/one/writer.so", "/one/broken.so", "/two/writer.so", "/two/reader.so", "/two/notes.txt"})
    environment.files[path] = "";
  FakePluginHost host;
  const std::vector<std::string> folders{"/one", "/two", "/one", "/none"};
  const auto found = look_for_plugins(folders, host, environment);
  ASSERT_EQ(found.plugins.size(), 2u);
  EXPECT_EQ(found.find("writer")->path, "/one/writer.so");
  EXPECT_EQ(found.refused.size(), 1u);
  EXPECT_EQ(found.missing("broken").in(Language::kEnglish), "/one/broken.so: broken");
}

class FindPlugins : public ::testing::Test {
 protected:
  FindPlugins() {
    environment.files = {{"/one/broken.so", ""}, {"/one/libwriter.so", ""}, {"/two/my-reader.so", ""}};
  }

  InstalledPlugins find(const std::vector<std::string>& names) {
    host.described.clear();
    return find_plugins(names, folders, host, environment);
  }

  FakeEnvironment environment;
  FakePluginHost host;
  const std::vector<std::string> folders{"/one", "/two"};
};

TEST_F(FindPlugins, describes_those_alone_whose_files_are_called_so) {
  EXPECT_NE(find({"writer"}).find("writer"), nullptr);
  EXPECT_THAT(host.described, ElementsAre("/one/libwriter.so"));
  EXPECT_NE(find({"reader", "writer", "reader"}).find("reader"), nullptr);
  EXPECT_THAT(host.described, ElementsAre("/two/my-reader.so", "/one/libwriter.so"));
}

TEST_F(FindPlugins, looks_no_further_where_the_file_called_so_is_refused) {
  EXPECT_NE(find({"broken"}).find_refused("broken"), nullptr);
  EXPECT_THAT(host.described, ElementsAre("/one/broken.so"));
}

TEST_F(FindPlugins, describes_the_others_where_no_file_is_called_so) {
  environment.files = {{"/one/a.so", ""}, {"/two/broken.so", ""}, {"/two/writer.so", ""}};
  EXPECT_EQ(find({"reader"}).find("reader")->path, "/one/a.so");
  EXPECT_THAT(host.described, ElementsAre("/one/a.so"));
  EXPECT_EQ(find({"raeder"}).missing("raeder").hint.en, "did you mean reader?");
  EXPECT_EQ(host.described.size(), 3u);
}

TEST_F(FindPlugins, looks_at_a_file_called_alike_where_one_is_refused) {
  environment.files = {{"/one/broken.so", ""}, {"/two/broken_new.so", ""}};
  EXPECT_EQ(find({"broken"}).find("reader")->path, "/two/broken_new.so");
}

TEST(MakeReady, says_that_a_secret_of_the_backbone_is_missing_where_it_is_named) {
  FakeEnvironment environment;
  environment.files["/etc/hub.yaml"] = R"(config: 1
hub: {id: a}
secrets: {folder: secrets}
backbone:
  kafka:
    brokers: ["kafka.example:9092"]
    security: {tls: {}, sasl: {user: raccordo, password: {secret: kafka}}}
)";
  EXPECT_THAT(
      lines(ready(environment)),
      ElementsAre("/etc/hub.yaml:7:67: there is no secret kafka: set RACCORDO_SECRET_KAFKA or write it to "
                  "/etc/secrets/kafka"));
  environment.files["/etc/secrets/kafka"] = "parola\n";
  EXPECT_THAT(lines(ready(environment)), IsEmpty());
}

}  // namespace
}  // namespace raccordo
