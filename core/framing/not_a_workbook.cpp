// SPDX-License-Identifier: EUPL-1.2
#include <array>
#include <vector>

#include "core/framing/xlsx_framer.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kLook = 1u << 20;

// A workbook with a password is no ZIP archive but an old compound file with this stream in its directory.
bool holds_encrypted_package(std::string_view bytes) {
  std::string wide;
  for (const char c : std::string_view("EncryptedPackage")) wide += {c, '\0'};
  return bytes.find(wide) != bytes.npos;
}

}  // namespace

Result<std::optional<NotAWorkbook>> why_not_a_workbook(const ByteFile& file) {
  std::vector<char> buffer(room_for(file, 0, kLook));
  RACCORDO_TRY(const std::size_t size, read_start(file, buffer));
  const std::string_view start(buffer.data(), size);
  if (start.starts_with("PK")) return std::optional<NotAWorkbook>{};
  if (size > 0 && start.find_first_not_of('\0') == start.npos)
    return std::optional(NotAWorkbook{"zeros", say("solo byte nulli: il file non è stato copiato per intero?",
                                                   "nothing but zero bytes: was the file copied whole?")});
  if (!start.starts_with("\xD0\xCF\x11\xE0"))
    return std::optional(
        NotAWorkbook{"not_a_workbook", say("non è una cartella di lavoro XLSX", "this is no XLSX workbook")});
  if (holds_encrypted_package(start))
    return std::optional(
        NotAWorkbook{"encrypted_workbook", say("la cartella di lavoro ha una password: salvarla senza",
                                               "the workbook has a password: save it without one")});
  return std::optional(NotAWorkbook{"old_workbook", say("è il vecchio formato .xls: salvarla come .xlsx",
                                                        "this is the old .xls format: save it as .xlsx")});
}

}  // namespace raccordo
