// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/compile_input.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "plugins/mapping/compile_formats.hpp"
#include "plugins/mapping/spelling.hpp"

namespace raccordo::mapping {
namespace {

struct FormatWord {
  std::string_view word;
  raccordo_format format;
};

constexpr std::array kFormats{
    FormatWord{"csv", RACCORDO_FORMAT_CSV}, FormatWord{"xlsx", RACCORDO_FORMAT_XLSX},
    FormatWord{"lines", RACCORDO_FORMAT_LINES}, FormatWord{"json", RACCORDO_FORMAT_JSON},
    FormatWord{"xml", RACCORDO_FORMAT_XML}};
constexpr std::array<std::string_view, 6> kFormatWords{"csv", "xlsx", "lines", "json", "xml", "events"};
constexpr std::array<std::string_view, 7> kEncodings{"utf-8",  "windows-1252", "iso-8859-1", "iso-8859-15",
                                                     "utf-16", "utf-16le",     "utf-16be"};

constexpr std::array<std::string_view, 7> kInputWords{"format",     "separator",   "encoding", "sheet",
                                                      "header_row", "header_rows", "path"};
constexpr std::array<std::string_view, 5> kCsvWords{"format", "separator", "encoding", "header_row",
                                                    "header_rows"};
constexpr std::array<std::string_view, 4> kXlsxWords{"format", "sheet", "header_row", "header_rows"};
constexpr std::array<std::string_view, 2> kLinesWords{"format", "encoding"};
constexpr std::array<std::string_view, 1> kEventWords{"format"};
constexpr std::array<std::string_view, 3> kTreeWords{"format", "path", "encoding"};

std::span<const std::string_view> words_of(raccordo_format format) {
  if (format == RACCORDO_FORMAT_CSV) return kCsvWords;
  if (format == RACCORDO_FORMAT_XLSX) return kXlsxWords;
  if (format == RACCORDO_FORMAT_LINES) return kLinesWords;
  return kTreeWords;
}

class InputReader {
 public:
  InputReader(Node input, Findings& findings) : input_(std::move(input)), findings_(findings) {}

  InputForm read() {
    if (input_.find("format") == nullptr) input_ = spelt(input_, kInputWords, {"input", "input"}, findings_);
    format();
    if (out_.events)
      input_ = spelt(input_, kEventWords, {"input per gli eventi", "input for events"}, findings_);
    if (out_.format == RACCORDO_FORMAT_NONE) return out_;
    input_ = spelt(input_, words_of(out_.format), {"input per questo formato", "input for this format"},
                   findings_);
    if (const auto* entry = input_.find("separator")) separator(*entry);
    if (const auto* entry = input_.find("encoding")) encoding(*entry);
    if (const auto* entry = input_.find("sheet")) out_.sheet = read_name(*entry, findings_);
    if (const auto* entry = input_.find("path")) out_.path = read_name(*entry, findings_);
    if (const auto* entry = input_.find("header_row")) out_.header_row = row(*entry, 0, 1'000);
    if (const auto* entry = input_.find("header_rows")) out_.header_rows = row(*entry, 1, 10);
    if (out_.xml()) check_xml_path();
    return out_;
  }

 private:
  void format() {
    const auto* entry = input_.find("format");
    if (entry == nullptr)
      return findings_.add(
          input_.at, say("in input manca format", "input lacks format"),
          say("uno tra csv, xlsx, lines, json, xml, events", "one of csv, xlsx, lines, json, xml, events"));
    const auto word = read_name(*entry, findings_);
    out_.events = word == "events";
    if (out_.events) return;
    const auto known =
        std::find_if(kFormats.begin(), kFormats.end(), [&](const FormatWord& f) { return f.word == word; });
    if (known != kFormats.end())
      out_.format = known->format;
    else if (!word.empty())
      findings_.add(entry->value.at, say("«{}» non è un formato", "“{}” is not a format", shown(word)),
                    meant(word, kFormatWords));
  }

  void separator(const Entry& entry) {
    const auto& text = entry.value.text;
    if (text == "tab" || text == "\\t")
      out_.separator.assign(1, '\t');
    else if (entry.value.is_scalar() && text.size() == 1 && text[0] != '"' && text[0] != '\n' &&
             text[0] != '\r')
      out_.separator = text;
    else
      findings_.add(entry.value.at, say("separator vuole un solo carattere tra virgolette, oppure tab",
                                        "separator wants one character in quotes, or tab"));
  }

  void encoding(const Entry& entry) {
    const auto word = read_name(entry, findings_);
    if (std::find(kEncodings.begin(), kEncodings.end(), word) != kEncodings.end())
      out_.encoding = word;
    else if (!word.empty())
      findings_.add(entry.value.at,
                    say("la codifica «{}» non si conosce", "the encoding “{}” is not known", shown(word)),
                    meant(word, kEncodings));
  }

  std::uint32_t row(const Entry& entry, std::uint32_t least, std::uint32_t most) {
    const auto& text = entry.value.text;
    std::uint32_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code == std::errc{} && end == text.data() + text.size() && !text.empty() && value >= least &&
        value <= most)
      return value;
    findings_.add(entry.value.at, say("{} vuole un numero da {} a {}", "{} wants a number from {} to {}",
                                      entry.key, least, most));
    return 1;
  }

  void check_xml_path() {
    const auto* entry = input_.find("path");
    if (entry != nullptr && (out_.path.empty() || out_.path.starts_with('/'))) return;
    findings_.add(entry == nullptr ? input_.at : entry->value.at,
                  say("per xml serve path, dalla radice all'elemento che si ripete",
                      "xml needs path, from the root to the element that repeats"),
                  say("per esempio path: /registro/servizio", "for instance path: /register/service"));
  }

  Node input_;
  Findings& findings_;
  InputForm out_;
};

}  // namespace

InputForm read_input(const Node& root, Findings& findings) {
  const auto* entry = root.find("input");
  if (entry == nullptr) {
    findings.add(root.at,
                 say("manca input: come è fatto il file del partner",
                     "input is missing: what the partner's file is like"),
                 say("per esempio input: {{format: csv}}", "for instance input: {{format: csv}}"));
    return {};
  }
  if (!entry->value.is_map()) {
    findings.add(entry->value.at, say("input vuole le sue voci, per esempio {{format: csv}}",
                                      "input wants its entries, for instance {{format: csv}}"));
    return {};
  }
  return InputReader(entry->value, findings).read();
}

}  // namespace raccordo::mapping
