// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/shared_strings.hpp"

#include <charconv>

#include "core/framing/text_reader.hpp"
#include "core/framing/xml_token.hpp"

namespace raccordo {
namespace {

Error corrupt() {
  return error(ErrorCode::kCorrupt, say("i testi condivisi della cartella di lavoro sono rotti",
                                        "the shared texts of the workbook are broken"));
}

void append_reference(std::string_view name, std::string& out) {
  if (name == "amp") out += '&';
  if (name == "lt") out += '<';
  if (name == "gt") out += '>';
  if (name == "quot") out += '"';
  if (name == "apos") out += '\'';
  if (!name.starts_with('#')) return;
  const bool hex = name.size() > 1 && name[1] == 'x';
  std::uint32_t code = 0;
  std::from_chars(name.data() + (hex ? 2 : 1), name.data() + name.size(), code, hex ? 16 : 10);
  append_code_point(code, out);
}

// Follows the elements of xl/sharedStrings.xml: <si>, the <t> in it, <rPh> (how it is pronounced) left out.
class Follower {
 public:
  Follower(std::string& bytes, std::vector<std::uint32_t>& ends) : bytes_(bytes), ends_(ends) {}

  void follow(const XmlToken& token, std::string_view text) {
    const auto name = local_name(token.name);
    if (token.kind == XmlKind::kStart && name == "rPh") ++pronounced_;
    if (token.kind == XmlKind::kEnd && name == "rPh" && pronounced_ > 0) --pronounced_;
    if (name == "t") in_text_ = token.kind == XmlKind::kStart && pronounced_ == 0;
    const bool ended = token.kind == XmlKind::kEnd || token.kind == XmlKind::kEmpty;
    if (ended && name == "si") ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    if (!in_text_) return;
    if (token.kind == XmlKind::kText) append_cell_text(text, bytes_);
    if (token.kind == XmlKind::kCdata) append_unescaped_cell(text.substr(9, text.size() - 12), bytes_);
  }

 private:
  std::string& bytes_;
  std::vector<std::uint32_t>& ends_;
  int pronounced_ = 0;
  bool in_text_ = false;
};

}  // namespace

void append_unescaped_cell(std::string_view text, std::string& out) {
  for (auto at = text.find("_x"); at != text.npos; at = text.find("_x")) {
    std::uint32_t code = 0;
    const bool escape =
        text.size() >= at + 7 && text[at + 6] == '_' &&
        std::from_chars(text.data() + at + 2, text.data() + at + 6, code, 16).ptr == text.data() + at + 6;
    out.append(text, 0, escape ? at : at + 2);
    const bool character =
        code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && !(code >= 0xD800 && code < 0xE000));
    if (escape && character) append_code_point(code, out);
    text.remove_prefix(at + (escape ? 7 : 2));
  }
  out.append(text);
}

void append_cell_text(std::string_view xml, std::string& out) {
  if (xml.find('&') == xml.npos) return append_unescaped_cell(xml, out);
  std::string plain;
  for (std::size_t i = 0; i < xml.size(); ++i) {
    const auto end = xml[i] == '&' ? xml.find(';', i) : xml.npos;
    if (end == xml.npos) {
      plain += xml[i];
      continue;
    }
    append_reference(xml.substr(i + 1, end - i - 1), plain);
    i = end;
  }
  append_unescaped_cell(plain, out);
}

Status SharedStrings::read(const ByteFile& part, const FramingLimits& limits) {
  TextReader reader(part, {});
  Follower follower(bytes_, ends_);
  std::vector<std::string_view> names;
  for (;;) {
    RACCORDO_CHECK(reader.ensure(1));
    const auto bytes = reader.unread();
    if (bytes.empty()) return done();
    const auto token = cut_xml_token(bytes, reader.at_end(), limits, names);
    const bool torn_text = token.kind == XmlKind::kText && token.size == bytes.size() && !reader.at_end();
    if (token.end == CutEnd::kFault) return corrupt();
    if (token.end == CutEnd::kUnfinished || torn_text) {
      if (bytes.size() > limits.max_record_bytes) return corrupt();
      RACCORDO_CHECK(reader.more());
      continue;
    }
    follower.follow(token, bytes.substr(0, token.size));
    if (bytes_.size() + ends_.size() * sizeof(std::uint32_t) > limits.max_shared_strings_bytes)
      return error(ErrorCode::kTooLarge,
                   say("i testi condivisi superano {} byte", "the shared texts are larger than {} bytes",
                       limits.max_shared_strings_bytes));
    reader.consume(token.size);
  }
}

std::string_view SharedStrings::at(std::size_t index) const {
  const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(bytes_).substr(begin, ends_[index] - begin);
}

}  // namespace raccordo
