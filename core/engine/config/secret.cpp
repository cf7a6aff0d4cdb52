// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/secret.hpp"

#include <algorithm>

namespace raccordo {
namespace {

bool is_secret_name(std::string_view name) {
  const auto ok = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), ok);
}

std::string without_line_break(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

Result<Secret> secret_in(const std::string& path, const Environment& environment) {
  RACCORDO_TRY(auto content, environment.read(path, kMaxSecretBytes));
  RACCORDO_TRY(const auto open_to_others, environment.readable_by_others(path));
  if (open_to_others)
    return error(
        ErrorCode::kDenied,
        say("il segreto {} è leggibile da tutti gli utenti", "the secret {} is readable by every user", path),
        say("chmod 600 {}", "chmod 600 {}", path));
  return Secret(without_line_break(std::move(content)));
}

}  // namespace

std::string secret_variable(std::string_view name) {
  std::string out = "RACCORDO_SECRET_";
  for (const char c : name) {
    if (c >= 'a' && c <= 'z')
      out += static_cast<char>(c - 'a' + 'A');
    else
      out += c == '-' ? '_' : c;
  }
  return out;
}

Result<Secret> find_secret(const std::string& name, const std::string& folder,
                           const Environment& environment) {
  if (!is_secret_name(name))
    return error(ErrorCode::kInvalid,
                 say("«{}» non può essere il nome di un segreto", "\"{}\" cannot be a secret's name", name),
                 say("lettere, cifre, - e _", "letters, digits, - and _"));
  const auto variable = secret_variable(name);
  if (auto value = environment.variable(variable)) return Secret(std::move(*value));
  auto found = folder.empty() ? error(ErrorCode::kNotFound, {}) : secret_in(folder + "/" + name, environment);
  if (found.ok() || found.error().code != ErrorCode::kNotFound) return found;
  return error(ErrorCode::kNotFound, say("il segreto {} non c'è", "there is no secret {}", name),
               folder.empty() ? say("impostare {} o secrets.folder", "set {} or secrets.folder", variable)
                              : say("impostare {0} o scriverlo in {1}/{2}", "set {0} or write it to {1}/{2}",
                                    variable, folder, name));
}

}  // namespace raccordo
