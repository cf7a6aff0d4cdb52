// SPDX-License-Identifier: Apache-2.0
#include "host_functions.hpp"

#include <fmt/format.h>

#include "raccordo/sdk/borrowed.hpp"

namespace raccordo {
inline namespace sdk {
namespace {

std::string text(raccordo_bytes bytes) { return std::string(view(bytes)); }

Pairs pairs(const raccordo_header* headers, std::size_t count) {
  Pairs out;
  for (std::size_t i = 0; i < count; ++i) out.emplace_back(text(headers[i].name), text(headers[i].value));
  return out;
}

std::string shown(const Pairs& headers) {
  std::string out;
  for (const auto& [name, value] : headers) out += fmt::format("{}: {}; ", name, value);
  return out;
}

}  // namespace

struct HostFunctions {
  static FakeHost& at(void* self) { return *static_cast<FakeHost*>(self); }

  // Counts what was taken. `keep` writes it down.
  template <typename Keep>
  static raccordo_status effect(void* self, std::string line, Keep keep) {
    auto& host = at(self);
    const auto size = line.size();
    const auto status = host.take(std::move(line), size);
    if (status == RACCORDO_OK) keep(host.answer_);
    return status;
  }

  static const void* table(void*, raccordo_bytes) { return nullptr; }
  static void explain(void* self, raccordo_bytes words) { at(self).answer_.words = text(words); }

  static raccordo_status frame(void* self, const raccordo_framing* framing) {
    auto& host = at(self);
    if (host.moment_ != FakeHost::Moment::kCreating) return RACCORDO_NOT_NOW;
    if (framing == nullptr) return RACCORDO_UNKNOWN;
    host.framed_ = framed_as(framing);
    return RACCORDO_OK;
  }

  static raccordo_status publish(void* self, raccordo_bytes kind, raccordo_bytes json) {
    auto line = fmt::format("publish {} {}", view(kind), view(json));
    if (!at(self).declared(kind)) {
      at(self).answer_.not_taken.push_back(std::move(line));
      return RACCORDO_UNKNOWN;
    }
    return effect(self, std::move(line), [&](Answer& a) { a.published.push_back({text(kind), text(json)}); });
  }

  static raccordo_status erase(void* self, raccordo_bytes kind, raccordo_bytes id) {
    auto line = fmt::format("erase {} {}", view(kind), view(id));
    if (!at(self).declared(kind)) {
      at(self).answer_.not_taken.push_back(std::move(line));
      return RACCORDO_UNKNOWN;
    }
    return effect(self, std::move(line), [&](Answer& a) { a.erased.push_back({text(kind), text(id)}); });
  }

  static raccordo_status command(void* self, raccordo_bytes type, raccordo_bytes json,
                                 raccordo_bytes context) {
    return effect(self, fmt::format("command {} {} {}", view(type), view(json), view(context)),
                  [&](Answer& a) {
                    a.commanded.push_back({text(type), text(json), text(context)});
                  });
  }

  static raccordo_status send(void* self, const raccordo_send* request, raccordo_bytes context) {
    if (request == nullptr) return RACCORDO_UNKNOWN;
    Sent sent{text(request->method), text(request->path),
              text(request->query),  pairs(request->headers, request->header_count),
              text(request->body),   text(context)};
    auto line = fmt::format("send {} {} {} {}{} {}", sent.method, sent.path, sent.query, shown(sent.headers),
                            sent.body, sent.context);
    return effect(self, std::move(line), [&](Answer& a) { a.sent.push_back(std::move(sent)); });
  }

  static raccordo_status respond(void* self, std::uint32_t status, const raccordo_header* headers,
                                 std::size_t count, raccordo_bytes body) {
    Responded responded{status, pairs(headers, count), text(body)};
    return effect(self, fmt::format("respond {} {}{}", status, shown(responded.headers), view(body)),
                  [&](Answer& a) { a.responded.push_back(std::move(responded)); });
  }

  static raccordo_status write(void* self, raccordo_bytes file, raccordo_bytes content) {
    return effect(self, fmt::format("write {} {}", view(file), view(content)), [&](Answer& a) {
      a.written.push_back({text(file), text(content)});
    });
  }

  static raccordo_status save_cursor(void* self, raccordo_bytes cursor) {
    constexpr std::size_t kMost = 64u << 10;
    if (cursor.size > kMost) return RACCORDO_TOO_LARGE;
    return effect(self, fmt::format("save_cursor {}", view(cursor)),
                  [&](Answer& a) { a.cursors.push_back(text(cursor)); });
  }

  static raccordo_status snapshot_begin(void* self, raccordo_bytes scope) {
    return effect(self, fmt::format("snapshot_begin {}", view(scope)), [](Answer&) {});
  }
  static raccordo_status snapshot_end(void* self, raccordo_bytes scope) {
    return effect(self, fmt::format("snapshot_end {}", view(scope)), [](Answer&) {});
  }

  static raccordo_status filter(void* self, raccordo_bytes reason) {
    return effect(self, fmt::format("filter {}", view(reason)),
                  [&](Answer& a) { a.filtered.push_back(text(reason)); });
  }

  static raccordo_status reject(void* self, raccordo_bytes code, raccordo_bytes field, raccordo_bytes words) {
    return effect(self, fmt::format("reject {} {} {}", view(code), view(field), view(words)), [&](Answer& a) {
      a.rejected.push_back({text(code), text(field), text(words)});
    });
  }

  static raccordo_status finding(void* self, raccordo_bytes code, raccordo_bytes field,
                                 raccordo_bytes words) {
    return effect(self, fmt::format("finding {} {} {}", view(code), view(field), view(words)),
                  [&](Answer& a) {
                    a.findings.push_back({text(code), text(field), text(words)});
                  });
  }

  static void log(void* self, std::uint32_t level, raccordo_bytes words) {
    at(self).answer_.logged.push_back({level, text(words)});
  }
};

raccordo_host host_functions(FakeHost& host) {
  using F = HostFunctions;
  raccordo_host table{};
  table.struct_size = sizeof table;
  table.self = &host;
  table.table = F::table;
  table.explain = F::explain;
  table.frame = F::frame;
  table.publish = F::publish;
  table.erase = F::erase;
  table.command = F::command;
  table.send = F::send;
  table.respond = F::respond;
  table.write = F::write;
  table.save_cursor = F::save_cursor;
  table.snapshot_begin = F::snapshot_begin;
  table.snapshot_end = F::snapshot_end;
  table.filter = F::filter;
  table.reject = F::reject;
  table.finding = F::finding;
  table.log = F::log;
  return table;
}

}  // namespace sdk
}  // namespace raccordo
