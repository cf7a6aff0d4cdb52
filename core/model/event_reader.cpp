// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>

#include "json_reader.hpp"
#include "json_scan.hpp"
#include "raccordo/model/envelope.hpp"
#include "raccordo/model/field_checks.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

// The attributes that are strings, and where they go.
struct Attribute {
  std::string_view name;
  std::string_view EventView::*member;
  bool required;
};

constexpr std::array kAttributes{
    Attribute{"id", &EventView::id, true},
    Attribute{"type", &EventView::type, true},
    Attribute{"source", &EventView::source, true},
    Attribute{"subject", &EventView::subject, false},
    Attribute{"time", &EventView::time, false},
    Attribute{"datacontenttype", &EventView::datacontenttype, false},
    Attribute{"traceparent", &EventView::traceparent, false},
};

// Room for every attribute's decoded form, reserved before the first view is taken: it never moves.
class Attributes {
 public:
  Attributes(std::string_view bytes, std::string& unescaped) : reader_(bytes), unescaped_(unescaped) {
    unescaped_.clear();
    unescaped_.reserve(bytes.size());
  }

  Result<EventView> read() {
    if (!reader_.take('{')) return broken();
    if (!reader_.take('}')) {
      do {
        if (auto status = attribute(); !status.ok()) return std::move(status).error();
      } while (reader_.take(','));
      if (!reader_.take('}')) return broken();
    }
    if (!reader_.at_end()) return broken();
    return complete();
  }

 private:
  Status attribute();
  Status take_string(std::string_view name, std::string_view& to);
  Status take_revision();
  Result<EventView> complete();

  Error broken() const {
    return error(ErrorCode::kInvalid, say("evento non leggibile: JSON non valido al byte {}",
                                          "event not readable: invalid JSON at byte {}", reader_.byte()));
  }
  static Error refused(std::string_view name, Label why) {
    return error(ErrorCode::kInvalid, {fmt::format("evento non valido: {}: {}", name, why.it),
                                       fmt::format("invalid event: {}: {}", name, why.en)});
  }

  json::Reader reader_;
  std::string& unescaped_;
  EventView event_;
  std::string_view specversion_;
};

Status Attributes::attribute() {
  std::string_view name;
  bool escaped = false;
  if (!reader_.string(name, escaped) || !reader_.take(':')) return broken();
  if (name == "specversion") return take_string(name, specversion_);
  if (name == "revision" && !reader_.peek('"')) return take_revision();
  if (name == "data") {
    if (!event_.data.empty()) return refused(name, {"compare due volte", "it stands twice"});
    return reader_.value(event_.data) ? done() : broken();
  }
  for (const auto& known : kAttributes)
    if (known.name == name) return take_string(name, event_.*known.member);
  std::string_view ignored;
  return reader_.value(ignored) ? done() : broken();
}

Status Attributes::take_string(std::string_view name, std::string_view& to) {
  if (to.data() != nullptr) return refused(name, {"compare due volte", "it stands twice"});
  if (reader_.peek('n')) {  // null is the same as absent
    std::string_view null;
    return reader_.value(null) ? done() : broken();
  }
  if (!reader_.peek('"')) return refused(name, {"non è un testo", "not a text"});
  bool escaped = false;
  if (!reader_.string(to, escaped)) return broken();
  if (escaped) {
    const auto from = unescaped_.size();
    json::decode_string(to, unescaped_);
    to = std::string_view(unescaped_).substr(from);
  }
  return done();
}

Status Attributes::take_revision() {
  std::string_view raw;
  if (!reader_.value(raw)) return broken();
  std::uint64_t value = 0;
  const auto [end, problem] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  if (problem == std::errc() && end == raw.data() + raw.size()) event_.revision = value;
  return done();
}

void name_kind(EventView& event) {
  constexpr std::string_view kOurs = "it.raccordo.";
  auto rest = event.type;
  if (!rest.starts_with(kOurs)) return;
  rest.remove_prefix(kOurs.size());
  const auto kind = rest.substr(0, rest.find('.'));
  event.deleted = rest.ends_with(".deleted.v1");
  const bool states = event.deleted || rest.ends_with(".changed.v1");
  if (states || (rest.ends_with(".v1") && find_case_kind(kind) != nullptr)) event.kind = kind;
}

Result<EventView> Attributes::complete() {
  if (specversion_ != "1.0") return refused("specversion", {"non è 1.0", "not 1.0"});
  for (const auto& known : kAttributes)
    if (known.required && (event_.*known.member).empty()) return refused(known.name, {"manca", "missing"});
  if (!event_.time.empty() && !is_date_time(event_.time))
    return refused("time", {"non è data e ora RFC 3339", "not an RFC 3339 date and time"});
  if (event_.data == "null") event_.data = {};
  name_kind(event_);
  return event_;
}

}  // namespace

Result<EventView> read_event(std::string_view bytes, std::string& unescaped) {
  if (bytes.size() > kMaxEventBytes)
    return error(ErrorCode::kTooLarge,
                 say("evento non leggibile: {} byte, il limite è {}",
                     "event not readable: {} bytes, the limit is {}", bytes.size(), kMaxEventBytes));
  if (!json::is_utf8(bytes))
    return error(ErrorCode::kInvalid,
                 say("evento non leggibile: non è UTF-8", "event not readable: not UTF-8"));
  return Attributes(bytes, unescaped).read();
}

}  // namespace raccordo
