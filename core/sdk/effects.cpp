// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/effects.hpp"

#include <vector>

namespace raccordo {
inline namespace sdk {
namespace {

// A function that an older host does not have yet takes nothing.
template <typename... Parameters, typename... Arguments>
raccordo_status call(const raccordo_host& host, raccordo_status (*effect)(void*, Parameters...),
                     Arguments... arguments) {
  return effect == nullptr ? RACCORDO_UNKNOWN : effect(host.self, arguments...);
}

std::vector<raccordo_header> headers_of(std::span<const Header> headers) {
  std::vector<raccordo_header> out;
  out.reserve(headers.size());
  for (const auto& header : headers) out.push_back({bytes(header.name), bytes(header.value)});
  return out;
}

std::string_view reason_of(raccordo_status status) {
  switch (status) {
    case RACCORDO_TOO_LARGE:
      return "troppo grande per questo hub \u2044 too large for this hub";
    case RACCORDO_NOT_NOW:
      return "non ammesso in questo momento \u2044 not allowed here";
    default:
      return "sconosciuto a questo hub \u2044 unknown to this hub";
  }
}

}  // namespace

void Effects::publish_json(std::string_view kind, std::string_view json) {
  took("publish", call(host_, host_.publish, bytes(kind), bytes(json)));
}

void Effects::erase(std::string_view kind, std::string_view id) {
  took("erase", call(host_, host_.erase, bytes(kind), bytes(id)));
}

void Effects::command(std::string_view type, std::string_view json, std::string_view context) {
  took("command", call(host_, host_.command, bytes(type), bytes(json), bytes(context)));
}

void Effects::send(const Send& request, std::string_view context) {
  const auto headers = headers_of(request.headers);
  const raccordo_send sent{sizeof(raccordo_send), bytes(request.method), bytes(request.path),
                           bytes(request.query),  headers.data(),        headers.size(),
                           bytes(request.body)};
  took("send", call(host_, host_.send, &sent, bytes(context)));
}

void Effects::respond(std::uint32_t status, std::span<const Header> headers, std::string_view body) {
  const auto given = headers_of(headers);
  took("respond", call(host_, host_.respond, status, given.data(), given.size(), bytes(body)));
}

void Effects::write(std::string_view file, std::string_view content) {
  took("write", call(host_, host_.write, bytes(file), bytes(content)));
}

void Effects::save_cursor(std::string_view cursor) {
  took("save_cursor", call(host_, host_.save_cursor, bytes(cursor)));
}

void Effects::snapshot_begin(std::string_view scope) {
  took("snapshot_begin", call(host_, host_.snapshot_begin, bytes(scope)));
}

void Effects::snapshot_end(std::string_view scope) {
  took("snapshot_end", call(host_, host_.snapshot_end, bytes(scope)));
}

void Effects::filter(std::string_view reason) { took("filter", call(host_, host_.filter, bytes(reason))); }
void Effects::filter(const Text& reason) { filter(in_both_languages(reason)); }

void Effects::reject(std::string_view code, std::string_view field, std::string_view text) {
  took("reject", call(host_, host_.reject, bytes(code), bytes(field), bytes(text)));
}
void Effects::reject(std::string_view code, std::string_view field, const Text& text) {
  reject(code, field, in_both_languages(text));
}
void Effects::reject(std::string_view field, const Error& error) {
  const Text words{error.in(Language::kItalian), error.in(Language::kEnglish)};
  reject(error.code == ErrorCode::kNotFound ? "missing_field" : "invalid_field", field, words);
}

void Effects::finding(std::string_view code, std::string_view field, std::string_view text) {
  took("finding", call(host_, host_.finding, bytes(code), bytes(field), bytes(text)));
}
void Effects::finding(std::string_view code, std::string_view field, const Text& text) {
  finding(code, field, in_both_languages(text));
}

void Effects::log(raccordo_log_level level, std::string_view text) {
  if (host_.log != nullptr) host_.log(host_.self, level, bytes(text));
}

raccordo_verdict Effects::ended() {
  if (refused_ != RACCORDO_OK) {
    const auto effect = refused_effect_;
    const auto why = reason_of(refused_);
    refused_ = RACCORDO_OK;
    reject("effect_not_taken", effect, why);
  }
  return verdict_;
}

void Effects::end(raccordo_verdict verdict, std::string_view why) {
  verdict_ = verdict;
  if (host_.explain != nullptr) host_.explain(host_.self, bytes(why));
}

void Effects::took(std::string_view effect, raccordo_status status) {
  if (status == RACCORDO_OK || refused_ != RACCORDO_OK) return;
  refused_ = status;
  refused_effect_ = effect;
}

std::string_view Effects::in_both_languages(const Text& text) {
  scratch_.clear();
  append_both(text, scratch_);
  return scratch_;
}

}  // namespace sdk
}  // namespace raccordo
