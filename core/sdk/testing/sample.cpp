// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/testing/sample.hpp"

#include <ostream>

namespace raccordo {
inline namespace sdk {

Sample Sample::row(Pairs cells, raccordo_format format) {
  Sample sample;
  sample.format = format;
  sample.cells = std::move(cells);
  sample.line = 2;
  return sample;
}

Sample Sample::document(std::string body, raccordo_format format) {
  Sample sample;
  sample.format = format;
  sample.body = std::move(body);
  return sample;
}

Sample Sample::event(std::string kind, std::string id, std::string data) {
  Sample sample;
  sample.kind = RACCORDO_INPUT_EVENT;
  sample.topic = kind == "capacity" ? "offers" : kind + "s";
  sample.type = "it.raccordo." + kind + ".changed.v1";
  sample.entity_kind = std::move(kind);
  sample.source_id = sample.partner_id = id;
  sample.id = std::move(id);
  sample.body = std::move(data);
  return sample;
}

Sample Sample::deletion(std::string kind, std::string id) {
  auto data = "{\"id\":\"" + id + "\"}";
  auto sample = event(std::move(kind), std::move(id), std::move(data));
  sample.type = "it.raccordo." + sample.entity_kind + ".deleted.v1";
  sample.deleted = true;
  return sample;
}

Sample Sample::request(std::string method, std::string path, std::string body, Pairs headers) {
  Sample sample;
  sample.kind = RACCORDO_INPUT_REQUEST;
  sample.method = std::move(method);
  sample.path = std::move(path);
  sample.body = std::move(body);
  sample.headers = std::move(headers);
  return sample;
}

Sample Sample::response(std::uint32_t status, std::string body, std::string context) {
  Sample sample;
  sample.kind = RACCORDO_INPUT_RESPONSE;
  sample.status = status;
  sample.body = std::move(body);
  sample.context = std::move(context);
  return sample;
}

Sample Sample::outcome(bool accepted, std::string data, std::string context) {
  Sample sample;
  sample.kind = RACCORDO_INPUT_OUTCOME;
  sample.accepted = accepted;
  sample.revision = accepted ? 1 : 0;
  sample.body = std::move(data);
  sample.context = std::move(context);
  return sample;
}

Sample Sample::tick(std::int64_t now_ms, std::string cursor) {
  Sample sample;
  sample.kind = RACCORDO_INPUT_TICK;
  sample.now_ms = now_ms;
  sample.cursor = std::move(cursor);
  return sample;
}

std::ostream& operator<<(std::ostream& out, const Sample& sample) {
  switch (sample.kind) {
    case RACCORDO_INPUT_RECORD:
      if (sample.is_row()) return out << "row of " << sample.cells.size() << " cells";
      return out << "record of " << sample.body.size() << " bytes";
    case RACCORDO_INPUT_EVENT:
      return out << "event about a " << sample.entity_kind;
    case RACCORDO_INPUT_REQUEST:
      return out << "request " << sample.method << ' ' << sample.path;
    case RACCORDO_INPUT_RESPONSE:
      return out << "response " << sample.status;
    case RACCORDO_INPUT_OUTCOME:
      return out << (sample.accepted ? "outcome accepted" : "outcome refused");
    case RACCORDO_INPUT_TICK:
      return out << "tick";
  }
  return out << "input of kind " << static_cast<unsigned>(sample.kind);
}

}  // namespace sdk
}  // namespace raccordo
