// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/description.hpp"

#include <cstddef>
#include <optional>

#include "adapters/plugin_worker/abi_text.hpp"
#include "adapters/plugin_worker/option_checks.hpp"
#include "adapters/plugin_worker/refusal.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kMaxListItems = 1'000;
constexpr std::size_t kMaxOptions = 500;
constexpr std::size_t kSmallestStruct = offsetof(raccordo_plugin, destroy) + sizeof(raccordo_plugin::destroy);
constexpr std::size_t kSmallestOption = offsetof(raccordo_option, help_en) + sizeof(raccordo_option::help_en);

Text tell_author_of_contract() {
  return say("compilare il plugin con gli header di questa versione di Raccordo",
             "compile the plugin with this Raccordo's headers");
}

Status check_version(const std::string& path, const raccordo_plugin& plugin) {
  constexpr std::size_t kVersionsEnd = offsetof(raccordo_plugin, abi_minor) + sizeof(plugin.abi_minor);
  if (plugin.struct_size >= kVersionsEnd && plugin.abi_major != RACCORDO_ABI_MAJOR)
    return refused(path,
                   say("parla la versione {}.{} del contratto, questo Raccordo la {}.{}",
                       "it speaks version {}.{} of the contract, this Raccordo {}.{}", plugin.abi_major,
                       plugin.abi_minor, RACCORDO_ABI_MAJOR, RACCORDO_ABI_MINOR),
                   say("installare il plugin per questa versione, o ricompilarlo",
                       "install the plugin for this version, or compile it again"));
  if (plugin.struct_size < kSmallestStruct)
    return refused(
        path,
        say("la sua descrizione ha {} byte, ne servono almeno {}",
            "its description has {} bytes, at least {} are needed", plugin.struct_size, kSmallestStruct),
        tell_author_of_contract());
  return done();
}

Status check_functions(const std::string& path, const raccordo_plugin& plugin) {
  std::string missing;
  const auto note = [&](bool present, std::string_view name) {
    if (present) return;
    if (!missing.empty()) missing += ", ";
    missing += name;
  };
  note(plugin.create != nullptr, "create");
  note(plugin.handle != nullptr, "handle");
  note(plugin.destroy != nullptr, "destroy");
  if (missing.empty()) return done();
  return refused(path, say("funzioni mancanti: {}", "missing functions: {}", missing),
                 say("assegnare tutte e tre le funzioni: create, handle, destroy",
                     "set all three functions: create, handle, destroy"));
}

// Reads the parts of a description and remembers the first that is not well-formed.
class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path) {}

  std::string text(std::string_view what, raccordo_bytes from, std::size_t limit = 4'096) {
    if (!sound(from) || from.size > limit || !json::is_utf8(view(from))) {
      fail(what, say("non è un testo UTF-8 di al più {} byte", "it is not a UTF-8 text of at most {} bytes",
                     limit));
      return {};
    }
    return std::string(view(from));
  }

  std::string name(std::string_view what, raccordo_bytes from, std::string_view more = {}) {
    auto out = text(what, from, 64);
    if (ok() && !is_name(out, more))
      fail(what, say("«{}» non è un nome fatto di lettere minuscole, cifre e «_»{}{}",
                     "\"{}\" is not a name of lower-case letters, digits and \"_\"{}{}", out,
                     more.empty() ? "" : " ", more));
    return out;
  }

  std::vector<std::string> names(std::string_view what, raccordo_list from, std::string_view more = {}) {
    std::vector<std::string> out;
    if (!fits(what, from)) return out;
    for (std::size_t i = 0; i < from.size && ok(); ++i) out.push_back(name(what, from.items[i], more));
    return out;
  }

  std::vector<std::string> texts(std::string_view what, raccordo_list from) {
    std::vector<std::string> out;
    if (!fits(what, from)) return out;
    for (std::size_t i = 0; i < from.size && ok(); ++i) out.push_back(text(what, from.items[i]));
    return out;
  }

  void fail(std::string_view what, const Text& why) {
    if (failure_) return;
    failure_ = refused(path_, {fmt::format("{}: {}", what, why.it), fmt::format("{}: {}", what, why.en)},
                       say("correggere la descrizione nel plugin", "correct the description in the plugin"));
  }

  [[nodiscard]] bool ok() const { return !failure_; }
  [[nodiscard]] Error&& failure() { return std::move(*failure_); }

 private:
  bool fits(std::string_view what, raccordo_list list) {
    if ((list.items == nullptr && list.size > 0) || list.size > kMaxListItems) {
      fail(what,
           say("non è una lista di al più {} nomi", "it is not a list of at most {} names", kMaxListItems));
    }
    return ok();
  }

  const std::string& path_;
  std::optional<Error> failure_;
};

Text short_struct(std::size_t has, std::size_t needs) {
  return say("struct_size è {}, deve essere almeno {}", "struct_size is {}, at least {} is needed", has,
             needs);
}

PluginOption read_option(Reader& reader, const raccordo_option& from) {
  PluginOption to;
  to.type = static_cast<OptionType>(from.type);
  to.name = reader.name("options.name", from.name);
  const auto what = "options." + to.name;
  to.default_value = reader.text(what, from.default_value, 65'536);
  to.required = from.required != 0;
  to.secret = from.secret != 0;
  if (from.has_min != 0) to.min = from.min;
  if (from.has_max != 0) to.max = from.max;
  to.choices = reader.texts(what, from.choices);
  to.help = {reader.text(what, from.help_it), reader.text(what, from.help_en)};
  if (auto wrong = what_is_wrong_with(to); reader.ok() && !wrong.empty()) reader.fail(what, wrong);
  return to;
}

// An array of structs is walked by the size that the plugin was compiled with.
void read_options(Reader& reader, const raccordo_plugin& from, std::vector<PluginOption>& to) {
  if (from.option_count == 0) return;
  if (from.options == nullptr || from.option_count > kMaxOptions)
    return reader.fail("options", say("non è una lista di al più {} opzioni",
                                      "it is not a list of at most {} options", kMaxOptions));
  const auto stride = from.options->struct_size;
  if (stride < kSmallestOption) return reader.fail("options", short_struct(stride, kSmallestOption));
  const auto* at = reinterpret_cast<const char*>(from.options);
  for (std::size_t i = 0; i < from.option_count && reader.ok(); ++i, at += stride) {
    to.push_back(read_option(reader, *reinterpret_cast<const raccordo_option*>(at)));
    for (std::size_t before = 0; before + 1 < to.size(); ++before)
      if (to[before].name == to.back().name)
        reader.fail("options." + to.back().name, say("dichiarata due volte", "declared twice"));
  }
}

void read_names(Reader& reader, const raccordo_plugin& from, PluginDescription& to) {
  to.name = reader.name("name", from.name);
  to.version = reader.text("version", from.version, 64);
  if (reader.ok() && !is_version(to.version))
    reader.fail("version", say("«{}» non è una versione come 1.2.3", "\"{}\" is not a version such as 1.2.3",
                               to.version));
  to.licence = reader.text("licence", from.licence, 256);
  if (reader.ok() && !is_licence(to.licence))
    reader.fail("licence", say("«{}» non è un'espressione SPDX come EUPL-1.2",
                               "\"{}\" is not an SPDX expression such as EUPL-1.2", to.licence));
  to.summary = {reader.text("summary_it", from.summary_it), reader.text("summary_en", from.summary_en)};
}

// Without one it reads no records, or `create` says how they are cut.
void read_cutting(Reader& reader, const raccordo_framing* from, Framing& to) {
  if (from == nullptr) return;
  if (from->struct_size < kSmallestFraming)
    reader.fail("framing", short_struct(from->struct_size, kSmallestFraming));
  else if (!read_framing(*from, to))
    reader.fail("framing", say("valori sconosciuti", "unknown values"));
}

void read_rest(Reader& reader, const raccordo_plugin& from, PluginDescription& to) {
  if (from.inputs == 0) reader.fail("inputs", say("non accetta alcun ingresso", "it accepts no input"));
  to.inputs = from.inputs;
  read_cutting(reader, from.framing, to.framing);
  to.publishes = reader.names("publishes", from.publishes);
  to.subscribes = reader.names("subscribes", from.subscribes);
  to.commands = reader.names("commands", from.commands, ".");
  // "*": files that its options name, and no description can.
  to.writes = from.writes.size == 1 && from.writes.items != nullptr && view(from.writes.items[0]) == "*"
                  ? std::vector<std::string>{"*"}
                  : reader.names("writes", from.writes, ".-");
  to.capabilities = reader.names("capabilities", from.capabilities, "./-");
  to.data_classes = reader.names("data_classes", from.data_classes, ".");
  read_options(reader, from, to.options);
}

}  // namespace

bool read_framing(const raccordo_framing& from, Framing& to) {
  for (const auto bytes : {from.separator, from.encoding, from.sheet, from.path})
    if (!sound(bytes) || bytes.size > 4'096 || !json::is_utf8(view(bytes))) return false;
  if (from.format > RACCORDO_FORMAT_DOCUMENT || from.separator.size > 4) return false;
  to.format = static_cast<Format>(from.format);
  to.separator = view(from.separator);
  to.encoding = view(from.encoding);
  to.sheet = view(from.sheet);
  to.path = view(from.path);
  to.header_row = from.header_row;
  to.header_rows = from.header_rows == 0 ? 1 : from.header_rows;
  return to.header_rows <= 100;
}

Result<PluginDescription> read_description(const std::string& path, const raccordo_plugin* plugin) {
  if (plugin == nullptr)
    return refused(path, say("raccordo_plugin_entry ha risposto NULL", "raccordo_plugin_entry returned NULL"),
                   say("deve restituire la descrizione statica del plugin",
                       "it must return the plugin's static description"));
  RACCORDO_CHECK(check_version(path, *plugin));
  RACCORDO_CHECK(check_functions(path, *plugin));
  PluginDescription description;
  description.path = path;
  description.abi_major = plugin->abi_major;
  description.abi_minor = plugin->abi_minor;
  Reader reader(path);
  read_names(reader, *plugin, description);
  read_rest(reader, *plugin, description);
  if (!reader.ok()) return reader.failure();
  return description;
}

}  // namespace raccordo
