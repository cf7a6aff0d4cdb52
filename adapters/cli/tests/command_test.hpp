// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "adapters/cli/program.hpp"
#include "core/engine/config/testing/fake_environment.hpp"

namespace raccordo {

inline PluginDescription a_reader() {
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
  Result<OutputBatch> collect(const std::stop_token& = {}) override { return OutputBatch{}; }
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
    if (path.ends_with("shaped.so")) plugin.name = "shaped", plugin.framing.format = Format::kNone;
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

inline constexpr auto kHub =
    "config: 1\nhub: {id: a}\nconnectors:\n"
    "  - {id: r, plugin: reader, from: {files: {path: x}}, options: {token: {secret: t}}}\n";

// Types commands at a program whose plugins, files and hub are fakes.
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

  raccordo::testing::FakeEnvironment environment_;
  FakeHub hub_;
  ProgramParts program_;
  std::ostringstream out_, err_;
};

}  // namespace raccordo
