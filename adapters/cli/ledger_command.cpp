// SPDX-License-Identifier: EUPL-1.2
#include <optional>

#include "adapters/cli/answer.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/outcome.hpp"
#include "adapters/cli/table.hpp"

namespace raccordo {
namespace {

struct Column {
  const char* name;
  Label label;
};

constexpr Column kColumns[] = {
    {"received", {"ricevuti", "received"}},    {"delivered", {"consegnati", "delivered"}},
    {"unchanged", {"invariati", "unchanged"}}, {"filtered", {"esclusi", "filtered"}},
    {"parked", {"accantonati", "parked"}},     {"in_flight", {"in corso", "in flight"}},
    {"entities", {"entità", "entities"}},      {"deleted", {"cancellati", "deleted"}}};

void show_json(const Json& connectors, Terminal& terminal) {
  Json out = Json::array();
  for (const auto& connector : connectors) {
    Json row{{"id", text_of(connector, "id")}};
    for (const auto& column : kColumns) row[column.name] = number_of(connector, column.name);
    out.push_back(std::move(row));
  }
  terminal.out << one_line({{"connectors", std::move(out)}}) << '\n';
}

void show_table(const Json& connectors, Terminal& terminal) {
  std::vector<std::string> names{std::string(terminal.say(Label{"connettore", "connector"}))};
  for (const auto& column : kColumns) names.emplace_back(terminal.say(column.label));
  std::vector<bool> numbers(names.size(), true);
  numbers.front() = false;
  Table table;
  for (const auto& connector : connectors) {
    std::vector<std::string> row{text_of(connector, "id")};
    for (const auto& column : kColumns) row.push_back(std::to_string(number_of(connector, column.name)));
    table.row(std::move(row));
  }
  table.header(std::move(names), std::move(numbers));
  terminal.out << table.text();
}

// Every input that was received must be somewhere: else the hub has a bug, told of each connector, the last
// by whoever called.
Status check_sum(const Json& connectors, Terminal& terminal) {
  std::optional<Error> wrong;
  for (const auto& connector : connectors) {
    std::int64_t ends = 0;
    for (const auto* name : {"delivered", "unchanged", "filtered", "parked", "in_flight"})
      ends += number_of(connector, name);
    const auto received = number_of(connector, "received");
    if (ends == received) continue;
    if (wrong) report(*wrong, terminal);
    wrong = error(ErrorCode::kBug, say("i conti di {0} non tornano: {1} ricevuti, {2} ritrovati",
                                       "the ledger of {0} does not add up: {1} received, {2} accounted for",
                                       text_of(connector, "id"), received, ends));
  }
  if (wrong) return *std::move(wrong);
  return done();
}

}  // namespace

Status show_ledger(const std::string& answer, bool as_json, Terminal& terminal) {
  RACCORDO_TRY(const auto parsed, read_answer(answer));
  const auto connectors = parsed.value("connectors", Json::array());
  if (as_json)
    show_json(connectors, terminal);
  else
    show_table(connectors, terminal);
  return check_sum(connectors, terminal);
}

Result<int> ledger_command(Invocation& invocation) {
  RACCORDO_TRY(const auto hub, open_hub(invocation.program, invocation.one("CONFIG"), invocation.terminal));
  RACCORDO_CHECK(
      show_ledger(hub->perform(R"({"do":"ledger"})"), invocation.has("--json"), invocation.terminal));
  return 0;
}

}  // namespace raccordo
