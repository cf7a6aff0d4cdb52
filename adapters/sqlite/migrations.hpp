// SPDX-License-Identifier: EUPL-1.2
// Numbered changes of a file's tables, forward only. The file knows the number of the last (user_version).
#pragma once

#include <cstdint>
#include <span>

#include "adapters/sqlite/database.hpp"

namespace raccordo::sqlite {

struct Migration {
  int number;  // 1, 2, 3 ...
  const char* sql;
};

struct FileKind {
  std::int32_t application_id;  // stands in the file's header: told apart from any other SQLite file
  Label name;                   // "the backbone"
};

inline constexpr FileKind kBackboneFile{0x52434221,
                                        {"l'archivio dei messaggi", "the message log"}};        // "RCB!"
inline constexpr FileKind kStoreFile{0x52435321, {"lo stato dell'hub", "the hub's state"}};     // "RCS!"
inline constexpr FileKind kCasesFile{0x52434321, {"le pratiche dell'hub", "the hub's cases"}};  // "RCC!"

// Brings a file to the last migration, each in a transaction of its own. A new file starts from nothing.
// Errors: kInvalid (another program's file; made by a newer Raccordo), and those of Database.
[[nodiscard]] Status migrate(Database& database, const FileKind& kind, std::span<const Migration> migrations);

}  // namespace raccordo::sqlite
