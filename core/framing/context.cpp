// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/context.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

constexpr std::array<std::string_view, 7> kFormats{"none", "csv", "xlsx", "lines", "json", "xml", "document"};

Error unreadable() {
  return error(ErrorCode::kInvalid, say("il contesto del record accantonato non è leggibile",
                                        "the context of the parked record cannot be read"));
}

}  // namespace

std::string write_context(const Context& context) {
  // A document's original is the file; other originals of UTF-16 files are kept as UTF-8.
  const bool kept = context.format == Format::kDocument || !is_utf16(context.encoding);
  const auto encoding = kept ? context.encoding : Encoding::kUtf8;
  std::string out = R"({"format":")";
  out += kFormats[static_cast<std::size_t>(context.format)];
  out += R"(","encoding":")";
  out += name_of(encoding);
  out += '"';
  if (context.format == Format::kCsv) {
    out += R"(,"separator":)";
    json::append_string({&context.separator, 1}, out);
    out += R"(,"line_break":)";
    json::append_string({&context.line_break, 1}, out);
  }
  if (is_rows(context.format)) {
    out += R"(,"columns":[)";
    for (const auto& column : context.columns) {
      if (out.back() != '[') out += ',';
      json::append_string(column, out);
    }
    out += ']';
  }
  return out += '}';
}

Result<Context> read_context(std::string_view text) try {
  const auto parsed = nlohmann::json::parse(text);
  Context context;
  const auto format = parsed.at("format").get<std::string>();
  for (std::size_t i = 0; i < kFormats.size(); ++i)
    if (kFormats[i] == format) context.format = static_cast<Format>(i);
  const auto encoding = encoding_named(parsed.at("encoding").get<std::string>());
  if (!encoding || context.format == Format::kNone) return unreadable();
  context.encoding = *encoding;
  context.separator = parsed.value("separator", std::string(",")).at(0);
  context.line_break = parsed.value("line_break", std::string("\n")).at(0);
  context.columns = parsed.value("columns", std::vector<std::string>{});
  return context;
} catch (const std::exception&) {
  return unreadable();
}

}  // namespace raccordo
