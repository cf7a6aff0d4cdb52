// SPDX-License-Identifier: EUPL-1.2
#include "raccordo/model/envelope.hpp"
#include "raccordo/model/json.hpp"
#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {
namespace {

void must_be_canonical(std::string_view json) {
  const auto again = json::canonical(json);
  must(again.ok() && *again == json, "what is published is not canonical");
}

void check_event(const ValidEntity& entity) {
  static EventWriter writer("valle-demo", "albo");
  writer.set_time(1'767'268'800'123);
  std::string written, unescaped;
  writer.changed(entity, 7, "", written);
  const auto read = read_event(written, unescaped);
  must(read.ok() && read->data == entity.data && read->kind == entity.schema->kind,
       "our own event is refused");
}

}  // namespace

// A line with the kind, then what a plugin states.
void entity(std::string_view bytes) {
  static Validator validator;
  const auto [kind, json] = cut_at(bytes, "\n");
  StatementKeys keys{statement_space("valle-demo", "albo")};
  std::string out, again;
  std::vector<DroppedField> dropped;
  const auto valid = validator.validate(kind, json, keys, out, dropped);
  if (!valid) {
    must(out.empty() && dropped.empty(), "a refused entity leaves something behind");
    must(!validator.refusal().code.empty() && !validator.refusal().text.it.empty(), "refused without words");
    return;
  }
  must(out.size() <= 2 * kMaxEntityBytes, "an entity grows");
  must(dropped.size() <= kMaxDropped + 1, "too many findings");
  must_be_canonical(valid->data);
  const auto hash = valid->hash;
  check_event(*valid);
  must(validator.validate(kind, json, keys, again, dropped)->hash == hash && again == out,
       "not the same again");
}

void event(std::string_view bytes) {
  std::string unescaped;
  const auto event = read_event(bytes, unescaped);
  if (!event.ok()) return must(!event.error().message.it.empty(), "refused without words");
  must(!event->id.empty() && !event->source.empty() && !event->type.empty(),
       "an event without its attributes");
  must(json::is_utf8(event->id) && json::is_utf8(event->subject) && json::is_utf8(event->data),
       "broken text");
}

void canonical_json(std::string_view bytes) {
  const auto once = json::canonical(bytes);
  if (once.ok()) must_be_canonical(*once);
}

}  // namespace raccordo::fuzz
