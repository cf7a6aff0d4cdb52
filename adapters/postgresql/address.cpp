// SPDX-License-Identifier: EUPL-1.2
#include <libpq-fe.h>

#include <memory>

#include "adapters/postgresql/server.hpp"

namespace raccordo::postgresql {
namespace {

constexpr const char* kForm = "postgresql://UTENTE@SERVER:5432/DATABASE";
constexpr const char* kForm2 = "postgresql://USER@SERVER:5432/DATABASE";

Error unreadable() {
  return error(ErrorCode::kInvalid,
               say("store.postgresql.url: non è un indirizzo di PostgreSQL",
                   "store.postgresql.url: it is no address of PostgreSQL"),
               Text{std::string("scrivere ") + kForm, std::string("write ") + kForm2});
}

Error has_password() {
  return error(ErrorCode::kInvalid,
               say("store.postgresql.url: la password non si scrive nell'indirizzo",
                   "store.postgresql.url: a password is not written in the address"),
               say("toglierla, e usare password: {{secret: nome}}",
                   "take it out, and use password: {{secret: name}}"));
}

Error has_setting(std::string_view name) {
  return error(ErrorCode::kInvalid,
               say("store.postgresql.url: «{}» non si scrive nell'indirizzo",
                   "store.postgresql.url: \"{}\" is not written in the address", name),
               Text{std::string("scrivere ") + kForm + "; per il resto ci sono tls e timeout",
                    std::string("write ") + kForm2 + "; for the rest there are tls and timeout"});
}

}  // namespace

Result<Address> Address::parse(const std::string& url) {
  if (!url.starts_with("postgresql://") && !url.starts_with("postgres://")) return unreadable();
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
      PQconninfoParse(url.c_str(), nullptr), PQconninfoFree);
  if (!options) return unreadable();  // the library's words would repeat what stands there
  Address address;
  address.port = "5432";
  for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr || *option->val == '\0') continue;
    const std::string_view name = option->keyword;
    if (name == "user")
      address.user = option->val;
    else if (name == "host")
      address.host = option->val;
    else if (name == "port")
      address.port = option->val;
    else if (name == "dbname")
      address.database = option->val;
    else
      return name == "password" ? has_password() : has_setting(name);
  }
  if (address.user.empty() || address.host.empty() || address.database.empty()) return unreadable();
  return address;
}

}  // namespace raccordo::postgresql
