// SPDX-License-Identifier: EUPL-1.2
// What a person is told of a value that is missing or cannot be read. Never the value itself, which may say
// something about a person: that stands in the log, at debug level, and with the parked record.
#include "plugins/mapping/execution.hpp"
#include "plugins/mapping/finding.hpp"

namespace raccordo::mapping {
namespace {

std::string_view code_of(int trouble) {
  constexpr std::string_view kCodes[] = {"missing",     "not_a_number",  "not_whole",
                                         "too_large",   "not_a_date",    "not_in_table",
                                         "not_a_value", "id_incomplete", "wrong_type"};
  return kCodes[trouble];
}

}  // namespace

std::string_view Execution::source_name(std::uint16_t source, const OutField& field) const {
  return source < program_.sources.size() ? std::string_view(program_.sources[source])
                                          : std::string_view(field.path);
}

void Execution::reject_missing_column(Statements& statements) {
  const auto& wanted = program_.columns[columns_.first_missing()];
  Text text = say("il file non ha la colonna «{}»", "the file has no column “{}”", wanted);
  if (const auto near = columns_.nearest_to_missing(); !near.empty()) {
    const auto hint = say(": forse «{}»?", ": did you mean “{}”?", near);
    text.it += hint.it;
    text.en += hint.en;
  }
  statements.reject("column_missing", wanted, text);
}

bool Execution::without(const Value& value, const OutField& field, Presence presence,
                        Statements& statements) {
  const bool unreadable = value.holds == Holds::kUnreadable;
  if (presence == Presence::kRequired) {
    if (unreadable)
      tell(field, true, statements);
    else
      reject_empty(value, field, statements);
    return false;
  }
  if (unreadable) tell(field, false, statements);
  if (presence == Presence::kNeeded && open_count_ != 0) open_[open_count_ - 1].dropped = true;
  return true;
}

void Execution::reject_empty(const Value& value, const OutField& field, Statements& statements) {
  const auto name = source_name(value.source, field);
  statements.reject(
      code_of(0), name,
      say("«{0}» è vuoto, ma serve per {1}", "“{0}” is empty, but {1} needs it", name, field.path));
}

void Execution::tell(const OutField& field, bool rejected, Statements& statements) {
  const auto name = source_name(failure_.source, field);
  const auto code = code_of(static_cast<int>(failure_.trouble));
  const auto text = words(failure_, field);
  if (!failure_.value.empty())
    statements.debug(fmt::format("{}: {}: \"{}\"", name, code, shown(failure_.value)));
  if (rejected)
    statements.reject(code, name, text);
  else
    statements.finding(code, name, text);
  failure_ = {};
}

Text Execution::words(const Failure& failure, const OutField& field) const {
  switch (failure.trouble) {
    case Trouble::kNotANumber:
      return say("per {} non è un numero come {}", "for {} it is not a number such as {}", field.path,
                 example(program_.numbers[failure.table], static_cast<NumberKind>(failure.mode)));
    case Trouble::kNotWhole:
      return say("per {} serve un numero intero", "{} wants a whole number", field.path);
    case Trouble::kTooLarge:
      return say("per {} è un numero troppo grande", "for {} it is too large a number", field.path);
    case Trouble::kNotADate:
      return say("per {} non è una data nella forma {}", "for {} it is not a date in the form {}", field.path,
                 program_.dates[failure.table].written);
    case Trouble::kNotInTable: {
      const auto& name = program_.tables[failure.table].name;
      if (name.empty())
        return say("il valore non è nella tabella di {}", "the value is not in the table of {}", field.path);
      return say("per {0} il valore non è nella tabella «{1}»", "for {0} the value is not in the table “{1}”",
                 field.path, name);
    }
    case Trouble::kNotAValue:
      return say("per {} serve un valore, qui c'è un elenco o un oggetto",
                 "{} wants one value, here stands a list or an object", field.path);
    case Trouble::kEmptyPart:
      return say("è vuoto, ma è parte di {}", "it is empty, but it is a part of {}", field.path);
    case Trouble::kNeedsNumber:
      return say("per {} serve un altro tipo di valore", "{} wants another type of value", field.path);
    case Trouble::kNone:
      break;
  }
  return say("per {} non si legge", "for {} it cannot be read", field.path);
}

}  // namespace raccordo::mapping
