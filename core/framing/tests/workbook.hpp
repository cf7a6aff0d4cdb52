// SPDX-License-Identifier: EUPL-1.2
// Workbooks made in memory, part by part, so that tests can make wrong ones too.
#pragma once

#include <zip.h>

#include <map>
#include <string>

namespace raccordo {

using Parts = std::map<std::string, std::string>;

inline std::string zipped(const Parts& parts, const char* password = nullptr) {
  zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_source_keep(target);
  zip_t* const archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
  for (const auto& [name, content] : parts) {
    zip_source_t* const part = zip_source_buffer(archive, content.data(), content.size(), 0);
    const auto index = zip_file_add(archive, name.c_str(), part, ZIP_FL_OVERWRITE);
    if (password != nullptr)
      zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password);
  }
  zip_close(archive);
  zip_source_open(target);
  std::string bytes;
  char buffer[65536];
  for (zip_int64_t got; (got = zip_source_read(target, buffer, sizeof buffer)) > 0;)
    bytes.append(buffer, static_cast<std::size_t>(got));
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

// A workbook with one sheet called "Servizi" of these rows.
inline Parts workbook(const std::string& rows, const std::string& behind_rows = "") {
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  return {
      {"[Content_Types].xml", head + "<Types/>"},
      {"_rels/.rels", head + "<Relationships><Relationship Id=\"rId1\" Type=\"" + types +
                          "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
      {"xl/workbook.xml",
       head + "<workbook xmlns:r=\"" + types +
           "\"><workbookPr/><sheets><sheet name=\"Note\" sheetId=\"1\" state=\"hidden\" r:id=\"rId9\"/>"
           "<sheet name=\"Servizi\" sheetId=\"2\" r:id=\"rId1\"/><sheet name=\"Altro\" sheetId=\"3\" "
           "r:id=\"rId2\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       head + "<Relationships><Relationship Id=\"rId1\" Type=\"" + types +
           "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" + types +
           "/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/><Relationship Id=\"rId3\" Type=\"" + types +
           "/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId4\" Type=\"" + types +
           "/styles\" Target=\"styles.xml\"/></Relationships>"},
      {"xl/sharedStrings.xml",
       head + "<sst><si><t>id</t></si><si><t>nome</t></si><si><r><t xml:space=\"preserve\">Casa "
              "</t></r><r><t>&amp; "
              "Caff\u00E8</t></r><rPh><t>no</t></rPh></si><si/><si><t>a_x000D_b</t></si></sst>"},
      {"xl/styles.xml",
       head +
           "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\\ hh:mm\"/>"
           "<numFmt numFmtId=\"165\" formatCode=\"00000\"/><numFmt numFmtId=\"166\" "
           "formatCode=\"&quot;days&quot; 0.00\"/><numFmt numFmtId=\"167\" formatCode=\"[h]:mm\"/></numFmts>"
           "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf "
           "numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/><xf "
           "numFmtId=\"20\"/></cellXfs></styleSheet>"},
      {"xl/worksheets/sheet1.xml", head + "<worksheet><dimension ref=\"A1\"/><sheetData>" + rows +
                                       "</sheetData>" + behind_rows + "</worksheet>"},
      {"xl/worksheets/sheet2.xml",
       head + "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>x</t></is></c></row>"
              "<row><c><v>7</v></c></row></sheetData></worksheet>"},
  };
}

}  // namespace raccordo
