// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/compile.hpp"

#include <algorithm>
#include <array>

#include "plugins/mapping/compile_entity.hpp"
#include "plugins/mapping/compile_input.hpp"
#include "plugins/mapping/compile_row.hpp"
#include "plugins/mapping/spelling.hpp"

namespace raccordo::mapping {
namespace {

constexpr std::array<std::string_view, 9> kRootWords{"mapping", "about",    "input", "trim", "empty",
                                                     "tables",  "entities", "steps", "rows"};
constexpr std::array<std::string_view, 11> kSteps{"accept_place", "attend",     "cancel",      "confirm",
                                                  "hold",         "no_show",    "offer_place", "refuse",
                                                  "request",      "reschedule", "waitlist"};
constexpr std::size_t kMaxEntities = 64;

class Compiler {
 public:
  Compiler(Node root, Program& program, Findings& findings)
      : root_(std::move(root)), program_(program), findings_(findings), builder_(program) {}

  void compile() {
    if (!root_.is_map())
      return findings_.add(root_.at, say("questa non è una mappatura", "this is not a mapping"),
                           say("comincia con mapping: 1", "it begins with mapping: 1"));
    root_ = spelt(root_, kRootWords, {"una mappatura", "a mapping"}, findings_);
    version();
    program_.input = read_input(root_, findings_);
    settle();
    entities();
    if (builder_.most_values() > kMaxStack)
      findings_.add(root_.at,
                    say("un valore è composto da troppi pezzi insieme (al massimo {})",
                        "a value is put together of too many pieces at once (at most {})", kMaxStack));
  }

 private:
  void version() {
    const auto* entry = root_.find("mapping");
    if (entry == nullptr)
      return findings_.add(root_.at, say("manca mapping: 1", "mapping: 1 is missing"),
                           say("è la versione di questa lingua, in testa al file",
                               "it is the version of this language, at the top of the file"));
    if (entry->value.text != "1")
      findings_.add(entry->value.at,
                    say("mapping: {} non si conosce", "mapping: {} is not known", shown(entry->value.text)),
                    say("questo hub legge mapping: 1", "this hub reads mapping: 1"));
  }

  void settle() {
    if (const auto* entry = root_.find("trim")) settled_.trim = read_trim(entry->value, findings_);
    if (const auto* entry = root_.find("empty")) {
      empty_words_ = read_words(entry->value, findings_);
      settled_.empty_words = &empty_words_;
    }
    const auto* tables = root_.find("tables");
    if (tables != nullptr && !tables->value.is_map())
      findings_.add(tables->value.at,
                    say("tables vuole i nomi delle tabelle", "tables wants the names of tables"));
    for (const auto& table :
         tables == nullptr ? std::span<const Entry>{} : std::span<const Entry>(tables->value.entries))
      settled_.tables.emplace(table.key, &table.value);
  }

  void entities() {
    const auto records = items_of("entities"), steps = items_of("steps"), rows = items_of("rows");
    if (records.empty() && steps.empty() && rows.empty()) return nothing_made();
    if (records.size() + steps.size() + rows.size() > kMaxEntities)
      return findings_.add(root_.at, say("un record può dare al massimo {} entità",
                                         "a record can make {} entities at most", kMaxEntities));
    if (program_.input.events ? !records.empty() || !steps.empty() : !rows.empty())
      findings_.add(
          root_.at,
          say("rows vuole input: {{format: events}}; entities e steps vogliono il file di un partner",
              "rows wants input: {{format: events}}; entities and steps want a partner's file"));
    for (const auto& item : records) announce(item);
    for (const auto& item : steps) announce_step(item);
    ValueCompiler values(builder_, findings_, settled_);
    for (std::size_t i = 0; i < known_.size(); ++i) {
      values.stands_below(i);
      EntityCompiler(values, builder_.entity(settled_.entities[i]), settled_.entities[i])
          .compile(*known_[i].schema, known_[i].entry);
    }
    for (const auto& item : rows) row(values, item);
  }

  void row(ValueCompiler& values, const Node& item) {
    if (item.is_map() && item.entries.size() == 1) return RowCompiler(values).compile(item.entries[0]);
    findings_.add(
        item.at, say("ogni voce di rows ha un solo file", "each item of rows has exactly one file"),
        say("per esempio - prenotazioni: e sotto columns", "for instance - bookings: and columns below it"));
  }

  [[nodiscard]] std::span<const Node> items_of(std::string_view word) {
    const auto* list = root_.find(word);
    if (list == nullptr) return {};
    if (!list->value.is_list() && word != "entities")
      findings_.add(list->value.at, say("{} vuole un elenco, ogni voce con un trattino",
                                        "{} wants a list, each item with a dash", word));
    return list->value.items;
  }

  void nothing_made() {
    const auto* list = root_.find("entities");
    findings_.add(
        list == nullptr ? root_.at : list->value.at,
        say("manca entities: l'elenco di ciò che si ricava da un record",
            "entities is missing: the list of what a record makes"),
        say("per esempio entities: [{{service: ...}}]", "for instance entities: [{{service: ...}}]"));
  }

  // Names first: a reference to something further down is told from one to nothing.
  void announce(const Node& item) {
    if (!item.is_map() || item.entries.size() != 1)
      return findings_.add(
          item.at, say("ogni voce di entities ha un solo tipo", "each item of entities has exactly one kind"),
          say("per esempio - service: e sotto i campi", "for instance - service: and its fields below"));
    Entry entry = item.entries[0];
    const Schema* schema = kind_of(entry);
    if (schema == nullptr) return;
    entry.value = EntityCompiler::spelt(*schema, entry.value, findings_);
    const auto* called = entry.value.find("called");
    const std::string name(called == nullptr ? schema->kind : read_name(*called, findings_));
    const bool twice = std::any_of(settled_.entities.begin(), settled_.entities.end(),
                                   [&](const OutEntity& other) { return other.called == name; });
    if (twice && entry.key == schema->kind)  // a misspelt kind may have been meant to be another
      findings_.add(called == nullptr ? entry.at : called->value.at,
                    say("c'è già un'entità «{}»", "there is an entity “{}” already", name),
                    say("darle un nome suo con called:", "give it a name of its own with called:"));
    settled_.entities.push_back({std::string(schema->kind), name, {}});
    known_.push_back({schema, std::move(entry)});
  }

  // "confirm" is a booking's; of an enquiry's it is said: "enquiry.answer".
  void announce_step(const Node& item) {
    if (!item.is_map() || item.entries.size() != 1)
      return findings_.add(
          item.at, say("ogni voce di steps ha un solo passo", "each item of steps has exactly one step"),
          say("per esempio - confirm: e sotto case", "for instance - confirm: and case below it"));
    Entry entry = item.entries[0];
    const auto type = command_of(entry);
    const auto* schema = schema_of_command(type);
    if (schema == nullptr) return;
    entry.value = EntityCompiler::spelt(*schema, entry.value, findings_);
    require_case(*schema, entry);
    settled_.entities.push_back({std::string(schema->kind), entry.key, type});
    known_.push_back({schema, std::move(entry)});
  }

  // The nearest step stands in for a misspelt one, which is a finding.
  std::string command_of(const Entry& entry) {
    const auto type_of = [](std::string_view step) {
      return (step.find('.') == std::string_view::npos ? "booking." : "") + std::string(step) + ".v1";
    };
    auto type = type_of(entry.key);
    if (schema_of_command(type) != nullptr) return type;
    findings_.add(entry.at,
                  say("«{}» non è un passo di una pratica", "“{}” is no step of a case", shown(entry.key)),
                  meant(entry.key, kSteps));
    return type_of(nearest(entry.key, kSteps));
  }

  // Which case: by the hub's number or by that of whoever asked; the only one that is mapped must be there.
  void require_case(const Schema& schema, Entry& entry) {
    if (!entry.value.is_map() || schema.find("case") == nullptr) return;
    const bool both = entry.value.find("case") != nullptr && entry.value.find("id") != nullptr;
    bool any = false;
    for (auto& field : entry.value.entries) {
      if (field.key != "case" && field.key != "id") continue;
      any = true;
      if (!both && field.value.is_map() && field.value.find("required") == nullptr)
        field.value.entries.push_back({"required", field.at, yes(field.at)});
    }
    if (!any)
      findings_.add(entry.at,
                    say("di quale pratica? manca case, o id", "of which case? case, or id, is missing"),
                    say("per esempio case: {{column: Pratica}}", "for instance case: {{column: Case}}"));
  }

  static Node yes(Position at) {
    Node node;
    node.kind = Node::Kind::kScalar;
    node.at = at;
    node.text = "true";
    return node;
  }

  // The nearest kind stands in for a misspelt one, which is a finding.
  const Schema* kind_of(const Entry& entry) {
    if (const Schema* schema = find_kind(entry.key)) return schema;
    std::vector<std::string_view> kinds;
    for (const auto* schema : catalogue_kinds()) kinds.push_back(schema->kind);
    findings_.add(entry.at,
                  say("«{}» non è un tipo di entità", "“{}” is not a kind of entity", shown(entry.key)),
                  meant(entry.key, kinds));
    return find_kind(nearest(entry.key, kinds));
  }

  struct Known {
    const Schema* schema;
    Entry entry;  // with its keys as they were meant
  };

  Node root_;
  Program& program_;
  Findings& findings_;
  Builder builder_;
  Settled settled_;
  Table empty_words_;
  std::vector<Known> known_;
};

}  // namespace

std::optional<Program> compile(std::string_view yaml, Findings& findings) {
  const auto root = parse(yaml, findings);
  if (!root || !findings.empty()) return std::nullopt;
  Program program;
  Compiler(*root, program, findings).compile();
  if (!findings.empty()) return std::nullopt;
  return program;
}

}  // namespace raccordo::mapping
