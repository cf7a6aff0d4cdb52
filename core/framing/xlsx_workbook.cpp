// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/xlsx_workbook.hpp"

#include <map>
#include <pugixml.hpp>

#include "core/framing/xml_token.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kSmallPart = 4u << 20;  // pugixml takes 16 times that

Error corrupt(const std::string& part) {
  return error(ErrorCode::kCorrupt, say("{} non è leggibile", "{} cannot be read", part));
}

Status load(ZipPackage& package, const std::string& part, pugi::xml_document& document) {
  RACCORDO_TRY(const std::string text, package.text(part, kSmallPart));
  if (text.find("<!DOCTYPE") != text.npos || !document.load_buffer(text.data(), text.size()))
    return corrupt(part);
  return done();
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  return node.find_child([name](const pugi::xml_node& one) { return local_name(one.name()) == name; });
}

std::string attribute(const pugi::xml_node& node, std::string_view name) {
  return node
      .find_attribute([name](const pugi::xml_attribute& one) { return local_name(one.name()) == name; })
      .value();
}

// "xl/" and "worksheets/sheet1.xml", or "/xl/worksheets/sheet1.xml".
std::string resolved(const std::string& folder, const std::string& target) {
  if (target.starts_with('/')) return target.substr(1);
  if (target.starts_with("../")) return target.substr(3);
  return folder + target;
}

struct Relation {
  std::string type;
  std::string target;
};

Result<std::map<std::string, Relation>> relations(ZipPackage& package, const std::string& part,
                                                  const std::string& folder) {
  pugi::xml_document document;
  RACCORDO_CHECK(load(package, part, document));
  std::map<std::string, Relation> found;
  for (const auto& one : child(document, "Relationships"))
    found[attribute(one, "Id")] = {attribute(one, "Type"), resolved(folder, attribute(one, "Target"))};
  return found;
}

Result<std::string> workbook_part(ZipPackage& package) {
  RACCORDO_TRY(const auto found, relations(package, "_rels/.rels", ""));
  for (const auto& [id, relation] : found)
    if (relation.type.ends_with("/officeDocument")) return relation.target;
  return corrupt("_rels/.rels");
}

Result<std::string> sheet_id(const pugi::xml_node& workbook, const std::string& wanted) {
  std::string names;
  for (const auto& sheet : child(workbook, "sheets")) {
    const auto name = attribute(sheet, "name");
    const auto state = attribute(sheet, "state");
    if (wanted.empty() ? state.empty() || state == "visible" : name == wanted) return attribute(sheet, "id");
    names += (names.empty() ? "\"" : ", \"") + name + '"';
  }
  return error(ErrorCode::kNotFound, say("il foglio \"{}\" non c'è: ci sono {}",
                                         "there is no sheet \"{}\": there are {}", wanted, names));
}

}  // namespace

Result<WorkbookParts> find_parts(ZipPackage& package, const std::string& sheet) {
  RACCORDO_TRY(const std::string part, workbook_part(package));
  const auto slash = part.rfind('/');
  const std::string folder = slash == part.npos ? "" : part.substr(0, slash + 1);
  pugi::xml_document document;
  RACCORDO_CHECK(load(package, part, document));
  const auto workbook = child(document, "workbook");
  if (!workbook)
    return error(ErrorCode::kCorrupt, say("{} non è una cartella di lavoro", "{} is no workbook", part));
  RACCORDO_TRY(const std::string id, sheet_id(workbook, sheet));
  RACCORDO_TRY(const auto found,
               relations(package, folder + "_rels/" + part.substr(folder.size()) + ".rels", folder));
  WorkbookParts parts;
  for (const auto& [key, relation] : found) {
    if (key == id) parts.sheet = relation.target;
    if (relation.type.ends_with("/sharedStrings")) parts.shared_strings = relation.target;
    if (relation.type.ends_with("/styles")) parts.styles = relation.target;
  }
  if (parts.sheet.empty()) return corrupt(part);
  const auto from = attribute(child(workbook, "workbookPr"), "date1904");
  parts.from_1904 = from == "1" || from == "true";
  return parts;
}

}  // namespace raccordo
