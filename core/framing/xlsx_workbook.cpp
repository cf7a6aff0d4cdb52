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
std::string resolved(std::string folder, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  while (target.starts_with("./") || target.starts_with("../")) {
    const bool up = target[1] == '.';
    target.remove_prefix(up ? 3 : 2);
    if (up && !folder.empty()) folder.erase(folder.rfind('/', folder.size() - 2) + 1);
  }
  return folder.append(target);
}

struct Relation {
  std::string type;
  std::string target;
};
using Relations = std::map<std::string, Relation>;

Result<Relations> relations(ZipPackage& package, const std::string& part, const std::string& folder) {
  pugi::xml_document document;
  RACCORDO_CHECK(load(package, part, document));
  Relations found;
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

// The part of the sheet; sheets that are one chart, or made of macros, hold no cells.
Result<std::string> sheet_part(const pugi::xml_node& workbook, const Relations& relations,
                               const std::string& wanted) {
  std::string names;
  for (const auto& sheet : child(workbook, "sheets")) {
    const auto relation = relations.find(attribute(sheet, "id"));
    const bool known = relation != relations.end();
    if (known && !relation->second.type.ends_with("/worksheet")) continue;
    const auto name = attribute(sheet, "name");
    const auto state = attribute(sheet, "state");
    const bool asked_for = wanted.empty() ? state.empty() || state == "visible" : name == wanted;
    if (asked_for && !known) return corrupt(name);
    if (asked_for) return relation->second.target;
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
  RACCORDO_TRY(const auto found,
               relations(package, folder + "_rels/" + part.substr(folder.size()) + ".rels", folder));
  WorkbookParts parts;
  RACCORDO_TRY(parts.sheet, sheet_part(workbook, found, sheet));
  for (const auto& [key, relation] : found) {
    if (relation.type.ends_with("/sharedStrings")) parts.shared_strings = relation.target;
    if (relation.type.ends_with("/styles")) parts.styles = relation.target;
  }
  const auto from = attribute(child(workbook, "workbookPr"), "date1904");
  parts.from_1904 = from == "1" || from == "true";
  return parts;
}

}  // namespace raccordo
