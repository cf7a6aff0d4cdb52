// SPDX-License-Identifier: Apache-2.0
// An input as a value: written down in a test, copied, mutated, and lent to a plugin as often as needed.
#pragma once

#include <raccordo/abi.h>

#include <cstdint>
#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

namespace raccordo {
inline namespace sdk {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Sample {
  raccordo_input_kind kind = RACCORDO_INPUT_RECORD;

  // Records.
  raccordo_format format = RACCORDO_FORMAT_CSV;
  Pairs cells;  // of rows: column and cell
  std::string file = "sample";
  std::uint64_t line = 1;

  // Events.
  std::string topic, type, entity_kind, id, source_id, partner_id;
  bool deleted = false;

  // Requests and responses.
  std::string method, path, query;
  std::uint32_t status = 0;
  Pairs headers;

  // Outcomes.
  bool accepted = false;
  std::uint64_t revision = 0;
  std::string reason;
  std::vector<std::string> legal_now;

  // Ticks.
  std::int64_t now_ms = 0;
  std::string cursor;

  std::string body;     // of documents, requests and responses; the data of events and outcomes
  std::string context;  // of responses and outcomes

  [[nodiscard]] static Sample row(Pairs cells, raccordo_format format = RACCORDO_FORMAT_CSV);
  [[nodiscard]] static Sample document(std::string body, raccordo_format format = RACCORDO_FORMAT_DOCUMENT);
  // `data` is canonical JSON; the id is taken for the canonical one and the partners' too.
  [[nodiscard]] static Sample event(std::string kind, std::string id, std::string data);
  [[nodiscard]] static Sample deletion(std::string kind, std::string id);
  [[nodiscard]] static Sample request(std::string method, std::string path, std::string body,
                                      Pairs headers = {});
  [[nodiscard]] static Sample response(std::uint32_t status, std::string body, std::string context = {});
  [[nodiscard]] static Sample outcome(bool accepted, std::string data, std::string context = {});
  [[nodiscard]] static Sample tick(std::int64_t now_ms, std::string cursor = {});

  [[nodiscard]] bool is_row() const {
    return kind == RACCORDO_INPUT_RECORD && (format == RACCORDO_FORMAT_CSV || format == RACCORDO_FORMAT_XLSX);
  }
};

// Short, for messages: "row 3 cells", "document 120 bytes".
std::ostream& operator<<(std::ostream& out, const Sample& sample);

}  // namespace sdk
}  // namespace raccordo
