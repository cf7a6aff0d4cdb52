// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/xml_framer.hpp"

#include <algorithm>

#include "core/framing/context.hpp"
#include "core/framing/xml_encoding.hpp"
#include "core/framing/xml_skip.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> parts;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (!path.empty()) {
    const auto slash = std::min(path.find('/'), path.size());
    parts.emplace_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  if (parts.empty()) parts.emplace_back("*");
  return parts;
}

bool is_skipped(XmlKind kind) {
  return kind == XmlKind::kComment || kind == XmlKind::kCdata || kind == XmlKind::kInstruction;
}

Fault truncated() { return {"truncated", say("il file finisce a metà", "the file ends in the middle"), 0}; }

// A file that says what it is not cannot be read at all.
class UnknownEncoding final : public RecordFramer {
 public:
  UnknownEncoding(const ByteFile& file, const FramingLimits& limits, std::string name)
      : RecordFramer(Format::kXml, file.name(), limits), file_(file), name_(std::move(name)) {}
  Mark mark() const override { return {0, 1, records(), 0}; }
  std::string context() const override { return write_context({Format::kXml}); }
  std::uint64_t position() const override { return 0; }
  std::vector<FramingFinding> findings() const override { return {}; }

 protected:
  Result<bool> next(InputBatch&, std::vector<Malformed>& malformed) override {
    if (said_) return false;
    said_ = true;
    malformed.push_back(whole_file_malformed(
        file_,
        {"invalid_encoding",
         say("il file dichiara la codifica \"{}\", che non è tra quelle lette",
             "the file declares the encoding \"{}\", which is not among those read", name_)},
        limits_));
    return true;
  }

 private:
  const ByteFile& file_;
  std::string name_;
  bool said_ = false;
};

}  // namespace

XmlFramer::XmlFramer(std::vector<std::string> parts, const ByteFile& file, const FoundEncoding& encoding,
                     const FramingLimits& limits)
    : TextFramer(Format::kXml, file, encoding, limits), element_(limits), parts_(std::move(parts)) {}

Result<std::unique_ptr<Framer>> XmlFramer::open(const Framing& framing, const ByteFile& file,
                                                const FramingLimits& limits) {
  auto parts = split(framing.path);
  if (std::find(parts.begin(), parts.end(), "") != parts.end())
    return error(
        ErrorCode::kInvalid, say("\"{}\" non è un percorso XML", "\"{}\" is no XML path", framing.path),
        say("nomi separati da barre: /registro/servizio", "names separated by slashes: /register/service"));
  std::string unknown;
  RACCORDO_TRY(const FoundEncoding encoding, find_xml_encoding(file, framing.encoding, unknown));
  if (!unknown.empty()) return std::unique_ptr<Framer>(new UnknownEncoding(file, limits, unknown));
  return std::unique_ptr<Framer>(new XmlFramer(std::move(parts), file, encoding, limits));
}

Result<bool> XmlFramer::next(InputBatch& batch, std::vector<Malformed>& malformed) {
  while (!ended_) {
    const std::size_t before = batch.items.size();
    RACCORDO_TRY(auto fault, step(batch));
    if (fault) {
      malformed.push_back(std::move(*fault));
      return true;
    }
    if (batch.items.size() > before) return true;
  }
  return false;
}

XmlFramer::Step XmlFramer::step(InputBatch& batch) {
  RACCORDO_CHECK(reader_.ensure(1));
  if (reader_.unread().empty()) return finish();
  RACCORDO_TRY(const XmlToken token, token_at_hand());
  return between(token, batch);
}

Result<XmlToken> XmlFramer::token_at_hand() {
  for (;;) {
    const auto bytes = reader_.unread().substr(0, limits_.max_record_bytes + 1);
    const bool large = bytes.size() > limits_.max_record_bytes;
    if (bytes.front() != '<') {
      XmlToken text;
      text.size = std::min(bytes.find('<'), bytes.size());
      return text;
    }
    auto token = cut_xml_token(bytes, reader_.at_end() && !large, limits_, attributes_);
    if (token.end != CutEnd::kUnfinished || is_skipped(token.kind)) return token;
    if (large) {
      token.end = CutEnd::kFault;
      token.fault = too_large(limits_.max_record_bytes);
      return token;
    }
    RACCORDO_CHECK(reader_.more());
  }
}

XmlFramer::Step XmlFramer::between(const XmlToken& token, InputBatch& batch) {
  if (is_skipped(token.kind) && token.end != CutEnd::kFault) {
    RACCORDO_TRY(const bool left, leave_until(reader_, xml_end_of(token.kind)));
    if (!left) return Step{lost(truncated())};
    return Step{std::nullopt};
  }
  if (token.end == CutEnd::kFault) {
    const bool record =
        token.kind == XmlKind::kStart && is_record(token.name) && token.fault.code != "truncated";
    return record ? element(batch, std::string(token.name)) : Step{lost(token.fault)};
  }
  if (token.kind == XmlKind::kStart || token.kind == XmlKind::kEmpty) return start(token, batch);
  if (token.kind == XmlKind::kEnd) {
    const std::string name(token.name);
    RACCORDO_TRY(auto fault, end(name));
    if (!fault) reader_.consume(token.size);
    return Step{std::move(fault)};
  }
  const auto text = reader_.unread().substr(0, token.size);
  const auto not_blank = std::find_if_not(text.begin(), text.end(), is_blank);
  if (around_.empty() && not_blank != text.end()) {
    reader_.consume(static_cast<std::size_t>(not_blank - text.begin()));
    if (*not_blank == '\0') {
      RACCORDO_CHECK(reader_.ensure(limits_.max_original_bytes));
      return Step{lost(nul_byte(reader_.unread().substr(0, limits_.max_original_bytes), reader_.encoding()))};
    }
    return Step{lost({"structure_lost",
                      say("testo fuori da ogni elemento: non è XML, o è rotto",
                          "text outside all elements: it is no XML, or it is broken"),
                      0})};
  }
  reader_.consume(token.size);
  return Step{std::nullopt};
}

bool XmlFramer::matches(std::string_view name) const {
  const std::size_t depth = around_.size();
  if (matched_ != depth || depth >= parts_.size()) return false;
  const auto& part = parts_[depth];
  return part == "*" || part == (part.find(':') == part.npos ? local_name(name) : name);
}

bool XmlFramer::is_record(std::string_view name) const {
  return !(around_.empty() && root_seen_) && around_.size() + 1 == parts_.size() && !name.empty() &&
         matches(name);
}

XmlFramer::Step XmlFramer::start(const XmlToken& token, InputBatch& batch) {
  if (around_.empty() && root_seen_)
    return Step{lost({"several_roots", say("più di un elemento radice", "more than one root element"), 0})};
  if (around_.size() >= limits_.max_depth) return Step{lost(xml_too_deep(limits_.max_depth, 0))};
  const bool follows = matches(token.name);
  if (follows) deepest_ = std::max(deepest_, around_.size() + 1);
  if (is_record(token.name)) return element(batch, std::string(token.name));
  root_seen_ = true;
  if (token.kind == XmlKind::kStart) {
    around_.emplace_back(token.name);
    if (follows) ++matched_;
  }
  reader_.consume(token.size);
  return Step{std::nullopt};
}

XmlFramer::Step XmlFramer::end(std::string_view name) {
  if (around_.empty() || around_.back() != name)
    return Step{lost(xml_wrong_end(around_.empty() ? std::string_view{} : around_.back(), name, 0))};
  around_.pop_back();
  matched_ = std::min(matched_, around_.size());
  return Step{std::nullopt};
}

XmlFramer::Step XmlFramer::element(InputBatch& batch, const std::string& name) {
  root_seen_ = true;
  for (;;) {
    const auto bytes = reader_.unread().substr(0, limits_.max_record_bytes + 1);
    const bool large = bytes.size() > limits_.max_record_bytes;
    auto cut = element_.cut(bytes, reader_.at_end() && !large, around_.size());
    if (cut.end == CutEnd::kUnfinished && !large) {
      RACCORDO_CHECK(reader_.more());
      continue;
    }
    const auto record = bytes.substr(0, cut.size);
    std::optional<Fault> fault;
    if (cut.end == CutEnd::kFault) fault = std::move(cut.fault);
    if (!fault && (large && (cut.end == CutEnd::kUnfinished || cut.size == bytes.size())))
      fault = too_large(limits_.max_record_bytes);
    if (!fault && reader_.encoding().encoding == Encoding::kUtf8 && !json::is_utf8(record))
      fault = not_utf8(record);
    if (!fault) {
      add_body(record, reader_.encoding().encoding, reader_.place(), batch);
      reader_.consume(record.size());
      return Step{std::nullopt};
    }
    const auto size = cut.end == CutEnd::kWhole ? cut.size : behind_broken(bytes, name, fault->at);
    auto left = malformed_at(reader_.place(), reader_.spot_at(fault->at), *fault, bytes.substr(0, size),
                             size != bytes.npos || (reader_.at_end() && !large), limits_);
    if (size != bytes.npos) {
      reader_.consume(size);
    } else {
      RACCORDO_TRY(const bool closed, leave_element(reader_, name));
      ended_ = !closed;  // nothing is left
    }
    return Step{std::move(left)};
  }
}

XmlFramer::Step XmlFramer::finish() {
  ended_ = true;
  if (!around_.empty()) return Step{lost(truncated())};
  if (root_seen_ && deepest_ + 1 < parts_.size()) {
    std::string path;
    for (const auto& part : parts_) path += "/" + part;
    return Step{
        lost({"not_found", say("al percorso {} non c'è nulla", "nothing stands at the path {}", path), 0})};
  }
  return Step{std::nullopt};
}

// Nothing behind this can be told apart any more.
Malformed XmlFramer::lost(const Fault& fault) {
  ended_ = true;
  return malformed_at(reader_.place(), reader_.spot_at(fault.at), fault, reader_.unread(), reader_.at_end(),
                      limits_);
}

}  // namespace raccordo
