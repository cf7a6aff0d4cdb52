// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/scan_cursor.hpp"

#include <nlohmann/json.hpp>

#include "core/engine/flow/hexadecimal.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

using Json = nlohmann::json;

// File names are bytes, not always text: kept as hexadecimal where JSON could not carry them.
void put_path(const std::string& path, Json& json) {
  if (json::is_utf8(path))
    json["path"] = path;
  else
    json["path_hex"] = hexadecimal(path);
}

std::string path_in(const Json& json) {
  return json.contains("path") ? json.at("path").get<std::string>() : from_hexadecimal(json.at("path_hex"));
}

Json written(const SeenFile& file) {
  Json json{{"size", file.size}, {"modified_ns", file.modified_ns}, {"inode", file.inode}};
  put_path(file.path, json);
  return json;
}

SeenFile seen_file(const Json& json) {
  SeenFile file;
  file.path = path_in(json);
  file.size = json.at("size");
  file.modified_ns = json.at("modified_ns");
  file.inode = json.at("inode");
  return file;
}

}  // namespace

std::string ScanCursor::text() const {
  const Json json{{"complete", complete},
                  {"file", file},
                  {"mark", {mark.offset, mark.line, mark.records, mark.state}},
                  {"arrived", arrived},
                  {"parked", parked},
                  {"restated", restated},
                  {"parked_until", parked_until}};
  return json.dump();
}

std::string ScanCursor::files_text() const {
  Json json = Json::array();
  for (const auto& each : files) json.push_back(written(each));
  return json.dump();
}

std::optional<ScanCursor> ScanCursor::parse(std::string_view text, std::string_view files_text) {
  try {
    const Json json = Json::parse(text);
    ScanCursor cursor;
    cursor.complete = json.value("complete", false);
    cursor.file = json.at("file");
    const auto& mark = json.at("mark");
    cursor.mark = {mark.at(0), mark.at(1), mark.at(2), mark.at(3)};
    cursor.arrived = json.at("arrived");
    cursor.parked = json.at("parked");
    const Json files = files_text.empty() ? json.at("files") : Json::parse(files_text);
    for (const auto& each : files) cursor.files.push_back(seen_file(each));
    cursor.restated = json.value("restated", std::int64_t{0});
    cursor.parked_until = json.value("parked_until", std::int64_t{0});
    return cursor;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace raccordo
