// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/shared_strings.hpp"

#include "core/framing/cell_text.hpp"
#include "core/framing/text_reader.hpp"
#include "core/framing/xml_token.hpp"

namespace raccordo {
namespace {

Error corrupt() {
  return error(ErrorCode::kCorrupt, say("i testi condivisi della cartella di lavoro sono rotti",
                                        "the shared texts of the workbook are broken"));
}

Error too_many(std::size_t limit) {
  return error(
      ErrorCode::kTooLarge,
      say("i testi condivisi dalle celle superano {} byte: salvare il foglio come CSV, o dividerlo",
          "the texts that cells share are larger than {} bytes: save the sheet as CSV, or split it", limit));
}

// Follows the elements of xl/sharedStrings.xml: <si>, the <t> in it, <rPh> (how it is pronounced) left out.
class Follower {
 public:
  // True: an <si> ended, and its text is whole.
  bool follow(const XmlToken& token, std::string_view xml) {
    const auto name = local_name(token.name);
    if (token.kind == XmlKind::kStart && name == "rPh") ++pronounced_;
    if (token.kind == XmlKind::kEnd && name == "rPh" && pronounced_ > 0) --pronounced_;
    if (name == "t") in_text_ = token.kind == XmlKind::kStart && pronounced_ == 0;
    if (in_text_) append(token, xml);
    return (token.kind == XmlKind::kEnd || token.kind == XmlKind::kEmpty) && name == "si";
  }
  [[nodiscard]] std::string& text() { return text_; }

 private:
  void append(const XmlToken& token, std::string_view xml) {
    const auto before = text_.size();
    if (token.kind == XmlKind::kText) append_xml_text(xml, text_);
    if (token.kind == XmlKind::kCdata) text_.append(xml.substr(9, xml.size() - 12));
    unescape_cell(text_, before);
  }

  std::string text_;
  int pronounced_ = 0;
  bool in_text_ = false;
};

}  // namespace

Status SharedStrings::read(const ByteFile& part, const FramingLimits& limits) {
  TextReader reader(part, {}, TextReader::kPlacesNotAsked);
  Follower follower;
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
    const bool whole = follower.follow(token, bytes.substr(0, token.size));
    const auto held =
        bytes_.bytes() + ends_.bytes() + follower.text().size() + (whole ? sizeof(ends_[0]) : 0);
    if (held > limits.max_shared_strings_bytes) return too_many(limits.max_shared_strings_bytes);
    if (whole) add(follower.text());
    reader.consume(token.size);
  }
}

void SharedStrings::add(std::string& text) {
  bytes_.append(text.data(), text.size());
  const auto end = static_cast<std::uint32_t>(bytes_.size());
  ends_.append(&end, 1);
  text.clear();
}

std::string_view SharedStrings::at(std::size_t index) const {
  const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
  return {bytes_.data() + begin, ends_[index] - begin};
}

}  // namespace raccordo
