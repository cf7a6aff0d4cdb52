// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sftp/remote_pattern.hpp"

#include "core/ports/glob.hpp"

namespace raccordo::sftp {
namespace {

Error useless(const std::string& pattern, const Text& why) {
  return error(ErrorCode::kInvalid, {pattern + ": " + why.it, pattern + ": " + why.en},
               say("scrivere per esempio in/rsa-*.csv", "write in/rsa-*.csv, for example"));
}

}  // namespace

Result<RemotePattern> RemotePattern::parse(const std::string& pattern) {
  const auto slash = pattern.rfind('/');
  RemotePattern parsed;
  parsed.name = slash == std::string::npos ? pattern : pattern.substr(slash + 1);
  parsed.folder = slash == std::string::npos ? "." : pattern.substr(0, slash);
  while (parsed.folder.ends_with('/')) parsed.folder.pop_back();
  if (parsed.name.empty())
    return useless(pattern, say("manca il nome dei file", "the name of the files is missing"));
  if (has_wildcard(parsed.folder))
    return useless(pattern, say("un asterisco può stare soltanto nel nome, non in una cartella",
                                "a wildcard can stand in the name only, not in a folder"));
  if (is_broken(parsed.name)) return useless(pattern, say("una [ non si chiude", "a [ is never closed"));
  if (parsed.name.find("**") != std::string::npos)
    return useless(pattern, say("** non si può usare", "** cannot be used"));
  if (is_unfinished_name(parsed.name))
    return useless(pattern, say("i file nascosti o incompiuti non si leggono mai",
                                "hidden or unfinished files are never read"));
  return parsed;
}

}  // namespace raccordo::sftp
