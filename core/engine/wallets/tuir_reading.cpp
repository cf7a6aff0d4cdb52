// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <charconv>
#include <chrono>

#include "core/engine/config/suggestion.hpp"
#include "core/engine/config/yaml_document.hpp"
#include "core/engine/wallets/amount.hpp"
#include "core/engine/wallets/tuir.hpp"
#include "raccordo/model/envelope.hpp"
#include "raccordo/model/field_checks.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo::wallets {
namespace {

std::vector<std::string_view> codes_of(std::string_view list) {
  std::vector<std::string_view> codes;
  for (const auto& code : code_list(list)) codes.push_back(code.code);
  return codes;
}

std::string day_after(std::string_view date) {
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    std::from_chars(date.data() + at, date.data() + at + size, value);
    return value;
  };
  using namespace std::chrono;
  const year_month_day day{year(number(0, 4)), month(static_cast<unsigned>(number(5, 2))),
                           std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  const auto next = sys_days(day) + days(1);
  return utc_text(duration_cast<milliseconds>(next.time_since_epoch()).count()).substr(0, 10);
}

class TuirReading {
 public:
  TuirReading(const std::string& file, ConfigurationFindings& findings) : file_(file), findings_(findings) {}

  Tuir read(const YamlNode& root) {
    static constexpr std::string_view kKnown[] = {"tuir", "letters", "ceilings"};
    const auto* const version = entry(root, "tuir", kKnown);
    if (version == nullptr || version->text != "1")
      find(version == nullptr ? root : *version, say("manca tuir: 1", "tuir: 1 is missing"));
    Tuir tuir;
    if (const auto* letters = entry(root, "letters")) read_letters(*letters, tuir);
    if (const auto* ceilings = entry(root, "ceilings")) read_ceilings(*ceilings, tuir);
    return tuir;
  }

 private:
  struct Placed {
    Ceiling ceiling;
    const YamlNode* at;
  };

  void find(const YamlNode& at, Text what, Text hint = {}) {
    findings_.push_back({{file_, at.line, at.column}, std::move(what), std::move(hint)});
  }

  // The value of a key; all keys are among `known`, each once.
  const YamlNode* entry(const YamlNode& map, std::string_view name,
                        std::span<const std::string_view> known = {}) {
    const YamlNode* found = nullptr;
    for (const auto& [key, value] : map.entries) {
      if (!known.empty() && std::find(known.begin(), known.end(), key.text) == known.end())
        find(key, say("non si conosce «{}»", "\"{}\" is not known", key.text), suggestion(key.text, known));
      if (key.text != name) continue;
      if (found != nullptr) find(key, say("«{}» c'è due volte", "\"{}\" stands twice", name));
      found = &value;
    }
    return found;
  }

  std::string text(const YamlNode& map, std::string_view name, bool required = true) {
    const auto* const value = entry(map, name);
    if (value != nullptr && value->kind == YamlNode::Kind::kScalar) return value->text;
    if (value != nullptr || required)
      find(value == nullptr ? map : *value,
           say("«{}» manca o non è un testo", "\"{}\" is missing, or no text", name));
    return {};
  }

  std::string code(const YamlNode& at, const std::string& value, std::string_view list) {
    const auto codes = codes_of(list);
    if (std::find(codes.begin(), codes.end(), value) == codes.end())
      find(at, say("«{}» non è tra i codici {}", "\"{}\" is no code of {}", value, list),
           suggestion(value, codes));
    return value;
  }

  std::string date(const YamlNode& map, std::string_view name, bool required) {
    const auto* const value = entry(map, name);
    if (value == nullptr && !required) return {};
    auto written = text(map, name);
    if (value != nullptr && !is_date(written))
      find(*value, say("«{}» non è una data aaaa-mm-gg", "\"{}\" is no date yyyy-mm-dd", written));
    return written;
  }

  // "258.23": always with cents.
  std::optional<std::int64_t> euro(const YamlNode& map, std::string_view name, bool required) {
    const auto* const value = entry(map, name);
    if (value == nullptr && !required) return std::nullopt;
    auto written = text(map, name);
    const auto point = written.find('.');
    const bool cents = point != std::string::npos && written.size() == point + 3;
    if (cents) written[point] = ',';
    const auto read = cents ? read_euro(written) : std::nullopt;
    if (!read && value != nullptr)
      find(*value,
           say("«{}» non sono euro con i centesimi", "\"{}\" is no amount in euro and cents", value->text),
           say("scrivere ad esempio 258.23", "write 258.23, for instance"));
    return read;
  }

  void read_letters(const YamlNode& letters, Tuir& tuir) {
    static constexpr std::string_view kKnown[] = {"relations", "dependent", "source"};
    for (const auto& [key, value] : letters.entries) {
      LetterRule rule;
      rule.letter = code(key, key.text, "tuir_letter");
      for (const auto& known : tuir.letters)
        if (known.letter == rule.letter)
          find(key, say("«{}» c'è due volte", "\"{}\" stands twice", rule.letter));
      const auto* const relations = entry(value, "relations", kKnown);
      if (relations == nullptr || relations->items.empty())
        find(value, say("manca per chi vale: relations", "it is missing for whom it is: relations"));
      else
        for (const auto& item : relations->items) rule.relations.push_back(code(item, item.text, "relation"));
      if (const auto* dependent = entry(value, "dependent")) {
        rule.dependent = dependent->text == "true";
        if (!rule.dependent && dependent->text != "false")
          find(*dependent, say("dependent è true o false", "dependent is true or false"));
      }
      rule.source = text(value, "source");
      tuir.letters.push_back(std::move(rule));
    }
  }

  void read_ceilings(const YamlNode& list, Tuir& tuir) {
    static constexpr std::string_view kKnown[] = {"letter", "from", "to", "euro", "with_dependent_children",
                                                  "source"};
    std::vector<Placed> placed;
    const auto before = findings_.size();
    for (const auto& item : list.items) {
      Ceiling ceiling;
      const auto* const letter = entry(item, "letter", kKnown);
      ceiling.letter = code(letter == nullptr ? item : *letter, text(item, "letter"), "tuir_letter");
      ceiling.from = date(item, "from", true);
      ceiling.to = date(item, "to", false);
      ceiling.cents = euro(item, "euro", true).value_or(0);
      ceiling.with_children = euro(item, "with_dependent_children", false);
      ceiling.source = text(item, "source");
      if (!ceiling.to.empty() && ceiling.to < ceiling.from)
        find(item, say("finisce il {}, prima di cominciare il {}", "it ends on {}, before it begins on {}",
                       ceiling.to, ceiling.from));
      placed.push_back({std::move(ceiling), &item});
    }
    if (findings_.size() == before) check_days(placed);
    for (auto& one : placed) tuir.ceilings.push_back(std::move(one.ceiling));
  }

  // No day of a letter stands in two rows, and from the first one on none stands in no row.
  void check_days(std::vector<Placed>& placed) {
    std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
      return std::tie(a.ceiling.letter, a.ceiling.from) < std::tie(b.ceiling.letter, b.ceiling.from);
    });
    for (std::size_t i = 0; i < placed.size(); ++i) {
      const auto& [row, at] = placed[i];
      const bool last = i + 1 == placed.size() || placed[i + 1].ceiling.letter != row.letter;
      if (last && !row.to.empty())
        find(*at,
             say("dopo il {} manca la soglia per {}", "behind {} there is no ceiling for {}", row.to,
                 row.letter),
             say("togliere `to` dall'ultima riga, o aggiungere quella che segue",
                 "leave out `to` in the last row, or add the one that follows"));
      if (last) continue;
      const auto& next = placed[i + 1];
      if (row.to.empty() || next.ceiling.from <= row.to)
        find(*next.at, say("il {} c'è già la soglia della riga {}",
                           "on {} the ceiling of line {} holds already", next.ceiling.from, at->line));
      else if (next.ceiling.from != day_after(row.to))
        find(*next.at,
             say("tra il {} e il {} manca la soglia per {}", "between {} and {} there is no ceiling for {}",
                 row.to, next.ceiling.from, row.letter));
    }
  }

  const std::string& file_;
  ConfigurationFindings& findings_;
};

}  // namespace

std::optional<Tuir> read_tuir(const std::string& file, std::string_view text,
                              ConfigurationFindings& findings) {
  ConfigurationFindings found;
  std::optional<Tuir> tuir;
  if (const auto root = parse_yaml(file, text, found)) tuir = TuirReading(file, found).read(*root);
  sort_by_position(found);
  if (!found.empty()) tuir.reset();
  findings.insert(findings.end(), found.begin(), found.end());
  return tuir;
}

}  // namespace raccordo::wallets
