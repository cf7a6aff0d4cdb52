// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/host_table.hpp"

#include <algorithm>
#include <limits>
#include <new>

#include "adapters/plugin_worker/abi_text.hpp"
#include "adapters/plugin_worker/description.hpp"
#include "adapters/plugin_worker/readable.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kMaxWords = 4'096;  // of `explain` and log lines of an input
constexpr std::size_t kMaxWordsOfCreate = 128u
                                          << 10;  // said once: all that is wrong in a file of 100 mistakes
constexpr std::uint64_t kMaxLogLines = 100;       // of one input
constexpr std::size_t kMaxCursor = 64u << 10;
constexpr std::uint64_t kCostOfEffect = 16;  // beside its bytes: so that empty ones have a bound too
constexpr std::uint64_t kCostOfField = 16;

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [name](const std::string& known) { return known == name; });
}

bool all_sound(std::initializer_list<raccordo_bytes> fields, const raccordo_header* headers,
               std::size_t header_count) {
  const auto good = [](const raccordo_header& header) { return sound(header.name) && sound(header.value); };
  return std::all_of(fields.begin(), fields.end(), sound) && (headers != nullptr || header_count == 0) &&
         std::all_of(headers, headers + header_count, good);
}

}  // namespace

HostTable::HostTable(const PluginDescription& description, std::uint64_t max_output_bytes, LogLine log)
    : description_(description),
      max_output_bytes_(
          std::min<std::uint64_t>(max_output_bytes, std::numeric_limits<std::uint32_t>::max() / 4)),
      log_(std::move(log)),
      framing_(description.framing) {
  table_ = {.struct_size = sizeof table_,
            .self = this,
            .table = table_callback,
            .explain = explain_callback,
            .frame = frame_callback,
            .publish = publish_callback,
            .erase = erase_callback,
            .command = command_callback,
            .send = send_callback,
            .respond = respond_callback,
            .write = write_callback,
            .save_cursor = save_cursor_callback,
            .snapshot_begin = snapshot_begin_callback,
            .snapshot_end = snapshot_end_callback,
            .filter = filter_callback,
            .reject = reject_callback,
            .finding = finding_callback,
            .log = log_callback};
}

void HostTable::begin_create() {
  phase_ = Phase::kCreate;
  owner_ = pthread_self();
  framing_ = description_.framing;
  explained_.clear();
  broken_ = {};
}

void HostTable::begin_handle(EffectBuffer& effects) {
  phase_ = Phase::kHandle;
  owner_ = pthread_self();
  effects_ = &effects;
  cost_ = 0;
  log_lines_ = 0;
  responded_ = false;
  explained_.clear();
  if (!broken_.empty()) broken_ = {};
}

void HostTable::end() {
  if (phase_ == Phase::kHandle && log_lines_ > kMaxLogLines) {
    effects_->begin(EffectKind::kLog, RACCORDO_LOG_WARNING);
    std::string words;
    append_both(say("il plugin dice troppo di un solo record: {} righe tralasciate",
                    "the plugin says too much of one record: {} lines left out", log_lines_ - kMaxLogLines),
                words);
    effects_->field(words);
  }
  phase_ = Phase::kIdle;
  effects_ = nullptr;
}

raccordo_status HostTable::fail(raccordo_status status, Text why) {
  if (broken_.empty()) broken_ = std::move(why);
  return status;
}

// Sizes are the plugin's: compared before they are added, so that no sum overflows.
bool HostTable::charge(raccordo_bytes bytes) {
  if (bytes.size > max_output_bytes_) return false;
  cost_ += kCostOfField + bytes.size;
  return cost_ <= max_output_bytes_;
}

bool HostTable::charge(std::initializer_list<raccordo_bytes> fields, const raccordo_header* headers,
                       std::size_t header_count) {
  cost_ += kCostOfEffect;
  for (const auto& bytes : fields)
    if (!charge(bytes)) return false;
  for (std::size_t i = 0; i < header_count; ++i)
    if (!charge(headers[i].name) || !charge(headers[i].value)) return false;
  return cost_ <= max_output_bytes_;
}

raccordo_status HostTable::take(EffectKind kind, std::uint32_t number,
                                std::initializer_list<raccordo_bytes> fields, const raccordo_header* headers,
                                std::size_t header_count) {
  if (!may(Phase::kHandle)) return RACCORDO_NOT_NOW;
  if (!all_sound(fields, headers, header_count))
    return fail(RACCORDO_UNKNOWN, say("un puntatore NULL", "a NULL pointer"));
  if (!charge(fields, headers, header_count))
    return fail(RACCORDO_TOO_LARGE,
                say("i suoi effetti superano {} byte", "its effects are over {} bytes", max_output_bytes_));
  const auto before = effects_->mark();
  try {
    effects_->begin(kind, number);
    for (const auto& bytes : fields) effects_->field(view(bytes));
    for (std::size_t i = 0; i < header_count; ++i) {
      effects_->field(view(headers[i].name));
      effects_->field(view(headers[i].value));
    }
  } catch (const std::bad_alloc&) {
    effects_->cut(before);
    return fail(RACCORDO_TOO_LARGE, say("memoria esaurita", "out of memory"));
  }
  return RACCORDO_OK;
}

raccordo_status HostTable::take_declared(EffectKind kind, std::string_view verb,
                                         const std::vector<std::string>& declared,
                                         std::initializer_list<raccordo_bytes> fields) {
  if (!may(Phase::kHandle)) return RACCORDO_NOT_NOW;
  const auto name = *fields.begin();
  if (sound(name) && !contains(declared, view(name)))
    return fail(RACCORDO_UNKNOWN, say("{}: «{}» non è tra ciò che il plugin dichiara",
                                      "{}: \"{}\" is not among what the plugin declares", verb,
                                      readable(view(name).substr(0, 64))));
  return take(kind, 0, fields);
}

const void* HostTable::table_callback(void*, raccordo_bytes) { return nullptr; }

void HostTable::explain_callback(void* self, raccordo_bytes text) try {
  auto& host = of(self);
  if (host.phase_ == Phase::kIdle || !host.may(host.phase_)) return;
  const auto most = host.phase_ == Phase::kCreate ? kMaxWordsOfCreate : kMaxWords;
  host.explained_ = beginning_of_words(view(text), most);
} catch (...) {
}

raccordo_status HostTable::frame_callback(void* self, const raccordo_framing* framing) try {
  auto& host = of(self);
  if (!host.may(Phase::kCreate)) return RACCORDO_NOT_NOW;
  if (framing == nullptr || framing->struct_size < kSmallestFraming)
    return host.fail(RACCORDO_UNKNOWN, say("frame: un puntatore NULL o una struttura corta",
                                           "frame: a NULL pointer or a short struct"));
  if (!read_framing(*framing, host.framing_))
    return host.fail(RACCORDO_UNKNOWN, say("frame: valori sconosciuti", "frame: unknown values"));
  return RACCORDO_OK;
} catch (...) {
  return RACCORDO_TOO_LARGE;
}

raccordo_status HostTable::publish_callback(void* self, raccordo_bytes kind, raccordo_bytes json) {
  return of(self).take_declared(EffectKind::kPublish, "publish", of(self).description_.publishes,
                                {kind, json});
}

raccordo_status HostTable::erase_callback(void* self, raccordo_bytes kind, raccordo_bytes id) {
  return of(self).take_declared(EffectKind::kErase, "erase", of(self).description_.publishes, {kind, id});
}

raccordo_status HostTable::command_callback(void* self, raccordo_bytes type, raccordo_bytes json,
                                            raccordo_bytes context) {
  return of(self).take_declared(EffectKind::kCommand, "command", of(self).description_.commands,
                                {type, json, context});
}

raccordo_status HostTable::send_callback(void* self, const raccordo_send* request, raccordo_bytes context) {
  auto& host = of(self);
  if (!host.may(Phase::kHandle)) return RACCORDO_NOT_NOW;
  if (request == nullptr || request->struct_size < sizeof(raccordo_send))
    return host.fail(RACCORDO_UNKNOWN, say("send: un puntatore NULL o una struttura corta",
                                           "send: a NULL pointer or a short struct"));
  return host.take(EffectKind::kSend, 0,
                   {request->method, request->path, request->query, request->body, context}, request->headers,
                   request->header_count);
}

raccordo_status HostTable::respond_callback(void* self, std::uint32_t status, const raccordo_header* headers,
                                            std::size_t header_count, raccordo_bytes body) {
  auto& host = of(self);
  if (!host.may(Phase::kHandle)) return RACCORDO_NOT_NOW;
  if (host.responded_)
    return host.fail(RACCORDO_NOT_NOW, say("respond: una seconda risposta alla stessa richiesta",
                                           "respond: a second answer to the same request"));
  host.responded_ = true;
  return host.take(EffectKind::kRespond, status, {body}, headers, header_count);
}

raccordo_status HostTable::write_callback(void* self, raccordo_bytes file, raccordo_bytes bytes) {
  auto& host = of(self);
  const auto& declared = host.description_.writes;
  // Files that options name cannot be declared one by one.
  if (contains(declared, "*"))
    return host.may(Phase::kHandle) ? host.take(EffectKind::kWrite, 0, {file, bytes}) : RACCORDO_NOT_NOW;
  return host.take_declared(EffectKind::kWrite, "write", declared, {file, bytes});
}

raccordo_status HostTable::save_cursor_callback(void* self, raccordo_bytes cursor) {
  auto& host = of(self);
  if (host.may(Phase::kHandle) && cursor.size > kMaxCursor)
    return host.fail(RACCORDO_TOO_LARGE,
                     say("save_cursor: più di {} byte", "save_cursor: over {} bytes", kMaxCursor));
  return host.take(EffectKind::kSaveCursor, 0, {cursor});
}

raccordo_status HostTable::snapshot_begin_callback(void* self, raccordo_bytes scope) {
  return of(self).take(EffectKind::kSnapshotBegin, 0, {scope});
}

raccordo_status HostTable::snapshot_end_callback(void* self, raccordo_bytes scope) {
  return of(self).take(EffectKind::kSnapshotEnd, 0, {scope});
}

raccordo_status HostTable::filter_callback(void* self, raccordo_bytes reason) {
  return of(self).take(EffectKind::kFilter, 0, {reason});
}

raccordo_status HostTable::reject_callback(void* self, raccordo_bytes code, raccordo_bytes field,
                                           raccordo_bytes text) {
  return of(self).take(EffectKind::kReject, 0, {code, field, text});
}

raccordo_status HostTable::finding_callback(void* self, raccordo_bytes code, raccordo_bytes field,
                                            raccordo_bytes text) {
  return of(self).take(EffectKind::kFinding, 0, {code, field, text});
}

void HostTable::log_callback(void* self, std::uint32_t level, raccordo_bytes text) try {
  auto& host = of(self);
  if (!sound(text)) return;
  level = std::min<std::uint32_t>(level, RACCORDO_LOG_ERROR);
  const auto words = beginning(view(text), kMaxWords);
  if (!host.may(Phase::kHandle))
    host.log_(level, words);
  else if (++host.log_lines_ <= kMaxLogLines)
    host.take(EffectKind::kLog, level, {borrow(words)});
} catch (...) {
}

}  // namespace raccordo
