// SPDX-License-Identifier: EUPL-1.2
#include "adapters/cli/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/engine/config/testing/fake_environment.hpp"

namespace raccordo {
namespace {

using raccordo::testing::FakeEnvironment;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

PluginDescription a_reader() {
  PluginDescription plugin;
  plugin.name = "reader";
  plugin.version = "1.2.0";
  plugin.licence = "EUPL-1.2";
  plugin.summary = say("Legge elenchi", "Reads lists");
  plugin.inputs = 1u << static_cast<std::uint32_t>(InputKind::kRecord);
  plugin.framing.format = Format::kCsv;
  plugin.publishes = {"service"};
  PluginOption wait;
  wait.type = OptionType::kDuration;
  wait.name = "wait";
  wait.default_value = "2s";
  wait.min = 1'000;
  wait.help = say("Quanto attendere", "How long to wait");
  PluginOption token;
  token.name = "token";
  token.required = token.secret = true;
  token.help = say("La chiave del partner", "The partner's key");
  plugin.options = {wait, token};
  return plugin;
}

class IdleRunner final : public PluginRunner {
 public:
  const Framing& framing() const override { return framing_; }
  Status submit(const InputBatch&) override { return done(); }
  Result<OutputBatch> collect() override { return OutputBatch{}; }
  std::size_t window() const override { return 1; }
  std::uint64_t restarts() const override { return 0; }

 private:
  Framing framing_;
};

class FakePluginHost final : public PluginHost {
 public:
  Result<PluginDescription> describe(const std::string& path) override {
    if (path.ends_with("broken.so")) return error(ErrorCode::kInvalid, say("{}: rotto", "{}: broken", path));
    auto plugin = a_reader();
    plugin.path = path;
    return plugin;
  }
  // Refuses the key "wrong", as a plugin's create may.
  Result<std::unique_ptr<PluginRunner>> run(RunSpec spec) override {
    for (const auto& [name, value] : spec.options)
      if (value == "wrong")
        return error(ErrorCode::kInvalid,
                     say("{}: la chiave non vale", "{}: the key is not valid", spec.connector));
    return std::unique_ptr<PluginRunner>(std::make_unique<IdleRunner>());
  }
};

// Answers by what is asked; remembers the questions.
struct FakeHub {
  std::map<std::string, std::vector<std::string>> answers;  // by "do", in their order; the last one stays
  std::vector<std::string> asked;
};

class FakeOperations final : public Operations {
 public:
  explicit FakeOperations(FakeHub& hub) : hub_(hub) {}
  std::string perform(std::string_view request) override {
    hub_.asked.emplace_back(request);
    auto& answers = hub_.answers[nlohmann::json::parse(request)["do"]];
    if (answers.empty()) return R"({"ok":false,"error":{"code":"bug","it":"?","en":"?"}})";
    auto answer = answers.front();
    if (answers.size() > 1) answers.erase(answers.begin());
    return answer;
  }

 private:
  FakeHub& hub_;
};

constexpr auto kHub =
    "config: 1\nhub: {id: a}\nconnectors:\n"
    "  - {id: r, plugin: reader, from: {files: {path: x}}, options: {token: {secret: t}}}\n";

class CommandTest : public ::testing::Test {
 protected:
  CommandTest() {
    environment_.files["/hub.yaml"] = kHub;
    environment_.files["/plugins/reader.so"] = "";
    environment_.variables["RACCORDO_SECRET_T"] = "x";
    program_.version = "0.1.0";
    program_.parts = {{"SQLite", "3.40.1"}};
    program_.environment = &environment_;
    program_.plugin_host = [] { return std::make_unique<FakePluginHost>(); };
    program_.plugin_folders = {"/plugins"};
    program_.operations = [this](const Configuration&) -> Result<std::unique_ptr<Operations>> {
      return std::unique_ptr<Operations>(std::make_unique<FakeOperations>(hub_));
    };
  }

  int type(std::vector<std::string> arguments) {
    out_.str("");
    err_.str("");
    Terminal terminal{out_, err_, Language::kEnglish};
    return perform(program_, arguments, terminal);
  }
  std::string out() const { return out_.str(); }
  std::string err() const { return err_.str(); }

  // In both languages, against tests/golden/NAME.txt.
  void expect_golden(const std::string& name, std::vector<std::string> arguments) {
    std::string shown;
    for (const auto* language : {"it", "en"}) {
      auto with_language = arguments;
      with_language.insert(with_language.begin(), {"--lang", language});
      const int code = type(with_language);
      shown += fmt::format("--- {} {}\n{}", language, code, out());
      if (!err().empty()) shown += "--- standard error\n" + err();
    }
    const auto path = std::string(RACCORDO_GOLDEN_FOLDER) + "/" + name + ".txt";
    if (const char* write = std::getenv("RACCORDO_GOLDEN"); write != nullptr && std::string(write) == "write")
      std::ofstream(path) << shown;
    std::ifstream file(path);
    std::stringstream expected;
    expected << file.rdbuf();
    EXPECT_EQ(shown, expected.str()) << path;
  }

  FakeEnvironment environment_;
  FakeHub hub_;
  Program program_;
  std::ostringstream out_, err_;
};

// ------------------------------------------------------------------ the command line

TEST_F(CommandTest, a_wrong_command_line_ends_with_64_and_the_nearest_name) {
  EXPECT_EQ(type({}), 64);
  EXPECT_THAT(err(), StartsWith("usage: raccordo COMMAND"));
  EXPECT_EQ(type({"chekc", "hub.yaml"}), 64);
  EXPECT_EQ(err(), "raccordo: unknown command: chekc: did you mean check?\n");
  EXPECT_EQ(type({"parked", "lst"}), 64);
  EXPECT_EQ(err(), "raccordo: unknown command: parked lst: did you mean parked list?\n");
  EXPECT_EQ(type({"parked"}), 64);
  EXPECT_THAT(err(), HasSubstr("parked wants one more word: known: parked list"));
  EXPECT_EQ(type({"check", "hub.yaml", "--jsn"}), 64);
  EXPECT_THAT(
      err(),
      StartsWith("raccordo: unknown option: --jsn: did you mean --json?\nusage: raccordo check CONFIG"));
  EXPECT_EQ(type({"check"}), 64);
  EXPECT_THAT(err(), HasSubstr("CONFIG is missing"));
  EXPECT_EQ(type({"check", "a", "b"}), 64);
  EXPECT_THAT(err(), HasSubstr("one argument too many: b"));
  EXPECT_EQ(type({"events", "services"}), 64);
  EXPECT_THAT(err(), HasSubstr("--config CONFIG is missing"));
  EXPECT_EQ(type({"events", "services", "--config"}), 64);
  EXPECT_THAT(err(), HasSubstr("--config wants a value: --config CONFIG"));
  EXPECT_EQ(type({"check", "hub.yaml", "--lang", "fr"}), 64);
  EXPECT_THAT(err(), HasSubstr("\"fr\" is no language: it or en"));
  EXPECT_THAT(out(), IsEmpty());
}

TEST_F(CommandTest, help_of_the_program_and_of_a_command) {
  expect_golden("help", {"--help"});
  expect_golden("help-parked-replay", {"parked", "replay", "--help"});
  EXPECT_EQ(type({"help", "run"}), 0);
  EXPECT_THAT(out(), StartsWith("usage: raccordo run CONFIG"));
}

TEST_F(CommandTest, speaks_the_language_of_the_locale) {
  environment_.variables = {{"LANG", "it_IT.UTF-8"}};
  EXPECT_EQ(language_of(environment_), Language::kItalian);
  environment_.variables = {{"LANG", "it_IT.UTF-8"}, {"LC_ALL", "en_GB.UTF-8"}};
  EXPECT_EQ(language_of(environment_), Language::kEnglish);
  environment_.variables = {{"LC_ALL", ""}, {"LC_MESSAGES", "C"}};
  EXPECT_EQ(language_of(environment_), Language::kEnglish);
  environment_.variables = {};
  EXPECT_EQ(language_of(environment_), Language::kItalian);
}

TEST_F(CommandTest, an_exception_is_a_bug_and_ends_with_70) {
  program_.plugin_host = []() -> std::unique_ptr<PluginHost> { throw std::runtime_error("oh"); };
  EXPECT_EQ(type({"plugins"}), 70);
  EXPECT_EQ(err(), "raccordo: internal error: oh\n");
}

TEST_F(CommandTest, hands_a_worker_its_arguments_untouched) {
  std::vector<std::string> seen;
  program_.worker = [&](std::span<const std::string> arguments) {
    seen.assign(arguments.begin(), arguments.end());
    return 7;
  };
  EXPECT_EQ(type({"worker", "--describe", "x.so", "--unknown"}), 7);
  EXPECT_THAT(seen, ElementsAre("--describe", "x.so", "--unknown"));
}

// ------------------------------------------------------------------ check, plugins, version

TEST_F(CommandTest, check_of_a_configuration_without_mistakes) {
  expect_golden("check-fine", {"check", "hub.yaml"});
}

TEST_F(CommandTest, check_says_every_mistake_and_ends_with_78) {
  environment_.files["/hub.yaml"] =
      "config: 1\nhub: {id: A}\nstor: {}\nconnectors:\n  - {id: r, plugin: raeder, from: {files: {path: "
      "x}}}\n"
      "  - {id: s, plugin: reader, from: {files: {path: x, pol: 3s}}}\n";
  expect_golden("check-mistakes", {"check", "hub.yaml"});
  EXPECT_EQ(type({"check", "hub.yaml", "--json"}), 78);
  const auto json = nlohmann::json::parse(out());
  EXPECT_EQ(json["ok"], false);
  EXPECT_EQ(json["findings"].size(), 5u);
  EXPECT_EQ(json["findings"][1]["line"], 3);
  EXPECT_EQ(json["findings"][1]["hint_en"], "did you mean store?");
}

TEST_F(CommandTest, check_asks_the_plugins_whether_they_start_with_their_options) {
  environment_.variables["RACCORDO_SECRET_T"] = "wrong";
  EXPECT_EQ(type({"check", "hub.yaml"}), 78);
  EXPECT_EQ(out(), "hub.yaml:4:21: r: the key is not valid\n");
}

TEST_F(CommandTest, plugins_shows_what_is_installed) {
  environment_.files["/more/broken.so"] = "";
  expect_golden("plugins", {"plugins", "--folder", "/more"});
  expect_golden("plugins-one", {"plugins", "reader"});
  EXPECT_EQ(type({"plugins", "raeder"}), 78);
  EXPECT_EQ(err(), "raccordo: there is no plugin raeder: did you mean reader?\n");
  EXPECT_EQ(type({"plugins", "--json"}), 0);
  EXPECT_EQ(nlohmann::json::parse(out())["options"][0]["default"], "2s");
}

TEST_F(CommandTest, version_names_the_hub_the_contract_and_the_libraries) {
  expect_golden("version", {"version"});
}

// ------------------------------------------------------------------ run

TEST_F(CommandTest, run_hands_over_what_was_asked_and_prints_the_ledger_of_this_run) {
  RunRequest seen;
  program_.run = [&](const RunRequest& request, Terminal&) -> Result<RunReport> {
    seen = request;
    return RunReport{
        R"({"ok":true,"connectors":[{"id":"r","received":3,"delivered":2,"parked":1,"entities":2}]})",
        1,
        false,
        {}};
  };
  EXPECT_EQ(type({"run", "hub.yaml", "--once", "--json", "--for", "5m"}), 3);
  EXPECT_EQ(
      out(),
      R"({"connectors":[{"id":"r","received":3,"delivered":2,"unchanged":0,"filtered":0,"parked":1,"in_flight":0,"entities":2,"deleted":0}]})"
      "\n");
  EXPECT_EQ(seen.at_most, std::chrono::minutes(5));
  EXPECT_TRUE(seen.once);
  EXPECT_EQ(seen.configuration.connectors.size(), 1u);
  EXPECT_EQ(type({"run", "hub.yaml", "--once", "--fail-on", "none"}), 0);
  EXPECT_EQ(type({"run", "hub.yaml", "--once", "--fail-on", "parked>1"}), 0);
  EXPECT_EQ(type({"run", "hub.yaml", "--once", "--fail-on", "parked>0"}), 3);
  EXPECT_EQ(type({"run", "hub.yaml", "--once", "--fail-on", "lots"}), 64);
  EXPECT_EQ(type({"run", "hub.yaml", "--for", "5m"}), 64);
}

TEST_F(CommandTest, run_ends_with_75_while_something_is_away) {
  program_.run = [](const RunRequest&, Terminal&) -> Result<RunReport> {
    return RunReport{R"({"ok":true,"connectors":[]})", 2, true, {say("albo: assente", "albo: away")}};
  };
  EXPECT_EQ(type({"run", "hub.yaml", "--once"}), 75);
  EXPECT_EQ(err(), "albo: away\n");
}

TEST_F(CommandTest, run_starts_nothing_with_a_wrong_configuration) {
  environment_.files["/hub.yaml"] = "config: 1\nhub: {id: A}\n";
  program_.run = [](const RunRequest&, Terminal&) -> Result<RunReport> { throw std::logic_error("started"); };
  EXPECT_EQ(type({"run", "hub.yaml"}), 78);
  EXPECT_THAT(err(), StartsWith("hub.yaml:2:11: hub.id:"));
}

TEST_F(CommandTest, run_ends_with_the_code_of_its_error) {
  program_.run = [](const RunRequest&, Terminal&) -> Result<RunReport> {
    return error(ErrorCode::kConflict, say("occupata", "held"));
  };
  EXPECT_EQ(type({"run", "hub.yaml"}), 73);
  EXPECT_EQ(err(), "raccordo: held\n");
}

// ------------------------------------------------------------------ ledger, events

TEST_F(CommandTest, ledger_is_a_table_and_must_add_up) {
  hub_.answers["ledger"] = {
      R"({"ok":true,"connectors":[{"id":"albo","received":650,"delivered":648,"unchanged":0,"filtered":0,"parked":2,"in_flight":0,"entities":648,"deleted":0},{"id":"rsa-lombardia","received":3,"delivered":1,"unchanged":0,"filtered":0,"parked":0,"in_flight":0,"entities":1,"deleted":0}]})"};
  expect_golden("ledger", {"ledger", "hub.yaml"});
}

TEST_F(CommandTest, a_failed_answer_becomes_words_and_an_exit_code) {
  hub_.answers["ledger"] = {
      R"({"ok":false,"error":{"code":"unavailable","it":"assente","en":"away","hint_it":"","hint_en":"wait"}})"};
  EXPECT_EQ(type({"ledger", "hub.yaml"}), 75);
  EXPECT_EQ(err(), "raccordo: away: wait\n");
  hub_.answers["ledger"] = {"garbage"};
  EXPECT_EQ(type({"ledger", "hub.yaml"}), 70);
}

TEST_F(CommandTest, events_are_read_to_the_end) {
  const std::string first =
      R"({"ok":true,"events":[{"partition":0,"offset":0,"time_ms":1772352930000,"key":"k1","event":{"type":"it.raccordo.service.changed.v1","source":"urn:raccordo:a:r","data":{"id":"k1","name":"Airone"}}}],"next":"0:1","at_end":false})";
  const std::string second =
      R"({"ok":true,"events":[{"partition":0,"offset":1,"time_ms":1772352931000,"key":"k1","event":null}],"next":"0:2","at_end":true})";
  hub_.answers["events"] = {first, second, first, second};
  expect_golden("events", {"events", "services", "--config", "hub.yaml"});
  hub_.asked.clear();
  hub_.answers["events"] = {first, second};
  EXPECT_EQ(
      type({"events", "welfare.services", "--config", "hub.yaml", "--json", "--key", "k1", "--limit", "2"}),
      0);
  EXPECT_THAT(out(),
              HasSubstr(R"({"partition":0,"offset":1,"time_ms":1772352931000,"key":"k1","event":null})"));
  EXPECT_THAT(
      hub_.asked,
      ElementsAre(R"({"do":"events","topic":"services","from":"begin","key":"k1","limit":2})",
                  R"({"do":"events","topic":"services","from":"0:1","key":"k1","limit":1,"wait_ms":0})"));
}

// ------------------------------------------------------------------ parked

constexpr auto kRecord =
    R"("id":7,"connector":"albo","place":"albo.csv:1234","line":17,"stage":"validation","reason":"invalid_field","field":"POSTI LIBERI","it":"«venti» non è un numero intero","en":"\"venti\" is not a whole number","scan":2,"attempts":3,"first_ms":1772352930000,"last_ms":1772352931000,"state":"parked","size":12)";

TEST_F(CommandTest, parked_records_are_listed_with_their_reason) {
  hub_.answers["parked_list"] = {fmt::format(R"({{"ok":true,"records":[{{{}}}],"more":false}})", kRecord)};
  expect_golden("parked-list", {"parked", "list", "--config", "hub.yaml"});
  EXPECT_EQ(type({"parked", "list", "--config", "hub.yaml", "--connector", "albo", "--json"}), 0);
  EXPECT_EQ(out(), fmt::format("{{{}}}\n", kRecord));
  EXPECT_EQ(hub_.asked.back(), R"({"do":"parked_list","state":"parked","after":0,"connector":"albo"})");
  hub_.answers["parked_list"] = {R"({"ok":true,"records":[],"more":false})"};
  EXPECT_EQ(type({"parked", "list", "--config", "hub.yaml"}), 0);
  EXPECT_EQ(err(), "nothing is parked\n");
}

TEST_F(CommandTest, a_parked_record_is_shown_with_its_original_bytes) {
  hub_.answers["parked_show"] = {fmt::format(
      R"({{"ok":true,"record":{{{},"context":"{{}}","original":{{"alg":"none","kid":"","base64":"QWlyb25lO3ZlbnRpCg=="}}}}}})",
      kRecord)};
  expect_golden("parked-show", {"parked", "show", "7", "--config", "hub.yaml"});
  hub_.answers["parked_show"] = {fmt::format(
      R"({{"ok":true,"record":{{{},"context":"{{}}","original":{{"alg":"none","kid":"","base64":"AAEb/w=="}}}}}})",
      kRecord)};
  EXPECT_EQ(type({"parked", "show", "7", "--config", "hub.yaml"}), 0);
  EXPECT_THAT(out(), HasSubstr("00000000  00 01 1b ff"));
}

TEST_F(CommandTest, replay_and_discard_want_to_know_which_records) {
  hub_.answers["parked_replay"] = {
      R"({"ok":true,"replayed":1,"parked_again":1,"refused":[{"id":9,"it":"più vecchio","en":"older"}]})"};
  hub_.answers["parked_discard"] = {R"({"ok":true,"discarded":2,"refused":[]})"};
  EXPECT_EQ(type({"parked", "replay", "--config", "hub.yaml"}), 64);
  EXPECT_THAT(err(), HasSubstr("which records?"));
  EXPECT_EQ(type({"parked", "replay", "7", "--all", "--config", "hub.yaml"}), 64);
  EXPECT_EQ(type({"parked", "replay", "x", "--config", "hub.yaml"}), 64);
  EXPECT_THAT(hub_.asked, IsEmpty());
  expect_golden("parked-replay", {"parked", "replay", "7", "9", "--force", "--config", "hub.yaml"});
  EXPECT_EQ(hub_.asked.back(), R"({"do":"parked_replay","ids":[7,9],"force":true})");
  EXPECT_EQ(type({"parked", "discard", "--connector", "albo", "--config", "hub.yaml", "--json"}), 0);
  EXPECT_EQ(out(), "{\"discarded\":2,\"refused\":[]}\n");
  EXPECT_EQ(type({"parked", "discard", "--all", "--config", "hub.yaml"}), 0);
  EXPECT_EQ(hub_.asked.back(), R"({"do":"parked_discard","all":true})");
}

TEST_F(CommandTest, a_hub_is_not_asked_with_a_wrong_configuration) {
  EXPECT_EQ(type({"parked", "list", "--config", "none.yaml"}), 78);
  EXPECT_EQ(err(), "none.yaml: there is no file none.yaml\nraccordo: the configuration is not valid\n");
}

// ------------------------------------------------------------------ mapping

TEST_F(CommandTest, mapping_is_handed_over) {
  MappingRequest seen;
  program_.mapping = [&](const MappingRequest& request, Terminal&) -> Result<int> {
    seen = request;
    return 1;
  };
  EXPECT_EQ(type({"mapping", "run", "m.yaml", "in.csv", "--json"}), 1);
  EXPECT_THAT(seen.files, ElementsAre("m.yaml", "in.csv"));
  EXPECT_TRUE(seen.json);
  EXPECT_EQ(type({"mapping", "test", "a.yaml", "b.yaml"}), 1);
  EXPECT_TRUE(seen.test);
  EXPECT_THAT(seen.files, ElementsAre("a.yaml", "b.yaml"));
}

}  // namespace
}  // namespace raccordo
