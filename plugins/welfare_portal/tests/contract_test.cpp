// SPDX-License-Identifier: EUPL-1.2
// docs/welfare-portal.openapi.json says what the plugin does: its addresses, its fields, its examples.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "core/model/tests/schema_check.hpp"
#include "plugins/welfare_portal/routes.hpp"
#include "plugins/welfare_portal/tests/portal_host.hpp"
#include "raccordo/model/schema.hpp"

namespace welfare_portal {
namespace {

using namespace raccordo;
using Json = nlohmann::json;

const Json& document() {
  static const Json read = Json::parse(
      std::ifstream(std::filesystem::path(RACCORDO_SOURCE_DIR) / "docs/welfare-portal.openapi.json"));
  return read;
}

// What a reference names; anything else is itself.
const Json& resolved(const Json& node) {
  if (!node.is_object() || !node.contains("$ref")) return node;
  return document().at(Json::json_pointer(node["$ref"].get<std::string>().substr(1)));
}

// One body of the document: what it must be, and an example.
struct Example {
  std::string name, schema;
  Json value;
};

std::vector<Example> examples_in(const Json& content) {
  std::vector<Example> examples;
  for (const auto& media : content)
    for (const auto& [name, example] : media.at("examples").items()) {
      const auto schema = media.at("schema").at("$ref").get<std::string>();
      examples.push_back({name, schema.substr(schema.rfind('/') + 1), resolved(example).at("value")});
    }
  return examples;
}

struct Operation {
  std::string path;
  const Route* route = nullptr;  // null: the hub calls the portal
  std::vector<Example> asked, answered;
  std::map<std::string, std::vector<Example>> answers;  // by status
};

std::vector<Operation> operations() {
  std::vector<Operation> all;
  for (const auto& [path, item] : document().at("paths").items())
    for (const auto* method : {"post", "put"}) {
      if (!item.contains(method)) continue;
      const auto& described = item.at(method);
      Operation operation{path, route_of_command(described.value("x-raccordo-command", "")), {}, {}, {}};
      operation.asked = examples_in(described.at("requestBody").at("content"));
      for (const auto& [status, answer] : described.at("responses").items())
        if (answer.contains("content")) operation.answers[status] = examples_in(answer["content"]);
      all.push_back(std::move(operation));
    }
  return all;
}

std::string with_id(std::string path, const std::string& id) {
  const auto at = path.find("{id}");
  return at == std::string::npos ? path : path.replace(at, 4, id);
}

std::set<std::string> keys_of(const Json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.insert(key);
  return keys;
}

TEST(Contract, has_the_addresses_that_the_plugin_answers) {
  std::set<std::string> documented, answered, declared;
  for (const auto& operation : operations()) {
    if (operation.route == nullptr) continue;
    documented.emplace(operation.route->command);
    EXPECT_EQ(place_of(with_id(operation.path, "P-1")).route, operation.route) << operation.path;
  }
  for (const auto& route : routes()) answered.emplace(route.command);
  for (const auto command : Strings(raccordo_plugin_entry()->commands)) declared.emplace(command);
  EXPECT_EQ(documented, answered);
  EXPECT_EQ(documented, declared);
}

TEST(Contract, has_the_fields_that_the_model_has) {
  for (const auto& operation : operations()) {
    if (operation.route == nullptr) continue;
    const auto& schema = document()["components"]["schemas"].at(operation.asked.at(0).schema);
    std::set<std::string> taken;
    for (const auto& field : schema_of_command(operation.route->command)->fields)
      if (operation.route->begins() ||
          (" " + std::string(operation.route->takes) + " ").find(" " + std::string(field.name) + " ") !=
              std::string::npos)
        taken.emplace(field.name);
    EXPECT_EQ(keys_of(schema["properties"]), taken) << operation.path;
  }
}

// Documented parts have fields of the model, too.
void expect_known(const Json& described, const Schema& schema, const std::string& where) {
  const Json properties = described.value("properties", Json::object());
  for (const auto& [name, property] : properties.items()) {
    const auto* field = schema.find(name);
    ASSERT_NE(field, nullptr) << where << '.' << name;
    const auto& is = resolved(property);
    const auto& item = is.contains("items") ? resolved(is["items"]) : is;
    if (field->object != nullptr) expect_known(item, *field->object, where + '.' + name);
    if (field->type == FieldType::kCode && item.contains("enum") && name != "kind") {
      EXPECT_EQ(item["enum"].size(), code_list(field->of).size()) << where << '.' << name;
    }
    if (field->required) {
      EXPECT_THAT(described.value("required", std::vector<std::string>{}), testing::Contains(name)) << where;
    }
  }
}

TEST(Contract, has_parts_and_codes_that_the_model_has) {
  for (const auto& operation : operations())
    if (operation.route != nullptr)
      expect_known(document()["components"]["schemas"].at(operation.asked.at(0).schema),
                   *schema_of_command(operation.route->command), std::string(operation.route->folder));
}

TEST(Contract, has_examples_that_the_plugin_takes) {
  PortalHost host;
  for (const auto& operation : operations()) {
    if (operation.route == nullptr) continue;
    for (const auto& example : operation.asked) {
      const auto answer = host.post(with_id(operation.path, "P-1042"), example.value.dump());
      ASSERT_EQ(answer.commanded.size(), 1u) << example.name << answer;
      EXPECT_EQ(answer.commanded[0].type, operation.route->command);
      auto command = Json::parse(answer.commanded[0].json);
      if (!operation.route->begins()) command.erase("id");
      EXPECT_EQ(command, example.value) << example.name;
    }
  }
}

// What a hub knows of a case of which the portal is to read `body`, and more that is none of its business.
std::string as_the_hub_has_it(Json body) {
  if (body.contains("case")) {
    body["requested_id"] = body["id"];
    body["id"] = body["case"];
    body["requested_by"] = "portale";
    body["answered_by"] = "agenda";
    body["awaits"] = "provider";
    body["people"] = {{"keys", Json::object()}, {"revision", 1}, {"sealed", Json::object()}};
  }
  body.erase("case");
  body.erase("label");
  return body.dump();
}

TEST(Contract, has_examples_that_the_plugin_answers) {
  PortalHost host;
  for (const auto& operation : operations()) {
    for (const auto& [status, examples] : operation.answers) {
      if (!status.starts_with('2')) continue;
      for (const auto& example : examples) {
        const auto answer =
            host.handle(accepted(as_the_hub_has_it(example.value), example.value.value("revision", 0u),
                                 std::string(operation.route->command), example.value.value("id", "")));
        ASSERT_EQ(answer.responded.size(), 1u) << example.name << answer;
        EXPECT_EQ(std::to_string(answer.responded[0].status), status) << example.name;
        EXPECT_EQ(Json::parse(answer.responded[0].body), example.value) << example.name;
      }
    }
  }
}

TEST(Contract, has_examples_that_the_plugin_tells) {
  const std::map<std::string, std::string> kinds{{"CatalogueEntity", "service"},
                                                 {"BookingStatus", "booking"},
                                                 {"EnquiryStatus", "enquiry"},
                                                 {"PlanTotals", "wallet_totals"},
                                                 {"WalletSums", "wallet"}};
  PortalHost host;
  for (const auto& operation : operations()) {
    if (operation.route != nullptr) continue;
    for (const auto& example : operation.asked) {
      const auto& kind = kinds.at(example.schema);
      const std::string id = example.value["id"], uuid = example.value.value("case", id);
      const auto answer = host.event(kind, uuid, as_the_hub_has_it(example.value));
      ASSERT_EQ(answer.sent.size(), 1u) << example.name << answer;
      auto path = with_id(operation.path, id);
      if (const auto at = path.find("{kind}"); at != std::string::npos) path.replace(at, 6, kind);
      EXPECT_EQ(answer.sent[0].path, path);
      EXPECT_EQ(Json::parse(answer.sent[0].body), example.value) << example.name;
    }
  }
}

TEST(Contract, has_the_problems_that_the_plugin_answers) {
  PortalHost host;
  const auto example = [](const char* name) {
    return document()["components"]["examples"].at(name).at("value");
  };
  const auto body = [](const Answer& answer) { return Json::parse(answer.responded.at(0).body); };
  EXPECT_EQ(body(host.post("/bookings", "{")), example("not_json"));
  auto wrong = example("booking_slot");
  wrong["start"] = "domani";
  EXPECT_EQ(body(host.post("/bookings", wrong.dump())), example("invalid_data"));
  EXPECT_EQ(body(host.handle(refused(
                "not_legal_now: la prenotazione è già confermata \u2044 the booking is confirmed already",
                {"booking.cancel.v1", "booking.reschedule.v1"}, "booking.accept_place.v1"))),
            example("not_legal_now"));
  EXPECT_EQ(body(host.handle(refused("not_legal_now: la prenotazione non c'è \u2044 there is no such booking",
                                     {"booking.request.v1"}, "booking.cancel.v1"))),
            example("no_such_case"));
}

TEST(Contract, has_examples_that_its_own_schemas_allow) {
  Json names = Json::object();
  for (const auto& [name, schema] : document()["components"]["schemas"].items())
    names[name] = {{"$ref", "#/components/schemas/" + name}};
  const Json any{{"$schema", document()["jsonSchemaDialect"]},
                 {"type", "object"},
                 {"properties", names},
                 {"additionalProperties", false},
                 {"components", {{"schemas", document()["components"]["schemas"]}}}};
  std::vector<std::string> lines;
  std::set<std::string> shown;
  const auto take = [&](const std::vector<Example>& examples) {
    for (const auto& example : examples) {
      lines.push_back(Json{{example.schema, example.value}}.dump());
      shown.insert(example.name);
    }
  };
  for (const auto& operation : operations()) {
    take(operation.asked);
    for (const auto& [status, examples] : operation.answers) take(examples);
  }
  EXPECT_EQ(shown, keys_of(document()["components"]["examples"])) << "an example that nobody shows";
  const auto folder = std::filesystem::path(testing::TempDir());
  const auto file = folder / ("portal-" + std::to_string(::getpid()) + ".json");
  std::ofstream(file) << any;
  const auto check = check_against(file, lines, folder);
  std::filesystem::remove(file);
  if (!check.possible) GTEST_SKIP() << "python3-jsonschema is missing";
  EXPECT_EQ(check.problems, "");
}

}  // namespace
}  // namespace welfare_portal
