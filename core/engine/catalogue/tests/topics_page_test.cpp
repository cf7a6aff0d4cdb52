// SPDX-License-Identifier: EUPL-1.2
// docs/reference/topics.md says what the code declares; RACCORDO_REFERENCE=write writes it anew.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "core/engine/catalogue/topics.hpp"
#include "raccordo/model/envelope.hpp"
#include "raccordo/model/schema.hpp"
#include "raccordo/model/validate.hpp"

namespace raccordo {
namespace {

constexpr std::string_view kAbout =
    R"(# Gli argomenti della dorsale / Topics of the backbone

Fatto dal codice con `RACCORDO_REFERENCE=write` e `catalogue_test`. / Made from the code by the same test.

Il nome intero è `welfare.` e il nome; le configurazioni e `raccordo events` scrivono il nome. / The full name is `welfare.` and
the name; configurations and `raccordo events` write the name.

)";

constexpr std::string_view kKeys = R"(
**Che cosa resta / What is kept.** Di un argomento *compatto* resta l'ultimo messaggio di ogni chiave; una cancellazione resta leggibile per
`backbone.embedded.keep_deleted`, poi scompare con la sua chiave. Degli altri resta tutto. / Of a *compacted* topic the last message of
each key is kept; a deletion stays readable for `backbone.embedded.keep_deleted`, then goes with its key. Of the others all is kept.

**La chiave / The key** è l'identificativo canonico di ciò che una fonte dichiara: UUIDv5(UUIDv5(URL, `urn:raccordo:<hub>:<connettore>`), tipo + LF +
identificativo del partner). Due fonti non hanno mai la stessa chiave. / is the canonical id of what one source states: UUIDv5(UUIDv5(URL,
`urn:raccordo:<hub>:<connector>`), kind + LF + the partner's id). No two sources share a key.

**Il valore / The value** è un evento CloudEvents 1.0 in JSON (`application/cloudevents+json`); `data` è l'entità ([il modello](model.md)). `revision` è il
numero della lettura che l'ha cambiata; `id` è calcolato da chiave, revisione e contenuto, lo stesso se lo si pubblica di nuovo. / is a
CloudEvents 1.0 event in JSON; `data` is the entity ([the model](model.md)). `revision` is the number of the reading that changed it;
`id` is computed from key, revision and content, and the same when it is published again.

)";

// The kinds of entities that stand in a topic; none: nothing is published there by this version.
std::string kinds_of(std::string_view topic) {
  std::string kinds;
  for (const auto lane : {catalogue_kinds(), case_kinds()})
    for (const auto* schema : lane)
      if (full_topic("", schema->topic) == topic)
        kinds += fmt::format("{}`{}` {} / {}", kinds.empty() ? "" : ", ", schema->kind, schema->label.it,
                             schema->label.en);
  return kinds.empty() ? "ancora niente / nothing yet" : kinds;
}

std::string table() {
  std::string out = "| argomento / topic | contiene / holds | resta / kept |\n| --- | --- | --- |\n";
  for (const auto& topic : all_topics(""))
    out += fmt::format("| `{}` | {} | {} |\n", topic.name.substr(full_topic("", "").size()),
                       kinds_of(topic.name), topic.compacted ? "compatto / compacted" : "tutto / all of it");
  return out;
}

std::string examples() {
  Validator validator;
  StatementKeys keys(statement_space("valle-demo", "albo"));
  std::string data, changed, deleted;
  std::vector<DroppedField> dropped;
  const auto entity =
      validator.validate("capacity", R"({"available":3,"id":"nido-7:posti","service":"nido-7","total":24})",
                         keys, data, dropped);
  if (!entity) return "no example";
  EventWriter writer("valle-demo", "albo");
  writer.set_time(1'772'352'930'000);
  writer.changed(*entity, 4, "", changed);
  writer.deleted(*entity->schema, entity->key, entity->source_id, 5, "", deleted);
  return fmt::format(
      "Cambiato / changed:\n\n```json\n{}\n```\n\nCancellato / deleted (poi un messaggio senza valore / then "
      "a message "
      "without value):\n\n```json\n{}\n```\n",
      changed, deleted);
}

TEST(TopicsPage, says_what_the_code_declares) {
  const auto page = std::string(kAbout) + table() + std::string(kKeys) + examples();
  const std::string path = RACCORDO_REFERENCE_FOLDER "/topics.md";
  const char* write = std::getenv("RACCORDO_REFERENCE");
  if (write != nullptr && std::string(write) == "write") std::ofstream(path, std::ios::binary) << page;
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  EXPECT_TRUE(content.str() == page) << path << " is stale: RACCORDO_REFERENCE=write and this test";
}

}  // namespace
}  // namespace raccordo
