// SPDX-License-Identifier: EUPL-1.2
#include "adapters/mapping_trial/mapping_trial.hpp"

#include <array>

#include "adapters/mapping_trial/mapping_run.hpp"
#include "adapters/mapping_trial/mapping_tests.hpp"
#include "adapters/mapping_trial/whole_file.hpp"
#include "core/engine/config/start_findings.hpp"
#include "raccordo/model/counted.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo::mapping_trial {
namespace {

// The plugin says all findings in one line; a person wants each on its own, with the file before it.
std::string one_a_line(const std::string& mapping, const std::string& words) {
  auto split = split_at_places(words);
  auto& out = split.before;
  if (!split.placed.empty() && out.ends_with(' ')) out.pop_back();
  for (const auto& [line, column, said] : split.placed)
    out += fmt::format("\n{}:{}:{}: {}", mapping, line, column, said);
  return out;
}

Result<RunCount> run_files(PluginHost& host, const PluginDescription& plugin, const std::string& mapping,
                           const std::string& input, const EachLine& each) {
  RACCORDO_TRY(const auto content, content_of(mapping));
  if (content.empty())  // the plugin would say that no mapping was given
    return error(ErrorCode::kInvalid,
                 say("{}: il file di mappatura è vuoto", "{}: the mapping file is empty", mapping));
  RACCORDO_TRY(const auto file, WholeFile::open(input));
  auto count = run_mapping(host, plugin, content, file, each);
  if (count.ok()) return count;
  auto failure = std::move(count).error();
  return error(failure.code,
               {one_a_line(mapping, failure.message.it), one_a_line(mapping, failure.message.en)});
}

Text summary(const RunCount& count) {
  const std::array parts{counted(count.records, {"record", "record"}, {"record", "records"}),
                         counted(count.entities, {"entità", "entity"}, {"entità", "entities"}),
                         counted(count.rejected, {"rifiutato", "rejected"}, {"rifiutati", "rejected"}),
                         counted(count.filtered, {"filtrato", "filtered"}, {"filtrati", "filtered"}),
                         counted(count.findings, {"segnalazione", "finding"}, {"segnalazioni", "findings"})};
  Text line = parts[0];
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string_view between = i == 1 ? ": " : ", ";
    line.it.append(between).append(parts[i].it);
    line.en.append(between).append(parts[i].en);
  }
  return line;
}

Result<std::vector<Text>> try_case(PluginHost& host, const PluginDescription& plugin, const TestCase& test) {
  std::vector<std::string> came;
  RACCORDO_CHECK(run_files(host, plugin, test.mapping, test.input,
                           [&](const TrialLine& line) { came.push_back(as_json(line)); }));
  auto expected = content_of(test.expected);
  if (expected.ok()) return differences(*expected, came);
  return std::vector<Text>{say("manca {}: lo scrive raccordo mapping run --json {} {}",
                               "{} is missing: raccordo mapping run --json {} {} writes it", test.expected,
                               test.mapping, test.input)};
}

Text no_tests(const std::string& mapping) {
  return say("{}: non ha prove: mettere in {} un file d'ingresso e, con lo stesso nome, .expected",
             "{}: has no tests: put an input file into {}, and .expected of the same name", mapping,
             tests_of(mapping));
}

// The same fields whether the test is well or not.
std::string as_json(const TestCase& test, const std::vector<Text>& differences) {
  std::string out = "{\"mapping\":";
  json::append_string(test.mapping, out);
  out += ",\"input\":";
  json::append_string(test.input, out);
  out += fmt::format(",\"ok\":{},\"differences\":[", differences.empty());
  for (const auto& one : differences) {
    out += &one == differences.data() ? "{\"it\":" : ",{\"it\":";
    json::append_string(one.it, out);
    out += ",\"en\":";
    json::append_string(one.en, out);
    out += '}';
  }
  return out + "]}\n";
}

std::string as_words(const TestCase& test, const std::vector<Text>& differences, Language language) {
  std::string out(differences.empty() ? "ok      " : Label{"diverso ", "differs "}.in(language));
  out += test.input + '\n';
  for (const auto& one : differences) out += "  " + one.in(language) + '\n';
  return out;
}

Text tests_told(std::size_t tried, std::size_t failed) {
  const auto tests = counted(tried, {"prova", "test"}, {"prove", "tests"});
  const auto differ = counted(failed, {"diversa", "differs"}, {"diverse", "differ"});
  return {tests.it + ", " + differ.it, tests.en + ", " + differ.en};
}

}  // namespace

Result<int> mapping_run(PluginHost& host, const PluginDescription& plugin, const TrialRequest& request,
                        std::ostream& out, std::ostream& err) {
  if (request.files.size() != 2)
    return error(ErrorCode::kUsage, say("servono un file di mappatura e un file d'ingresso",
                                        "a mapping file and an input file are needed"));
  RACCORDO_TRY(const auto count,
               run_files(host, plugin, request.files[0], request.files[1], [&](const TrialLine& line) {
                 out << (request.json ? as_json(line) : as_words(line, request.language)) << '\n';
               }));
  err << summary(count).in(request.language) << '\n';
  return count.rejected == 0 ? 0 : 1;
}

Result<int> mapping_test(PluginHost& host, const PluginDescription& plugin, const TrialRequest& request,
                         std::ostream& out, std::ostream& err) {
  std::size_t failed = 0;
  std::size_t tried = 0;
  for (const auto& path : request.files) {
    RACCORDO_TRY(const auto found, find_cases(path));
    for (const auto& mapping : found.without) err << no_tests(mapping).in(request.language) << '\n';
    for (const auto& test : found.cases) {
      RACCORDO_TRY(const auto wrong, try_case(host, plugin, test));
      ++tried;
      failed += wrong.empty() ? 0 : 1;
      out << (request.json ? as_json(test, wrong) : as_words(test, wrong, request.language));
    }
  }
  err << tests_told(tried, failed).in(request.language) << '\n';
  return failed == 0 && tried > 0 ? 0 : 1;
}

}  // namespace raccordo::mapping_trial
