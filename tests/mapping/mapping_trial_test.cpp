// SPDX-License-Identifier: EUPL-1.2
#include "adapters/mapping_trial/mapping_trial.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/plugin_worker/plugin_worker.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::mapping_trial {
namespace {

using ::testing::HasSubstr;
using testing::RecordingLog;
using testing::SimulatedClock;
using testing::TempFolder;

const std::string kSource = RACCORDO_SOURCE;

std::string vectors() {
  if (const char* set = std::getenv("RACCORDO_VECTORS"); set != nullptr && *set != '\0') return set;
  return kSource + "/../shared/vectors";
}

class MappingTrial : public ::testing::Test {
 protected:
  void SetUp() override {
    auto described = host_->describe(RACCORDO_MAPPING_PLUGIN);
    ASSERT_TRUE(described.ok()) << described.error().in(Language::kEnglish);
    plugin_ = *described;
  }

  // The exit code, or -1 with the error's words in `err`.
  int run(std::vector<std::string> files, bool json = false) {
    const auto code = mapping_run(*host_, plugin_, {std::move(files), json, Language::kEnglish}, out, err);
    return ended(code);
  }
  int test(std::vector<std::string> files, bool json = false) {
    const auto code = mapping_test(*host_, plugin_, {std::move(files), json, Language::kEnglish}, out, err);
    return ended(code);
  }

  std::string write(const std::string& name, const std::string& content) {
    const auto path = std::filesystem::path(folder_.path()) / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

  void in_a_worker() {
    WorkerSettings settings;
    settings.executable = RACCORDO_WORKER_PROGRAM;
    host_ = worker_host(settings, clock_, log_);
  }

  std::ostringstream out, err;

 private:
  int ended(const Result<int>& code) {
    if (code.ok()) return *code;
    err << code.error().in(Language::kEnglish);
    return -1;
  }

  SimulatedClock clock_;
  RecordingLog log_;
  std::unique_ptr<PluginHost> host_ = in_process_host(log_);
  PluginDescription plugin_;
  TempFolder folder_;
};

constexpr auto kServices =
    "mapping: 1\ninput: {format: csv}\nentities:\n"
    "- service: {id: {column: id}, name: {column: nome}, email: {column: posta}, maximum_age: {column: eta, "
    "number: it}}\n";
constexpr auto kRows =
    "id,nome,posta,eta\n1,Mensa,mensa@example.org,64\n2,,x@example.org,\n3,Nido,non valida,tanti\n";

TEST_F(MappingTrial, prints_entities_rejections_and_findings_of_the_plugin_and_of_the_model) {
  EXPECT_EQ(run({write("m.yaml", kServices), write("in.csv", kRows)}), 1);
  EXPECT_EQ(
      out.str(),
      "2: service {\"email\":\"mensa@example.org\",\"id\":\"1\",\"maximum_age\":64,\"name\":\"Mensa\"}\n"
      "3: rejected: nome: “nome” is empty, but service.name needs it (missing)\n"
      "4: finding: eta: for service.maximum_age it is not a number such as 1.234,50 (not_a_number)\n"
      "4: finding: service.email: not an e-mail address (invalid_email)\n"
      "4: service {\"id\":\"3\",\"name\":\"Nido\"}\n");
  EXPECT_EQ(err.str(), "3 records: 2 entities, 1 rejected, 0 filtered, 2 findings\n");
}

TEST_F(MappingTrial, prints_the_same_lines_as_json_for_tests) {
  EXPECT_EQ(run({write("m.yaml", kServices), write("in.csv", kRows)}, true), 1);
  EXPECT_EQ(out.str(),
            "{\"line\":2,\"entity\":\"service\",\"data\":{\"email\":\"mensa@example.org\",\"id\":\"1\","
            "\"maximum_age\":64,\"name\":\"Mensa\"}}\n"
            "{\"line\":3,\"rejected\":\"missing\",\"field\":\"nome\"}\n"
            "{\"line\":4,\"finding\":\"not_a_number\",\"field\":\"eta\"}\n"
            "{\"line\":4,\"finding\":\"invalid_email\",\"field\":\"service.email\"}\n"
            "{\"line\":4,\"entity\":\"service\",\"data\":{\"id\":\"3\",\"name\":\"Nido\"}}\n");
}

TEST_F(MappingTrial, shows_all_findings_of_a_mapping_with_file_line_and_column) {
  const auto mapping =
      write("m.yaml", "mapping: 2\ninput: {format: csw}\nentities: [{service: {id: a, name: b}}]\n");
  EXPECT_EQ(run({mapping, write("in.csv", kRows)}), -1);
  EXPECT_THAT(err.str(),
              HasSubstr("\n" + mapping + ":1:10: mapping: 2 is not known: this hub reads mapping: 1\n" +
                        mapping + ":2:17: “csw” is not a format: did you mean “csv”?"));
}

TEST_F(MappingTrial, says_which_file_is_missing) {
  EXPECT_EQ(run({"/nowhere/m.yaml", "/nowhere/in.csv"}), -1);
  EXPECT_THAT(err.str(), HasSubstr("/nowhere/m.yaml"));
}

TEST_F(MappingTrial, compares_examples_with_what_they_must_give) {
  const auto mapping = write("maps/m.yaml", kServices);
  const auto input = write("maps/tests/m/two.csv", "id,nome,posta,eta\n1,Mensa,,64\n");
  EXPECT_EQ(test({mapping}), 1);
  EXPECT_THAT(out.str(),
              HasSubstr("two.expected is missing: raccordo mapping run --json " + mapping + " " + input));

  write(
      "maps/tests/m/two.expected",
      "{\"line\":2,\"entity\":\"service\",\"data\":{\"id\":\"1\",\"maximum_age\":65,\"name\":\"Mensa\"}}\n");
  out.str("");
  EXPECT_EQ(test({mapping}), 1);
  EXPECT_THAT(
      out.str(),
      HasSubstr("expected: {\"line\":2,\"entity\":\"service\",\"data\":{\"id\":\"1\",\"maximum_age\":65"));
  EXPECT_THAT(
      out.str(),
      HasSubstr("came:     {\"line\":2,\"entity\":\"service\",\"data\":{\"id\":\"1\",\"maximum_age\":64"));

  write("maps/tests/m/two.expected",
        "{\"line\":2,\"entity\":\"service\",\"data\":{\"id\":\"1\",\"maximum_age\":64,\"name\":\"Mensa\"}}"
        "\r\n\n");
  out.str(""), err.str("");
  EXPECT_EQ(test({std::filesystem::path(mapping).parent_path()}), 0);
  EXPECT_EQ(out.str(), "ok      " + input + "\n");
  EXPECT_EQ(err.str(), "1 test, 0 differ\n");
}

TEST_F(MappingTrial, tells_each_example_as_one_line_of_json_with_the_same_fields) {
  const auto mapping = write("maps/m.yaml", kServices);
  const auto good = write("maps/tests/m/a.csv", "id,nome,posta,eta\n1,Mensa,,\n");
  write("maps/tests/m/a.expected",
        "{\"line\":2,\"entity\":\"service\",\"data\":{\"id\":\"1\",\"name\":\"Mensa\"}}\n");
  const auto bare = write("maps/tests/m/b.csv", "id,nome,posta,eta\n2,Nido,,\n");
  EXPECT_EQ(test({mapping}, true), 1);
  const auto expected = std::filesystem::path(bare).replace_extension(".expected").string();
  EXPECT_EQ(out.str(), R"({"mapping":")" + mapping + R"(","input":")" + good +
                           R"(","ok":true,"differences":[]})" + "\n" + R"({"mapping":")" + mapping +
                           R"(","input":")" + bare + R"(","ok":false,"differences":[{"it":"manca )" +
                           expected + ": lo scrive raccordo mapping run --json " + mapping + " " + bare +
                           R"(","en":")" + expected + " is missing: raccordo mapping run --json " + mapping +
                           " " + bare + R"( writes it"}]})" + "\n");
  EXPECT_EQ(err.str(), "2 tests, 1 differs\n");
}

TEST_F(MappingTrial, says_which_mappings_have_no_tests_and_tries_those_of_the_others) {
  const auto lonely = write("maps/a.yaml", kServices);
  EXPECT_EQ(test({lonely}), 1);
  EXPECT_THAT(err.str(), HasSubstr(lonely + ": has no tests: put an input file into "));
  EXPECT_THAT(err.str(), HasSubstr("0 tests, 0 differ\n"));

  const auto mapping = write("maps/b.yaml", kServices);
  const auto input = write("maps/tests/b/one.csv", "id,nome,posta,eta\n1,Mensa,,\n");
  write("maps/tests/b/one.expected",
        "{\"line\":2,\"entity\":\"service\",\"data\":{\"id\":\"1\",\"name\":\"Mensa\"}}\n");
  out.str(""), err.str("");
  EXPECT_EQ(test({std::filesystem::path(mapping).parent_path()}), 0) << out.str();
  EXPECT_EQ(out.str(), "ok      " + input + "\n");
  EXPECT_THAT(err.str(), HasSubstr(lonely + ": has no tests"));
}

TEST_F(MappingTrial, reads_the_encoding_that_a_fault_tells_to_write) {
  std::string wide;
  for (const char c : std::string_view("id,nome,posta,eta\n1,Mensa,,\n")) wide += {'\0', c};
  const auto input = write("in.csv", wide);
  EXPECT_EQ(run({write("m.yaml", kServices), input}), 1);
  EXPECT_THAT(out.str(), HasSubstr("write encoding: utf-16be"));
  std::string told = kServices;
  told.replace(told.find("format: csv"), 11, "format: csv, encoding: utf-16be");
  EXPECT_EQ(run({write("told.yaml", told), input}), 0) << err.str();
}

TEST_F(MappingTrial, says_that_the_mapping_file_is_empty) {
  const auto mapping = write("m.yaml", "");
  EXPECT_EQ(run({mapping, write("in.csv", kRows)}), -1);
  EXPECT_EQ(err.str(), mapping + ": the mapping file is empty");
}

TEST_F(MappingTrial, reads_the_quickstarts_workbook) {
  const auto quickstart = kSource + "/examples/quickstart";
  EXPECT_EQ(
      run({quickstart + "/mappings/cooperativa-airone.yaml", quickstart + "/data/cooperativa-airone.xlsx"}),
      0)
      << out.str();
  EXPECT_THAT(err.str(), HasSubstr("10 records: 39 entities, 0 rejected, 0 filtered, 1 finding\n"));
  EXPECT_THAT(
      out.str(),
      HasSubstr(
          R"(offer {"channel":"pay","id":"AIR-01:privati","price":{"cents":3850,"currency":"EUR","unit":"day"},"service":"AIR-01"})"));
  EXPECT_THAT(out.str(), HasSubstr(R"("total":30,"updated":"2026-01-01T00:00:00+01:00")"));
}

TEST_F(MappingTrial, reads_the_quickstarts_register_in_windows_1252) {
  const auto quickstart = kSource + "/examples/quickstart";
  EXPECT_EQ(
      run({quickstart + "/mappings/comune-valfiorita.yaml", quickstart + "/data/comune-valfiorita.xml"}), 0)
      << out.str();
  EXPECT_THAT(err.str(), HasSubstr("9 records: 23 entities, 0 rejected, 1 filtered, 0 findings"));
  EXPECT_THAT(out.str(), HasSubstr("perché nessuno resti solo"));
  EXPECT_THAT(out.str(), HasSubstr("7.30–18.00"));
  EXPECT_THAT(out.str(), HasSubstr(R"("price":{"cents":102000,"currency":"EUR","unit":"month"})"));
}

TEST_F(MappingTrial, gives_the_same_in_a_worker) {
  const auto quickstart = kSource + "/examples/quickstart";
  const auto both = [&] {
    out.str("");
    EXPECT_EQ(
        run({quickstart + "/mappings/cooperativa-airone.yaml", quickstart + "/data/cooperativa-airone.xlsx"},
            true),
        0)
        << err.str();
    EXPECT_EQ(
        run({quickstart + "/mappings/comune-valfiorita.yaml", quickstart + "/data/comune-valfiorita.xml"},
            true),
        0)
        << err.str();
    return out.str();
  };
  const auto here = both();
  in_a_worker();
  EXPECT_EQ(both(), here);
}

TEST_F(MappingTrial, reads_the_register_of_lombardy) {
  const auto input = vectors() + "/lombardia-rsa/rsa-accreditate.csv";
  if (!std::filesystem::exists(input))
    GTEST_SKIP() << "lombardia-rsa/rsa-accreditate.csv is not there: set RACCORDO_VECTORS";
  EXPECT_EQ(run({kSource + "/config/mappings/rsa-lombardia.yaml", input}), 0);
  EXPECT_THAT(err.str(), HasSubstr("650 records: "));
  EXPECT_THAT(err.str(), HasSubstr("0 rejected, 0 filtered"));
}

TEST_F(MappingTrial, passes_the_tests_of_the_mappings_that_the_hub_ships) {
  EXPECT_EQ(test({kSource + "/config/mappings"}), 0) << out.str();
}

}  // namespace
}  // namespace raccordo::mapping_trial
