// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/json_framer.hpp"

#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const auto dot = std::min(path.find('.'), path.size());
    parts.emplace_back(path.substr(0, dot));
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return parts;
}

constexpr std::size_t kLookAhead = 4096;

// Follows brackets and quotes through bytes of any number, asking nothing else of them.
class Brackets {
 public:
  // How many of `bytes` belong to the value; all of them: it may go on. At a comma or a closing bracket
  // outside the value it stops before it.
  std::size_t follow(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const char c = bytes[i];
      if (escaped_) {
        escaped_ = false;
      } else if (quoted_) {
        if (c == '\\') escaped_ = true;
        if (c == '"' || (c == '\n' && !closes(bytes.substr(i)))) quoted_ = false;
      } else if (c == '"') {
        quoted_ = true;
      } else if (c == '{' || c == '[') {
        ++depth_;
      } else if (c == ',' && depth_ == 0) {
        return stop(i);
      } else if (c == '}' || c == ']') {
        if (depth_ == 0) return stop(i);
        --depth_;
      }
    }
    return bytes.size();
  }
  [[nodiscard]] bool stopped() const { return stopped_; }

 private:
  // A line break in a string is a fault. The next quote closes that string if what may follow a string
  // follows it; else it opens another, and the one before was never closed.
  static bool closes(std::string_view rest) {
    rest = rest.substr(0, kLookAhead);
    const auto quote = rest.find('"');
    if (quote == rest.npos) return false;
    const auto behind = rest.find_first_not_of(" \t\r\n", quote + 1);
    return behind == rest.npos || std::string_view(",:]}").find(rest[behind]) != rest.npos;
  }

  std::size_t stop(std::size_t at) {
    stopped_ = true;
    return at;
  }
  std::size_t depth_ = 0;
  bool quoted_ = false;
  bool escaped_ = false;
  bool stopped_ = false;
};

}  // namespace

JsonFramer::JsonFramer(const Framing& framing, const ByteFile& file, const FoundEncoding& encoding,
                       const FramingLimits& limits)
    : TextFramer(Format::kJson, file, encoding, limits),
      json_(limits.max_depth),
      path_(framing.path),
      parts_(split(framing.path)) {}

Result<std::unique_ptr<Framer>> JsonFramer::open(const Framing& framing, const ByteFile& file,
                                                 const FramingLimits& limits) {
  RACCORDO_TRY(const FoundEncoding encoding,
               find_encoding(file, framing.encoding.empty() ? "utf-8" : framing.encoding));
  std::unique_ptr<JsonFramer> framer(new JsonFramer(framing, file, encoding, limits));
  for (const auto& part : framer->parts_)
    if (part.empty())
      return error(ErrorCode::kInvalid,
                   say("\"{}\" non è un percorso JSON", "\"{}\" is no JSON path", framing.path),
                   say("nomi separati da punti: data.items", "names separated by dots: data.items"));
  return std::unique_ptr<Framer>(std::move(framer));
}

Result<bool> JsonFramer::next(InputBatch& batch, std::vector<Malformed>& malformed) {
  while (at_ != At::kEnd) {
    const std::size_t before = batch.items.size();
    auto step = [&]() -> Step {
      switch (at_) {
        case At::kStart:
          return go_to_path();
        case At::kItem:
          return item(batch);
        case At::kTail:
          return finish();
        default:
          return to_next_item();
      }
    }();
    RACCORDO_TRY(auto fault, std::move(step));
    if (fault) {
      malformed.push_back(std::move(*fault));
      return true;
    }
    if (batch.items.size() > before) return true;
  }
  return false;
}

JsonFramer::Step JsonFramer::go_to_path() {
  RACCORDO_TRY(const char first, reader_.skip_blanks());
  if (reader_.unread().empty()) {
    at_ = At::kEnd;
    return Step{std::nullopt};
  }
  if (first == '\0' || reader_.encoding().resembles) {
    RACCORDO_CHECK(reader_.ensure(limits_.max_original_bytes));
    const auto fault = nul_byte(reader_.unread().substr(0, limits_.max_original_bytes), reader_.encoding());
    return Step{lost(fault.code, fault.why)};
  }
  for (const auto& part : parts_) {
    RACCORDO_TRY(auto fault, enter_member(part));
    if (fault) return Step{std::move(fault)};
  }
  return begin_at_value();
}

// Into the object at hand, up to the value of its member `name`.
JsonFramer::Step JsonFramer::enter_member(const std::string& name) {
  RACCORDO_TRY(const char open, reader_.skip_blanks());
  if (open != '{')
    return Step{lost("not_found",
                     say("al percorso \"{}\" non c'è nulla", "nothing stands at the path \"{}\"", path_))};
  reader_.consume(1);
  ++inside_;
  for (;;) {
    RACCORDO_TRY(const char first, reader_.skip_blanks());
    if (first == '}')
      return Step{lost("not_found",
                       say("al percorso \"{}\" non c'è nulla", "nothing stands at the path \"{}\"", path_))};
    RACCORDO_TRY(const auto found, key());
    if (!found) return unexpected_here();
    RACCORDO_TRY(const char value, reader_.skip_blanks());
    if (value == '\0') return unexpected_here();
    if (*found == name) return Step{std::nullopt};
    RACCORDO_TRY(const bool left, leave_value());
    if (!left) return unexpected_here();
    if (reader_.unread().front() == ',') reader_.consume(1);
  }
}

Result<std::optional<std::string>> JsonFramer::key() {
  RACCORDO_TRY(const char quote, reader_.skip_blanks());
  if (quote != '"') return std::optional<std::string>{};
  for (;;) {
    const auto bytes = reader_.unread().substr(0, limits_.max_record_bytes);
    const auto cut = json_.cut(bytes, reader_.at_end() || bytes.size() == limits_.max_record_bytes);
    if (cut.end == CutEnd::kFault) return std::optional<std::string>{};
    if (cut.end == CutEnd::kWhole) {
      std::string name;
      append_unescaped(bytes.substr(1, cut.size - 2), name);
      reader_.consume(cut.size);
      RACCORDO_TRY(const char colon, reader_.skip_blanks());
      if (colon != ':') return std::optional<std::string>{};
      reader_.consume(1);
      return std::optional(std::move(name));
    }
    RACCORDO_CHECK(reader_.more());
  }
}

JsonFramer::Step JsonFramer::begin_at_value() {
  RACCORDO_TRY(const char first, reader_.skip_blanks());
  if (first == '[') {
    reader_.consume(1);
    at_ = At::kFirstItem;
    return Step{std::nullopt};
  }
  single_ = true;
  at_ = At::kItem;
  if (first == '{') return Step{std::nullopt};
  RACCORDO_CHECK(reader_.ensure(4));
  if (reader_.unread().starts_with("null")) {
    reader_.consume(4);
    at_ = At::kTail;
    return Step{std::nullopt};
  }
  return Step{lost("not_found", say("al percorso \"{}\" non c'è né una lista né un oggetto",
                                    "neither a list nor an object stands at the path \"{}\"", path_))};
}

JsonFramer::Step JsonFramer::to_next_item() {
  RACCORDO_TRY(const char c, reader_.skip_blanks());
  if (c == ']') {
    reader_.consume(1);
    at_ = At::kTail;
  } else if (at_ == At::kFirstItem && !reader_.unread().empty()) {
    at_ = At::kItem;
  } else if (at_ == At::kBehindItem && c == ',') {
    reader_.consume(1);
    RACCORDO_TRY(const char behind, reader_.skip_blanks());
    if (behind == ']' || reader_.unread().empty()) return unexpected_here();
    at_ = At::kItem;
  } else {
    return unexpected_here();
  }
  return Step{std::nullopt};
}

JsonFramer::Step JsonFramer::item(InputBatch& batch) {
  at_ = single_ ? At::kTail : At::kBehindItem;
  RACCORDO_CHECK(reader_.skip_blanks());
  for (;;) {
    const auto bytes = reader_.unread().substr(0, limits_.max_record_bytes + 1);
    const bool large = bytes.size() > limits_.max_record_bytes;
    auto cut = json_.cut(bytes, reader_.at_end() && !large);
    if (cut.end == CutEnd::kUnfinished && !large) {
      RACCORDO_CHECK(reader_.more());
      continue;
    }
    const auto record = bytes.substr(0, cut.size);
    std::optional<Fault> fault;
    if (cut.end == CutEnd::kFault) fault = std::move(cut.fault);
    if (!fault && (cut.end == CutEnd::kUnfinished || record.size() > limits_.max_record_bytes))
      fault = too_large(limits_.max_record_bytes);
    if (!fault) fault = check(record);
    if (!fault) {
      add_body(record, reader_.encoding().encoding, reader_.place(), batch);
      reader_.consume(record.size());
      return Step{std::nullopt};
    }
    Brackets brackets;
    const auto kept = bytes.substr(0, brackets.follow(bytes));
    auto left = malformed_at(reader_.place(), reader_.spot_at(fault->at), *fault, kept,
                             brackets.stopped() || (reader_.at_end() && !large), limits_);
    RACCORDO_TRY(const bool goes_on, leave_value());
    if (!goes_on && fault->code == "truncated") at_ = At::kEnd;
    return Step{std::move(left)};
  }
}

std::optional<Fault> JsonFramer::check(std::string_view item) const {
  if (reader_.encoding().encoding == Encoding::kUtf8 && !json::is_utf8(item)) return not_utf8(item);
  return std::nullopt;
}

// What stands behind the array: the rest of the objects around it, and then nothing.
JsonFramer::Step JsonFramer::finish() {
  RACCORDO_TRY(const bool whole, leave_objects());
  if (!whole) return unexpected_here();
  RACCORDO_CHECK(reader_.skip_blanks());
  if (!reader_.unread().empty()) return unexpected_here();
  at_ = At::kEnd;
  return Step{std::nullopt};
}

Result<bool> JsonFramer::leave_value() {
  Brackets brackets;
  for (;;) {
    const auto bytes = reader_.unread();
    const std::size_t size = brackets.follow(bytes);
    reader_.consume(size);
    if (brackets.stopped()) return true;
    if (reader_.at_end()) return false;
    RACCORDO_CHECK(reader_.more());
  }
}

Result<bool> JsonFramer::leave_objects() {
  while (inside_ > 0) {
    RACCORDO_TRY(const bool left, leave_value());
    if (!left) return false;
    if (reader_.unread().front() != ',') --inside_;
    reader_.consume(1);
  }
  return true;
}

// Nothing behind this can be told apart any more.
Malformed JsonFramer::lost(std::string_view code, Text why) {
  at_ = At::kEnd;
  return malformed_at(reader_.place(), reader_.spot(), {code, std::move(why), 0}, reader_.unread(),
                      reader_.at_end(), limits_);
}

JsonFramer::Step JsonFramer::unexpected_here() {
  if (reader_.unread().empty())
    return Step{lost("truncated", say("il file finisce a metà", "the file ends in the middle"))};
  return Step{lost("structure_lost", say("la struttura JSON si perde qui: quel che segue non è stato letto",
                                         "the JSON structure is lost here: what follows was not read"))};
}

}  // namespace raccordo
